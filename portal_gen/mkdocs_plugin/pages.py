"""Our pages as MkDocs sees them, and their place in its navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from portal_gen.render.shell import CANONICAL, Hole, marker
from portal_gen.site import Site

AWESOME = "awesome-nav"
"""The plugin that makes the navigation of files named `.nav.yml`, out of MkDocs' sight."""


def source_name(url: str) -> str:
    """The Markdown file that the page at `url` would be made of: `reference/kv/get-key.md`. It names the page in a `nav`."""
    return (url.removesuffix(".html").rstrip("/") or "index") + ".md"


def source_file(config: MkDocsConfig, url: str) -> File:
    """That file as MkDocs knows it: without content, and not in the navigation by itself."""
    file = File.generated(config, source_name(url), content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = None
    return file


class PortalPage(Page):
    """A page whose content is a marker, so that the theme draws a shell."""

    portal_url: str
    portal_top: bool
    _address: str | None

    @classmethod
    def create(cls, config: MkDocsConfig, site: Site, url: str) -> PortalPage:
        """The page at `url` with a file of its own, not in the navigation by itself."""
        file = source_file(config, url)
        planned = site.pages[url]
        if planned.top and AWESOME in config.plugins:
            file.inclusion = InclusionLevel.INCLUDED  # it looks only at such files for what the author names
        page = cls(planned.title if planned.top else marker(Hole.TITLE), file, config)
        page.portal_url, page.portal_top = url, planned.top
        return page

    @property
    def canonical_url(self) -> str | None:
        """The marker while the page is drawn; its address at other times, since the sitemap is made of that."""
        return CANONICAL if self._address and self.active else self._address

    @canonical_url.setter
    def canonical_url(self, value: str | None) -> None:
        self._address = value

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source: the text is a marker."""
        self.markdown = ""
        hide = ["toc", "navigation", "footer"] if self.portal_top else ["toc", "footer"]
        self.meta = {
            "template": "portal/top.html" if self.portal_top else "portal/page.html",
            "description": marker(Hole.DESCRIPTION),
            "hide": hide,
            "search": {"exclude": True},
            "social": {"cards": False},  # a card would show the marker
            "portal": {hole.value: marker(hole) for hole in Hole},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """What `{{ page.content }}` prints; the skip link leads to the content."""
        self.content = marker(Hole.CONTENT)
        self.toc = TableOfContents([AnchorLink("", "pg-content", 1)])
        self.present_anchor_ids = {"pg-content"}
        self.links_to_anchors = {}


def arrange(nav: Navigation, pages: Mapping[str, PortalPage], site: Site, named: bool) -> None:
    """Put our top pages into the navigation. Where the author wrote one (`named`) that has any of them, it is his whole word."""
    mentioned = {id(page) for page in nav.pages}
    tops = [page for page in pages.values() if page.portal_top]
    if not any(id(page) in mentioned for page in tops) or not named:
        for page in tops:
            if id(page) in mentioned:
                continue
            place = 0 if page.is_homepage else len(nav.items)
            nav.items.insert(place, page)
            nav.pages.insert(0 if page.is_homepage else len(nav.pages), page)
    _chain(nav)
    _adopt(nav, pages, site)


def _chain(nav: Navigation) -> None:
    """Previous and next once more, since pages were added."""
    pages: list[Any] = nav.pages
    for before, page, after in zip([None, *pages[:-1]], pages, [*pages[1:], None], strict=True):
        page.previous_page, page.next_page = before, after
    nav.homepage = nav.homepage or next((page for page in pages if page.is_homepage), None)


def _adopt(nav: Navigation, pages: Mapping[str, PortalPage], site: Site) -> None:
    """Pages of services stand under the page that lists them: its tab is theirs."""
    parent = next((page for page in pages.values() if site.pages[page.portal_url].kind == "services"), None)
    for page in pages.values():
        if not page.portal_top and parent is not None:
            page.parent = parent  # type: ignore[assignment]
