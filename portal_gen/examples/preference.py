"""What is preferred: which of the author's values say something, and which type a schema without `type` means."""

from __future__ import annotations

from collections.abc import Mapping

from portal_gen.diagnostics import Location
from portal_gen.examples.formats import INTEGERS
from portal_gen.examples.run import DEEPEST, Run, bare
from portal_gen.examples.words import word_text, words
from portal_gen.model.schema import ABSENT, Schema
from portal_gen.spec.tree import Json

_TYPES = ("object", "string", "integer", "number", "array", "boolean")
_HINTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("object", frozenset({"minProperties", "maxProperties", "dependentRequired", "propertyNames", "dependentSchemas"})),
    ("array", frozenset({"minItems", "maxItems", "uniqueItems", "contains", "minContains", "unevaluatedItems"})),
    ("string", frozenset({"minLength", "maxLength", "pattern", "contentMediaType", "contentEncoding"})),
    ("number", frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})),
)
_ANYTHING = Schema(Location(""), boolean=True)


def authored_values(schema: Schema) -> list[Json]:
    """What the author says: const, else examples, default and enum, in this order."""
    if schema.const is not ABSENT:
        return [schema.const]
    default = () if schema.default is ABSENT else (schema.default,)
    return [*schema.examples, *default, *(schema.enum or ())]


def says_nothing(value: Json) -> bool:
    """Whether a value is null or empty: allowed, perhaps, but no help to a reader."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def own_examples(schema: Schema) -> list[Json]:
    """The values that the author gives as examples."""
    return [*schema.examples, *(() if schema.default is ABSENT else (schema.default,))]


def kinds(schema: Schema, name: str) -> list[str]:
    """The types to try, the likeliest first."""
    if schema.types:
        return sorted((kind for kind in schema.types if kind != "null"), key=lambda kind: kind != _likeliest(schema))
    likeliest = "string" if bare(schema) and word_text(words(name)) is not None else _likeliest(schema)
    return sorted(_TYPES, key=lambda kind: kind != likeliest)


def _likeliest(schema: Schema) -> str:
    """The type that the keywords beside `type` speak of; an object where none does."""
    keywords = {name for name, _ in (*schema.rules, *schema.applicators)}
    if schema.properties or schema.required or schema.additional_properties or schema.pattern_properties:
        return "object"
    if schema.items or schema.prefix_items:
        return "array"
    if schema.format:
        return "integer" if schema.format in INTEGERS else "number" if schema.format in ("float", "double") else "string"
    return next((kind for kind, hints in _HINTS if hints & keywords), schema.types[0] if schema.types else "object")


def pruned(value: Json, schema: Schema, run: Run, depth: int = 0) -> Json:
    """An author's value without the properties that are kept out in this direction."""
    if depth > DEEPEST or not isinstance(value, Mapping | list | tuple):
        return value
    whole = run.merged(schema)
    if isinstance(value, Mapping):
        declared = {prop.name: prop.schema for prop in whole.properties}
        shown = [name for name in value if name not in declared or not run.hides(declared[name])]
        return {name: pruned(value[name], declared.get(name, _ANYTHING), run, depth + 1) for name in shown}
    return [pruned(item, whole.items, run, depth + 1) for item in value] if whole.items else list(value)
