"""A parameter, known by name and location, is declared once (OpenAPI 3.2, section 4.10.1)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.lint.walk import label, operations
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Parameters that their list has already. One of the operation may replace one of the path: that is no repetition."""
    for operation in operations(document):
        seen: set[tuple[str, str]] = set()
        for parameter in operation.parameters:
            # names of HTTP headers are the same in any case (RFC 9110, section 5.1)
            name = parameter.name.lower() if parameter.place == "header" else parameter.name
            if (parameter.place, name) in seen:
                message = f"{label(operation)} declares the {parameter.place} parameter `{parameter.name}` twice; keep one of them"
                yield error("duplicate-parameter", message, parameter.location)
            seen.add((parameter.place, name))
