"""The front page: what the portal is for, where to begin, search, a request, and all services by group."""

from __future__ import annotations

from typing import NamedTuple

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
from portal_gen.render.html import esc, plural, safe_url
from portal_gen.render.inline import md_link, md_text
from portal_gen.render.services_page import grouped


def front_page(context: Context, request_card: str = "") -> Page:
    """`request_card` is the HTML of a request and its answer, for the right column."""
    portal = context.portal
    counts = _counts(portal)
    lead = portal.catalog.description or f"The reference of {portal.title}."
    sentence = " ".join(f"<span>{esc(count)}</span>" for count in counts)
    tagline = portal.catalog.tagline
    hero = (
        f'<div class="pg-hero"><div><h1>{esc(tagline) if tagline else sentence}</h1><p class="pg-lead">{esc(lead)}</p>{_buttons(context)}'
        '<p class="pg-find"><button class="pg-field pg-find__b" type="button" data-pg-search>Search operations, schemas, fields</button></p>'
        f'{_links(context)}</div><div class="pg-stick">{request_card}</div></div>'
    )
    legend = legend_html() if portal.catalog.gateway.url else ""
    facts = f'<p class="pg-counts">{sentence}</p>' if tagline else ""
    bar = f'<div class="pg-bar">{facts}{legend}</div>' if facts or legend else ""
    groups = "".join(_group(context, group.name, group.description, found) for group, found in grouped(portal))
    html = f'<div class="pg"><div class="pg-wide">{hero}{bar}{groups}</div></div>'
    said = f"{' '.join(counts)} {lead}"
    return Page(portal.title, lead if tagline else said, html, _markdown(context, said))


def _counts(portal: Portal) -> list[str]:
    """The sentence in parts: "27 services," "1,920 operations," "one key."."""
    counts = [plural(len(portal.services), "service"), plural(sum(len(s.pages) for s in portal.services), "operation")]
    if portal.catalog.key:
        counts.append("one key")
    return [count + "," for count in counts[:-1]] + [counts[-1] + "."]


class _Way(NamedTuple):
    """A link of the front page: an address, whether it leads out of the site, words for it."""

    title: str
    href: str
    outside: bool = False
    description: str = ""

    def html(self, inner: str, classes: str = "") -> str:
        """The link around `inner` (HTML); nothing where its address may not be linked."""
        checked = safe_url(self.href) if self.outside else self.href
        rel = ' rel="nofollow noopener"' if self.outside else ""
        return f'<a{classes} href="{esc(checked)}"{rel}>{inner}</a>' if checked else ""

    def markdown(self) -> str:
        """The link in Markdown."""
        text = md_link(self.title, self.href) if self.outside else f"[{md_text(self.title)}]({self.href})"
        return f"{text}: {md_text(self.description)}" if self.description else text


def _begin(context: Context) -> list[_Way]:
    """The links of the catalog."""
    urls = context.portal.urls
    return [
        _Way(found.title, context.href(urls.document(found.page)) if found.page else found.url, not found.page, found.description)
        for found in context.portal.catalog.links
    ]


def _key(context: Context) -> list[_Way]:
    key_url = context.portal.catalog.key_url
    return [_Way("Get a key", key_url, True)] if key_url else []


def _site_links(context: Context) -> list[_Way]:
    """The pages about all services."""
    catalog, urls = context.portal.catalog, context.portal.urls
    found = [("Services", SERVICES)]
    if catalog.capabilities:
        found.append(("Capabilities", CAPABILITIES))
    if catalog.gateway.url:
        found.append(("Gateway routes", ROUTES))
    return [_Way(name, context.href(urls.page(url))) for name, url in found]


def _buttons(context: Context) -> str:
    """Where to begin, and where to get a key."""
    first = _begin(context)[:1]
    ways = [way.html(esc(way.title), ' class="pg-btn pg-btn--main"') for way in first]
    ways += [way.html(esc(way.title), ' class="pg-btn"' if first else ' class="pg-btn pg-btn--main"') for way in _key(context)]
    return f'<p class="pg-begin">{"".join(ways)}</p>' if ways else ""


def _links(context: Context) -> str:
    """The further links of the catalog with their descriptions, then the pages about all services."""
    cells = [
        way.html(f"<b>{esc(way.title)}</b>" + (f"<span>{esc(way.description)}</span>" if way.description else ""))
        for way in _begin(context)[1:]
    ]
    further = f'<nav class="pg-ways" aria-label="Guides">{"".join(cells)}</nav>' if cells else ""
    plain = "".join(way.html(esc(way.title)) for way in _site_links(context))
    return f'{further}<p class="pg-quiet pg-keyline">{plain}</p>'


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


def _markdown(context: Context, said: str) -> str:
    portal = context.portal
    tagline = portal.catalog.tagline
    parts = [f"# {md_text(portal.title)}\n", *([f"**{md_text(tagline)}**\n"] if tagline else []), f"{md_text(said)}\n"]
    begin = _begin(context)
    if begin:
        parts.append("\n".join(f"- {way.markdown()}" for way in begin) + "\n")
    parts.append(" · ".join(way.markdown() for way in (*_key(context), *_site_links(context))) + "\n")
    for group, found in grouped(portal):
        parts.append(f"## {md_text(group.name)}\n\n" + "\n".join(_item(context, service) for service in found) + "\n")
    return "\n".join(parts)


def _item(context: Context, service: Service) -> str:
    evidence, prefix = usual(service.pages)
    place = f", gateway {md_text(prefix)} ({evidence_text(evidence)})" if prefix else ""
    words = f": {md_text(service.entry.description)}" if service.entry and service.entry.description else ""
    return f"- {local_md(context, service.name, service.url)}{words} ({plural(len(service.pages), 'operation')}{place})"
