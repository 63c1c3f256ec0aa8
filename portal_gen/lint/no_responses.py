"""An operation has at least one answer (OpenAPI 3.2, section 4.16)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import label
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Operations without `responses`. What a webhook or callback expects goes often without saying."""
    for operation in document.operations:
        if not operation.responses:
            message = f"{label(operation)} has no responses; describe at least the answer to a request that succeeds"
            yield warning("no-responses", message, operation.location)
