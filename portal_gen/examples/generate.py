"""From a schema to an example that satisfies it.

Candidates are tried in order of preference: const, the author's examples, default, enum, then a value by name, format and
constraints; a candidate that something may speak against is judged by `fits` before it is taken. No clock, no chance: the
same schema gives the same example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from portal_gen.examples.arrays import arrays
from portal_gen.examples.number import numbers
from portal_gen.examples.objects import objects
from portal_gen.examples.preference import authored_values, kinds, own_examples, pruned, says_nothing
from portal_gen.examples.run import DEEPEST, MOST_LEVELS, Cost, Mode, Run, bare, count_of
from portal_gen.examples.text import texts
from portal_gen.examples.variants import alternatives, told_apart
from portal_gen.model.merge import same
from portal_gen.model.schema import ABSENT, Absent, NamedSchema, Schema
from portal_gen.spec.tree import Json

_BINDING = frozenset(
    {
        "pattern",
        "minProperties",
        "maxProperties",
        "dependentRequired",
        "minContains",
        "maxContains",
        "uniqueItems",
        "minLength",
        "maxLength",
    }
)
_MOST_TRIED = 12
_MOST_ALTERNATIVES = 64
_ENDLESS = 1_000_000
_SILENT = frozenset({"$defs", "contentSchema"})

Kept: TypeAlias = "dict[tuple[object, ...] | None, tuple[Json | Absent, Cost]]"
"""Examples of named schemas, each with what it cost: who takes one spends as much, so that the rest of his example is the same."""


class Examples:
    """Examples for the schemas of one document; what was made for a named schema is kept."""

    def __init__(self, schemas: Mapping[str, NamedSchema]) -> None:
        self._schemas = schemas
        self._made: Kept = {}
        self._pieces: dict[str, Schema] = {}
        self._keys = {id(named.schema): key for key, named in schemas.items()}

    def value(self, schema: Schema, mode: Mode, *, full: bool = False, name: str = "") -> Json | Absent:
        """An example for a place with this schema; `name` is the property or parameter that has it.

        ABSENT where nothing can be said: the schema is `false`. A schema that contradicts itself gives the nearest value.
        """
        if id(schema) in self._keys:
            schema = Schema(schema.location, ref=self._keys[id(schema)])
        found: Json | Absent = ABSENT
        for lenient in (False, True):
            if found is ABSENT:
                found = _Generator(self._schemas, mode, full, lenient, self._made, self._pieces).make(schema, name, 0, 0)
        return found

    def told(self, schema: Schema, mode: Mode, full: bool) -> tuple[Json | Absent, str, bool]:
        """An example, an empty name, and whether it was made here."""
        found = self.value(schema, mode, full=full)
        run = Run(self._schemas, mode, full, _never, False, self._pieces)
        given = [pruned(value, schema, run) for value in own_examples(run.merged(schema))]
        return found, "", found is ABSENT or not any(same(found, value) for value in given)


def _never(schema: Schema, name: str, depth: int, turn: int) -> Absent:
    return ABSENT


class _Generator:
    """One question: the methods that call each other, around one Run."""

    def __init__(
        self,
        schemas: Mapping[str, NamedSchema],
        mode: Mode,
        full: bool,
        lenient: bool,
        kept: Kept,
        pieces: dict[str, Schema],
    ) -> None:
        self.run = Run(schemas, mode, full, self.make, lenient, pieces)
        self.kept = kept

    def make(self, schema: Schema, name: str, depth: int, turn: int) -> Json | Absent:
        """A value for a part; see Run."""
        run = self.run
        run.steps += 1
        if depth > DEEPEST or run.level > MOST_LEVELS or run.spent:
            run.cuts += 1
            return ABSENT
        run.level += 1
        named = schema.ref is not None and schema.ref in run.schemas
        found = self.named(schema, schema.ref or "", name, depth, turn) if named else self.inline(schema, name, depth, turn)
        run.level -= 1
        return found

    def named(self, schema: Schema, key: str, name: str, depth: int, turn: int) -> Json | Absent:
        """A value for a place that refers to a named schema, which is entered once.

        It is kept where it would be the same elsewhere: where nothing was cut off for what is open around this place, or for what
        had been spent before.
        """
        run = self.run
        if key in run.open:
            run.cuts += 1
            run.met += 1
            return ABSENT
        before = run.cost
        outermost = depth == 0 and not run.open and not before.nodes
        here = (key, name, turn, depth == 0) if bare(schema) else None
        memo = (*here, run.mode, run.full, run.lenient) if here and (outermost or not run.full) else None
        is_first = before.steps == 1
        if memo in self.kept and (is_first or run.afford(self.kept[memo][1])):
            return self.kept[memo][0]
        if run.is_dead(here, depth):
            run.cuts += 1
            return ABSENT
        cuts, met = run.cuts, run.met
        run.open.add(key)
        found = self.told(schema, name, depth, turn)
        run.open.discard(key)
        if memo is not None and (outermost or run.cuts == cuts) and (is_first or not run.overdrawn):
            self.kept[memo] = (found, run.cost.since(before))
        if here and found is ABSENT and run.cuts > cuts and run.met == met:
            run.dead[here] = (run.level, depth)
        return found

    def told(self, schema: Schema, name: str, depth: int, turn: int) -> Json | Absent:
        """A value for a named schema; where its base tells its kinds apart, with the value that means this one."""
        whole = self.run.merged(schema)
        own = own_examples(self.run.schemas[schema.ref or ""].schema)
        given = any(self.run.fits(pruned(value, whole, self.run), schema) for value in own) if whole.discriminator else False
        mark = told_apart(self.run, whole.discriminator, schema) if whole.discriminator and not (whole.one_of or given) else None
        marked = Schema(schema.location, all_of=(schema, mark)) if mark else None
        found = self.inline(marked, name, depth, turn) if marked else ABSENT
        return self.inline(schema, name, depth, turn) if found is ABSENT else found

    def inline(self, schema: Schema, name: str, depth: int, turn: int) -> Json | Absent:
        """The first candidate that fits; in a lenient run, for want of that, the first of all."""
        whole = self.run.merged(schema)
        if whole.boolean is False:
            return ABSENT
        target = self.run.schemas.get(schema.ref or "")
        joined = schema.all_of or (target and (target.schema.all_of or target.schema.ref))
        nearest: Json | Absent = ABSENT
        for value, sure in self.candidates(whole, name, depth, turn):
            if value is not ABSENT and ((sure and not joined) or self.run.fits(value, schema)):
                return value
            nearest = value if nearest is ABSENT else nearest
        return nearest if self.run.lenient else ABSENT

    def several(self, schema: Schema, name: str, depth: int, turn: int) -> list[Json | Absent]:
        """Values that fit, the first of which was not wanted."""
        whole = self.run.merged(schema)
        self.run.steps += 1
        if whole.boolean is False:
            return []
        if self.run.level > MOST_LEVELS or self.run.spent:
            self.run.cuts += 1
            return []
        self.run.level += 1
        if bare(schema) and self.run.is_dead((schema.ref, name, turn, depth == 0), depth):
            self.run.level -= 1
            self.run.cuts += 1
            return []
        tried = list(islice(self.candidates(whole, name, depth, turn), _MOST_TRIED))
        self.run.level -= 1
        return [value for value, _ in tried if value is not ABSENT and self.run.fits(value, schema)]

    def candidates(self, whole: Schema, name: str, depth: int, turn: int) -> Iterator[tuple[Json | Absent, bool]]:
        """Values, best first, each with whether it was made here (and not given by the author)."""
        authored = [pruned(value, whole, self.run) for value in authored_values(whole)]
        telling = [value for value in authored if not says_nothing(value)]
        yield from ((value, False) for value in telling[turn:])
        if whole.enum is None and whole.const is ABSENT:
            sure = _plain(whole)
            yield from ((value, sure) for value in self.built(whole, name, depth, turn))
        yield from ((value, False) for value in (*telling, *authored))

    def built(self, whole: Schema, name: str, depth: int, turn: int) -> Iterator[Json | Absent]:
        """Values made from the constraints: by one alternative after the other, else by type; null last."""
        run, found, cuts = self.run, False, self.run.cuts
        hopeless = set()  # alternatives for which nothing fits: further values of theirs would not fit either
        for index, (key, alternative) in enumerate(islice(alternatives(run, whole), _MOST_ALTERNATIVES)):
            found = True
            if run.spent:
                run.cuts += 1
                break
            met = run.met
            made = run.within(key, lambda part: [self.make(part, name, depth, turn)], alternative)
            if made == [ABSENT] and run.met == met:
                hopeless.add(index)
            yield from made
        if not found or not (whole.one_of or whole.any_of):
            for kind in kinds(whole, name):
                yield from self.typed(whole, kind, name, depth, turn)
                if run.cuts > cuts and not whole.types:
                    break  # the likeliest type is the right one, and failed for its depth alone
        for index, (key, alternative) in enumerate(islice(alternatives(run, whole), _MOST_ALTERNATIVES if found else 0)):
            if index not in hopeless and not run.spent:
                yield from run.within(key, lambda part: self.several(part, name, depth, turn), alternative)
        if "null" in whole.types or (not whole.types and run.cuts == cuts):
            yield None

    def typed(self, whole: Schema, kind: str, name: str, depth: int, turn: int) -> Iterator[Json | Absent]:
        """Values of one type."""
        if kind == "object":
            yield from objects(self.run, whole, depth, turn)
        elif kind == "array":
            yield from arrays(self.run, whole, name, depth)
        elif kind == "string":
            yield from self.contents(whole, depth)
            yield from strings(whole, name, turn)
        elif kind == "boolean":
            yield from ((False, True) if turn % 2 else (True, False))
        else:
            yield from numbers(whole, kind, name, turn)

    def contents(self, whole: Schema, depth: int) -> Iterator[str]:
        """The text of a document within the text (JSON Schema Validation, section 8)."""
        media, inner = whole.rule("contentMediaType"), dict(whole.applicators).get("contentSchema")
        if isinstance(media, str) and is_json(media) and whole.rule("contentEncoding") is ABSENT:
            found = self.make(inner, "", depth + 1, 0) if isinstance(inner, Schema) else {}
            yield "{}" if found is ABSENT else json.dumps(found, ensure_ascii=False)


def is_json(media: str) -> bool:
    """Whether a media type is JSON or built on it."""
    bare_name = media.partition(";")[0].strip().lower()
    return bare_name == "application/json" or bare_name.endswith("+json")


def strings(schema: Schema, name: str, turn: int) -> Iterator[str]:
    """Texts for a schema."""
    shortest, longest, pattern = schema.rule("minLength"), schema.rule("maxLength"), schema.rule("pattern")
    return texts(
        name,
        schema.format,
        pattern if isinstance(pattern, str) else "",
        count_of(shortest, 0),
        None if longest is ABSENT else count_of(longest, _ENDLESS),
        turn,
    )


def _plain(schema: Schema) -> bool:
    """Whether what is made for the schema, from parts that fit, is sure to fit."""
    branching = schema.all_of or schema.any_of or schema.one_of or schema.pattern_properties or schema.prefix_items
    applied = any(name not in _SILENT for name, _ in schema.applicators)
    return not (branching or applied or any(name in _BINDING for name, _ in schema.rules))
