"""The overview of a service: what it is, where it answers, how to get in, what it can do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal_gen.portal.catalog import Mount
from portal_gen.portal.matching import rest
from portal_gen.portal.origin import below
from portal_gen.portal.portal import OperationPage, Service
from portal_gen.render.address_box import EVIDENCE
from portal_gen.render.authentication import authentication_html
from portal_gen.render.cards import cards, stacked
from portal_gen.render.context import Context, Page
from portal_gen.render.examples import answer_samples
from portal_gen.render.exchange import exchange
from portal_gen.render.html import esc, link, plural, safe_url
from portal_gen.render.lists import operations_html, schemas_html
from portal_gen.render.markdown import plain
from portal_gen.render.parts import copy_button, crumbs, facts, lost, more, opening, prose, section
from portal_gen.render.samples import RequestSample, request_samples
from portal_gen.render.schemes import schemes_html
from portal_gen.render.scope import Scope
from portal_gen.render.servers import servers_html
from portal_gen.render.service_twin import service_twin

_PLURAL = re.compile(r"[^/{}su]s/?$")
"""A path that ends in a plural (`/keys`, and neither `/access` nor `/status`)."""
DIAGNOSTICS = 20
"""Findings that an overview lists; the rest is counted."""


def service_page(context: Context, service: Service, end: str = "") -> Page:
    """Everything that a description says about itself, and its operations, webhooks and schemas as lists; `end` is HTML that a site adds."""
    scope = Scope(context, service)
    info = service.document.info
    lead, rest = _opening(service)
    first = first_call(service)
    requests = _requests(scope, first)
    html = "".join(
        [
            '<div class="pg"><div class="pg-op">\n',
            _top(scope, lead),
            _first_call(scope, first, requests),
            '<div class="pg-main">\n',
            rest,
            operations_html(scope),
            schemas_html(scope),
            section(scope.claim("authentication"), "Authentication", schemes_html(scope)),
            section(scope.claim("servers"), "Servers", servers_html(service.document.servers)),
            _skipped(service),
            end,
            f'<p class="pg-quiet">Described in {esc(service.file)}, version {esc(info.version)}, written for OpenAPI '
            f"{esc(service.document.written_version)}.</p>\n",
            "</div></div></div>",
        ]
    )
    summary = plain(info.summary or info.description, 160) or f"{service.name}: {plural(len(service.pages), 'operation')}"
    toc = tuple((part.title, part.anchor, 2) for part in service.sections if part.anchor not in service.section_urls)
    return Page(service.name, summary, html, service_twin(scope, requests), toc)


def _opening(service: Service) -> tuple[str, str]:
    """The lead is the summary where there is one, else the first paragraph of the description."""
    info, entry = service.document.info, service.entry
    if info.summary:
        html = prose(info.description) if info.description else ""
        return f'<p class="pg-lead">{esc(info.summary)}</p>\n', html
    if info.description:
        return opening(info.description)
    return (f'<p class="pg-lead">{esc(entry.description)}</p>\n' if entry and entry.description else ""), ""


def first_call(service: Service) -> OperationPage | None:
    """The operation that says most about a service for the least: a GET of a list without required parameters, else any such GET,
    else the first operation."""
    pages = [page for page in service.pages if page.operation.kind == "operation"]
    easy = [page for page in pages if page.operation.method == "GET" and not any(p.required for p in page.operation.parameters)]
    lists = (page for page in easy if _PLURAL.search(page.operation.path))
    return next(lists, easy[0] if easy else pages[0] if pages else None)


def _requests(scope: Scope, page: OperationPage | None) -> tuple[RequestSample, ...]:
    return tuple(request_samples(scope, page)) if page else ()


def _first_call(scope: Scope, page: OperationPage | None, requests: tuple[RequestSample, ...]) -> str:
    if page is None:
        return ""
    found = exchange(Scope(scope.context, scope.service), page.operation)
    answers = list(answer_samples(scope, found))[:1]
    html = cards(scope, requests, answers, "First call")
    title = f'<h2 class="pg-label">First call: <a href="{esc(scope.href(page.url))}">{esc(page.title)}</a></h2>\n'
    return html.replace('<div class="pg-stick">\n', '<div class="pg-stick">\n' + title, 1)


def first_call_card(context: Context, service: Service, page: OperationPage) -> str:
    """A request and its answer, for a page that is not about one service."""
    scope = Scope(context, service)
    answers = list(answer_samples(scope, exchange(scope, page.operation)))[:1]
    inner = stacked(scope, _requests(scope, page), answers)
    title = f'<p class="pg-label">First call: <a href="{esc(context.href(page.url))}">{esc(page.title)}</a></p>\n'
    return title + inner if inner else ""


def _top(scope: Scope, lead: str) -> str:
    service = scope.service
    urls = scope.context.portal.urls
    steps = [("Reference", scope.href(urls.page("services")))]
    group = next((group.name for group in scope.context.portal.catalog.groups if group.id == service.group), "")
    if group:
        steps.append((group, ""))
    title = service.document.info.title
    said = f'<p class="pg-quiet">{esc(title)}</p>' if title and title != service.name else ""
    return "".join(
        [
            '<header class="pg-main pg-top">\n',
            crumbs(scope, steps),
            f"<h1>{esc(service.name)}</h1>{said}",
            lead,
            _addresses(scope),
            facts(_facts(scope)),
            "</header>\n",
        ]
    )


UNREACHED = "Reaches no path described here"


class Base(NamedTuple):
    """A base address of a service: its origin where it is known, the rest, and how it is known (a dot and words)."""

    label: str
    origin: str
    rest: str
    dot: str
    words: str


def bases(service: Service, gateway: str) -> Iterator[Base]:
    """What the catalog and the description know of the whole service: mounts of the gateway, then servers."""
    origin = gateway.rstrip("/")
    mounts = service.entry.mounts if service.entry else ()
    for mount in mounts:
        yield _mounted(service, mount, origin)
    known = {f"{origin}{mount.prefix}" for mount in mounts}
    for server in service.document.servers:
        under = below(server.address, gateway) if gateway else None
        if under is None:
            yield Base("Direct", server.address, "", *EVIDENCE["server"])
        elif server.address not in known:
            yield Base("Gateway", origin, under, *EVIDENCE["server"])


def _mounted(service: Service, mount: Mount, origin: str) -> Base:
    """A mount, as far as it reaches what is described here."""
    if mount.evidence == "document":
        return Base("Gateway", "", mount.prefix, *EVIDENCE["document"])
    if mount.evidence == "server":
        return Base("Gateway", origin, mount.prefix, *EVIDENCE["server"])
    reached = any(page.public.path and rest(page.public.path, mount.prefix) for page in service.pages)
    dot, words = EVIDENCE["mount" if mount.evidence == "mount" else "route"]
    return Base("Gateway", origin, mount.prefix, *((dot, words) if reached else ("", UNREACHED)))


def _addresses(scope: Scope) -> str:
    found = bases(scope.service, scope.context.portal.catalog.gateway.url)
    rows = [_address(base) for base in sorted(found, key=lambda base: base.words == UNREACHED)]
    return f'<div class="pg-addr">{"".join(rows)}</div>\n' if rows else ""


def _address(base: Base) -> str:
    bold = f"<b>{esc(base.rest)}</b>" if base.rest else ""
    known = f'<span class="pg-ev" data-ev="{base.dot}">{base.words}</span>'
    button = copy_button(f"{base.label.lower()} address") if base.origin else ""
    return (
        f'\n<div class="pg-addr__row"><span class="pg-label">{base.label}</span><span class="pg-path">{esc(base.origin)}{bold}</span>'
        f"<span>{known}{button}</span></div>"
    )


def _facts(scope: Scope) -> Iterator[tuple[str, str]]:
    service = scope.service
    document, info, entry = service.document, service.document.info, service.entry
    yield "Authentication", authentication_html(scope, document.security)
    hooks = len(document.webhooks)
    size = [plural(len(document.operations), "operation"), plural(len(document.schemas), "schema")]
    yield "Size", esc(", ".join([*size, *([plural(hooks, "webhook")] if hooks else []), f"version {info.version}"]))
    if entry and entry.organization:
        yield _organization(scope, entry.organization)
    packages = [package for package in scope.context.portal.catalog.packages if package.service == service.id]
    yield "Clients", ", ".join([f"<code>{esc(package.name)}</code> ({esc(package.registry)})" for package in packages])
    if info.contact:
        yield "Contact", _contact(info.contact.name, info.contact.url, info.contact.email)
    if info.license:
        name = info.license.name or info.license.identifier
        beside = (
            f" <code>{esc(info.license.identifier)}</code>" if info.license.identifier and info.license.identifier != name else ""
        )
        yield "License", link(info.license.url, esc(name or info.license.url)) + beside
    if info.terms_of_service:
        yield "Terms", link(info.terms_of_service, esc(info.terms_of_service))
    yield "Identity", f"<code>{esc(document.identity)}</code>" if document.identity else ""
    yield "Schemas", f"In the dialect <code>{esc(document.dialect)}</code>" if document.dialect else ""
    yield "More", ", ".join(part for part in (more(document.external_docs), *_added(scope)) if part)


def _added(scope: Scope) -> Iterator[str]:
    """Links to the pages that the site adds to each service."""
    for url, template in scope.context.portal.added_to(scope.service).items():
        yield f'<a href="{esc(scope.href(url))}">{esc(template.title)}</a>'


def _organization(scope: Scope, id_: str) -> tuple[str, str]:
    """Who keeps the service, and what it descends from where that is known."""
    known = next((found for found in scope.context.portal.catalog.organizations if found.id == id_), None)
    keeper = link(known.url, esc(f"@{id_}")) if known and known.url else esc(f"@{id_}")
    return ("Descended from", f"{esc(known.upstream)}, in {keeper}") if known and known.upstream else ("Kept by", keeper)


def _contact(name: str, url: str, email: str) -> str:
    named = link(url, esc(name or url)) if url else esc(name)
    if not email:
        return named
    checked = safe_url(f"mailto:{email}") if "?" not in email else None
    mail = f'<a href="{esc(checked)}">{esc(email)}</a>' if checked else esc(email)
    return f"{named}, {mail}" if named else mail


def _skipped(service: Service) -> str:
    """What of the description could not be used, where something was lost."""
    found = lost(service)
    if not found:
        return ""
    items = "".join([f"<li>{esc(words)}</li>\n" for words in found[:DIAGNOSTICS]])
    rest = f"<li>{len(found) - DIAGNOSTICS} more</li>\n" if len(found) > DIAGNOSTICS else ""
    return f'<div class="pg-note"><b>Skipped.</b> Parts of the description could not be used:<ul>\n{items}{rest}</ul></div>\n'
