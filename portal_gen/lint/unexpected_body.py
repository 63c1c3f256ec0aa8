"""A body with GET, HEAD or DELETE means nothing to HTTP (RFC 9110, section 9.3), so what is between may drop it."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, note
from portal_gen.lint.walk import label, operations
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Bodies of these methods, at the body."""
    for operation in operations(document):
        if operation.body and operation.method in ("GET", "HEAD", "DELETE"):
            message = f"{label(operation)} takes a body, which proxies and clients may drop; prefer parameters or POST"
            yield note("unexpected-body", message, operation.body.location)
