"""The values of an enum differ (JSON Schema 2020-12, validation, section 6.1.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas, shown
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Enums that hold a value twice, at the schema."""
    for schema in schemas(document):
        if not schema.enum:
            continue
        seen: set[str] = set()
        for value in schema.enum:
            key = json.dumps(value, sort_keys=True, default=str)
            if key in seen:
                message = f"`enum` holds {shown(value)} more than once; keep one"
                yield warning("duplicate-enum-value", message, schema.location)
            seen.add(key)
