"""The page of a named schema: its fields, an example, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal_gen.portal.portal import SchemaPage, Service, Use
from portal_gen.render.blocks import Block
from portal_gen.render.cards import Sample, card
from portal_gen.render.context import Context, Page
from portal_gen.render.examples import schema_sample
from portal_gen.render.html import MARK, esc, plural, settled
from portal_gen.render.inline import md_block, md_code, md_text, to_html, to_markdown
from portal_gen.render.markdown import plain
from portal_gen.render.parts import OPEN_ALL, crumbs, method, opening, place, reference_crumbs, section
from portal_gen.render.rows import block, flags, titled
from portal_gen.render.rows_html import block_html, flag
from portal_gen.render.rows_markdown import whole_markdown
from portal_gen.render.scope import Scope
from portal_gen.render.twins import document, prose

USES = 500
"""Operations that a schema's page lists as its uses; the rest is counted."""


def schema_page(context: Context, service: Service, page: SchemaPage, end: str = "") -> Page:
    """Everything that the description says about a named schema; `end` is HTML that a site adds."""
    scope = Scope(context, service)
    name, schema = page.named.name, page.named.schema
    at = scope.claim("fields")
    with scope.showing(page.named.key, MARK + at):
        found = titled(scope, schema, name, block(scope, schema, MARK + at))
    sample = schema_sample(scope, schema)
    lead, rest = opening(found.description)
    marks = flags(scope.reading.view(schema), False)
    html = "".join(
        [
            '<div class="pg"><div class="pg-op">\n<header class="pg-main pg-top">\n',
            crumbs(scope, [*reference_crumbs(scope), ("Schemas", scope.href(service.url) + "#schemas")]),
            f"<h1>{esc(name)}{''.join([' ' + flag(mark) for mark in marks])}</h1>",
            lead,
            "</header>\n",
            _aside(scope, name, sample),
            '<div class="pg-main">\n',
            rest,
            _fields(scope, at, found),
            _used(scope, page),
            end,
            f'<p class="pg-quiet">Described in {place(scope, page.named.location)}.</p>\n</div></div></div>',
        ]
    )
    twin = document(_twin(scope, page, found, sample[0] if sample else ""))
    summary = plain(found.description, 160) or f"Schema {name} of {service.name}"
    return Page(
        name,
        summary,
        settled(html),
        twin,
        (("Fields", at, 2), *((("Used by", "used", 2),) if page.used_by or page.part_of else ())),
    )


def _fields(scope: Scope, at: str, found: Block) -> str:
    inner = block_html(found.but(description=""))
    required = sum("required" in row.flags for row in found.rows)
    beside = (
        f'<span class="pg-quiet">{plural(len(found.rows), "field")}, {required or "none"} required</span>' if found.rows else ""
    )
    beside += f"<code>{to_html(found.type)}</code>"
    if "<details" in inner:
        beside += OPEN_ALL
    title = "Fields" if found.rows else "Value"
    return section(at, title, inner or '<p class="pg-quiet pg-pad">The description says nothing more about it.</p>\n', beside)


def _aside(scope: Scope, name: str, sample: tuple[str, str, str] | None) -> str:
    if sample is None:
        return ""
    shown = Sample('<span class="pg-label">Example</span>', sample[1], f"Example of {name}", (sample[2],))
    inner = card(scope, "Example", "Example", [shown])
    return f'<aside class="pg-side" aria-label="Example">\n<div class="pg-stick">\n{inner}</div>\n</aside>\n'


def _used(scope: Scope, page: SchemaPage) -> str:
    used = _by_page(page.used_by)
    operations = "".join([_operation(scope, url, places) for url, places in list(used.items())[:USES]])
    if len(used) > USES:
        operations += f'<li class="pg-quiet">{len(used) - USES:,} more operations</li>\n'
    schemas = "".join([_schema(scope, use) for use in page.part_of])
    inner = (f'<ul class="pg-ops pg-pad">\n{operations}</ul>\n' if operations else "") + (
        f'<ul class="pg-ops pg-pad">\n{schemas}</ul>\n' if schemas else ""
    )
    counts = [plural(len(uses), noun) for uses, noun in ((used, "operation"), (page.part_of, "schema")) if uses]
    return section(scope.claim("used"), "Used by", inner, f'<span class="pg-quiet">{", ".join(counts)}</span>')


def _by_page(uses: Sequence[Use]) -> dict[str, str]:
    """The places of a schema in each operation, by the URL of its page: one that is every error's is used eight times in each."""
    found: dict[str, list[str]] = {}
    for use in uses:
        found.setdefault(use.url, []).append(use.place)
    return {url: ", ".join(places) for url, places in found.items()}


def _operation(scope: Scope, url: str, places: str) -> str:
    page = scope.reading.page(url)
    mark, title = (method(page.operation.method), page.title) if page else ("<span></span>", url)
    return f'<li><a href="{esc(scope.href(url))}">{mark}<span>{esc(title)}</span><code>{esc(places)}</code></a></li>\n'


def _schema(scope: Scope, use: Use) -> str:
    name = scope.reading.schema_name(use.url)
    at = f"<code>{esc(use.place)}</code>" if use.place else "<span></span>"
    return f'<li><a href="{esc(scope.href(use.url))}"><span></span><span>{esc(name)}</span>{at}</a></li>\n'


def _twin(scope: Scope, page: SchemaPage, found: Block, sample: str) -> Iterator[str]:
    named = page.named
    yield from (f"# {md_text(named.name)}", "")
    marks = flags(scope.reading.view(named.schema), False)
    yield f"Schema of {md_text(scope.service.name)}{', ' + ', '.join(marks) if marks else ''}: {to_markdown(found.type)}"
    if found.description:
        yield from ("", prose(found.description))
    yield from ("", "## Fields" if found.rows else "## Value", "")
    yield from whole_markdown(found.but(description=""))
    if sample:
        yield from ("", "## Example", "", md_block(sample, "json"))
    yield from _uses(scope, page.used_by, page.part_of)
    yield from ("", f"Described in {md_text(scope.service.path_of(named.location))}, line {named.location.line}.")


def _uses(scope: Scope, operations: Sequence[Use], schemas: Sequence[Use]) -> Iterator[str]:
    if operations or schemas:
        yield from ("", "## Used by", "")
    used = _by_page(operations)
    for url, places in list(used.items())[:USES]:
        page = scope.reading.page(url)
        yield f"- [{md_text(page.title if page else url)}]({scope.href(url)}): {md_code(places)}"
    if len(used) > USES:
        yield f"- {len(used) - USES:,} more operations"
    for use in schemas:
        at = f": {md_code(use.place)}" if use.place else ""
        yield f"- [{md_text(scope.reading.schema_name(use.url))}]({scope.href(use.url)}){at}"
