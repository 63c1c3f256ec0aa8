"""Structured schemas that many pages show: drawn where they are met first, and then put wherever they look the same.

What a schema looks like depends on the page as far as the page already shows schemas that it would show, has little room left for
rows, or is one that it links to. `Scope` keeps count of all that; where any of it would matter the schema is drawn in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from portal_gen.model.schema import Schema
from portal_gen.render.blocks import Block, Drawn, Inside, Stencil, Value, Values
from portal_gen.render.inline import Inline, Link, to_html, to_markdown
from portal_gen.render.reading import View
from portal_gen.render.rows_html import meaning_html
from portal_gen.render.rows_markdown import text_of
from portal_gen.render.scope import Scope

Draw: TypeAlias = Callable[[], Block]
"""What draws the schema in place."""


def drawn_once(draw: Draw, scope: Scope, schema: Schema, view: View, at: str, depth: int) -> Block:
    """The schema at a place: by a stencil, where one fits, else drawn, which makes one for others."""
    unit = schema.ref if view.plain and schema.ref else schema
    room = scope.limit - scope.rows
    for known in scope.reading.stencils(unit, (scope.folder, depth), room):
        if scope.takes(known, at):
            return _placed(known, at, scope.stamp(known, at))
    before, groups = scope.record(), scope.groups
    block = draw()
    made = scope.recorded(before, at, block)
    if made is None:
        return block
    scope.reading.keep(unit, (scope.folder, depth), made)
    return block._replace(inside=Inside(made, at, groups))


def _placed(stencil: Stencil, at: str, groups: int) -> Block:
    """The block with the ids of a place where it has any of its own; those inside are put in when it is printed."""
    block, old = stencil.block, stencil.at
    if stencil.drawn is None:
        stencil.drawn = printed(block)
    drawn = stencil.drawn
    return block._replace(
        values=block.values and _values(block.values, old, at),
        notes=tuple([_note(note, old, at) for note in block.notes]) if block.notes else (),
        drawn=drawn._replace(meaning_html=drawn.meaning_html.replace(old, at)),
        inside=Inside(stencil, at, groups),
    )


def printed(block: Block) -> Drawn:
    """What every page prints of a block."""
    return Drawn(to_html(block.type), meaning_html(block), to_markdown(block.type), text_of(block))


def _values(found: Values, old: str, at: str) -> Values:
    """Values with the ids of another place."""
    return Values(found.label, tuple([Value(text, at + id_.removeprefix(old), about) for text, id_, about in found.values]))


def _note(note: Inline, old: str, at: str) -> Inline:
    return tuple([span._replace(url=span.url.replace(old, at)) if isinstance(span, Link) else span for span in note])
