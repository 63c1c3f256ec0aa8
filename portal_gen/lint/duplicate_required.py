"""`required` names each property once (JSON Schema 2020-12, validation, section 6.5.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Names that stand twice, at the schema."""
    for schema in schemas(document):
        if len(schema.required) > len(set(schema.required)):
            for name, count in Counter(schema.required).items():
                if count > 1:
                    message = f"`required` names `{name}` more than once; keep one"
                    yield warning("duplicate-required", message, schema.location)
