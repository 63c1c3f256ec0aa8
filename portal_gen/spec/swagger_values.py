"""Values in Swagger 2.0: parameters, headers and schemas to the shape of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from portal_gen.spec.edit import mapping, move, place, put, take
from portal_gen.spec.kinds import Kind
from portal_gen.spec.schemas import Warn
from portal_gen.spec.tree import Map, Seq

_STYLES: Final[dict[str, tuple[str, bool]]] = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
_OF_SCHEMA: Final = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf", "uniqueItems", "x-nullable", "nullable"),
    *("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "maxItems", "minItems"),
)


@dataclass(slots=True)
class Context:
    """What the parts of a 2.0 document need to know of the whole."""

    consumes: list[str] = field(default_factory=list)
    produces: list[str] = field(default_factory=list)
    host: str = ""
    base: str = ""
    made: list[tuple[Kind, Map]] = field(default_factory=list)
    """Mappings that the upgrade adds: they are still in the shape of 3.0."""


def texts(value: Any) -> list[str]:
    """The texts in a list; nothing for other values."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, Seq) else []


def content(holder: Map, names: Iterable[str], media: Map, known: Context) -> Map:
    """One media type under several names: each its own mapping, since each gets its own examples."""
    made = Map(holder.file, media.mark)
    for name in names:
        copy = Map(media.file, media.mark)
        for key, value in media.items():
            put(copy, key, value, place(media, key))
        known.made.append(("mediaType", copy))
        put(made, name, copy, media.mark)
    return made


def style(parameter: Map, inside: Any, warn: Warn) -> tuple[str, bool] | None:
    """The style of a list. None where the default of 3.x says the same."""
    if parameter.get("type") != "array":
        return None
    written = parameter.get("collectionFormat", "csv")
    if written == "tsv" or (inside in ("path", "header") and written not in ("csv", "multi")):
        warn(parameter, "collectionFormat", f"collectionFormat {written} has no counterpart since OpenAPI 3.0; use csv or multi")
        written = "csv"
    if inside not in ("query", "formData") or written not in _STYLES:
        return None
    return _STYLES[written]


def upgrade_parameter(parameter: Map, known: Context, warn: Warn) -> None:
    """The keywords that describe the value move into a schema. Headers of answers too."""
    inside = parameter.get("in", "header")
    if inside in ("body", "formData") or "schema" in parameter or "$ref" in parameter:
        return
    written = style(parameter, inside, warn)
    mark = place(parameter, "collectionFormat") if "collectionFormat" in parameter else place(parameter, "type")
    take(parameter, "collectionFormat")
    move(parameter, "x-example", parameter, "example")
    schema = Map(parameter.file, place(parameter, "type"))
    for key in _OF_SCHEMA:
        move(parameter, key, schema)
    upgrade_schema(schema)
    known.made.append(("schema", schema))
    if schema:
        put(parameter, "schema", schema, schema.mark)
    if written:
        put(parameter, "style", written[0], mark)
        put(parameter, "explode", written[1], mark)


def upgrade_schema(schema: Map) -> None:
    """`x-nullable`, `discriminator` as text, `type: file`."""
    if "x-nullable" in schema and "nullable" not in schema:
        move(schema, "x-nullable", schema, "nullable")
    if isinstance(schema.get("discriminator"), str):
        mark = place(schema, "discriminator")
        put(schema, "discriminator", mapping(schema, mark, propertyName=schema["discriminator"]), mark)
    if schema.get("type") == "file":
        mark = place(schema, "type")
        put(schema, "type", "string", mark)
        put(schema, "format", "binary", mark)
