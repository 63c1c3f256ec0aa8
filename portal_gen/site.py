"""Every address of the portal, and the one function that answers for each of them.

A build walks `addresses` and writes what `get` returns; a server calls `get` for the address that was asked for. Nothing else
renders.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from portal_gen.plan import Planned, plan
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import relative
from portal_gen.render.context import Context, Page
from portal_gen.render.exports import exports
from portal_gen.render.renderer import Renderer
from portal_gen.render.shell import Hole, Shell


class Site:
    """The portal as addresses. `shell` gives the theme around a page by its URL; `canonical` is the site's own address."""

    def __init__(self, portal: Portal, shell: Callable[[str], Shell], canonical: str = "") -> None:
        self.portal = portal
        self.pages: dict[str, Planned] = plan(portal)
        self.data: dict[str, Callable[[], bytes]] = dict(exports(portal))
        self._shell = shell
        self._canonical = canonical
        self._renderer = Renderer(portal)
        self._files = {portal.urls.file(url): url for url in self.pages}
        self._twins = {portal.urls.twin(url): url for url in self.pages}
        self._last: tuple[str, Page] | None = None

    def give_way(self, address: str) -> None:
        """Leave an address to a page that is written by hand, which has no generated twin either."""
        url = self._files.pop(address, None)
        if url is not None:
            del self.pages[url]
            self._twins.pop(self.portal.urls.twin(url), None)
        self._twins.pop(address, None)
        self.data.pop(address, None)

    def addresses(self) -> tuple[str, ...]:
        """Every file of the portal, relative to the site's root: pages, each followed by its Markdown twin, then data."""
        found: list[str] = []
        for address, url in self._files.items():
            twin = self.portal.urls.twin(url)
            found += (address, twin) if twin in self._twins else (address,)
        return (*found, *self.data)

    def planned(self, address: str) -> Planned | None:
        """The page that an address belongs to; None for data."""
        url = self._files.get(address, self._twins.get(address))
        return None if url is None else self.pages[url]

    def get(self, address: str) -> bytes:
        """The bytes of one address; KeyError where the portal has none."""
        if address in self._files:
            return self.html(self._files[address]).encode()
        if address in self._twins:
            return self.page(self._twins[address]).markdown.encode()
        return self.data[address]()

    def page(self, url: str) -> Page:
        """The page at `url` without the theme. The last is kept: its HTML and its twin are asked for one after the other."""
        if self._last is None or self._last[0] != url:
            self._last = (url, self._renderer.page(Context(self.portal, url), self.pages[url]))
        return self._last[1]

    def html(self, url: str) -> str:
        """The page at `url` inside the theme."""
        page, context = self.page(url), Context(self.portal, url)
        twin = relative(url, self.portal.urls.twin(url))
        return self._shell(url).fill(
            {
                Hole.TITLE: escape(page.title),
                Hole.DESCRIPTION: escape(page.description),
                Hole.CANONICAL: escape(self._canonical + url),
                Hole.HEAD: f'<link rel="alternate " type="text/markdown" href="{escape(twin)}">',
                Hole.NAVIGATION: self._renderer.navigation(context, self.pages[url]),
                Hole.CONTENT: page.html,
            }
        )
