"""What one question for an example carries along: the schemas, the direction, what is open, how much may still be spent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from portal_gen.examples.fits import fits
from portal_gen.model.merge import merged
from portal_gen.model.schema import Absent, NamedSchema, Schema
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
FULL_DEPTH = 4
FULL_NODES = 60
"""Below this depth, and after this many properties, a full example goes on with what is required only."""
MOST_STEPS = 3000
"""Schemas looked at for one example, dead ends included."""

Make: TypeAlias = Callable[[Schema, str, int, int], "Json | Absent"]


@dataclass(slots=True)
class Run:
    """One question. `make(schema, name, depth, turn)` answers for a part of it; ABSENT is its answer where nothing fits.

    `open`: keys of the named schemas around this place; none is entered twice, so cycles end. `lenient`: the schema cannot be
    satisfied, and the nearest value is wanted instead of none. `cuts` counts the answers that depended on what was open.
    """

    schemas: Mapping[str, NamedSchema]
    mode: Mode
    full: bool
    make: Make
    lenient: bool = False
    open: set[str] = field(default_factory=set)
    cuts: int = 0
    steps: int = 0
    nodes: int = 0

    def fits(self, value: Json, schema: Schema) -> bool:
        """Whether the value satisfies the schema in this direction."""
        return fits(value, schema, self.schemas, self.mode.hidden)

    def merged(self, schema: Schema) -> Schema:
        """The schema in one piece."""
        return merged(schema, self.schemas)

    def hides(self, schema: Schema) -> bool:
        """Whether a property with this schema is kept out in this direction."""
        kind = self.mode.hidden
        if getattr(schema, kind):
            return True
        return (schema.ref is not None or bool(schema.all_of)) and bool(getattr(self.merged(schema), kind))

    def generous(self, depth: int) -> bool:
        """Whether optional properties are still wanted at this depth."""
        return self.full and depth <= FULL_DEPTH and self.nodes < FULL_NODES
