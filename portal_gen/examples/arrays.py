"""Arrays: how many items an example has, and what they are."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.examples.fits import distinct
from portal_gen.examples.run import Run, count_of
from portal_gen.examples.words import singular
from portal_gen.model.merge import together
from portal_gen.model.schema import ABSENT, Absent, Schema
from portal_gen.spec.tree import Json

_MOST = 200
"""Items that are made even if more are asked for."""


def arrays(run: Run, schema: Schema, name: str, depth: int) -> Iterator[Json | Absent]:
    """Candidates, best first: with one item or what must be there, then with no more than must be."""
    least = min(_count(schema, "minItems", 0), _MOST)
    most = _count(schema, "maxItems", _MOST)
    contained = min(_count(schema, "minContains", 1), _MOST) if isinstance(dict(schema.applicators).get("contains"), Schema) else 0
    usual = max(least, contained, min(len(schema.prefix_items) or 1, most))
    yield _array(run, schema, name, depth, usual, contained)
    smallest = max(least, contained)
    if smallest != usual:
        yield _array(run, schema, name, depth, smallest, contained)


def _count(schema: Schema, keyword: str, default: int) -> int:
    return count_of(schema.rule(keyword), default)


def _array(run: Run, schema: Schema, name: str, depth: int, size: int, contained: int) -> Json | Absent:
    """The first items are those that `contains` asks for."""
    unique = schema.rule("uniqueItems") is True
    made: list[Json] = []
    for index in range(size):
        rule = _item(schema, index, contained)
        value = _next(run, rule, singular(name), depth, made if unique else [], index)
        if value is ABSENT:
            if not run.lenient:
                return ABSENT
            break
        made.append(value)
    return made


def _item(schema: Schema, index: int, contained: int) -> Schema:
    rule = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
    applied = dict(schema.applicators)
    rest = applied.get("unevaluatedItems")
    if rule is None and isinstance(rest, Schema):
        rule = rest
    contains = applied.get("contains")
    if index < contained and isinstance(contains, Schema):
        rule = together(contains, rule)
    return rule or Schema(schema.location)


def _next(run: Run, rule: Schema, name: str, depth: int, others: list[Json], index: int) -> Json | Absent:
    """A value for one item, other than the others where items must be unique."""
    for turn in range(index, index + 3):
        value = run.make(rule, name, depth + 1, turn)
        if value is ABSENT or distinct([*others, value]):
            return value
    return ABSENT
