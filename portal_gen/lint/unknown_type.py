"""`type` is one of the seven of JSON Schema (2020-12, validation, section 6.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import TYPES, schemas
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Types that are none, at the schema."""
    for schema in schemas(document):
        for name in schema.types:
            if name not in TYPES:
                yield warning("unknown-type", f"`{name}` is no type; write one of {', '.join(sorted(TYPES))}", schema.location)
