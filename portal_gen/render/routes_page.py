"""The gateway's routes: overlaps and doubts first, the document's lines, the tree of all, every operation's public address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal_gen.portal.portal import OperationPage, Service
from portal_gen.portal.routes import Line, RouteMap, route_map
from portal_gen.render.catalog_parts import (
    ROUTES,
    evidence_html,
    evidence_text,
    first,
    host,
    legend_html,
    local_md,
    method_html,
    operations,
    rest_html,
    service_html,
    service_md,
    table_md,
)
from portal_gen.render.context import Context, Page
from portal_gen.render.finding import Entry, Finding, Fold
from portal_gen.render.findings import findings
from portal_gen.render.html import esc, plural
from portal_gen.render.inline import md_code, md_text
from portal_gen.render.route_tree import TREE, count, tree_html
from portal_gen.resources import module

TITLE = "Gateway routes"
RESOLVE = "Find the operation of a request"
RULE = "An exact path goes before a template, a template before a wildcard, a longer prefix before a shorter one."


def routes_page(context: Context) -> Page:
    """The map of the portal's gateway."""
    found = route_map(context.portal)
    lead = f"Where a path under {host(context.portal.catalog.gateway.url)} goes, and how we know." + _unreached(found)
    sections = (
        _section("resolve", RESOLVE, "", _resolver(context)),
        _section("overlaps", "Overlaps and doubts", RULE, _findings(context, findings(context.portal, found))),
        _section("documented", "Lines of the document", str(len(found.documented)), _documented(context, found)),
        _section("tree", "All lines", f"{len(found.lines):,}", _filter(context) + tree_html(context, found)),
        _section("operations", "Operations", _total(context), _operations(context)),
        _section("sources", "Where this is known from", "", _sources(context)),
    )
    html = (
        f'<div class="pg"><div class="pg-wide"><div class="pg-top"><h1>{TITLE}</h1><p class="pg-lead">{esc(lead)}</p>'
        f"{legend_html()}</div>{''.join(sections)}</div></div>"
    )
    toc = (
        (RESOLVE, "resolve", 2),
        ("Overlaps and doubts", "overlaps", 2),
        ("Lines of the document", "documented", 2),
        ("All lines", "tree", 2),
        ("Operations", "operations", 2),
        ("Where this is known from", "sources", 2),
    )
    return Page(TITLE, lead, html, _markdown(context, found, lead), toc)


def _resolver(context: Context) -> str:
    """A box that a script answers from the list beside the page; without scripts, where the list is."""
    data = context.href(ROUTES + ".json")
    return (
        f'<div class="pg-stack pg-resolve" data-pg-js data-pg-module="{esc(context.href(module("resolve.mjs")))}" '
        f'data-pg-routes="{esc(data)}"><textarea class="pg-field" rows="2" spellcheck="false" autocomplete="off" '
        'aria-label="A URL, a path or a curl line" placeholder="Paste a URL, a path or a curl line"></textarea>'
        '<output aria-live="polite"></output></div>'
        f'<p class="pg-quiet"><a href="{esc(data)}">routes.json</a> lists every operation with its method, its addresses and its page.</p>'
    )


def _unreached(found: RouteMap) -> str:
    names = [service.name for service in found.unreached]
    return f" No prefix leads to {' or '.join(names)}." if names else ""


def _section(anchor: str, title: str, note: str, inner: str) -> str:
    if not inner:
        return ""
    return (
        f'<section class="pg-sec" id="{anchor}"><div class="pg-sec__h"><h2>{title}</h2>'
        f'<span class="pg-quiet">{esc(note)}</span></div>'
        f'<div class="pg-pad">{inner}</div></section>'
    )


def _findings(context: Context, found: tuple[Finding, ...]) -> str:
    items = "\n".join(
        f"<li><h3>{esc(finding.title)}</h3>"
        + _facts(
            "".join(f"<dt>{esc(term)}</dt><dd>{_said(context, service, words)}</dd>" for term, service, words in finding.facts)
        )
        + "".join(_fold(context, fold) for fold in finding.folds)
        + f'<span class="pg-quiet">{esc(finding.consequence)}</span></li>'
        for finding in first(found)
    )
    left = rest_html(context, found)
    items += f"\n<li>{left}</li>" if left else ""
    return f'<ul class="pg-clash">\n{items}\n</ul>' if items else ""


def _facts(inner: str) -> str:
    return f'<dl class="pg-facts">{inner}</dl>' if inner else ""


def _fold(context: Context, fold: Fold) -> str:
    rows = "".join(f"<dt>{_term(context, entry)}</dt><dd>{esc(entry.words)}</dd>" for entry in first(fold.entries))
    left = rest_html(context, fold.entries)
    return f"<details><summary>{esc(fold.summary)}</summary>{_facts(rows)}{f'<p>{left}</p>' if left else ''}</details>"


def _term(context: Context, entry: Entry) -> str:
    return f'<a href="{esc(context.href(entry.url))}">{esc(entry.term)}</a>' if entry.url else esc(entry.term)


def _said(context: Context, service: str, words: str) -> str:
    return ", ".join(part for part in (service_html(context, service) if service else "", esc(words)) if part)


def _documented(context: Context, found: RouteMap) -> str:
    rows = "\n".join(
        f'<tr><th scope="row"><code>{esc(route.pattern)}</code></th><td>{service_html(context, route.service)}</td>'
        f'<td>{evidence_html(line.evidence)}</td><td class="pg-num">{_reach(line)}</td>'
        f'<td class="pg-opt">{esc(route.note)}</td></tr>'
        for route, line in found.documented
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Pattern", "Service", "Known from", "Operations", "As documented"))
    return f'<table class="pg-table"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>' if rows else ""


def _reach(line: Line) -> str:
    if line.pages:
        return operations(len(line.pages))
    return f"{operations(len(line.unconfirmed))}, path not confirmed" if line.unconfirmed else "no operation documented"


def _filter(context: Context) -> str:
    json, text = context.href(ROUTES + ".json"), context.href(context.portal.urls.twin(context.url))
    return (
        '<div class="pg-filters"><input class="pg-field" type="search" placeholder="Filter by path or service" '
        f'aria-label="Filter routes" data-pg-filter="{TREE}"><span class="pg-quiet"><a href="{esc(json)}">routes.json</a> · '
        f'<a href="{esc(text)}">Text</a></span></div>'
    )


def _total(context: Context) -> str:
    return operations(sum(len(service.pages) for service in context.portal.services))


def _operations(context: Context) -> str:
    """Every operation under its service, folded."""
    return "\n".join(_service(context, service) for service in context.portal.services)


def _service(context: Context, service: Service) -> str:
    rows = "".join(f"<li>{_operation(context, page)}</li>\n" for page in first(service.pages))
    left = rest_html(context, service.pages)
    rows += f"<li>{left}</li>\n" if left else ""
    said = f'<span class="pg-quiet">{esc(_summary(service))}</span>'
    return f'<details><summary>{esc(service.name)} {said}</summary><ul class="pg-ops">\n{rows}</ul></details>'


def _operation(context: Context, page: OperationPage) -> str:
    """Method, public path (or the service's own, where none is known), and how it is known."""
    public = page.public
    doubt = f' title="{esc(public.doubt)}" data-clash' if public.doubt else ""
    return (
        f'<a href="{esc(context.href(page.url))}"{doubt}>{method_html(page.operation.method)}'
        f"<code>{esc(public.path or page.operation.path)}</code>{evidence_html(public.evidence)}</a>"
    )


def _summary(service: Service) -> str:
    counts = Counter(evidence_text(page.public.evidence) for page in service.pages)
    return "; ".join(f"{operations(number)}: {words}" for words, number in counts.most_common())


def _sources(context: Context) -> str:
    configurations = context.portal.catalog.gateway.configurations
    items = "".join(
        f"<li>{_named(version.name, version.url)}{': ' + esc(version.note) if version.note else ''}</li>"
        for version in configurations
    )
    return f"<ul>{items}</ul>" if items else ""


def _named(name: str, url: str) -> str:
    return f'<a href="{esc(url)}" rel="nofollow noopener">{esc(name)}</a>' if url else esc(name)


def _markdown(context: Context, found: RouteMap, lead: str) -> str:
    return "\n".join(
        (
            f"# {TITLE}\n\n{md_text(lead)}\n",
            f"## Overlaps and doubts\n\n{RULE}\n",
            *_findings_md(context, found),
            f"## Lines of the document\n\n{_documented_md(context, found)}",
            f"## All lines\n\n{_lines_md(context, found)}",
            "## Operations\n",
            *_operations_md(context),
        )
    )


def _findings_md(context: Context, found: RouteMap) -> Iterator[str]:
    for finding in findings(context.portal, found):
        facts = "\n".join(f"- {md_code(term)}: {_said_md(context, service, words)}" for term, service, words in finding.facts)
        parts = (facts, *(_fold_md(context, fold) for fold in finding.folds), md_text(finding.consequence))
        yield f"### {md_text(finding.title)}\n\n" + "\n\n".join(part for part in parts if part) + "\n"


def _fold_md(context: Context, fold: Fold) -> str:
    rows = "\n".join(f"- {_term_md(context, entry)}: {md_text(entry.words)}" for entry in fold.entries)
    return f"{md_text(fold.summary)}:\n\n{rows}"


def _term_md(context: Context, entry: Entry) -> str:
    return local_md(context, entry.term, entry.url) if entry.url else md_code(entry.term)


def _said_md(context: Context, service: str, words: str) -> str:
    return ", ".join(part for part in (service_md(context, service) if service else "", md_text(words)) if part)


def _documented_md(context: Context, found: RouteMap) -> str:
    rows = (
        (
            md_code(route.pattern),
            service_md(context, route.service),
            evidence_text(line.evidence),
            _reach(line),
            md_text(route.note),
        )
        for route, line in found.documented
    )
    return table_md(("Pattern", "Service", "Known from", "Operations", "As documented"), rows)


def _lines_md(context: Context, found: RouteMap) -> str:
    rows = (
        (
            md_code(line.path),
            " ".join(line.methods),
            service_md(context, line.service),
            evidence_text(line.evidence),
            line.auth or "",
            md_text(line.source),
            count(line),
        )
        for line in found.lines
    )
    return table_md(("Pattern", "Methods", "Service", "Known from", "Asks for", "Source", "Operations"), rows)


def _operations_md(context: Context) -> Iterator[str]:
    for service in context.portal.services:
        rows = "\n".join(
            f"- {md_code(f'{page.operation.method} {page.public.path or page.operation.path}')} "
            f"{local_md(context, page.title, page.url)} ({evidence_text(page.public.evidence)})"
            for page in service.pages
        )
        yield f"### {md_text(service.name)}\n\n{plural(len(service.pages), 'operation')}\n\n{rows}\n"
