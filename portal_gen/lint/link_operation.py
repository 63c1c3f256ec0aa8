"""A link leads to an operation that exists (OpenAPI 3.2, section 4.20)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import operations, responses
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Links whose operationId no operation has."""
    known = {operation.id for operation in operations(document)}
    for response in responses(document):
        for link in response.links:
            if link.operation_id and link.operation_id not in known:
                message = f"the link `{link.name}` leads to `{link.operation_id}`, which is no operation; name an operationId"
                yield warning("link-operation", message, link.location)
