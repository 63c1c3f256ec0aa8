"""Every address of the portal, and the one function that answers for each of them.

A build walks `addresses` and writes what `get` returns; a server calls `get` for the address that was asked for. Nothing else
renders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Protocol

from portal_gen.plan import Planned, plan
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import Urls, relative
from portal_gen.render.context import Context, Page
from portal_gen.render.exports import exports
from portal_gen.render.navigation import NavParts
from portal_gen.render.renderer import Renderer
from portal_gen.render.shell import Hole, Shell


class Contents(Protocol):
    """What a site consists of, without the theme around it."""

    @property
    def portal(self) -> Portal:
        """What the pages say."""

    @property
    def urls(self) -> Urls:
        """How pages are named."""

    def pages(self) -> Mapping[str, Planned]:
        """Every page by URL, in reading order."""

    def data(self) -> Mapping[str, Callable[[], bytes]]:
        """Files that are no pages, by address, with what makes their bytes."""

    def page(self, url: str) -> Page:
        """A page."""

    def navigation(self, url: str) -> str:
        """The side navigation of a page."""

    def part(self, url: str) -> str:
        """A name that the page shares with those that are best drawn by the same process."""


class Drawn:
    """Contents that are drawn from a portal when they are asked for."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.urls = portal.urls
        self._pages = plan(portal)
        self._renderer = Renderer(portal)

    def pages(self) -> Mapping[str, Planned]:
        """The plan."""
        return self._pages

    def data(self) -> Mapping[str, Callable[[], bytes]]:
        """The exports."""
        return dict(exports(self.portal))

    def page(self, url: str) -> Page:
        """A page, drawn."""
        return self._renderer.page(Context(self.portal, url), self._pages[url])

    def navigation(self, url: str) -> str:
        """The navigation, joined."""
        return self._renderer.navigation(Context(self.portal, url), self._pages[url])

    def nav_parts(self, url: str) -> NavParts:
        """The parts that navigation is joined from on pages that stand beside `url`."""
        return self._renderer.nav_parts(Context(self.portal, url), self._pages[url])

    def part(self, url: str) -> str:
        """Each page for itself."""
        return url


class Site:
    """The portal as addresses. `shell` gives the theme around a page by its URL; `canonical` is the site's own address."""

    def __init__(self, portal: Portal | Contents, shell: Callable[[str], Shell], canonical: str = "") -> None:
        self.contents: Contents = Drawn(portal) if isinstance(portal, Portal) else portal
        self.urls = self.contents.urls
        self.pages: dict[str, Planned] = dict(self.contents.pages())
        self.data: dict[str, Callable[[], bytes]] = dict(self.contents.data())
        self._shell = shell
        self._canonical = canonical
        self._alone: set[str] = set()
        """Pages without a twin: its address is another's."""
        self._last: tuple[str, Page] | None = None
        self.given: list[str] = []
        """Addresses that hand-written pages have taken."""

    @property
    def portal(self) -> Portal:
        """What the pages say."""
        return self.contents.portal

    def give_way(self, address: str) -> None:
        """Leave an address to a page that is written by hand, which has no generated twin either."""
        self.given.append(address)
        url = self.urls.page_of(address)
        if self._is_file(address):
            del self.pages[url]
        elif self._is_twin(address):
            self._alone.add(url)
        self.data.pop(address, None)

    def _is_file(self, address: str) -> bool:
        url = self.urls.page_of(address)
        return url in self.pages and self.urls.file(url) == address

    def _is_twin(self, address: str) -> bool:
        url = self.urls.page_of(address)
        return url in self.pages and url not in self._alone and self.urls.twin(url) == address

    def addresses(self) -> tuple[str, ...]:
        """Every file of the portal, relative to the site's root: pages, each followed by its Markdown twin, then data."""
        found: list[str] = []
        for url in self.pages:
            found += (self.urls.file(url),) if url in self._alone else (self.urls.file(url), self.urls.twin(url))
        return (*found, *self.data)

    def has(self, address: str) -> bool:
        """Whether the portal has an address."""
        return self._is_file(address) or self._is_twin(address) or address in self.data

    def planned(self, address: str) -> Planned | None:
        """The page that an address belongs to; None for data."""
        return self.pages[self.urls.page_of(address)] if self._is_file(address) or self._is_twin(address) else None

    def get(self, address: str) -> bytes:
        """The bytes of one address; KeyError where the portal has none."""
        if self._is_file(address):
            return self.html(self.urls.page_of(address)).encode()
        if self._is_twin(address):
            return self.page(self.urls.page_of(address)).markdown.encode()
        return self.data[address]()

    def page(self, url: str) -> Page:
        """The page at `url` without the theme. The last is kept: its HTML and its twin are asked for one after the other."""
        if self._last is None or self._last[0] != url:
            self._last = (url, self.contents.page(url))
        return self._last[1]

    def html(self, url: str) -> str:
        """The page at `url` inside the theme."""
        page = self.page(url)
        twin = relative(url, self.urls.twin(url))
        return self._shell(url).fill(
            {
                Hole.TITLE: escape(page.title),
                Hole.DESCRIPTION: escape(page.description),
                Hole.CANONICAL: escape(self._canonical + url),
                Hole.HEAD: f'<link rel="alternate " type="text/markdown" href="{escape(twin)}">',
                Hole.NAVIGATION: self.contents.navigation(url),
                Hole.CONTENT: page.html,
            }
        )
