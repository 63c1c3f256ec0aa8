"""Blocks and rows as HTML: names left, meanings right, children folded but in the document."""

from __future__ import annotations

from collections.abc import Sequence

from portal_gen.render.blocks import FLAGS, Block, Part, Row, Shapes, Value, Values
from portal_gen.render.html import esc, moved, plural
from portal_gen.render.inline import Inline, Quiet, capital, joined, to_html
from portal_gen.render.markdown import inline
from portal_gen.render.parts import prose
from portal_gen.render.phrases import words

CHIPS = 12
"""Values of an enumeration that are shown before the rest is folded."""
SEGMENTS = 4
"""Variants that fit a segmented control."""
SWITCHED = 12
"""Variants that the style sheet can switch between."""
_FLAGS = {key: f'<span class="pg-flag" data-k="{key}">{word}</span>' for key, word in FLAGS.items()}
_LONG = 22


def flag(key: str) -> str:
    """One flag."""
    return _FLAGS[key]


def rows_html(rows: Sequence[Row]) -> str:
    """A list of rows. Where many names are long the name column is wider."""
    if not rows:
        return ""
    long = sum(len(row.name) > _LONG for row in rows)
    wide = " pg-rows--wide" if long * 5 > len(rows) else ""
    out = [f'<ul class="pg-rows{wide}">\n']
    for row in rows:
        _row(out, row)
    out.append("</ul>\n")
    return "".join(out)


def _row(out: list[str], row: Row) -> None:
    block = row.block
    name = esc(row.name)
    kind = block.drawn.type_html if block.drawn else to_html(block.type)
    marks = "".join([_FLAGS[key] for key in row.flags])
    out.append(
        f'<li class="pg-row" id="{row.id}"><div><div class="pg-name"><a href="#{row.id}">'
        f"{f'<i>{name}</i>' if row.quiet_name else name}</a></div>"
        f'<div class="pg-type"><span>{kind}</span>{marks}</div></div>\n'
        f'<div class="pg-desc">{meaning_html(block)}'
    )
    if not (block.rows or block.shapes or block.parts):
        out.append("</div></li>\n")
        return
    wide = _needs_room(block)
    rows, shapes, parts = _inside_html(block)
    if not wide:
        out.append(shapes)
    out.append("</div>")
    if block.rows or block.parts or wide:
        out.append('\n<div class="pg-kids">\n')
        out.append(_kids_html(block, row.depth, rows))
        if wide:
            out.append(shapes)
        out.append(parts)
        out.append("</div>")
    out.append("</li>\n")


def _needs_room(block: Block) -> bool:
    """Whether the variants have fields of their own, so that they do not fit the column of meanings."""
    return any(shape.block.rows or shape.block.parts or shape.block.shapes for group in block.shapes for shape in group.shapes)


def _inside_html(block: Block) -> tuple[str, str, str]:
    """Rows, shapes and parts."""
    if block.inside is None:
        return rows_html(block.rows), _shapes_html(block), parts_html(block.parts)
    stencil, at, groups = block.inside
    if stencil.html is None:
        stencil.html = _inside_html(stencil.block)
    if at == stencil.at and groups == stencil.groups:
        return stencil.html
    rows, shapes, parts = [html and moved(html, stencil.at, at, groups - stencil.groups) for html in stencil.html]
    return rows, shapes, parts


def _kids_html(block: Block, depth: int, rows: str) -> str:
    if not block.rows:
        return ""
    names = esc(", ".join([row.name for row in block.rows[:12]]))
    opened = " open" if depth == 0 and len(block.rows) <= 40 else ""
    count = plural(len(block.rows), "field")
    return f"<details{opened}><summary><b>{count}</b><span>{names}</span></summary>\n{rows}</details>"


def block_html(block: Block) -> str:
    """A schema in place, without a name: what it means, then its rows and variants."""
    about = meaning_html(block)
    out = [f'<div class="pg-desc pg-pad">{about}</div>\n'] if about else []
    return "".join([*out, *_inside_html(block)])


def meaning_html(block: Block) -> str:
    """The right side of a row: description, values, one line of rules, notes, unknown keywords."""
    if block.drawn:
        return block.drawn.meaning_html
    out = [prose(block.description)] if block.description else []
    for text in block.more:
        out.append(prose(text))
    if block.values:
        out.append(_values_html(block.values))
    if block.rules:
        out.append(f'<p class="pg-rule">{to_html(capital(joined(block.rules)))}</p>')
    for note in block.notes:
        out.append(f'<p class="pg-rule">{to_html(note)}</p>')
    if block.extras:
        out.append(f'<p class="pg-rule">{to_html(joined(block.extras))}</p>')
    return "".join(out)


def _values_html(found: Values) -> str:
    values = found.values
    if any(value.description for value in values):
        items = "".join([f"<dt>{_chip(value)}</dt><dd>{inline(value.description)}</dd>" for value in values])
        return f'\n<div class="pg-enum"><span class="pg-rule">{found.label}</span></div><dl class="pg-enumlist">{items}</dl>'
    first, rest = values[:CHIPS], values[CHIPS:]
    chips = "".join([_chip(value) for value in first])
    html = f'\n<div class="pg-enum"><span class="pg-rule">{found.label}</span>{chips}</div>'
    if rest:
        more = "".join([_chip(value) for value in rest])
        html += f'<details class="pg-more"><summary>Show {len(rest):,} more</summary><div class="pg-enum">{more}</div></details>'
    return html


def _chip(value: Value) -> str:
    return f'<code id="{value.id}">{esc(value.text)}</code>'


def _shapes_html(block: Block) -> str:
    return "".join([_group_html(group) for group in block.shapes])


def _group_html(group: Shapes) -> str:
    """Radios and panels; a segmented control up to four variants. More than the style sheet can switch are folded one by one."""
    if len(group.shapes) > SWITCHED:
        return _list_html(group)
    panels = [
        f'<div class="pg-panel" id="{shape.id}" data-label="{esc(shape.title)}">'
        f"{_variant(shape.name, shape.title, shape.block)}</div>\n"
        for shape in group.shapes
    ]
    tabs = tabs_html(group.label, group.group, [esc(shape.title) for shape in group.shapes])
    return f'<div class="pg-seg pg-pick">\n{tabs}\n{"".join(panels)}</div>'


def tabs_html(legend: str, group: str, labels: Sequence[str]) -> str:
    """Radios that choose one of the panels after them. `labels` are HTML."""
    few = len(labels) <= SEGMENTS
    tab = '<label class="pg-tab">' if few else "<label>"
    items = [
        f'{tab}<input type="radio" name="{group}"{"" if index else " checked"}>{label}</label>'
        for index, label in enumerate(labels)
    ]
    return (
        f'<fieldset class="{"pg-tabs pg-tabs--seg" if few else "pg-shapes"}"><legend>{legend}</legend>{"".join(items)}</fieldset>'
    )


def _list_html(group: Shapes) -> str:
    items = "".join(
        [
            f'<details class="pg-ans" id="{shape.id}"><summary><b>{esc(shape.title)}</b></summary>'
            f"<div>{_variant(shape.name, shape.title, shape.block)}</div></details>\n"
            for shape in group.shapes
        ]
    )
    return f'<p class="pg-rule pg-pad">{group.label} {len(group.shapes)} shapes</p>\n{items}'


def _variant(name: Inline, title: str, block: Block) -> str:
    said = words(name) == title and all(isinstance(span, str | Quiet) for span in name)
    head = "" if said else f'<p class="pg-rule">{to_html(name)}</p>'
    return head + block_html(block)


def parts_html(parts: Sequence[Part]) -> str:
    """Conditions, negations and the like: a label, then the schema on the same line where it is short."""
    return "".join(
        [
            f'<div class="pg-cond" id="{part.id}"><p class="pg-rule">{to_html(part.label)} {_short(part.block)}</p>'
            f"{block_html(part.block)}</div>\n"
            for part in parts
        ]
    )


def _short(block: Block) -> str:
    return "" if block.rows or block.type == ("any value",) else to_html(block.type)
