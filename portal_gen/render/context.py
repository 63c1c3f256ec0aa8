"""What every renderer is given: the portal, and the page that is being drawn. And what it returns."""

from __future__ import annotations

from dataclasses import dataclass

from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import relative


@dataclass(frozen=True, slots=True)
class Context:
    """Where we are: links are relative to `url`, so a site works under any prefix."""

    portal: Portal
    url: str

    def href(self, url: str) -> str:
        """The link to a page of this site (a URL relative to its root), not yet escaped."""
        return relative(self.url, url)


@dataclass(frozen=True, slots=True)
class Page:
    """One page, finished but for the theme around it. `html` goes inside the theme's article; `markdown` is its twin;
    `description` is plain text for search engines; `toc` are (title, id, level)."""

    title: str
    description: str
    html: str
    markdown: str
    toc: tuple[tuple[str, str, int], ...] = ()
