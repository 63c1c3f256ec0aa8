"""Whether a value satisfies a schema: what the generator asks about its own candidates and about authors' examples.

Not a validator for users: it gives no reasons, and where it cannot tell (an unreadable pattern, an unknown format, more than
DEEPEST levels or MOST_STEPS schemas) it says yes. Follows JSON Schema 2020-12, evaluated properties and items included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from portal_gen.examples.formats import has_format
from portal_gen.examples.matching import matches
from portal_gen.model.merge import merged, same
from portal_gen.model.schema import ABSENT, NamedSchema, Schema
from portal_gen.spec.tree import Json

Evaluated: TypeAlias = "frozenset[str | int]"
NOTHING: Evaluated = frozenset()
DEEPEST = 50
MOST_STEPS = 10_000


@dataclass(slots=True)
class Steps:
    """How many schemas were looked at."""

    taken: int = 0


def fits(value: Json, schema: Schema, schemas: Mapping[str, NamedSchema], hidden: str = "", steps: Steps | None = None) -> bool:
    """Whether the value satisfies the schema. `hidden`, `read_only` or `write_only`, excuses what is required but of that kind;
    `steps` counts the schemas that were looked at, over several questions where they share it."""
    return _Judge(schemas, hidden, steps or Steps()).child(value, schema, 0)


def has_type(value: Json, types: Sequence[str]) -> bool:
    """Whether the value is of one of the types; every value is, where there are none."""
    return not types or any(_TYPES[name](value) for name in types if name in _TYPES)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value == value // 1,
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list | tuple),
}


def _multiple(value: Any, step: Any) -> bool:
    return not step or Fraction(str(value)) % Fraction(str(step)) == 0


_NUMBERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: isinstance(bound, bool) or value > bound,
    "exclusiveMaximum": lambda value, bound: isinstance(bound, bool) or value < bound,
    "multipleOf": _multiple,
}
_STRINGS: Mapping[str, Callable[[str, Any], bool]] = {
    "minLength": lambda value, bound: len(value) >= bound,
    "maxLength": lambda value, bound: len(value) <= bound,
    "pattern": lambda value, pattern: matches(pattern, value),
}
_ARRAYS: Mapping[str, Callable[[Sequence[Json], Any], bool]] = {
    "minItems": lambda value, bound: len(value) >= bound,
    "maxItems": lambda value, bound: len(value) <= bound,
    "uniqueItems": lambda value, wanted: not wanted or distinct(value),
}
_OBJECTS: Mapping[str, Callable[[Mapping[str, Json], Any], bool]] = {
    "minProperties": lambda value, bound: len(value) >= bound,
    "maxProperties": lambda value, bound: len(value) <= bound,
    "dependentRequired": lambda value, rules: all(set(rules[name]) <= value.keys() for name in rules if name in value),
}


def distinct(values: Sequence[Json]) -> bool:
    """Whether no two of the values are equal."""
    return not any(same(one, other) for index, one in enumerate(values) for other in values[:index])


def _rules(value: Json) -> Mapping[str, Callable[[Any, Any], bool]]:
    if isinstance(value, str):
        return _STRINGS
    if isinstance(value, Mapping):
        return _OBJECTS
    if isinstance(value, list | tuple):
        return _ARRAYS
    return _NUMBERS if _is_number(value) else {}


def _obeys(check: Callable[[Any, Any], bool], value: Json, rule: Json) -> bool:
    """A rule that is itself faulty (a text for a bound, an infinite step) binds nothing."""
    try:
        return check(value, rule)
    except (TypeError, ValueError, OverflowError, AttributeError):
        return True


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the question stands: `depth` of nesting, the references followed for this very value (so that a reference to
    itself ends), and the schema that describes the value as a whole."""

    depth: int
    trail: tuple[str, ...]
    whole: Schema


@dataclass(frozen=True, slots=True)
class _Judge:
    """What stays the same in one question. Methods return what they evaluated (names, indices), or None if it does not fit."""

    schemas: Mapping[str, NamedSchema]
    hidden: str
    steps: Steps

    def evaluate(self, value: Json, schema: Schema, at: _Place) -> Evaluated | None:
        """Everything that the schema asks of the value."""
        self.steps.taken += 1
        if schema.boolean is not None or at.depth > DEEPEST or self.steps.taken > MOST_STEPS:
            return NOTHING if schema.boolean is not False else None
        if not self.plain(value, schema, at):
            return None
        found: set[str | int] = set()
        for seen in (*self.in_place(value, schema, at), *self.children(value, schema, at.depth + 1)):
            if seen is None:
                return None
            found |= seen
        return self.leftovers(value, schema, at.depth + 1, frozenset(found))

    def child(self, value: Json, schema: Schema, depth: int) -> bool:
        """Whether a property, an item or a name fits."""
        return self.evaluate(value, schema, _Place(depth, (), schema)) is not None

    def plain(self, value: Json, schema: Schema, at: _Place) -> bool:
        """The keywords that need no other schema."""
        if not has_type(value, schema.types) or (schema.const is not ABSENT and not same(value, schema.const)):
            return False
        if schema.enum is not None and not any(same(value, other) for other in schema.enum):
            return False
        if schema.format and isinstance(value, str) and not has_format(value, schema.format):
            return False
        if isinstance(value, Mapping) and not all(name in value or self.excused(name, schema, at) for name in schema.required):
            return False
        checks = _rules(value)
        return all(_obeys(checks[name], value, rule) for name, rule in schema.rules if name in checks)

    def excused(self, name: str, schema: Schema, at: _Place) -> bool:
        """Whether a required property may be missing since its kind is hidden in this direction."""
        if not self.hidden:
            return False
        declared = (*schema.properties, *merged(at.whole, self.schemas).properties)
        return any(prop.name == name and hidden(prop.schema, self.schemas, self.hidden) for prop in declared)

    def in_place(self, value: Json, schema: Schema, at: _Place) -> Iterator[Evaluated | None]:
        """What other schemas say of the same value."""
        if schema.ref is not None and schema.ref in self.schemas and schema.ref not in at.trail:
            place = replace(at, depth=at.depth + 1, trail=(*at.trail, schema.ref))
            yield self.evaluate(value, self.schemas[schema.ref].schema, place)
        if not (schema.all_of or schema.any_of or schema.one_of or schema.applicators):
            return
        place = replace(at, depth=at.depth + 1)
        for branch in schema.all_of:
            yield self.evaluate(value, branch, place)
        if schema.any_of:
            passed = self.passed(value, schema.any_of, place)
            yield NOTHING.union(*passed) if passed else None
        if schema.one_of:
            yield self.only(value, schema.one_of, place)
        if schema.applicators:
            yield from self.conditions(value, dict(schema.applicators), place)

    def passed(self, value: Json, branches: Sequence[Schema], at: _Place) -> list[Evaluated]:
        """For each branch that fits, what it evaluated."""
        judged = [self.evaluate(value, branch, at) for branch in branches]
        return [seen for seen in judged if seen is not None]

    def only(self, value: Json, branches: Sequence[Schema], at: _Place) -> Evaluated | None:
        """What the one branch that fits evaluated; the second that fits ends the question."""
        found: Evaluated | None = None
        for branch in branches:
            seen = self.evaluate(value, branch, at)
            if seen is not None and found is not None:
                return None
            found = seen if found is None else found
        return found

    def conditions(self, value: Json, applicators: Mapping[str, Any], at: _Place) -> Iterator[Evaluated | None]:
        """`not`, `if` with its branches, `dependentSchemas`."""
        if "not" in applicators and self.evaluate(value, applicators["not"], at) is not None:
            yield None
        if "if" in applicators:
            seen = self.evaluate(value, applicators["if"], at)
            yield seen or NOTHING
            branch = applicators.get("else" if seen is None else "then")
            if branch is not None:
                yield self.evaluate(value, branch, at)
        if isinstance(value, Mapping):
            for name, schema in applicators.get("dependentSchemas", ()):
                if name in value:
                    yield self.evaluate(value, schema, at)

    def children(self, value: Json, schema: Schema, depth: int) -> Iterator[Evaluated | None]:
        """What the schema says of properties or items."""
        if isinstance(value, Mapping):
            yield from self.members(value, schema, depth)
        elif isinstance(value, list | tuple):
            yield from self.items(value, schema, depth)

    def members(self, value: Mapping[str, Json], schema: Schema, depth: int) -> Iterator[Evaluated | None]:
        """`properties`, `patternProperties`, `additionalProperties`, `propertyNames`."""
        declared = {prop.name: prop.schema for prop in schema.properties}
        names = dict(schema.applicators).get("propertyNames")
        for name, member in value.items():
            rules = [declared[name]] if name in declared else []
            rules += [rule for pattern, rule in schema.pattern_properties if matches(pattern, name)]
            if not rules and schema.additional_properties is not None:
                rules.append(schema.additional_properties)
            if not all(self.child(member, rule, depth) for rule in rules):
                yield None
            if isinstance(names, Schema) and not self.child(name, names, depth):
                yield None
            if rules:
                yield frozenset((name,))

    def items(self, value: Sequence[Json], schema: Schema, depth: int) -> Iterator[Evaluated | None]:
        """`prefixItems`, `items`, `contains`."""
        for index, item in enumerate(value):
            rule = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
            if rule is not None:
                yield frozenset((index,)) if self.child(item, rule, depth) else None
        contains = dict(schema.applicators).get("contains")
        if isinstance(contains, Schema):
            found = frozenset(index for index, item in enumerate(value) if self.child(item, contains, depth))
            least, most = schema.rule("minContains"), schema.rule("maxContains")
            enough = len(found) >= (least if isinstance(least, int | float) else 1)
            yield found if enough and (not isinstance(most, int | float) or len(found) <= most) else None

    def leftovers(self, value: Json, schema: Schema, depth: int, seen: Evaluated) -> Evaluated | None:
        """`unevaluatedProperties` and `unevaluatedItems`: what no other keyword has looked at."""
        keyword = "unevaluatedProperties" if isinstance(value, Mapping) else "unevaluatedItems"
        rule = next((rule for name, rule in schema.applicators if name == keyword), None)
        if not isinstance(rule, Schema) or not isinstance(value, Mapping | list | tuple):
            return seen
        rest: list[tuple[str | int, Json]] = [*(value.items() if isinstance(value, Mapping) else enumerate(value))]
        if not all(key in seen or self.child(member, rule, depth) for key, member in rest):
            return None
        return seen.union(key for key, _ in rest)


def hidden(schema: Schema, schemas: Mapping[str, NamedSchema], kind: str) -> bool:
    """Whether a schema, or what it refers to, is `read_only` or `write_only`, as `kind` says."""
    if not kind or getattr(schema, kind):
        return bool(kind)
    return (schema.ref is not None or bool(schema.all_of)) and bool(getattr(merged(schema, schemas), kind))
