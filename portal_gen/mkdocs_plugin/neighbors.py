"""What other plugins keep of a site's pages and must be told, since MkDocs draws only some of ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from portal_gen.mkdocs_plugin.pages import source_file, source_name
from portal_gen.site import Site


def extend_search(config: MkDocsConfig, site: Site, entries: Sequence[dict[str, str]]) -> None:
    """Add records of our pages in place of those made of the shells, which MkDocs' own search does not leave out.

    Material's search keeps its records in `entries`, MkDocs' own in `_entries`.
    """
    for name in ("material/search", "search"):
        index: Any = getattr(config.plugins.get(name), "search_index", None)
        kept = getattr(index, "entries", None) if index is not None else None
        if kept is None and index is not None:
            kept = getattr(index, "_entries", None)
        if kept is not None:
            kept[:] = [*(entry for entry in kept if entry["location"].partition("#")[0] not in site.pages), *entries]
            return


def redirect_targets(config: MkDocsConfig, site: Site) -> None:
    """Make every page of ours known to mkdocs-redirects, which looks targets up by the file a page is made of."""
    plugin: Any = config.plugins.get("redirects")
    known = getattr(plugin, "doc_pages", None)
    if known is None:
        return
    wanted = {str(target).partition("#")[0] for target in plugin.redirects.values()}
    for url in _named(site.pages, wanted):
        known.setdefault(source_name(url), source_file(config, url))


def _named(urls: Iterable[str], wanted: set[str]) -> list[str]:
    return [url for url in urls if source_name(url) in wanted]
