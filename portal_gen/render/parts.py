"""Parts that several kinds of pages share: breadcrumb, headings of sections, methods, copy buttons, where a thing is described."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from portal_gen.diagnostics import Location, Severity
from portal_gen.model.info import ExternalDocs
from portal_gen.portal.portal import OperationPage, Service
from portal_gen.render.html import esc, link, safe_url
from portal_gen.render.markdown import lead, render
from portal_gen.render.scope import Scope

_SHORT = {"DELETE": "DEL", "OPTIONS": "OPT"}
_COPY = (
    '<svg viewBox="0 0 16 16" aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/>'
    '<path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/></svg>'
)
OPEN_ALL = (
    '<button class="pg-btn pg-btn--icon pg-quiet" type="button" data-pg-open data-pg-alt="Close all" aria-expanded="false">'
    "Open all</button>"
)


def copy_button(what: str) -> str:
    """The button that copies what stands beside it."""
    return f'<button class="pg-btn pg-btn--icon" type="button" data-pg-copy aria-label="Copy {what}" title="Copy">{_COPY}</button>'


def method(word: str, chip: bool = False) -> str:
    """A method, shortened where it stands in a narrow column."""
    word, key = esc(word), esc(word.lower())
    if chip:
        return f'<span class="pg-m pg-m--chip" data-m="{key}">{word}</span>'
    short = _SHORT.get(word)
    return (
        f'<span class="pg-m" data-m="{key}" title="{word}">{short}</span>'
        if short
        else f'<span class="pg-m" data-m="{key}">{word}</span>'
    )


def crumbs(scope: Scope, items: Iterable[tuple[str, str]]) -> str:
    """Where the page stands: titles with links relative to the page; and the way to its Markdown twin."""
    steps = "".join(
        [f'\n<li><a href="{esc(href)}">{esc(title)}</a></li>' if href else f"\n<li>{esc(title)}</li>" for title, href in items]
    )
    twin = scope.href(scope.context.portal.urls.twin(scope.context.url))
    return (
        f'<nav class="pg-crumbs" aria-label="Breadcrumb">\n<ol>{steps}</ol>'
        f'<a class="pg-mdtwin" href="{esc(twin)}">Markdown</a></nav>\n'
    )


def opening(text: str) -> tuple[str, str]:
    """A description in two pieces: the lead under the title, and the rest for the body of the page."""
    first, rest = lead(text)
    return f'<p class="pg-lead">{first}</p>\n' if first else "", f'<div class="pg-md">{rest}</div>\n' if rest else ""


def prose(text: str) -> str:
    """A description: a single paragraph as it is, anything longer with the room of its own that lists and tables need."""
    html = render(text)
    return (
        html if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 else f'<div class="pg-md">{html}</div>'
    )


def section(id_: str, title: str, content: str, beside: str = "", level: int = 2) -> str:
    """A part of the page with its heading; nothing where it is empty."""
    if not content:
        return ""
    heading = f'<div class="pg-sec__h">\n<h{level}>{title}</h{level}>{beside}</div>\n'
    return f'<section class="pg-sec" id="{id_}">\n{heading}{content}</section>\n'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Short facts as a list: names, and HTML."""
    rows = "".join([f"\n<dt>{name}</dt><dd>{html}</dd>" for name, html in pairs if html])
    return f'<dl class="pg-facts">{rows}</dl>\n' if rows else ""


def more(docs: ExternalDocs | None) -> str:
    """A link to documentation elsewhere; its address as text where it may not be linked."""
    if docs is None or not (docs.url or docs.description):
        return ""
    label = esc(docs.description or docs.url)
    linked = link(docs.url, label)
    return linked if linked != label or not docs.description else f"{label} <code>{esc(docs.url)}</code>"


def place(scope: Scope, location: Location) -> str:
    """Where something is described, linked to the repository where the catalog names one."""
    text = esc(f"{scope.service.path_of(location)}, line {location.line}")
    url = place_url(scope, location)
    return f'<a href="{esc(url)}">{text}</a>' if url else text


def lost(service: Service) -> tuple[str, ...]:
    """What of a description could not be used, and where: sentences in plain text."""
    return tuple(
        f"{service.path_of(found.location)}, line {found.location.line}: {found.message}"
        for found in service.document.diagnostics
        if found.severity is Severity.ERROR
    )


def place_url(scope: Scope, location: Location) -> str | None:
    """The address of a line in the repository that the catalog names."""
    template = scope.context.portal.catalog.repository
    if not template:
        return None
    return safe_url(template.replace("{path}", quote(scope.service.path_of(location))).replace("{line}", str(location.line)))


def reference_crumbs(scope: Scope) -> list[tuple[str, str]]:
    """The steps that every page of a service begins with."""
    urls = scope.context.portal.urls
    return [("Reference", scope.href(urls.page("services"))), (scope.service.name, scope.href(scope.service.url))]


def neighbours(scope: Scope, page: OperationPage) -> str:
    """The operations before and after this one in reading order."""
    before, after = scope.reading.neighbours(page.url)
    found = [_neighbour(scope, "Previous", before), _neighbour(scope, "Next", after)]
    return f'<nav class="pg-next" aria-label="Neighbours">{"".join(found)}</nav>' if any(found) else ""


def _neighbour(scope: Scope, label: str, page: OperationPage | None) -> str:
    if page is None:
        return "<span></span>"
    href = esc(scope.href(page.url))
    return f'<a href="{href}"><small>{label}</small><span>{method(page.operation.method)} {esc(page.title)}</span></a>'
