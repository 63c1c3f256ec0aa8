"""What the pages made from the catalog share: how an address is known, methods, links, tables in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from portal_gen.portal.address import Evidence
from portal_gen.portal.portal import OperationPage, Portal, Service
from portal_gen.render.context import Context
from portal_gen.render.html import esc, link, plural
from portal_gen.render.inline import md_link, md_text

LISTED = 2000
"""Entries of one list that a page of the whole portal shows. Its twin has all."""

CAPABILITIES = "capabilities"
ROUTES = "routes"
SERVICES = "services"

_MARK = {"route": "config", "mount": "config", "server": "server", "document": "document"}
_SHORT = {"route": "configuration", "mount": "configuration", "server": "description", "document": "document only"}
LEGEND = (
    ("config", "Gateway configuration"),
    ("server", "Server in the description"),
    ("document", "Document only, path not confirmed"),
)
_METHODS = {"DELETE": "DEL", "OPTIONS": "OPT"}
_T = TypeVar("_T")
ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY")


def evidence_html(evidence: Evidence | None, inner: str = "") -> str:
    """The dot that says how an address is known, around `inner` (HTML) or its own words."""
    if evidence is None:
        return f'<span class="pg-quiet">{inner or "none known"}</span>'
    return f'<span class="pg-ev" data-ev="{_MARK[evidence]}">{inner or _SHORT[evidence]}</span>'


def evidence_text(evidence: Evidence | None) -> str:
    """The same in words."""
    return _SHORT[evidence] if evidence else "none known"


def legend_html() -> str:
    """The key to the dots."""
    dots = "".join(f'<span class="pg-ev" data-ev="{mark}">{words}</span>' for mark, words in LEGEND)
    return f'<p class="pg-quiet pg-keyline">{dots}</p>'


def method_html(method: str) -> str:
    """A method as a word in its color."""
    short = _METHODS.get(method, method)
    title = f' title="{esc(method)}"' if short != method else ""
    return f'<span class="pg-m" data-m="{esc(method.lower())}"{title}>{esc(short)}</span>'


def methods_html(methods: Iterable[str]) -> str:
    """Several methods, in the usual order."""
    ordered = sorted(methods, key=lambda method: (ORDER.index(method) if method in ORDER else len(ORDER), method))
    return f'<span class="pg-ms">{"".join(map(method_html, ordered))}</span>'


def service_html(context: Context, id_: str) -> str:
    """A service by name, linked where it is described here."""
    found = services(context.portal).get(id_)
    return f'<a href="{esc(context.href(found.url))}">{esc(found.name)}</a>' if found else esc(id_)


def service_md(context: Context, id_: str) -> str:
    """The same in Markdown."""
    found = services(context.portal).get(id_)
    return local_md(context, found.name, found.url) if found else md_text(id_)


def services(portal: Portal) -> dict[str, Service]:
    """Services by id."""
    return {service.id: service for service in portal.services}


def local_md(context: Context, text: str, url: str) -> str:
    """A Markdown link inside the site."""
    return f"[{md_text(text)}]({context.href(url)})"


def organization_html(portal: Portal, id_: str) -> str:
    """An organization as `@name`, linked where its address is known."""
    found = portal.catalog.organization(id_)
    return link(found.url, esc("@" + id_)) if found and found.url else esc("@" + id_ if id_ else "")


def organization_md(portal: Portal, id_: str) -> str:
    """The same in Markdown."""
    found = portal.catalog.organization(id_)
    return md_link("@" + id_, found.url) if found and found.url else md_text("@" + id_ if id_ else "")


def usual(pages: Iterable[OperationPage]) -> tuple[Evidence | None, str]:
    """How most of these operations are known at the gateway, and under which prefix (empty where none)."""
    counts = Counter(page.public.evidence for page in pages if page.operation.kind == "operation")
    evidence = counts.most_common(1)[0][0] if counts else None
    prefixes = Counter(page.public.prefix for page in pages if page.public.evidence == evidence and page.public.prefix)
    return evidence, prefixes.most_common(1)[0][0] or "" if prefixes else ""


def host(url: str) -> str:
    """The host of a web address."""
    return urlsplit(url).netloc or url


def table_md(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are Markdown already."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def first(found: Sequence[_T]) -> Sequence[_T]:
    """As much of a list as a page shows; `rest_html` tells the rest."""
    return found[:LISTED]


def rest_html(context: Context, found: Sequence[object]) -> str:
    """How much of a list a page does not show, and where that is; empty where it shows all."""
    twin = esc(context.href(context.portal.urls.twin(context.url)))
    return f'{len(found) - LISTED:,} more, in <a href="{twin}">the text of this page</a>' if len(found) > LISTED else ""


def operations(number: int) -> str:
    """`1 operation`, `31 operations`."""
    return plural(number, "operation")
