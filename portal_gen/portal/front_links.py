"""Links of the catalog to hand-written pages: only a site knows whether it has them."""

from __future__ import annotations

from dataclasses import replace

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.portal.catalog import Catalog
from portal_gen.portal.urls import Urls


def with_known_links(catalog: Catalog, urls: Urls) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """The catalog without links to pages that the site lacks, and a warning for each; none where it has no pages at all."""
    there = urls.documents
    unknown = [link for link in catalog.links if link.page and there is not None and link.page.partition("#")[0] not in there]
    if not unknown:
        return catalog, ()
    kept = tuple(link for link in catalog.links if link not in unknown)
    message = "there is no page `{}`; write its path under docs_dir, such as guides/start.md"
    faults = tuple(warning("catalog-link", message.format(link.page), link.location) for link in unknown)
    return replace(catalog, links=kept), faults if there else ()
