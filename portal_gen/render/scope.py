"""One page while it is being drawn: where its links lead, which anchors are taken, which schemas it already shows."""

from __future__ import annotations

from itertools import count

from portal_gen.model.schema import Schema
from portal_gen.portal.portal import Service
from portal_gen.render.context import Context
from portal_gen.render.html import anchor, segment
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


class Scope:
    """The state of one page. It is made for a page, passed down and forgotten."""

    __slots__ = ("_groups", "_ids", "context", "level", "limit", "open", "places", "reading", "rows", "service", "shapes")

    def __init__(self, context: Context, service: Service) -> None:
        self.context = context
        self.service = service
        self.reading: Reading = reading(service)
        self.places: dict[str, str] = {}
        """Where the fields of a named schema stand on this page."""
        self.open: set[str] = set()
        """Named schemas that are being shown right now: to meet one again is a recursion."""
        self.rows = 0
        self.shapes = 0
        self.level = 0
        """Schemas around the one that is being shown."""
        self.limit = ROWS_IN_PLACE
        """Number of rows from which on named schemas below the first level are linked."""
        self._ids: set[str] = set()
        self._groups = count(1)

    @property
    def full(self) -> bool:
        """Whether named schemas are linked here, be there fields between them or not."""
        return len(self.open) >= LEVELS_OF_NAMED or self.shapes > SHAPES_IN_PLACE

    def allow(self, rows: int) -> None:
        """Let the next part of the page have so many rows at most before it links, within what the page may have."""
        self.limit = min(ROWS_IN_PLACE, self.rows + rows)

    def id(self, *parts: str) -> str:
        """A new id on this page."""
        return self.claim(anchor(*parts))

    def below(self, parent: str, name: str) -> str:
        """A new id below another."""
        return self.claim(f"{parent}.{segment(name)}")

    def claim(self, wanted: str) -> str:
        """`wanted`, or, where another part of the page has it, the first free name made from it."""
        if wanted not in self._ids:
            self._ids.add(wanted)
            return wanted
        free = next(name for number in count(2) if (name := f"{wanted}-{number}") not in self._ids)
        self._ids.add(free)
        return free

    def group(self, kind: str) -> str:
        """The name of a new radio group."""
        return f"pg-{kind}{next(self._groups)}"

    def schema_href(self, key: str) -> str:
        """The link to a named schema's page; to its place on this page where it has no page."""
        page = self.service.schemas.get(key)
        return self.context.href(page.url) if page else "#" + self.places.get(key, "")

    def href(self, url: str) -> str:
        """The link to a page of this site."""
        return self.context.href(url)

    def named(self, schema: Schema) -> str | None:
        """The key of the named schema that stands here."""
        return self.reading.view(schema).key
