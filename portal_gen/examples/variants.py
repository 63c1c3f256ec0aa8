"""Alternatives: a schema with `oneOf`, `anyOf`, conditions or dependent schemas, narrowed to one way of satisfying it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from portal_gen.examples.objects import without
from portal_gen.examples.run import Run, bare
from portal_gen.model.schema import ABSENT, Discriminator, Property, Schema
from portal_gen.spec.tree import Json

Alternative: TypeAlias = tuple[str | None, Schema]
"""The key of the named schema that an alternative takes in, and the schema that is left."""


def alternatives(run: Run, schema: Schema) -> Iterator[Alternative]:
    """Narrower schemas, best first; none where the schema has no alternatives. The schema is merged."""
    for keyword in ("one_of", "any_of"):
        branches: tuple[Schema, ...] = getattr(schema, keyword)
        if branches:
            rest = replace(schema, one_of=(), discriminator=None) if keyword == "one_of" else replace(schema, any_of=())
            for branch in _ordered(branches):
                yield from _narrowed(run, rest, branch, schema.discriminator)
            return
    yield from _unmerged(run, schema)


def _ordered(branches: tuple[Schema, ...]) -> list[Schema]:
    """As written, but null and deprecated ones last."""
    return sorted(branches, key=lambda branch: branch.deprecated or branch.types == ("null",))


def _narrowed(run: Run, rest: Schema, branch: Schema, discriminator: Discriminator | None) -> Iterator[Alternative]:
    if branch.ref is not None and branch.ref in run.open:
        run.cuts += 1
        run.met += 1
        return
    if discriminator is None and branch.ref is not None and bare(rest):
        yield None, branch
        return
    whole = replace(rest, all_of=(*rest.all_of, branch), examples=(), default=ABSENT)
    told = told_apart(run, discriminator, branch)
    if told is not None:
        yield branch.ref, replace(whole, all_of=(*whole.all_of, told))
    yield branch.ref, whole


def told_apart(run: Run, discriminator: Discriminator | None, branch: Schema) -> Schema | None:
    """What tells this branch apart: the discriminating property with its value, if the branch leaves the value open."""
    if discriminator is None:
        return None
    prop = next((prop for prop in run.merged(branch).properties if prop.name == discriminator.property_name), None)
    value = _value(run, discriminator, branch)
    if value is None or prop is None:
        return None
    given = run.merged(prop.schema)
    if given.enum is not None or given.const is not ABSENT:
        return None
    named = Property(prop.name, Schema(branch.location, const=value), True)
    return Schema(branch.location, properties=(named,), required=(prop.name,))


def _value(run: Run, discriminator: Discriminator, branch: Schema) -> Json:
    """The value for a branch: from the mapping, else the name of the schema (OpenAPI 3.2, section 4.8.25)."""
    if branch.ref is None:
        return None
    mapped = next((value for value, key in discriminator.mapping if key == branch.ref), None)
    if mapped is not None or branch.ref not in run.schemas:
        return mapped
    target = run.schemas[branch.ref]
    is_base = target.schema.discriminator is not None
    return discriminator.mapping[0][0] if is_base and discriminator.mapping else target.name


def _unmerged(run: Run, schema: Schema) -> Iterator[Alternative]:
    """Alternatives in what could not be merged, then conditions and dependent schemas."""
    for index, part in enumerate(schema.all_of):
        if part.one_of or part.any_of or part.applicators:
            others = replace(schema, all_of=schema.all_of[:index] + schema.all_of[index + 1 :])
            for key, alternative in alternatives(run, part):
                yield key, replace(others, all_of=(*others.all_of, alternative))
            return
    yield from ((None, alternative) for alternative in _conditions(schema))
    dependent = dict(schema.applicators).get("dependentSchemas", ())
    if isinstance(dependent, tuple):
        yield from ((None, taken) for taken in _dependent(schema, dependent))


def _conditions(schema: Schema) -> Iterator[Schema]:
    """With the condition met, then without."""
    applied = dict(schema.applicators)
    condition = applied.get("if")
    if not isinstance(condition, Schema):
        return
    rest = without(without(without(schema, "if"), "then"), "else")
    for parts in ((condition, applied.get("then")), (applied.get("else"),)):
        found = tuple(part for part in parts if isinstance(part, Schema))
        if found:
            yield replace(rest, all_of=(*rest.all_of, *found))


def _dependent(schema: Schema, dependent: tuple[tuple[str, Schema], ...]) -> Iterator[Schema]:
    """With the schemas that depend on a required property taken in."""
    found = tuple(branch for name, branch in dependent if name in schema.required)
    if found:
        rest = without(schema, "dependentSchemas")
        yield replace(rest, all_of=(*rest.all_of, *found))
