"""One schema out of several: `$ref` with its siblings and `allOf` with its branches, merged for reading.

What cannot be put together (two `oneOf`, two different patterns) stays in `all_of` of the result, as schemas that hold
nothing else; so does, as one schema of which there is `all_of` only, what comes after MOST_PARTS. A schema that leads to itself
adds nothing the second time, so every cycle ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any, Literal, TypeAlias

from portal_gen.model.schema import ABSENT, NamedSchema, Property, Schema
from portal_gen.spec.tree import Json

Applicator: TypeAlias = "Schema | tuple[tuple[str, Schema], ...]"
MOST_PARTS = 100
"""Schemas that are merged into one: a chain of a thousand named schemas would be gone through anew for each of them."""
_CONDITION = ("if", "then", "else")
_CONTAINS = ("contains", "minContains", "maxContains")


def merged(schema: Schema, schemas: Mapping[str, NamedSchema]) -> Schema:
    """The schema with its reference and its `allOf` branches taken in; itself where it has neither.

    Properties stand in the order of the branches, then the schema's own. Texts come from the outermost schema that has them;
    title and examples only as far as there is a single branch, since those of one branch among several do not describe the
    whole. Constraints are intersected; where nothing would be left (types, enum) the outer one stays.
    """
    if schema.ref is None and not schema.all_of:
        return schema
    parts, spine, bases_first, rest = _parts(schema, schemas)
    if any(part.boolean is False for part in parts):
        return Schema(schema.location, boolean=False, description=schema.description)
    whole = reduce(_both, parts)
    by_name = {prop.name: prop for prop in whole.properties}
    required = frozenset(whole.required)
    order = dict.fromkeys(prop.name for index in bases_first for prop in parts[index].properties)
    return replace(
        whole,
        title=_first(part.title for part in parts[:spine]),
        examples=_first((part.examples for part in parts[:spine]), ()),
        deprecated=any(part.deprecated for part in parts[:spine]),
        properties=tuple(_marked(by_name[name], name in required) for name in order),
        all_of=(*whole.all_of, Schema(schema.location, all_of=rest)) if rest else whole.all_of,
    )


def _marked(prop: Property, required: bool) -> Property:
    return prop if prop.required is required else replace(prop, required=required)


def _first(values: Iterable[Any], default: Any = "") -> Any:
    return next((value for value in values if value), default)


def left_out(schema: Schema) -> tuple[Schema, ...]:
    """What a merged schema was too long to take in."""
    return schema.all_of[-1].all_of if schema.all_of else ()


def _parts(schema: Schema, schemas: Mapping[str, NamedSchema]) -> tuple[list[Schema], int, list[int], tuple[Schema, ...]]:
    """The schema, then what it is made of, outermost first, each without reference and branches of its own; how many of them
    come before the first fork; their indices in the order of reading, what a schema builds on before the schema itself; and what
    was left out.

    With a stack of its own (a schema to look at, or the index of one that is done), since a chain of named schemas may be
    longer than Python's stack is deep.
    """
    parts: list[Schema] = []
    bases_first: list[int] = []
    spine: int | None = None
    seen: set[str] = set()
    waiting: list[Schema | int] = [schema]
    rest: list[Schema] = []
    while waiting:
        part = waiting.pop()
        if isinstance(part, int):
            bases_first.append(part)
            continue
        if len(parts) + (part.ref is not None) >= MOST_PARTS:  # a reference is taken in with its target, or named
            rest.append(part)
            continue
        branches = [*_target(part, schemas, seen), *part.all_of]
        waiting.append(len(parts))
        waiting.extend(reversed(branches))
        parts.append(replace(part, ref=None, dynamic_ref=None, all_of=()) if branches or part.ref else part)
        if len(branches) > 1 and spine is None:
            spine = len(parts)
    return parts, len(parts) if spine is None else spine, bases_first, tuple(rest)


def _target(schema: Schema, schemas: Mapping[str, NamedSchema], seen: set[str]) -> Iterator[Schema]:
    if schema.ref is not None and schema.ref in schemas and schema.ref not in seen:
        seen.add(schema.ref)
        yield schemas[schema.ref].schema


def _both(outer: Schema, inner: Schema) -> Schema:
    """The schema that asks for what both ask for."""
    rest: list[Schema] = []
    rules = _rules(outer, inner, rest)
    applicators = _applicators(outer, inner, rest)
    prefix_items, items = _items(outer, inner)
    any_of = _variants(outer, inner, "any_of", rest)
    one_of = _variants(outer, inner, "one_of", rest)
    return replace(
        outer,
        boolean=None,
        types=_types(outer.types, inner.types),
        format=outer.format or inner.format,
        description=outer.description or inner.description,
        default=inner.default if outer.default is ABSENT else outer.default,
        const=inner.const if outer.const is ABSENT else outer.const,
        enum=_enum(outer.enum, inner.enum),
        enum_descriptions={**inner.enum_descriptions, **outer.enum_descriptions},
        read_only=outer.read_only or inner.read_only,
        write_only=outer.write_only or inner.write_only,
        properties=_properties(outer, inner),
        required=tuple(dict.fromkeys((*inner.required, *outer.required))),
        additional_properties=together(outer.additional_properties, inner.additional_properties),
        pattern_properties=_pairs(outer.pattern_properties, inner.pattern_properties),
        items=items,
        prefix_items=prefix_items,
        any_of=any_of,
        one_of=one_of,
        discriminator=outer.discriminator or inner.discriminator,
        rules=rules,
        applicators=applicators,
        all_of=(*outer.all_of, *rest, *inner.all_of),
        external_docs=outer.external_docs or inner.external_docs,
    )


def together(outer: Schema | None, inner: Schema | None) -> Schema | None:
    """One schema for a place that two schemas describe; merged when somebody looks at it, not before."""
    if outer is None or inner is None or outer is inner:
        return inner if outer is None else outer
    if outer.boolean is True or inner.boolean is False:
        return inner
    return outer if inner.boolean is True or outer.boolean is False else Schema(outer.location, all_of=(outer, inner))


def _types(outer: tuple[str, ...], inner: tuple[str, ...]) -> tuple[str, ...]:
    """Types that both allow; an integer is a number."""
    if not outer or not inner:
        return outer or inner
    common = [name for name in outer if name in inner or (name == "integer" and "number" in inner)]
    if "number" in outer and "number" not in inner and "integer" in inner and "integer" not in common:
        common.append("integer")
    return tuple(common) or outer


def _enum(outer: tuple[Json, ...] | None, inner: tuple[Json, ...] | None) -> tuple[Json, ...] | None:
    if outer is None or inner is None:
        return inner if outer is None else outer
    return tuple(value for value in outer if any(same(value, other) for other in inner)) or outer


def same(one: Json, other: Json) -> bool:
    """Whether two values are equal as JSON Schema has it: 1 is 1.0, but true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def _properties(outer: Schema, inner: Schema) -> tuple[Property, ...]:
    found = {prop.name: prop for prop in outer.properties}
    for prop in inner.properties:
        mine = found.get(prop.name)
        schema = together(mine.schema, prop.schema) if mine else None
        found[prop.name] = replace(prop, schema=schema) if schema else prop
    return tuple(found.values())


def _pairs(outer: tuple[tuple[str, Schema], ...], inner: tuple[tuple[str, Schema], ...]) -> tuple[tuple[str, Schema], ...]:
    found = dict(outer)
    for name, schema in inner:
        found[name] = together(found.get(name), schema) or schema
    return tuple(found.items())


def _items(outer: Schema, inner: Schema) -> tuple[tuple[Schema, ...], Schema | None]:
    """Prefix items and items: where one prefix is longer, the other's `items` meets its rest."""
    prefix: list[Schema] = []
    for index in range(max(len(outer.prefix_items), len(inner.prefix_items))):
        mine = outer.prefix_items[index] if index < len(outer.prefix_items) else outer.items
        theirs = inner.prefix_items[index] if index < len(inner.prefix_items) else inner.items
        prefix.append(together(mine, theirs) or outer)
    return tuple(prefix), together(outer.items, inner.items)


def _variants(outer: Schema, inner: Schema, keyword: Literal["any_of", "one_of"], rest: list[Schema]) -> tuple[Schema, ...]:
    mine: tuple[Schema, ...] = getattr(outer, keyword)
    theirs: tuple[Schema, ...] = getattr(inner, keyword)
    if mine and theirs and mine is not theirs:
        place = inner.location
        rest.append(Schema(place, any_of=theirs) if keyword == "any_of" else Schema(place, one_of=theirs))
    return mine or theirs


def _multiple(one: Any, other: Any) -> Json:
    """The least common multiple, exact for decimals."""
    first, second = Fraction(str(one)), Fraction(str(other))
    scale = lcm(first.denominator, second.denominator)
    found = Fraction(lcm(int(first * scale), int(second * scale)), scale)
    return int(found) if found.denominator == 1 else float(found)


def _dependencies(one: Any, other: Any) -> Json:
    return {name: [*dict.fromkeys((*one.get(name, ()), *other.get(name, ())))] for name in {**one, **other}}


_NARROWER: Mapping[str, Callable[[Any, Any], Json]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    "uniqueItems": lambda one, other: one or other,
    "multipleOf": _multiple,
    "dependentRequired": _dependencies,
}
"""For each keyword, the value that is as strict as both; of other keywords the outer value is kept."""


def _rules(outer: Schema, inner: Schema, rest: list[Schema]) -> tuple[tuple[str, Json], ...]:
    found = dict(outer.rules)
    kept_out = _CONTAINS if _meet(outer, inner, "contains") else ()
    for name, value in inner.rules:
        if name in kept_out:
            continue
        if name == "pattern" and found.get(name, value) != value:
            rest.append(Schema(inner.location, rules=((name, value),)))
        elif name in found and name in _NARROWER:
            found[name] = _NARROWER[name](found[name], value)
        else:
            found.setdefault(name, value)
    return tuple(found.items())


def _meet(outer: Schema, inner: Schema, keyword: str) -> bool:
    return keyword in dict(outer.applicators) and keyword in dict(inner.applicators)


def _applicators(outer: Schema, inner: Schema, rest: list[Schema]) -> tuple[tuple[str, Applicator], ...]:
    if not inner.applicators:
        return outer.applicators
    found = dict(outer.applicators)
    kept_out: tuple[str, ...] = ()
    for group in (_CONDITION, _CONTAINS):
        if _meet(outer, inner, group[0]):
            kept_out += group
            asks = tuple(pair for pair in inner.applicators if pair[0] in group)
            rest.append(Schema(inner.location, applicators=asks, rules=tuple(p for p in inner.rules if p[0] in group)))
    for name, value in inner.applicators:
        if name not in kept_out:
            found[name] = _applied(name, found[name], value) if name in found else value
    return tuple(found.items())


def _applied(name: str, outer: Applicator, inner: Applicator) -> Applicator:
    if isinstance(outer, tuple) and isinstance(inner, tuple):
        return _pairs(outer, inner)
    if isinstance(outer, tuple) or isinstance(inner, tuple):
        return outer
    if name == "not":
        return Schema(outer.location, any_of=(outer, inner))
    return outer if name == "contentSchema" else together(outer, inner) or outer
