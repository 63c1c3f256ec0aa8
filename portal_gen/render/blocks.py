"""What a schema looks like on a page, as values: made once by `rows`, printed as HTML and as Markdown.

A Block is a schema in place, a Row a named place with its block. Descriptions are Markdown as their author wrote them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

from portal_gen.render.html import MARK
from portal_gen.render.inline import Inline


class Value(NamedTuple):
    """One value of an enumeration: its text, the anchor that leads to it, and what it means (Markdown) where that is said."""

    text: str
    id: str
    description: str = ""


class Values(NamedTuple):
    """`One of` these; `Always` this one."""

    label: str
    values: tuple[Value, ...]


class Part(NamedTuple):
    """A schema under a condition or in a role of its own: `If`, `Then`, `Must not be`, `Field names`."""

    label: Inline
    block: Block
    id: str


class Shape(NamedTuple):
    """One variant: a short name for its control, and the block. `name` may link to the schema's page."""

    title: str
    name: Inline
    block: Block
    id: str


class Shapes(NamedTuple):
    """The variants of `oneOf` (exactly one applies) or `anyOf` (at least one does)."""

    label: str
    group: str
    """Name of the radio group, unique on the page."""
    shapes: tuple[Shape, ...]


class Drawn(NamedTuple):
    """What many pages print of a block: its type and its meaning, as HTML and as Markdown."""

    type_html: str
    meaning_html: str
    type_markdown: str
    text: str


class Counts(NamedTuple):
    """How many rows, shapes, levels of schemas, levels of named schemas and radio groups a block adds to those of a page; the most rows
    at which it was asked whether there are too many; and the room for rows that it had, where there were too many."""

    rows: int
    shapes: int
    levels: int
    named: int
    groups: int
    asked_at: int
    room: int | None


class Stencil:
    """A block that was drawn at a place, and what it asks of another page to look the same there.

    `places` are the named schemas that it shows, with their ids; `met` those that it asked for: where the page shows one of them
    already it would look otherwise. `linked` are those whose pages it links to, and `groups` the number of radio groups before it.
    `claimed` are the ids of its own, `inner` other stencils that it holds, with their places.
    """

    __slots__ = (
        "_ids",
        "at",
        "block",
        "claimed",
        "counts",
        "drawn",
        "groups",
        "html",
        "inner",
        "linked",
        "markdown",
        "met",
        "places",
    )

    def __init__(
        self,
        block: Block,
        at: str,
        groups: int,
        counts: Counts,
        claimed: Sequence[str],
        inner: Sequence[tuple[str, Stencil]],
        places: Sequence[tuple[str, str]],
        met: Set[str],
        linked: Set[str],
    ) -> None:
        self.block, self.at, self.groups, self.counts = block, at, groups, counts
        self.claimed, self.inner = claimed, inner
        self.places, self.met, self.linked = places, met, linked
        self._ids: frozenset[str] | None = None
        self.drawn: Drawn | None = None
        """Type and meaning, from the second time on."""
        self.html: tuple[str, str, str] | None = None
        """What `rows_html` prints of rows, shapes and parts."""
        self.markdown: dict[tuple[int, bool], str] = {}
        """What `rows_markdown` prints, by the level of the list, and whether names stand below another."""

    @property
    def ids(self) -> frozenset[str]:
        """All ids below the place, from its end on."""
        if self._ids is None:
            place = self.at.removeprefix(MARK)
            every = (*self.claimed, *[at + id_ for at, stencil in self.inner for id_ in stencil.ids])
            self._ids = frozenset([id_.removeprefix(place) for id_ in every])
        return self._ids


class Inside(NamedTuple):
    """A stencil at a place: rows, shapes and parts of the block have the ids of the stencil's place."""

    stencil: Stencil
    at: str
    groups: int
    """Radio groups before it."""


class Block(NamedTuple):
    """A schema in place."""

    type: Inline = ()
    description: str = ""
    values: Values | None = None
    rules: tuple[Inline, ...] = ()
    notes: tuple[Inline, ...] = ()
    extras: tuple[Inline, ...] = ()
    shapes: tuple[Shapes, ...] = ()
    parts: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    more: tuple[str, ...] = ()
    """Further descriptions: of branches that were merged, of items."""
    drawn: Drawn | None = None
    """Where many pages share the block, what they print of it."""
    inside: Inside | None = None
    """Where many pages share what is inside, that: then rows, shapes and parts are only looked at, and not printed."""

    def but(self, **changes: Any) -> Block:
        """The block with other values than what is inside; it is then no longer the one that was printed."""
        return self._replace(drawn=None, **changes)


class Row(NamedTuple):
    """A named place: a field, a parameter, a header. `flags` are the keys of `FLAGS`."""

    id: str
    name: str
    block: Block
    flags: tuple[str, ...] = ()
    depth: int = 0
    quiet_name: bool = False
    """Whether the name is words about names ("any other name") and not a name."""


FLAGS = {
    "required": "required",
    "nullable": "nullable",
    "read-only": "read-only",
    "write-only": "write-only",
    "deprecated": "deprecated",
}
