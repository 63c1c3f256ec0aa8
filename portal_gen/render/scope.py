"""One page while it is being drawn: where its links lead, which anchors are taken, which schemas it already shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from typing import NamedTuple

from portal_gen.model.schema import Schema
from portal_gen.portal.portal import Service
from portal_gen.render.blocks import Block, Counts, Stencil
from portal_gen.render.context import Context
from portal_gen.render.html import MARK, NUMBER, anchor, segment
from portal_gen.render.reading import Reading, reading

ROWS_IN_PLACE = 400
"""Rows of one page after which a named schema below the first level is linked to its page and not shown in place."""
ROWS_AT_MOST = 2500
"""Rows of one page after which unnamed schemas below the first level, which have no page of their own, are left out with a note."""
SHAPES_IN_PLACE = 500
"""Shapes of one page, in all its groups, after which a named schema is linked even where no field lies between them."""
LEVELS = 40
"""Schemas inside each other, shapes and items included, that are shown; named ones are linked much sooner."""
LEVELS_OF_NAMED = 12
"""Named schemas inside each other after which the next is linked even where no field lies between them."""


NEVER = -1_000_000
"""A number of rows that no page has too few for."""


class _Asked:
    """What was asked of the page while a schema was drawn, and so decided how it looks."""

    __slots__ = ("deepest", "first", "linked", "met", "most_open", "rows", "short", "strict")

    def __init__(self, level: int, open_: int) -> None:
        self.met: set[str] = set()
        """Named schemas that were looked for on the page."""
        self.linked: set[str] = set()
        """Named schemas whose pages are linked."""
        self.deepest = level
        self.most_open = open_
        self.rows = NEVER
        """The most rows at which it was asked whether there are too many."""
        self.first: int | None = None
        """The place, counted from the first of the page, where the earliest named schema that was met stands."""
        self.short = False
        """Whether there were too many rows for something."""
        self.strict = True
        """Whether nothing else of the page, and no other bound, changed what is shown."""

    def add(self, inner: _Asked) -> None:
        """Take in what was asked for a part."""
        self.met |= inner.met
        self.linked |= inner.linked
        self.deepest = max(self.deepest, inner.deepest)
        self.most_open = max(self.most_open, inner.most_open)
        self.rows = max(self.rows, inner.rows)
        if inner.first is not None:
            self.meet(inner.first)
        self.short |= inner.short
        self.strict &= inner.strict

    def meet(self, index: int) -> None:
        """Note a place where a named schema stands."""
        self.first = index if self.first is None else min(self.first, index)


class Before(NamedTuple):
    """The state of a page before a schema is drawn."""

    asked: _Asked
    rows: int
    shapes: int
    groups: int
    ids: int
    stamps: int
    places: int


class Scope:
    """The state of one page: made for it, passed down and forgotten."""

    __slots__ = (
        "_asked",
        "_claimed",
        "_hrefs",
        "_ids",
        "_level",
        "_open",
        "_own",
        "_places",
        "_reserved",
        "_stamped",
        "_stamps",
        "context",
        "folder",
        "groups",
        "limit",
        "reading",
        "rows",
        "service",
        "shapes",
    )

    def __init__(self, context: Context, service: Service) -> None:
        self.context = context
        self.service = service
        self.reading: Reading = reading(service)
        self.folder = context.url.rstrip("/").rpartition("/")[0]
        """What relative links of this page have in common with those of others."""
        self._own = self.reading.schema_at(context.url)
        """The named schema that the page is about."""
        self._hrefs = self.reading.hrefs(self.folder)
        self.rows = 0
        self.shapes = 0
        self.groups = 0
        self.limit = ROWS_IN_PLACE
        """Number of rows from which on named schemas below the first level are linked."""
        self._places: dict[str, tuple[int, str]] = {}
        """Where the fields of a named schema stand on this page: which of these places it is, and its id."""
        self._open: set[str] = set()
        """Named schemas that are being shown right now: to meet one again is a recursion."""
        self._level = 0
        """Schemas around the one that is being shown."""
        self._ids: set[str] = set()
        self._claimed: list[str] = []
        self._stamps: list[tuple[str, Stencil]] = []
        """Stencils with their places, in order; `_stamped` leads to those of a place."""
        self._stamped: dict[str, list[Stencil]] = {}
        self._reserved: list[str] = []
        """Places below which there may be ids before their schemas are shown, each with a dot at its end."""
        self._asked = _Asked(0, 0)

    # ---- what is shown where ----

    def place(self, key: str) -> str | None:
        """Where the page already shows a named schema."""
        self._asked.met.add(key)
        found = self._places.get(key)
        if found is None:
            return None
        self._asked.meet(found[0])
        return found[1]

    def is_open(self, key: str) -> bool:
        """Whether a named schema is being shown right now."""
        return key in self._open

    @contextmanager
    def showing(self, key: str, at: str) -> Iterator[None]:
        """Within the block a named schema is being shown at a place."""
        self._places[key] = (len(self._places), at)
        self._open.add(key)
        self._asked.most_open = max(self._asked.most_open, len(self._open))
        yield
        self._open.discard(key)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Within the block another schema is around what is shown."""
        self._level += 1
        self._asked.deepest = max(self._asked.deepest, self._level)
        yield
        self._level -= 1

    # ---- how much room there is ----

    def allow(self, rows: int) -> None:
        """Let the next part of the page have so many rows at most before it links, within what the page may have."""
        self.limit = min(ROWS_IN_PLACE, self.rows + rows)

    @property
    def full(self) -> bool:
        """Whether named schemas are linked here, be there fields between them or not."""
        return self._bound(len(self._open) >= LEVELS_OF_NAMED or self.shapes > SHAPES_IN_PLACE)

    @property
    def long(self) -> bool:
        """Whether named schemas below the first level are linked, as there are too many rows."""
        self._asked.rows = max(self._asked.rows, self.rows)
        self._asked.short |= self.rows >= self.limit
        return self.rows >= self.limit

    @property
    def too_long(self) -> bool:
        """Whether unnamed schemas below the first level are left out."""
        return self._bound(self.rows >= ROWS_AT_MOST)

    @property
    def too_deep(self) -> bool:
        """Whether schemas are left out, as there are too many around them."""
        return self._bound(self._level > LEVELS)

    def _bound(self, is_reached: bool) -> bool:
        if is_reached:
            self._asked.strict = False
        return is_reached

    # ---- ids and links ----

    def id(self, *parts: str) -> str:
        """A new id on this page."""
        return self.claim(anchor(*parts))

    def below(self, parent: str, name: str) -> str:
        """A new id below another."""
        return self.claim(f"{parent}.{segment(name)}")

    def claim(self, wanted: str) -> str:
        """`wanted`, or, where another part of the page has it, the first free name made from it. MARK before it stays."""
        plain = wanted.removeprefix(MARK)
        if self._is_taken(plain):
            free = next(name for number in count(2) if not self._is_taken(name := f"{plain}-{number}"))
            wanted, plain = wanted[: len(wanted) - len(plain)] + free, free
        self._ids.add(plain)
        self._claimed.append(plain)
        return wanted

    def _is_taken(self, id_: str) -> bool:
        """Whether a part of the page has an id. A stencil can only have brought it below a place that is not drawn in place."""
        if id_ in self._ids:
            return True
        place = id_.rpartition(".")[0] if self._stamped else ""
        while place:
            for stencil in self._stamped.get(place, ()):
                if id_[len(place) :] in stencil.ids:
                    return True
            if place in self._ids:
                return False
            place = place.rpartition(".")[0]
        return False

    def group(self, kind: str) -> str:
        """The name of a new radio group."""
        self.groups += 1
        return f"pg-{kind}{self.groups}"

    def group_inside(self, kind: str) -> str:
        """The name of a new radio group inside a schema, which may be put elsewhere."""
        self.groups += 1
        return f"pg-{kind}{NUMBER}{self.groups};"

    def schema_href(self, key: str) -> str:
        """The link to a named schema's page; to its place on this page where it has no page."""
        page = self.service.schemas.get(key)
        if page is None:
            self._asked.strict = False
            return "#" + self._places[key][1] if key in self._places else "#"
        self._asked.linked.add(key)
        if key == self._own:
            return self.context.href(page.url)
        if key not in self._hrefs:
            self._hrefs[key] = self.context.href(page.url)
        return self._hrefs[key]

    def href(self, url: str) -> str:
        """The link to a page of this site."""
        return self.context.href(url)

    def named(self, schema: Schema) -> str | None:
        """The key of the named schema that stands here."""
        return self.reading.view(schema).key

    # ---- stencils ----

    def reserve(self, place: str) -> None:
        """Say that ids below a place are claimed before its schema is shown."""
        self._reserved.append(f"{place}.")

    def record(self) -> Before:
        """Begin to note what is asked of the page."""
        before = Before(self._asked, self.rows, self.shapes, self.groups, len(self._claimed), len(self._stamps), len(self._places))
        self._asked = _Asked(self._level, len(self._open))
        return before

    def recorded(self, before: Before, at: str, block: Block) -> Stencil | None:
        """What was drawn at a place since then; None where it is right for this page alone."""
        asked, self._asked = self._asked, before.asked
        self._asked.add(asked)
        if (
            not asked.strict
            or (asked.first is not None and asked.first < before.places)
            or self._own in asked.linked
            or self._meets(at, None)
        ):
            return None
        counts = Counts(
            self.rows - before.rows,
            self.shapes - before.shapes,
            asked.deepest - self._level,
            asked.most_open - len(self._open),
            self.groups - before.groups,
            asked.rows - before.rows,
            self.limit - before.rows if asked.short else None,
        )
        places = [(key, place) for key, (_, place) in islice(self._places.items(), before.places, None)]
        claimed, inner = self._claimed[before.ids :], self._stamps[before.stamps :]
        return Stencil(block, at, before.groups, counts, claimed, inner, places, asked.met, asked.linked)

    def takes(self, stencil: Stencil, at: str) -> bool:
        """Whether the block would look like its stencil at a place of this page."""
        counts, room = stencil.counts, self.limit - self.rows
        return (
            (counts.asked_at < room if counts.room is None else counts.room == room)
            and stencil.met.isdisjoint(self._places)
            and self.rows + counts.rows < ROWS_AT_MOST
            and self.shapes + counts.shapes <= SHAPES_IN_PLACE
            and self._level + counts.levels <= LEVELS
            and len(self._open) + counts.named < LEVELS_OF_NAMED
            and self._own not in stencil.linked
            and not self._meets(at, stencil)
        )

    def _meets(self, at: str, stencil: Stencil | None) -> bool:
        """Whether there may be ids below a place already, of those that a stencil has."""
        if not self._reserved:
            return False
        place = at.removeprefix(MARK)
        for reserved in self._reserved:
            if place.startswith(reserved) or reserved == f"{place}.":
                return True
            if reserved.startswith(f"{place}.") and (stencil is None or reserved[len(place) : -1] in stencil.ids):
                return True
        return False

    def stamp(self, stencil: Stencil, at: str) -> int:
        """Count what a stencil shows at a place; the number of radio groups before it."""
        counts, asked, groups = stencil.counts, self._asked, self.groups
        asked.met |= stencil.met
        asked.linked |= stencil.linked
        asked.deepest = max(asked.deepest, self._level + counts.levels)
        asked.most_open = max(asked.most_open, len(self._open) + counts.named)
        asked.rows = max(asked.rows, self.rows + counts.asked_at)
        asked.short |= counts.room is not None
        self.rows += counts.rows
        self.shapes += counts.shapes
        self.groups += counts.groups
        for key, place in stencil.places:
            self._places[key] = (len(self._places), at + place.removeprefix(stencil.at))
        plain = at.removeprefix(MARK)
        self._stamps.append((plain, stencil))
        self._stamped.setdefault(plain, []).append(stencil)
        return groups
