"""The front page: one sentence of computed counts, the key to the dots, search, a request, and all services by group."""

from __future__ import annotations

from portal_gen.portal.portal import Portal, Service
from portal_gen.render.catalog_parts import (
    CAPABILITIES,
    ROUTES,
    SERVICES,
    evidence_html,
    evidence_text,
    host,
    legend_html,
    local_md,
    usual,
)
from portal_gen.render.context import Context, Page
from portal_gen.render.html import esc, link, plural
from portal_gen.render.inline import md_link, md_text
from portal_gen.render.services_page import grouped


def front_page(context: Context, request_card: str = "") -> Page:
    """`request_card` is the HTML of a request and its answer, for the right column."""
    portal = context.portal
    counts = _counts(portal)
    lead = portal.catalog.description or f"The reference of {portal.title}."
    heading = " ".join(f"<span>{esc(count)}</span>" for count in counts)
    hero = (
        f'<div class="pg-hero"><div><h1>{heading}</h1><p class="pg-lead">{esc(lead)}</p>'
        f"{legend_html() if portal.catalog.gateway.url else ''}"
        '<p class="pg-find"><button class="pg-field pg-find__b" type="button" data-pg-search>Search operations, schemas, fields</button></p>'
        f'{_links(context)}</div><div class="pg-stick">{request_card}</div></div>'
    )
    groups = "".join(_group(context, group.name, group.description, found) for group, found in grouped(portal))
    html = f'<div class="pg"><div class="pg-wide">{hero}{groups}</div></div>'
    return Page(portal.title, f"{' '.join(counts)} {lead}", html, _markdown(context, " ".join(counts), lead))


def _counts(portal: Portal) -> list[str]:
    """The sentence in parts: "27 services," "1,920 operations," "one key."."""
    counts = [plural(len(portal.services), "service"), plural(sum(len(s.pages) for s in portal.services), "operation")]
    if portal.catalog.key:
        counts.append("one key")
    return [count + "," for count in counts[:-1]] + [counts[-1] + "."]


def _site_links(context: Context) -> list[tuple[str, str]]:
    catalog, urls = context.portal.catalog, context.portal.urls
    found = [("Services", urls.page(SERVICES))]
    if catalog.capabilities:
        found.append(("Capabilities", urls.page(CAPABILITIES)))
    if catalog.gateway.url:
        found.append(("Gateway routes", urls.page(ROUTES)))
    return found


def _links(context: Context) -> str:
    key_url = context.portal.catalog.key_url
    links = [link(key_url, "Get a key")] if key_url else []
    links += [f'<a href="{esc(context.href(url))}">{name}</a>' for name, url in _site_links(context)]
    return f'<p class="pg-quiet pg-keyline">{"".join(links)}</p>'


def _group(context: Context, name: str, description: str, found: tuple[Service, ...]) -> str:
    note = f'<p class="pg-quiet">{esc(description)}</p>' if description else ""
    cells = "\n".join(_cell(context, service) for service in found)
    return f'<section class="pg-group"><div><h2>{esc(name)}</h2>{note}</div><ul class="pg-cells">\n{cells}\n</ul></section>'


def _cell(context: Context, service: Service) -> str:
    evidence, prefix = usual(service.pages)
    words = service.entry.description if service.entry else service.document.info.summary
    shown = prefix or (host(service.entry.endpoint) if service.entry and service.entry.endpoint else "")
    place = evidence_html(evidence if prefix else None, f"<code>{esc(shown)}</code>") if shown else ""
    return (
        f'<li><a href="{esc(context.href(service.url))}"><b>{esc(service.name)}</b><small>{len(service.pages):,}</small>'
        f"<span>{esc(words)}</span>{place}</a></li>"
    )


def _markdown(context: Context, counts: str, lead: str) -> str:
    portal = context.portal
    parts = [f"# {md_text(portal.title)}\n\n{md_text(counts)} {md_text(lead)}\n"]
    links = [md_link("Get a key", portal.catalog.key_url)] if portal.catalog.key_url else []
    links += [local_md(context, name, url) for name, url in _site_links(context)]
    parts.append(" · ".join(links) + "\n")
    for group, found in grouped(portal):
        parts.append(f"## {md_text(group.name)}\n\n" + "\n".join(_item(context, service) for service in found) + "\n")
    return "\n".join(parts)


def _item(context: Context, service: Service) -> str:
    evidence, prefix = usual(service.pages)
    place = f", gateway {md_text(prefix)} ({evidence_text(evidence)})" if prefix else ""
    words = f": {md_text(service.entry.description)}" if service.entry and service.entry.description else ""
    return f"- {local_md(context, service.name, service.url)}{words} ({plural(len(service.pages), 'operation')}{place})"
