"""`default`, `const` and `enum` are of the type that stands beside them (JSON Schema 2020-12, validation, section 6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import fits, schemas, shown
from portal_gen.model.document import Document
from portal_gen.model.schema import ABSENT, Absent, Schema
from portal_gen.spec.tree import Json


def check(document: Document) -> Iterator[Diagnostic]:
    """Values that the `type` of the same schema bars."""
    for schema in schemas(document):
        if schema.types:
            for keyword, value in _values(schema):
                if value is not ABSENT and not fits(value, schema.types):
                    message = f"`{keyword}` has {shown(value)}, but the type is {' or '.join(schema.types)}; change one of them"
                    yield warning("value-type", message, schema.location)


def _values(schema: Schema) -> list[tuple[str, Json | Absent]]:
    return [("default", schema.default), ("const", schema.const), *(("enum", value) for value in schema.enum or ())]
