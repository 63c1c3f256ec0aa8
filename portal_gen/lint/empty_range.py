"""A lower limit is not above the upper one, or no value fits (JSON Schema 2020-12, validation, sections 6.2 to 6.5)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas, shown
from portal_gen.model.document import Document

_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


def check(document: Document) -> Iterator[Diagnostic]:
    """Pairs of limits that bar everything, at the schema."""
    for schema in schemas(document):
        if len(schema.rules) < 2:
            continue
        limits = {name: value for name, value in schema.rules if isinstance(value, int | float) and not isinstance(value, bool)}
        for low, high in _PAIRS:
            if low in limits and high in limits and limits[low] > limits[high]:
                least, most = shown(limits[low]), shown(limits[high])
                message = f"`{low}` {least} is above `{high}` {most}, so that nothing fits; change one of them"
                yield warning("empty-range", message, schema.location)
