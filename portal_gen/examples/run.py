"""What one question for an example carries along: the schemas, the direction, what is open, how much may still be spent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from portal_gen.examples.fits import MOST_STEPS as MOST_JUDGED
from portal_gen.examples.fits import Steps, fits
from portal_gen.model.merge import merged
from portal_gen.model.schema import ABSENT, Absent, NamedSchema, Schema
from portal_gen.spec.tree import Json


class Mode(StrEnum):
    """Which way the value travels: read-only properties are left out of requests, write-only ones out of responses."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def hidden(self) -> str:
        """The field of Schema that keeps a property out."""
        return "read_only" if self is Mode.REQUEST else "write_only"


DEEPEST = 20
"""Levels of nesting; what is deeper is left out, or cut where it is required."""
MOST_LEVELS = 40
"""Calls within calls: alternatives within alternatives, which add no depth, included."""
FULL_DEPTH = 4
FULL_NODES = 60
"""Below this depth, and where it would have more properties than this, a full example shows less."""
_MOST = 10**9
MOST_STEPS = 1500
"""Schemas looked at for one example, dead ends included."""

Make: TypeAlias = Callable[[Schema, str, int, int], "Json | Absent"]


class Cost(NamedTuple):
    """Schemas looked at for examples and for judging them, and properties of full examples."""

    steps: int
    judged: int
    nodes: int

    def since(self, before: Cost) -> Cost:
        """What was spent after `before`."""
        return Cost(self.steps - before.steps, self.judged - before.judged, self.nodes - before.nodes)


@dataclass(slots=True)
class Run:
    """One question. `make(schema, name, depth, turn)` answers for a part of it; ABSENT is its answer where nothing fits.

    `open`: keys of the named schemas around this place; none is entered twice, so cycles end. `lenient`: the schema cannot be
    satisfied, and the nearest value is wanted instead of none. `cuts` counts the answers that depended on what was open or on
    how deep the place is; `met`, those of them that met a schema that is open. `dead`: level and depth at which a named schema
    was too deep to be satisfied, which it is further below too. `pieces` keeps named schemas in one piece.
    """

    schemas: Mapping[str, NamedSchema]
    mode: Mode
    full: bool
    make: Make
    lenient: bool = False
    pieces: dict[str, Schema] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    dead: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)
    cuts: int = 0
    met: int = 0
    level: int = 0
    steps: int = 0
    nodes: int = 0
    judged: Steps = field(default_factory=Steps)

    def fits(self, value: Json, schema: Schema) -> bool:
        """Whether the value satisfies the schema in this direction."""
        return fits(value, schema, self.schemas, self.mode.hidden, self.judged)

    def merged(self, schema: Schema) -> Schema:
        """The schema in one piece."""
        if schema.ref is None and not schema.all_of:
            return schema
        if schema.ref is None or not bare(schema):
            return merged(schema, self.schemas)
        if schema.ref not in self.pieces:
            self.pieces[schema.ref] = merged(schema, self.schemas)
        return self.pieces[schema.ref]

    def hides(self, schema: Schema) -> bool:
        """Whether a property with this schema is kept out in this direction."""
        kind = self.mode.hidden
        if getattr(schema, kind):
            return True
        return (schema.ref is not None or bool(schema.all_of)) and bool(getattr(self.merged(schema), kind))

    def within(self, key: str | None, make: Callable[[Schema], list[Json | Absent]], schema: Schema) -> list[Json | Absent]:
        """What `make` gives for a schema that takes in the named schema `key`, which counts as open meanwhile."""
        if key is None or key in self.open:
            return make(schema)
        self.open.add(key)
        found = make(schema)
        self.open.discard(key)
        return found

    def generous(self, depth: int, count: int) -> bool:
        """Whether so many optional properties are wanted at this depth; outermost they always are."""
        return self.full and (depth == 0 or (depth <= FULL_DEPTH and self.nodes + count <= FULL_NODES))

    def is_dead(self, here: tuple[object, ...] | None, depth: int) -> bool:
        """Whether a named schema could not be satisfied for its depth where there was at least as much room."""
        at = self.dead.get(here) if here else None
        return at is not None and self.level >= at[0] and depth >= at[1]

    @property
    def spent(self) -> bool:
        """Whether nothing more may be looked at."""
        return self.steps > MOST_STEPS

    @property
    def overdrawn(self) -> bool:
        """Whether something was cut off, or not judged, since too much had been looked at."""
        return self.spent or self.judged.taken > MOST_JUDGED

    @property
    def cost(self) -> Cost:
        """What was spent so far."""
        return Cost(self.steps, self.judged.taken, self.nodes)

    def afford(self, cost: Cost) -> bool:
        """Whether so much more can be spent, which is then done."""
        if self.steps + cost.steps > MOST_STEPS or self.judged.taken + cost.judged > MOST_JUDGED:
            return False
        self.steps += cost.steps
        self.judged.taken += cost.judged
        self.nodes += cost.nodes
        return True

    @property
    def exhausted(self) -> bool:
        """Whether a full example has grown so large that it goes on with what is required only."""
        return self.full and self.nodes > FULL_NODES


def count_of(value: object, default: int) -> int:
    """A rule that counts, as a number of bounded size (it may be written as 1e400); `default` where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return int(max(0, min(value, _MOST)))


def bare(schema: Schema) -> bool:
    """Whether a schema asks for nothing, but for what it may refer to: it stands alone, or has texts only."""
    constrained = schema.types or schema.examples or schema.enum or schema.properties or schema.required or schema.all_of
    more = schema.any_of or schema.one_of or schema.items or schema.additional_properties or schema.rules or schema.applicators
    absent = schema.default is ABSENT and schema.const is ABSENT and schema.boolean is None
    return absent and not (constrained or more or schema.format or schema.pattern_properties or schema.prefix_items)
