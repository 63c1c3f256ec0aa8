"""Services by abilities, as computed from the descriptions: counts that open the list of what proves them, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.portal.abilities import ABILITIES, Ability, AbilityRow
from portal_gen.portal.portal import OperationPage
from portal_gen.render.catalog_parts import first, local_md, method_html, operations, rest_html
from portal_gen.render.context import Context
from portal_gen.render.html import anchor, esc
from portal_gen.render.inline import md_text

ABILITIES_ID = "abilities"
TITLE = "Computed from the descriptions"
LEAD = "How many operations of a service prove that it can do something. A number opens the list of them."


def abilities_html(context: Context, rows: tuple[AbilityRow, ...]) -> str:
    """The matrix, its rules, and one list for each cell that has any proof."""
    shown = [index for index in range(len(ABILITIES)) if any(row.cells[index] for row in rows)]
    head = "".join(f'<th scope="col" class="pg-num">{esc(ABILITIES[index].name)}</th>' for index in shown)
    body = "\n".join(_row(context, row, shown) for row in rows)
    lists = "\n".join(_lists(context, rows))
    return (
        f'<section class="pg-sec" id="{ABILITIES_ID}"><div class="pg-sec__h"><h2>{TITLE}</h2></div>'
        f'<div class="pg-stack"><p class="pg-quiet">{LEAD}{esc(_absent(shown))}</p>{_rules()}'
        f'<div class="pg-scroll pg-scroll--few" tabindex="0" role="region" aria-label="{TITLE}"><table class="pg-table">'
        f'<thead><tr><th scope="col">Service</th>{head}</tr></thead><tbody>\n{body}</tbody></table></div></div>\n{lists}</section>'
    )


def _row(context: Context, row: AbilityRow, shown: list[int]) -> str:
    cells = "".join(f'<td class="pg-num">{_cell(row, index)}</td>' for index in shown)
    service = row.service
    return f'<tr><th scope="row"><a href="{esc(context.href(service.url))}">{esc(service.name)}</a></th>{cells}</tr>'


def _cell(row: AbilityRow, index: int) -> str:
    pages = row.cells[index]
    if not pages:
        return ""
    label = f"{row.service.name}, {ABILITIES[index].name}: {operations(len(pages))}"
    return (
        f'<button class="pg-count" type="button" popovertarget="{_id(row, ABILITIES[index])}" '
        f'aria-label="{esc(label)}">{len(pages):,}</button>'
    )


def _id(row: AbilityRow, ability: Ability) -> str:
    return esc(anchor(ABILITIES_ID, row.service.id, ability.id))


def _lists(context: Context, rows: tuple[AbilityRow, ...]) -> Iterator[str]:
    """What the numbers open. A browser that knows no popovers shows the lists below the table."""
    for row in rows:
        for ability, pages in zip(ABILITIES, row.cells, strict=True):
            if pages:
                items = "".join(f"<li>{_proof(context, page)}</li>" for page in first(pages))
                left = rest_html(context, pages)
                items += f"<li>{left}</li>" if left else ""
                yield (
                    f'<div class="pg-proof" id="{_id(row, ability)}" popover><h3>{esc(row.service.name)}: {esc(ability.name)}</h3>'
                    f"<ul>{items}</ul></div>"
                )


def _proof(context: Context, page: OperationPage) -> str:
    method = method_html(page.operation.method) if page.operation.method else ""
    return f'{method} <a href="{esc(context.href(page.url))}">{esc(page.title)}</a>'


def _rules() -> str:
    terms = "".join(f"<dt>{esc(ability.name)}</dt><dd>{esc(ability.rule)}</dd>" for ability in ABILITIES)
    return f'<details><summary>How it is computed</summary><dl class="pg-facts">{terms}</dl></details>'


def _absent(shown: list[int]) -> str:
    names = [ability.name for index, ability in enumerate(ABILITIES) if index not in shown]
    return f" No description shows {', '.join(names).lower()}." if names else ""


def abilities_md(context: Context, rows: tuple[AbilityRow, ...]) -> str:
    """The same as Markdown: the rules, then each service with its abilities and what proves them."""
    rules = "\n".join(f"- {ability.name}: {md_text(ability.rule)}" for ability in ABILITIES)
    services = "\n".join(_service_md(context, row) for row in rows)
    return f"## {TITLE}\n\n{LEAD.partition('. ')[0]}.\n\n{rules}\n\n{services}"


def _service_md(context: Context, row: AbilityRow) -> str:
    lines = [
        f"- {ability.name}, {operations(len(pages))}: " + ", ".join(local_md(context, page.title, page.url) for page in pages)
        for ability, pages in zip(ABILITIES, row.cells, strict=True)
        if pages
    ]
    return f"### {md_text(row.service.name)}\n\n" + "\n".join(lines or ["None of these."]) + "\n"
