"""The side navigation of a service, drawn once for each depth of pages and then only joined.

Relative links depend on nothing but how deep a page stands, since every page of a site has the same root. What differs between
pages is which item is current and which section is open.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal_gen.portal.portal import Portal, Section, Service
from portal_gen.portal.urls import relative
from portal_gen.render.html import esc
from portal_gen.render.parts import method

SMALL = 2
"""Sections of at most so many operations are always open."""
_CURRENT = ' aria-current="page"'


@dataclass(frozen=True, slots=True)
class NavParts:
    """The navigation in pieces. `slots` leads from a page's URL to its first item; `parents` from a piece that is an item to the
    piece that opens its section."""

    pieces: tuple[str, ...]
    slots: dict[str, int]
    parents: dict[int, int]

    def html(self, url: str = "") -> str:
        """The navigation as it stands on the page at `url`."""
        slot = self.slots.get(url)
        if slot is None:
            return "".join(self.pieces)
        pieces = list(self.pieces)
        pieces[slot] = pieces[slot].replace('">', f'"{_CURRENT}>', 1)
        parent = self.parents.get(slot)
        if parent is not None:
            pieces[parent] = pieces[parent].replace("<details>", "<details open>", 1)
        return "".join(pieces)


def nav_parts(portal: Portal, service: Service, url: str) -> NavParts:
    """The navigation for all pages that stand as deep as `url`."""
    url = _stand_in(url)
    draft = _Draft(url)
    draft.add('<div class="pg-nav__svc">')
    version = f'<span class="pg-quiet">{esc(service.document.info.version)}</span>'
    draft.item(service.url, f"<b>{esc(service.name)}</b>{version}", tag="")
    draft.add(f"\n{_switch(portal, url)}</div>")
    count = len(service.pages)
    draft.add(
        f'<input class="pg-field" type="search" placeholder="Filter {count:,} operations" '
        f'aria-label="Filter operations of {esc(service.name)}">\n'
    )
    group = ""
    for section in service.sections:
        if section.group and section.group != group:
            draft.add(f'<p class="pg-label">{esc(section.group)}</p>\n')
        group = section.group
        draft.section(section)
    draft.schemas(service)
    return NavParts(tuple(draft.pieces), draft.slots, draft.parents)


def _stand_in(url: str) -> str:
    """A page that stands as deep and does not exist: a link from a real one to itself would be `./`, which is another on each page."""
    above = url.rstrip("/").rpartition("/")[0]
    return f"{above}/-/" if url.endswith("/") else url


def _switch(portal: Portal, url: str) -> str:
    items = "".join([
        f'\n<li><a href="{esc(relative(url, service.url))}">{esc(service.name)}</a></li>' for service in portal.services
    ])
    return f"<details><summary>Switch service</summary><ul>{items}\n</ul>\n</details>" if len(portal.services) > 1 else ""


class _Draft:
    """Pieces in the making."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pieces: list[str] = []
        self.slots: dict[str, int] = {}
        self.parents: dict[int, int] = {}

    def add(self, html: str) -> int:
        self.pieces.append(html)
        return len(self.pieces) - 1

    def item(self, url: str, inner: str, parent: int | None = None, tag: str = "li") -> None:
        link = f'<a href="{esc(relative(self.url, url))}">{inner}</a>'
        slot = self.add(f"<{tag}>{link}</{tag}>\n" if tag else link)
        if url not in self.slots:
            self.slots[url] = slot
            if parent is not None:
                self.parents[slot] = parent

    def section(self, section: Section) -> None:
        if not section.pages:
            return
        opened = " open" if len(section.pages) <= SMALL else ""
        head = self.add(f"<details{opened}><summary>{esc(section.title)}<small>{len(section.pages)}</small></summary><ul>\n")
        for page in section.pages:
            self.item(page.url, f"<span>{esc(page.title)}</span>{method(page.operation.method)}", head)
        self.add("</ul>\n</details>\n")

    def schemas(self, service: Service) -> None:
        if not service.schemas:
            return
        head = self.add(f"<details><summary>Schemas<small>{len(service.schemas)}</small></summary><ul>\n")
        for page in service.schemas.values():
            self.item(page.url, esc(page.named.name), head)
        self.add("</ul>\n</details>\n")
