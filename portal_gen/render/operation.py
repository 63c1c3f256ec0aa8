"""The page of an operation, a webhook included."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.model.operation import Operation
from portal_gen.portal.portal import OperationPage, Service
from portal_gen.render.address_box import address_box, evidence
from portal_gen.render.authentication import authentication_html, differs
from portal_gen.render.cards import PANELS, cards
from portal_gen.render.context import Context, Page
from portal_gen.render.examples import answer_samples
from portal_gen.render.exchange import Exchange, exchange, streams
from portal_gen.render.exchange_html import Beside, exchange_html
from portal_gen.render.html import esc, settled
from portal_gen.render.markdown import plain, render
from portal_gen.render.parts import crumbs, facts, more, neighbours, opening, place, reference_crumbs, section
from portal_gen.render.rows_html import flag
from portal_gen.render.samples import request_samples
from portal_gen.render.scope import Scope
from portal_gen.render.servers import servers_html
from portal_gen.render.twins import operation_twin
from portal_gen.render.values import cut, json_text


def operation_page(context: Context, service: Service, page: OperationPage, end: str = "") -> Page:
    """Everything that the description says about an operation, with its address, examples and neighbours; `end` is HTML that a site adds."""
    scope = Scope(context, service)
    operation = page.operation
    found = exchange(scope, operation)
    requests = tuple(request_samples(scope, page))
    answers = tuple(answer_samples(scope, found))
    lead, rest = opening(operation.description)
    html = "".join(
        [
            '<div class="pg"><div class="pg-op">\n',
            _top(scope, page, found, lead),
            cards(scope, requests, answers),
            '<div class="pg-main">\n',
            rest,
            _path_text(operation),
            _exchange(scope, operation, found, Beside(any(not sample.by_hand for sample in requests), len(answers) <= PANELS)),
            _servers(scope, operation),
            end,
            _foot(scope, page),
            "</div></div></div>",
        ]
    )
    summary = plain(operation.description, 160) or f"{operation.method} {operation.path}, {service.name}"
    return Page(page.title, summary, settled(html), operation_twin(scope, page, found, requests), _toc(found))


def _top(scope: Scope, page: OperationPage, found: Exchange, lead: str) -> str:
    operation = page.operation
    section_ = scope.reading.section(page.url)
    steps = reference_crumbs(scope)
    if section_ is not None:
        steps.append((section_.title, scope.href(scope.service.at(section_.anchor))))
    badges = "".join([f'<span class="pg-tag">{esc(badge.name)}</span>' for badge in operation.badges])
    mark = " " + flag("deprecated") if operation.deprecated else ""
    target = found.body_id or (found.parameters[0][0] if found.parameters else "responses" if found.answers else "")
    return "".join(
        [
            '<header class="pg-main pg-top">\n',
            crumbs(scope, steps),
            f"<h1>{esc(page.title)}{mark}</h1>",
            f'<div class="pg-badges">{badges}</div>' if badges else "",
            lead,
            address_box(page, found.path_ids),
            f'<a class="pg-jump" href="#{target}">Jump to {"the body" if found.body_id else "what it takes"}</a>\n'
            if target
            else "",
            facts(_facts(scope, page)),
            "</header>\n",
        ]
    )


def _facts(scope: Scope, page: OperationPage) -> Iterator[tuple[str, str]]:
    operation = page.operation
    if operation.kind == "webhook":
        yield "Direction", "Sent by the service to your server"
    yield "Address known from", evidence(scope, page)
    ways = authentication_html(scope, operation.security)
    gateway = differs(scope, page.public.auth, operation.security)
    yield "Authentication", "<br>".join(part for part in (ways, gateway) if part)
    if streams(operation):
        yield "Streaming", "Answers come in pieces while they are made"
    if operation.deprecated:
        yield "Stability", "Deprecated: it may be removed"
    yield "More", more(operation.external_docs)


def _path_text(operation: Operation) -> str:
    """What the description says of the path as a whole."""
    texts = [text for text in (operation.path_summary, operation.path_description) if text]
    return "".join([f'<div class="pg-md">{html}</div>\n' for text in texts if (html := render(text))])


def _exchange(scope: Scope, operation: Operation, found: Exchange, beside: Beside) -> str:
    body = operation.body
    return exchange_html(scope, found, bool(body and body.required), body.description if body else "", beside)


def _servers(scope: Scope, operation: Operation) -> str:
    """Servers of its own; those of the whole description stand on the service's page."""
    if operation.kind == "webhook" or not operation.servers or operation.servers == scope.service.document.servers:
        return ""
    return section(scope.claim("servers"), "Servers", servers_html(operation.servers))


def _foot(scope: Scope, page: OperationPage) -> str:
    operation = page.operation
    as_id = f" as <code>{esc(operation.id)}</code>" if operation.id else ""
    source = f'<p class="pg-quiet">Described in {place(scope, operation.location)}{as_id}.</p>\n'
    extensions = "".join(
        [f"<li><code>{esc(name)}</code> <code>{esc(_value(value))}</code></li>" for name, value in operation.extensions]
    )
    quiet = f'<ul class="pg-rule">{extensions}</ul>\n' if extensions else ""
    return quiet + source + neighbours(scope, page)


def _value(value: object) -> str:
    return cut(json_text(value), 400)  # type: ignore[arg-type]


def _toc(found: Exchange) -> tuple[tuple[str, str, int], ...]:
    entries = [(title, at, 2) for at, title, _ in found.parameters]
    if found.body_id:
        entries.append(("Body", found.body_id, 2))
    if found.answers:
        entries.append(("Answers", "responses", 2))
    if found.callbacks:
        entries.append(("Callbacks", found.callbacks_id, 2))
    return tuple(entries)
