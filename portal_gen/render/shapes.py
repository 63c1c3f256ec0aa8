"""Variants (`oneOf`, `anyOf`) and schemas in a role: conditions, negations, definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from portal_gen.model.schema import ABSENT, Discriminator, Schema
from portal_gen.render.blocks import Block, Part, Shape, Shapes
from portal_gen.render.constraints import amount
from portal_gen.render.inline import Code, Inline, Link
from portal_gen.render.phrases import phrase, words
from portal_gen.render.scope import Scope
from portal_gen.render.values import cut, shown

Draw: TypeAlias = Callable[[Scope, Schema, str, int], Block]
"""What shows a schema in place; given as an argument, since it calls this module in turn."""

_LABELS: dict[str, str] = {
    "not": "Must not be",
    "if": "If it is",
    "then": "then it is",
    "else": "otherwise it is",
    "propertyNames": "Field names",
    "unevaluatedItems": "Items not described elsewhere",
    "unevaluatedProperties": "Fields not described elsewhere",
    "contentSchema": "The text holds",
}
_PAIRS: dict[str, str] = {"dependentSchemas": "With ", "$defs": "Definition "}


def shapes_of(block: Draw, scope: Scope, whole: Schema, at: str, depth: int) -> tuple[Shapes, ...]:
    """The schema's variants; more than one group where branches of `allOf` bring variants of their own."""
    found = []
    for source in (whole, *whole.all_of):
        if source.one_of:
            found.append(_group(block, scope, source.one_of, whole.discriminator, "One of", at, depth))
        if source.any_of:
            found.append(_group(block, scope, source.any_of, whole.discriminator, "Any of", at, depth))
    return tuple(found)


def _group(
    block: Draw, scope: Scope, variants: Sequence[Schema], told: Discriminator | None, label: str, at: str, depth: int
) -> Shapes:
    titles = _titles(scope, variants, told)
    scope.shapes += len(variants)
    found = []
    for variant, title in zip(variants, titles, strict=True):
        place = scope.below(at, title)
        key = scope.named(variant)
        name: Inline = (Link(scope.reading.name(key), scope.schema_href(key)),) if key else phrase(scope, variant)
        found.append(Shape(title, name, block(scope, variant, place, depth), place))
    return Shapes(label, scope.group_inside("v"), tuple(found))


def _titles(scope: Scope, variants: Sequence[Schema], told: Discriminator | None) -> list[str]:
    """A short name for each variant, all different."""
    values: dict[str, list[str]] = {}
    for value, key in told.mapping if told else ():
        values.setdefault(key, []).append(value)
    titles = [cut(_title(scope, variant, told, values), 48) for variant in variants]
    counts = Counter(titles)
    return [f"{title} ({index})" if counts[title] > 1 else title for index, title in enumerate(titles, 1)]


def _title(scope: Scope, variant: Schema, told: Discriminator | None, values: dict[str, list[str]]) -> str:
    key = scope.named(variant)
    if key is not None and key in values:
        return " or ".join(values[key])
    if key is not None:
        return scope.reading.name(key)
    whole = scope.reading.view(variant).whole
    return whole.title or _constant(scope, whole, told) or words(phrase(scope, variant))


def _constant(scope: Scope, whole: Schema, told: Discriminator | None) -> str:
    """The only value of the first field that has just one: what tells this variant apart."""
    for prop in whole.properties:
        inner = scope.reading.view(prop.schema).whole
        value = inner.const if inner.const is not ABSENT else (inner.enum[0] if inner.enum and len(inner.enum) == 1 else ABSENT)
        if value is not ABSENT and (told is None or told.property_name == prop.name):
            return shown(value)
    return ""


def parts_of(block: Draw, scope: Scope, whole: Schema, at: str, depth: int) -> tuple[Part, ...]:
    """The schemas in a role of their own, of the schema and of branches that could not be merged into it."""
    found: list[Part] = []
    for source in (whole, *whole.all_of):
        for keyword, value in source.applicators:
            found.extend(_parts(block, scope, source, keyword, value, at, depth))
        if source is not whole and not source.one_of and not source.any_of and not source.applicators and not source.all_of:
            place = scope.below(at, "allOf")
            found.append(Part(("And",), block(scope, source, place, depth + 1), place))
    return tuple(found)


def _parts(
    block: Draw, scope: Scope, whole: Schema, keyword: str, value: Schema | tuple[tuple[str, Schema], ...], at: str, depth: int
) -> Iterator[Part]:
    if isinstance(value, Schema):
        place = scope.below(at, keyword)
        yield Part(_label(whole, keyword, value), block(scope, value, place, depth + 1), place)
        return
    for name, schema in value:
        place = scope.below(at, f"{keyword}-{name}")
        label: Inline = (_PAIRS.get(keyword, f"{keyword} "), Code(name))
        yield Part(label, block(scope, schema, place, depth + 1), place)


def _label(whole: Schema, keyword: str, value: Schema) -> Inline:
    if keyword == "contains":
        least, most = whole.rule("minContains"), whole.rule("maxContains")
        how_many = amount(1 if least is ABSENT else least, None if most is ABSENT else most, "item")
        return (f"Contains {how_many} like this",)
    if keyword in ("unevaluatedItems", "unevaluatedProperties") and value.boolean is not None:
        return (_LABELS[keyword] + (" may follow" if value.boolean else " are refused"),)
    return (_LABELS.get(keyword, keyword),)
