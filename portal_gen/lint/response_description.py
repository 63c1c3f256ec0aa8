"""An answer says what it means (OpenAPI 3.2, section 4.17; until 3.1 a description is required)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import responses
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Answers with neither a description nor a summary."""
    for response in responses(document):
        if not response.description.strip() and not response.summary.strip():
            message = f"the response `{response.status}` has no description; say when it comes"
            yield warning("response-description", message, response.location)
