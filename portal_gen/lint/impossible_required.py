"""What an object must have, it may have: additionalProperties false bars every name that stands beside it nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Required names of closed objects that are no property. Objects with patternProperties are left alone."""
    for schema in schemas(document):
        closed = schema.additional_properties is not None and schema.additional_properties.boolean is False
        if not closed or schema.pattern_properties:
            continue
        for name in set(schema.required) - {property_.name for property_ in schema.properties}:
            message = f"`{name}` is required, but additionalProperties is false and it is no property; add it, or drop the demand"
            yield warning("impossible-required", message, schema.location)
