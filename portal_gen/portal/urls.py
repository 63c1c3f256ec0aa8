"""Addresses inside the site. A page is named by its URL relative to the site's root: `reference/kv/get-key/`."""

from __future__ import annotations

from dataclasses import dataclass

REFERENCE = "reference"
"""The folder of all pages that are about one service."""


@dataclass(frozen=True, slots=True)
class Urls:
    """How pages are named: with directory URLs (`a/b/`) or without (`a/b.html`)."""

    directory: bool = True
    documents: tuple[str, ...] | None = None
    """Paths of hand-written pages (`guides/start.md`); None where they are not known."""

    def page(self, *parts: str) -> str:
        """The URL of the page at `parts`; no part at all is the front page."""
        path = "/".join(parts)
        if self.directory:
            return path + "/" if path else ""
        return path + ".html" if path else "index.html"

    def index(self, *parts: str) -> str:
        """The URL of a page that others stand below (`reference/kv/`)."""
        return self.page(*parts) if self.directory else "/".join((*parts, "index.html"))

    def document(self, path: str) -> str:
        """The URL that MkDocs gives the page in `path` (`guides/start.md`); a fragment is kept."""
        name, hash_, fragment = path.partition("#")
        parts = name.removesuffix(".md").split("/")
        url = self.index(*parts[:-1]) if parts[-1] in ("index", "README") and parts[:-1] else self.page(*parts)
        return (self.page() if name in ("index.md", "README.md") else url) + hash_ + fragment

    def file(self, page: str) -> str:
        """The file that a page is written to."""
        return page + "index.html" if page.endswith("/") or not page else page

    def twin(self, page: str) -> str:
        """The Markdown twin of a page: `index.md` beside it, or the same name with `.md`."""
        return page + "index.md" if page.endswith("/") or not page else page.removesuffix(".html") + ".md"

    def page_of(self, address: str) -> str:
        """The URL of the page whose file, or whose twin, would be at `address`."""
        if not self.directory:
            return address.removesuffix(".md") + ".html" if address.endswith(".md") else address
        folder, slash, name = address.rpartition("/")
        return folder + slash if name in ("index.html", "index.md") else address


def relative(source: str, target: str) -> str:
    """The link from page `source` to `target`, both relative to the root; a fragment in target is kept."""
    path, hash_, fragment = target.partition("#")
    here = source.split("/")[:-1]
    there = path.split("/")
    shared = 0
    for mine, theirs in zip(here, there[:-1], strict=False):
        if mine != theirs:
            break
        shared += 1
    link = "../" * (len(here) - shared) + "/".join(there[shared:])
    return (link or "./") + hash_ + fragment
