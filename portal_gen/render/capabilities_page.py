"""The capability matrix. Statuses filter without scripts; every row links to what proves it."""

from __future__ import annotations

from collections import Counter

from portal_gen.portal.abilities import abilities
from portal_gen.portal.capabilities import Row, capability_rows
from portal_gen.portal.catalog import Status
from portal_gen.render.abilities_table import ABILITIES_ID, abilities_html, abilities_md
from portal_gen.render.abilities_table import TITLE as COMPUTED
from portal_gen.render.catalog_parts import (
    CAPABILITIES,
    evidence_html,
    evidence_text,
    local_md,
    operations,
    organization_html,
    organization_md,
    service_html,
    service_md,
    table_md,
    usual,
)
from portal_gen.render.context import Context, Page
from portal_gen.render.html import esc
from portal_gen.render.inline import md_text

STATUSES: tuple[Status, ...] = ("New", "Updated", "Existing")
TITLE = "Capabilities"
LEAD = "What the platform does, which service does it, and the operations that prove it."
COMPUTED_LEAD = "What each service can do, computed from its description."
NAMED = "Named by the catalog"
NAMED_ID = "named"
TABLE = "capabilities"
_HEAD = ("Capability", "Service", "Status", "Proof", "Gateway address", "Description", "Organization")


def capabilities_page(context: Context) -> Page:
    """Every row of the catalog's matrix, then what the descriptions themselves prove."""
    rows, computed = capability_rows(context.portal), abilities(context.portal)
    lead = LEAD if rows else COMPUTED_LEAD
    named = f'<section class="pg-stack" id="{NAMED_ID}">{_filters(context, rows)}{_table(context, rows)}</section>' if rows else ""
    html = (
        f'<div class="pg"><div class="pg-wide pg-pickrows"><div class="pg-top"><h1>{TITLE}</h1><p class="pg-lead">{lead}</p>'
        f"{_views() if rows else ''}</div>{named}{abilities_html(context, computed)}</div></div>"
    )
    markdown = "\n".join((*([_markdown(context, rows)] if rows else [f"# {TITLE}\n\n{lead}\n"]), abilities_md(context, computed)))
    toc = ((NAMED, NAMED_ID, 2),) if rows else ()
    return Page(TITLE, lead, html, markdown, (*toc, (COMPUTED, ABILITIES_ID, 2)))


def _views() -> str:
    """Links to the two tables."""
    return f'<p class="pg-quiet"><a href="#{NAMED_ID}">{NAMED}</a> · <a href="#{ABILITIES_ID}">{COMPUTED}</a></p>'


def _filters(context: Context, rows: tuple[Row, ...]) -> str:
    counts = Counter(row.capability.status for row in rows)
    choices = [("all", f"All {len(rows)}")] + [(s.lower(), f"{s} {counts[s]}") for s in STATUSES if counts[s]]
    radios = "".join(
        f'<label class="pg-tab"><input type="radio" name="pg-status" value="{value}"{" checked" if value == "all" else ""}>'
        f"{label}</label>"
        for value, label in choices
    )
    return (
        f'<div class="pg-filters"><fieldset class="pg-tabs pg-tabs--seg"><legend>Status</legend>{radios}</fieldset>'
        f'<input class="pg-field" type="search" placeholder="Filter by word" aria-label="Filter capabilities" '
        f'data-pg-filter="{TABLE}">'
        f'<a class="pg-quiet" href="{esc(context.href(CAPABILITIES + ".json"))}">As JSON</a></div>'
    )


def _table(context: Context, rows: tuple[Row, ...]) -> str:
    classes = ("", "", "", ' class="pg-num"', "", ' class="pg-opt"', ' class="pg-opt"')
    head = "".join(f'<th scope="col"{mark}>{name}</th>' for name, mark in zip(_HEAD, classes, strict=True))
    body = "\n".join(_row(context, row) for row in rows)
    return (
        f'<table class="pg-table" id="{TABLE}"><caption class="pg-vh">Capabilities of the platform and what proves them</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    )


def _row(context: Context, row: Row) -> str:
    capability = row.capability
    status = capability.status.lower()
    file = f'<a href="{esc(context.href(row.service.url))}">{esc(row.service.file)}</a>' if row.service else ""
    return (
        f'<tr data-s="{esc(status)}"><th scope="row">{esc(capability.name)}</th>'
        f"<td>{service_html(context, capability.service)}</td>"
        f'<td><span class="pg-tag" data-k="{esc(status)}">{esc(capability.status)}</span></td>'
        f'<td class="pg-num">{_proof(context, row)}</td><td>{evidence_html(usual(row.pages)[0])}</td>'
        f'<td class="pg-opt">{file}</td>'
        f'<td class="pg-opt">{organization_html(context.portal, capability.organization)}</td></tr>'
    )


def _proof(context: Context, row: Row) -> str:
    """A link to the service where all of it is the proof, else the operations themselves, folded."""
    count = operations(len(row.pages))
    if row.service is None or not row.pages:
        return count
    if row.whole:
        return f'<a href="{esc(context.href(row.service.url))}">{count}</a>'
    links = "".join(f'<li><a href="{esc(context.href(page.url))}">{esc(page.title)}</a></li>' for page in row.pages)
    return f"<details><summary>{count}</summary><ul>{links}</ul></details>"


def _markdown(context: Context, rows: tuple[Row, ...]) -> str:
    cells = (
        (
            md_text(row.capability.name),
            service_md(context, row.capability.service),
            row.capability.status,
            _proof_md(context, row),
            evidence_text(usual(row.pages)[0]),
            md_text(row.service.file) if row.service else "",
            organization_md(context.portal, row.capability.organization),
        )
        for row in rows
    )
    return f"# {TITLE}\n\n{LEAD}\n\n{table_md(_HEAD, cells)}"


def _proof_md(context: Context, row: Row) -> str:
    count = operations(len(row.pages))
    if row.whole or not row.pages:
        return count
    return count + ": " + ", ".join(local_md(context, page.title, page.url) for page in row.pages)
