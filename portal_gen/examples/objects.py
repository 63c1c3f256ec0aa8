"""Objects: which properties an example shows, and names for those that the schema does not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce

from portal_gen.examples.matching import matches
from portal_gen.examples.run import Run, count_of
from portal_gen.examples.text import samples, texts
from portal_gen.model.merge import together
from portal_gen.model.schema import ABSENT, Absent, Property, Schema
from portal_gen.spec.tree import Json

_SIMPLE = frozenset({"string", "number", "integer", "boolean"})
_SHOWN = 3
"""How many optional properties an object shows that requires none."""


def objects(run: Run, schema: Schema, depth: int, turn: int) -> Iterator[Json | Absent]:
    """Candidates, best first. The schema is merged and has no variants left."""
    wanted = _wanted(run, schema, depth)
    yield _object(run, schema, depth, turn, wanted)
    if wanted:
        yield _object(run, schema, depth, turn, frozenset())


def _wanted(run: Run, schema: Schema, depth: int) -> frozenset[str]:
    """Optional properties to show: in a full example all that are not deprecated; else, where nothing is required, the first
    simple ones, so that the example says something, or one that is not simple (the first few, outermost)."""
    optional = [prop for prop in schema.properties if not prop.required and not prop.schema.deprecated]
    if run.generous(depth, len(optional)):
        return frozenset(prop.name for prop in optional)
    if schema.required or run.exhausted:
        return frozenset()
    shown = [prop for prop in optional if not run.hides(prop.schema)]
    simple = [prop for prop in shown if _is_simple(run.merged(prop.schema))]
    return frozenset(prop.name for prop in simple[:_SHOWN] or shown[: 1 if depth else _SHOWN])


def _is_simple(schema: Schema) -> bool:
    return schema.enum is not None or schema.const is not ABSENT or any(name in _SIMPLE for name in schema.types)


def _object(run: Run, schema: Schema, depth: int, turn: int, wanted: frozenset[str]) -> Json | Absent:
    made: dict[str, Json] = {}
    needed = _needed(schema, wanted)
    run.nodes += len(needed.keys() | wanted)
    declared = {prop.name for prop in schema.properties}
    for prop in (*schema.properties, *(_undeclared(schema, name) for name in needed if name not in declared)):
        if prop.name not in needed and prop.name not in wanted:
            continue
        if run.hides(prop.schema):
            continue
        value = _member(run, schema, prop, depth, turn)
        if value is not ABSENT:
            made[prop.name] = value
        elif prop.name in needed and not run.lenient:
            return ABSENT
    return made if _filled(run, schema, made, depth) or run.lenient else ABSENT


def _needed(schema: Schema, wanted: frozenset[str]) -> dict[str, None]:
    """Names that must be there: the required ones, and those that depend on a name that is there."""
    needed = dict.fromkeys(schema.required)
    rules = schema.rule("dependentRequired")
    if isinstance(rules, Mapping):
        waiting = [*needed, *wanted]
        while waiting:
            names = rules.get(waiting.pop(), ())
            fresh = [str(name) for name in names if name not in needed] if isinstance(names, list | tuple) else []
            needed.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
    return needed


def _undeclared(schema: Schema, name: str) -> Property:
    """A required property that `properties` does not describe."""
    patterned = any(matches(pattern, name) for pattern, _ in schema.pattern_properties)
    rule = None if patterned else schema.additional_properties or _applied(schema, "unevaluatedProperties")
    return Property(name, rule or Schema(schema.location), True)


def _applied(schema: Schema, keyword: str) -> Schema | None:
    found = dict(schema.applicators).get(keyword)
    return found if isinstance(found, Schema) else None


def _member(run: Run, schema: Schema, prop: Property, depth: int, turn: int) -> Json | Absent:
    rules = [rule for pattern, rule in schema.pattern_properties if matches(pattern, prop.name)]
    return run.make(reduce(lambda one, other: together(one, other) or one, rules, prop.schema), prop.name, depth + 1, turn)


def _filled(run: Run, schema: Schema, made: dict[str, Json], depth: int) -> bool:
    """Adds properties until there are as many as asked for; a map without properties of its own shows one entry."""
    wished = count_of(schema.rule("minProperties"), 0)
    is_map = not schema.properties and (_applied_map(schema) or bool(schema.pattern_properties))
    count = max(wished, 1 if is_map else 0)
    if len(made) >= count:
        return True
    for prop in _spare(schema, count + len(made)):
        if len(made) >= count:
            break
        if prop.name in made or run.hides(prop.schema):
            continue
        value = _member(run, schema, prop, depth, 0)
        if value is not ABSENT:
            made[prop.name] = value
    return len(made) >= wished


def _applied_map(schema: Schema) -> bool:
    rule = schema.additional_properties
    return rule is not None and rule.boolean is None


def _spare(schema: Schema, count: int) -> Iterator[Property]:
    """Properties that may be added: declared ones first, then invented names as the schema allows them."""
    yield from schema.properties
    for pattern, rule in schema.pattern_properties:
        for turn in range(min(count, 20)):
            yield from (Property(name, rule, False) for name in samples(pattern, 0, 200, turn)[:1])
    rest = schema.additional_properties or _applied(schema, "unevaluatedProperties") or Schema(schema.location)
    if rest.boolean is False:
        return
    for name in _names(schema, min(count, 100)):
        yield Property(name, rest, False)


def _names(schema: Schema, count: int) -> Iterator[str]:
    rule = _applied(schema, "propertyNames") or Schema(schema.location)
    if rule.enum is not None or rule.const is not ABSENT:
        yield from (name for name in (rule.enum or (rule.const,)) if isinstance(name, str))
        return
    shortest, longest, pattern = rule.rule("minLength"), rule.rule("maxLength"), rule.rule("pattern")
    for turn in range(count):
        found = texts(
            "key",
            rule.format,
            pattern if isinstance(pattern, str) else "",
            shortest if isinstance(shortest, int) else 0,
            longest if isinstance(longest, int) else None,
            turn,
        )
        yield next(found, f"key{turn}")


def without(schema: Schema, keyword: str) -> Schema:
    """The schema without one of its applicators."""
    return replace(schema, applicators=tuple(pair for pair in schema.applicators if pair[0] != keyword))
