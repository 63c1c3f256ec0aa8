"""The type of a schema as a phrase: `array of Cluster`, `string or integer`, `map of string`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portal_gen.model.schema import ABSENT, Schema
from portal_gen.render.inline import Inline, Link, Quiet, Span, listed
from portal_gen.spec.tree import Json

if TYPE_CHECKING:
    from portal_gen.render.scope import Scope

_DEEPEST = 6
_SCALARS = frozenset(("string", "number", "integer", "boolean", "null"))


def phrase(scope: Scope, schema: Schema, depth: int = 0) -> Inline:
    """What a value of this schema is, in a few words. Null beside other types is left to the flag `nullable`."""
    view = scope.reading.view(schema)
    if view.key is not None:
        return (Link(scope.reading.name(view.key), scope.schema_href(view.key)),)
    whole = view.whole
    if whole.boolean is not None:
        return ("any value",) if whole.boolean else ("no value",)
    variants = whole.one_of or whole.any_of
    if variants and not whole.properties:
        return _union(scope, whole, variants, depth)
    return _by_type(scope, whole, depth)


def _by_type(scope: Scope, whole: Schema, depth: int) -> Inline:
    types = types_of(whole)
    if not types:
        return ("any value",)
    phrases = [_single(scope, whole, name, depth) for name in types]
    if len(phrases) == 1:
        return phrases[0]
    return tuple(span for index, one in enumerate(phrases) for span in ((" or ",) if index else ()) + one)


def _single(scope: Scope, whole: Schema, name: str, depth: int) -> Inline:
    if name == "array":
        return _array(scope, whole, depth)
    if name == "object":
        return _object(scope, whole, depth)
    return (name, Quiet(whole.format)) if whole.format and (name != "null") else (name,)


def _array(scope: Scope, whole: Schema, depth: int) -> Inline:
    if whole.prefix_items:
        return (f"array, {len(whole.prefix_items)} places described",)
    if whole.items is None or depth > _DEEPEST:
        return ("array",)
    inner = phrase(scope, whole.items, depth + 1)
    return ("array",) if inner == ("any value",) else ("array of ", *inner)


def _object(scope: Scope, whole: Schema, depth: int) -> Inline:
    rest = whole.additional_properties
    if whole.properties or rest is None or rest.boolean is not None or depth > _DEEPEST:
        return ("object",)
    return ("map of ", *phrase(scope, rest, depth + 1))


def _union(scope: Scope, whole: Schema, variants: Sequence[Schema], depth: int) -> Inline:
    """Up to three short phrases side by side, else how many shapes there are."""
    if len(variants) <= 3 and depth <= _DEEPEST:
        phrases = [phrase(scope, variant, depth + 1) for variant in variants]
        simple = all(len(one) == 1 and (isinstance(one[0], Link) or one[0] in _SCALARS) for one in phrases)
        if simple and len(set(phrases)) == len(phrases):
            return listed([one[0] for one in phrases], last=" or ")
    return (f"{'one' if whole.one_of else 'any'} of {len(variants)} shapes",)


def types_of(whole: Schema) -> tuple[str, ...]:
    """The types that a schema names, else those that its keywords or values imply, without null beside others."""
    if whole.types:
        return tuple(name for name in whole.types if name != "null") or whole.types
    if whole.properties or whole.pattern_properties or whole.additional_properties is not None or whole.required:
        return ("object",)
    if whole.items is not None or whole.prefix_items:
        return ("array",)
    if whole.const is not ABSENT:
        return (kind(whole.const),)
    if whole.enum:
        return tuple(dict.fromkeys(kind(value) for value in whole.enum if value is not None)) or ("null",)
    return ("string",) if whole.format else ()


def kind(value: Json) -> str:
    """JSON's name for the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) else "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, Sequence) else "object"


def words(inline: Inline) -> str:
    """The phrase without links."""
    return "".join(span if isinstance(span, str) else span.text for span in _spaced(inline))


def _spaced(inline: Inline) -> list[Span]:
    return [f" {span.text}" if isinstance(span, Quiet) else span for span in inline]
