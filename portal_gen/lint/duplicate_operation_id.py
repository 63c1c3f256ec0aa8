"""An operationId names one operation (OpenAPI 3.2, section 4.10.1)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.lint.walk import operations
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Every operation whose id an earlier one has. A path or callback that is referred to twice is one place."""
    first: dict[str, Location] = {}
    for operation in operations(document):
        if operation.id and first.setdefault(operation.id, operation.location) != operation.location:
            message = f"operationId `{operation.id}` is taken by the operation at {first[operation.id]}; give each its own"
            yield error("duplicate-operation-id", message, operation.location)
