"""The side navigation of a service, drawn once for each folder of pages and then only joined.

Relative links depend on nothing but the folder that a page stands in. What differs between pages is which item is current and which
part is open. A service with very many pages lists only the part that is being read; the others are links to the overview, of which
very many are cut too, or every page would carry the whole list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import overload

from portal_gen.portal.portal import OperationPage, Portal, Section, Service
from portal_gen.portal.urls import relative
from portal_gen.render.html import esc, plural
from portal_gen.render.parts import method

SMALL = 2
"""Sections of at most so many operations are always open."""
WHOLE = 600
"""Pages up to which a service's navigation lists them all."""
LONG = 150
"""Operations of one section that such a navigation lists whole."""
MANY = 150
"""Sections that a navigation lists whole."""
AROUND = 12
"""Neighbors on either side that a cut list shows."""
_CURRENT = ' aria-current="page"'


@dataclass(frozen=True, slots=True)
class NavPart:
    """A heading with its items. `closed` is how it looks on pages that stand elsewhere; `slots` lead from URLs to items."""

    closed: str
    head: str
    items: tuple[str, ...]
    slots: dict[str, int]
    foot: str
    cut: bool = False

    def html(self, url: str) -> str:
        """The part as it stands on the page at `url`."""
        slot = self.slots.get(url)
        if slot is None:
            return self.closed
        first, last = (max(0, slot - AROUND), slot + AROUND + 1) if self.cut else (0, len(self.items))
        current = self.items[slot].replace('">', f'"{_CURRENT}>', 1)
        return "".join((self.head, *self.items[first:slot], current, *self.items[slot + 1 : last], self.foot))


class NavParts:
    """The navigation in parts, the first of which holds the service itself. Of very many sections, which are the parts from `first`
    up to `after`, only those around the one that is being read are listed, and then `more`. `urls` are those of each part, where
    that is known without drawing it."""

    def __init__(
        self, parts: Sequence[NavPart], first: int, after: int, more: str, urls: Iterable[Iterable[str]] | None = None
    ) -> None:
        self.parts, self.first, self.after, self.more = parts, first, after, more
        self._where: dict[str, int] = {}
        for index, inside in enumerate(urls or (part.slots for part in parts)):
            for url in inside:
                self._where.setdefault(url, index)

    def html(self, url: str = "") -> str:
        """The navigation as it stands on the page at `url`, which is marked where it stands first."""
        here = self._where.get(url, -1)
        if self.after - self.first <= MANY:
            return self._joined(0, len(self.parts), here, url)
        around = min(max(self.first, here), self.after)
        start, end = max(self.first, around - AROUND), min(self.after, around + AROUND + 1)
        listed = self._joined(0, self.first, here, url) + self._joined(start, end, here, url)
        return listed + self.more + self._joined(self.after, len(self.parts), here, url)

    def _joined(self, start: int, end: int, here: int, url: str) -> str:
        parts = self.parts[start:end]
        return "".join([part.html(url) if index == here else part.closed for index, part in enumerate(parts, start)])


class _Drawn(Sequence[NavPart]):
    """Parts between others, drawn when they are asked for: of very many a page shows few, and neighbors show nearly the same."""

    def __init__(self, before: tuple[NavPart, ...], count: int, draw: Callable[[int], NavPart], after: tuple[NavPart, ...]) -> None:
        self._before, self._count, self._after = before, count, after
        self._draw = lru_cache(4 * AROUND)(draw)

    def __len__(self) -> int:
        return len(self._before) + self._count + len(self._after)

    @overload
    def __getitem__(self, index: int) -> NavPart: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[NavPart]: ...

    def __getitem__(self, index: int | slice) -> NavPart | Sequence[NavPart]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        inside = index - len(self._before)
        if inside < 0:
            return self._before[index]
        return self._draw(inside) if inside < self._count else self._after[inside - self._count]


def nav_parts(portal: Portal, service: Service, url: str) -> NavParts:
    """The navigation for all pages that stand beside `url`."""
    url = _stand_in(url)
    whole = len(service.pages) + len(service.schemas) <= WHOLE
    before = (_head(portal, service, url, whole), *_added(portal, service, url))
    after = tuple(_schemas(service, url, whole))
    if whole:
        sections = tuple(_sections(service, url))
        return NavParts((*before, *sections, *after), len(before), len(before) + len(sections), _more(service, len(sections), url))
    return _of_very_many(service, before, after, url)


def _of_very_many(service: Service, before: tuple[NavPart, ...], after: tuple[NavPart, ...], url: str) -> NavParts:
    found = tuple(section for section in service.sections if section.pages)

    def drawn(index: int) -> NavPart:
        label = _label(found[index], found[index - 1].group if index else "")
        return _section(service, found[index], label, url, whole=False)

    few = len(found) <= MANY
    parts = (*before, *map(drawn, range(len(found))), *after) if few else _Drawn(before, len(found), drawn, after)
    urls = (*(part.slots for part in before), *((page.url for page in s.pages) for s in found), *(part.slots for part in after))
    return NavParts(parts, len(before), len(before) + len(found), _more(service, len(found), url), urls)


def _more(service: Service, count: int, url: str) -> str:
    return f'<ul class="pg-nav__flat"><li>{_away(service, "operations", f"All {count:,} groups", url)}</li></ul>\n'


def _stand_in(url: str) -> str:
    """A page that would stand beside it and does not exist: a link from a real one to itself would be `./`, which is another on each."""
    return f"{folder(url)}/-/" if url.endswith("/") else url


def folder(url: str) -> str:
    """What pages have in common whose navigation has the same links."""
    return url.rstrip("/").rpartition("/")[0]


def _head(portal: Portal, service: Service, url: str, whole: bool) -> NavPart:
    """The service, the way to others, the filter."""
    version = f'<span class="pg-quiet">{esc(service.document.info.version)}</span>'
    item = f'<a href="{esc(relative(url, service.url))}"><b>{esc(service.name)}</b>{version}</a>'
    foot = f"\n{_switch(portal, url)}</div>" + (_filter(service) if whole else "")
    head = '<div class="pg-nav__svc">'
    return NavPart(head + item + foot, head, (item,), {service.url: 0}, foot)


def _added(portal: Portal, service: Service, url: str) -> Iterator[NavPart]:
    """Pages that the site adds to each service."""
    found = portal.added_to(service)
    if found:
        items = {page: f'<li><a href="{esc(relative(url, page))}">{esc(found[page].title)}</a></li>\n' for page in found}
        yield _part('<ul class="pg-nav__flat">\n', items, "</ul>\n")


def _filter(service: Service) -> str:
    count = plural(len(service.pages), "operation")
    return (
        f'<input class="pg-field" type="search" placeholder="Filter {count}" '
        f'aria-label="Filter operations of {esc(service.name)}"><output></output>\n'
    )


def _switch(portal: Portal, url: str) -> str:
    items = "".join(
        [f'\n<li><a href="{esc(relative(url, service.url))}">{esc(service.name)}</a></li>' for service in portal.services]
    )
    return f"<details><summary>Switch service</summary><ul>{items}\n</ul>\n</details>" if len(portal.services) > 1 else ""


def _sections(service: Service, url: str) -> Iterator[NavPart]:
    """Sections in their order; neighbors of a single operation each make one list without headings."""
    group = ""
    for single, found in groupby((s for s in service.sections if s.pages), key=lambda s: len(s.pages) == 1):
        if single:
            run = tuple(found)
            label = _label(run[0], group)
            group = run[-1].group
            yield _part(label + '<ul class="pg-nav__flat">\n', _items((s.pages[0] for s in run), url), "</ul>\n")
            continue
        for section in found:
            label, group = _label(section, group), section.group
            yield _section(service, section, label, url, whole=True)


def _label(section: Section, before: str) -> str:
    return f'<p class="pg-label">{esc(section.group)}</p>\n' if section.group and section.group != before else ""


def _section(service: Service, section: Section, label: str, url: str, whole: bool) -> NavPart:
    title = f"{esc(section.title)}<small>{len(section.pages)}</small>"
    items = _items(section.pages, url)
    if not whole:
        closed = f'{label}<ul class="pg-nav__flat"><li>{_away(service, section.anchor, title, url)}</li></ul>\n'
        cut = len(items) > LONG
        more = f"<li>{_away(service, section.anchor, f'All {len(items):,}', url)}</li>\n" if cut else ""
        foot = f"{more}</ul>\n</details>\n"
        return _part(f"{label}<details open><summary>{title}</summary><ul>\n", items, foot, closed, cut)
    opened = f"{label}<details open><summary>{title}</summary><ul>\n"
    head = opened if len(section.pages) <= SMALL else f"{label}<details><summary>{title}</summary><ul>\n"
    foot = "</ul>\n</details>\n"
    return _part(opened, items, foot, head + "".join(items.values()) + foot)


def _schemas(service: Service, url: str, whole: bool) -> Iterator[NavPart]:
    if not service.schemas:
        return
    title = f"Schemas<small>{len(service.schemas):,}</small>"
    items = {
        page.url: f'<li><a href="{esc(relative(url, page.url))}">{esc(page.named.name)}</a></li>\n'
        for page in service.schemas.values()
    }
    head, foot = f"<details open><summary>{title}</summary><ul>\n", "</ul>\n</details>\n"
    if whole:
        yield _part(head, items, foot, head.replace(" open", "", 1) + "".join(items.values()) + foot)
    else:
        away = _away(service, "schemas", title, url)
        more = f"<li>{_away(service, 'schemas', 'All schemas', url)}</li>\n"
        yield _part(head, items, more + foot, f'<ul class="pg-nav__flat"><li>{away}</li></ul>\n', cut=True)


def _away(service: Service, anchor: str, title: str, url: str) -> str:
    """A link to a part of the overview."""
    return f'<a href="{esc(relative(url, service.at(anchor)))}">{title}</a>'


def _items(pages: Iterator[OperationPage] | tuple[OperationPage, ...], url: str) -> dict[str, str]:
    """Items by the URL of their pages."""
    return {page.url: _item(page, url) for page in pages}


def _item(page: OperationPage, url: str) -> str:
    old = " data-deprecated" if page.operation.deprecated else ""
    inner = f"<span>{esc(page.title)}</span>{method(page.operation.method)}"
    return f'<li><a{old} href="{esc(relative(url, page.url))}">{inner}</a></li>\n'


def _part(head: str, items: dict[str, str], foot: str, closed: str = "", cut: bool = False) -> NavPart:
    slots = {url: index for index, url in enumerate(items)}
    return NavPart(closed or head + "".join(items.values()) + foot, head, tuple(items.values()), slots, foot, cut)
