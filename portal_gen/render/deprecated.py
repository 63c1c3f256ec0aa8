"""What is on its way out: every deprecated operation and webhook, by service."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.portal.portal import OperationPage, Portal, Service
from portal_gen.render.catalog_parts import first, local_md, method_html, rest_html
from portal_gen.render.context import Context
from portal_gen.render.html import esc, plural
from portal_gen.render.inline import md_code, md_text

DEPRECATED = "Deprecated operations"
MANY = 20
"""A longer list of one service is folded."""


def deprecated(portal: Portal) -> Iterator[tuple[Service, tuple[OperationPage, ...]]]:
    """The services that have any, each with its own, in reading order."""
    for service in portal.services:
        found = tuple(page for page in service.pages if page.operation.deprecated)
        if found:
            yield service, found


def deprecated_html(context: Context) -> str:
    """A section with a list for each service; empty where nothing is deprecated."""
    found = list(deprecated(context.portal))
    if not found:
        return ""
    lists = "\n".join(_list(context, service, pages) for service, pages in found)
    total = sum(len(pages) for _, pages in found)
    return (
        f'<section class="pg-sec" id="deprecated"><div class="pg-sec__h"><h2>{DEPRECATED}</h2>'
        f'<span class="pg-quiet">{total:,}</span></div>{lists}</section>'
    )


def _list(context: Context, service: Service, pages: tuple[OperationPage, ...]) -> str:
    rows = "".join(
        f'<li><a href="{esc(context.href(page.url))}">{method_html(page.operation.method)}<span>{esc(page.title)}</span>'
        f"<code>{esc(page.operation.path)}</code></a></li>"
        for page in first(pages)
    )
    left = rest_html(context, pages)
    rows += f"<li>{left}</li>" if left else ""
    said = f'<span class="pg-quiet">{plural(len(pages), "operation")}</span>'
    opened = " open" if len(pages) <= MANY else ""
    return f'<details{opened}><summary>{esc(service.name)} {said}</summary><ul class="pg-ops">{rows}</ul></details>'


def deprecated_md(context: Context) -> list[str]:
    """The same as Markdown."""
    rows = [
        f"- {md_text(service.name)}: {md_code(f'{page.operation.method} {page.operation.path}')} "
        f"{local_md(context, page.title, page.url)}\n"
        for service, pages in deprecated(context.portal)
        for page in pages
    ]
    return [f"## {DEPRECATED}\n\n" + "".join(rows)] if rows else []
