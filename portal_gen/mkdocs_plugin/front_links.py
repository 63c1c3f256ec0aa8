"""Links of the catalog to hand-written pages: only a site knows whether it has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.portal.portal import Portal


def with_known_links(portal: Portal, docs: Path) -> tuple[Portal, tuple[Diagnostic, ...]]:
    """The portal without links to pages that `docs` lacks, and a warning for each; none where the site has no pages at all."""
    links = portal.catalog.links
    unknown = [link for link in links if link.page and not (docs / link.page.partition("#")[0]).is_file()]
    if not unknown:
        return portal, ()
    kept = tuple(link for link in links if link not in unknown)
    found = replace(portal, catalog=replace(portal.catalog, links=kept))
    if not any(docs.rglob("*.md")):
        return found, ()
    message = "there is no page `{}`; write its path under docs_dir, such as guides/start.md"
    return found, tuple(warning("catalog-link", message.format(link.page), link.location) for link in unknown)
