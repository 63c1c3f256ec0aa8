"""Examples of bodies: the author's where there is one, else one made from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portal_gen.examples.generate import Examples
from portal_gen.examples.run import Mode
from portal_gen.model.content import MediaType
from portal_gen.model.schema import ABSENT, Absent, NamedSchema, Schema
from portal_gen.spec.tree import Json


class GeneratedOrAuthored(NamedTuple):
    """An example of a body. `name` is the author's name for it, or empty; `value` is text where the author gave text."""

    value: Json | Absent
    name: str
    generated: bool


def example(schema: Schema, schemas: Mapping[str, NamedSchema], mode: Mode, *, full: bool = False, name: str = "") -> Json | Absent:
    """An example for one schema; for many of one document, keep an Examples."""
    return Examples(schemas).value(schema, mode, full=full, name=name)


def media_example(
    media: MediaType, schemas: Mapping[str, NamedSchema] | Examples, mode: Mode, full: bool = False
) -> GeneratedOrAuthored:
    """An example for a body: the author's first with a value, else what the schema gives.

    For a sequence (`itemSchema`, OpenAPI 3.2) the value is a list of one item. `generated` is False where the value is the
    author's, be it in the media type or in the schema.
    """
    for given in media.examples:
        if given.value is not ABSENT or given.serialized is not None:
            return GeneratedOrAuthored(given.serialized if given.value is ABSENT else given.value, given.name, False)
    examples = schemas if isinstance(schemas, Examples) else Examples(schemas)
    if media.schema is not None:
        return GeneratedOrAuthored(*examples.told(media.schema, mode, full))
    if media.item_schema is not None:
        item, name, generated = examples.told(media.item_schema, mode, full)
        return GeneratedOrAuthored(item if item is ABSENT else [item], name, generated)
    return GeneratedOrAuthored(ABSENT, "", True)
