"""Paths that differ only in the names of their parameters are the same path (OpenAPI 3.2, section 4.8.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, note, warning
from portal_gen.lint.walk import label
from portal_gen.model.document import Document
from portal_gen.model.operation import Operation

_NAME = re.compile(r"\{[^{}]*\}")


def check(document: Document) -> Iterator[Diagnostic]:
    """A warning where both take the same method, so that a request could mean either; else a note."""
    paths: dict[str, str] = {}
    taken: dict[tuple[str, str], Operation] = {}
    for operation in document.operations:
        shape = _NAME.sub("{}", operation.path)
        other = taken.setdefault((operation.method, shape), operation)
        if other.path != operation.path:
            message = f"{label(operation)} takes the same requests as {label(other)} at {other.location}; change one of the paths"
            yield warning("ambiguous-path", message, operation.location)
        elif paths.setdefault(shape, operation.path) != operation.path:
            message = f"`{operation.path}` and `{paths[shape]}` are one path by the standard; use the same parameter names"
            yield note("ambiguous-path", message, operation.location)
