"""What is only in answers and only in requests is in neither (JSON Schema 2020-12, validation, section 9.4)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Schemas that are both."""
    for schema in schemas(document):
        if schema.read_only and schema.write_only:
            message = "a schema is both readOnly and writeOnly, so it would never be sent; drop one"
            yield warning("read-and-write-only", message, schema.location)
