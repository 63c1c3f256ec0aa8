"""What a schema looks like on a page, as values: made once by `rows`, printed as HTML and as Markdown.

A Block is a schema in place, a Row a named place with its block. Descriptions are Markdown as their author wrote them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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
    """A block that looks the same on every page, printed: its type and its meaning, as HTML and as Markdown."""

    type_html: str
    meaning_html: str
    type_markdown: str
    text: str


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

    def but(self, **changes: Any) -> Block:
        """The block with other values, which is then no longer the one that was printed."""
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
