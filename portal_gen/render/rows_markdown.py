"""Blocks and rows as Markdown lists with dotted names: the twin of `rows_html`.

Nothing that a description says can break the structure: its Markdown is put on one line of its own words, its values into code
spans fenced well enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from portal_gen.render.blocks import Block, Part, Row, Shapes, Stencil, Values
from portal_gen.render.html import MARK
from portal_gen.render.inline import joined, md_code, md_text, to_markdown
from portal_gen.render.markdown import plain

_PLAIN = re.compile(rf"{MARK}?[\w.-]+|{MARK}")
"""Names that stand in code as they are."""
DEEPEST = 8
"""Levels of list that are indented; deeper ones go on at the same indentation, with their whole dotted name."""


def rows_markdown(rows: Sequence[Row], level: int = 0, above: str = "") -> Iterator[str]:
    """One list item for each row, its children after it."""
    pad = "  " * min(level, DEEPEST)
    for row in rows:
        own = row.name.replace(MARK, " ")
        name = f"{above}.{own}" if above else own
        shown = md_text(name) if row.quiet_name and not above else _code(name)
        yield f"{pad}- {shown}{_about(row)}"
        block = row.block
        if block.rows or block.shapes or block.parts:
            yield from block_markdown(block, level + 1, name)


def _code(name: str) -> str:
    """A dotted name as code; MARK, which may begin it, stays."""
    if not name.startswith(MARK):
        return md_code(name)
    code = md_code(name[1:])
    end = code.index(".")
    return code[:end] + MARK + code[end:]


def _about(row: Row) -> str:
    block = row.block
    kind = [block.drawn.type_markdown if block.drawn else to_markdown(block.type)] if block.type else []
    marks = ", ".join([*kind, *row.flags])
    text = text_of(block)
    return (f" ({marks})" if marks else "") + (f": {text}" if text else "")


def text_of(block: Block) -> str:
    """Description, values, rules and notes on one line."""
    if block.drawn:
        return block.drawn.text
    parts = [md_text(_ended(plain(text))) for text in (block.description, *block.more) if text]
    if block.values:
        parts.append(_values(block.values))
    if block.rules:
        parts.append(to_markdown(joined(block.rules, "; ")) + ".")
    parts += [to_markdown(note) + "." for note in block.notes]
    if block.extras:
        parts.append(to_markdown(joined(block.extras, "; ")))
    return " ".join(parts)


def _ended(words: str) -> str:
    """Words with a full stop, so that what follows on the line does not read as part of them."""
    return words if not words or words[-1] in ".!?…:;)" else words + "."


def _values(found: Values) -> str:
    values = [
        md_code(value.text) + (f" ({md_text(plain(value.description))})" if value.description else "") for value in found.values
    ]
    return f"{found.label} {', '.join(values)}."


def block_markdown(block: Block, level: int = 0, above: str = "") -> Iterator[str]:
    """What stands inside a schema: rows, variants, conditions. Its own words stand in the line before."""
    if block.inside is not None and (not above or _PLAIN.fullmatch(above)):
        yield from _stamped(block.inside.stencil, min(level, DEEPEST), above)
        return
    yield from rows_markdown(block.rows, level, above)
    for group in block.shapes:
        yield from _shapes(group, level, above)
    for part in block.parts:
        yield from _part(part, level, above)


def _stamped(stencil: Stencil, level: int, above: str) -> Iterator[str]:
    key = (level, bool(above))
    if key not in stencil.markdown:
        stencil.markdown[key] = "\n".join(block_markdown(stencil.block, level, MARK if above else ""))
    if text := stencil.markdown[key]:
        yield text.replace(MARK, above) if above else text


def _shapes(group: Shapes, level: int, above: str) -> Iterator[str]:
    pad = "  " * min(level, DEEPEST)
    yield f"{pad}- {group.label} {len(group.shapes)} shapes:"
    for shape in group.shapes:
        text = text_of(shape.block)
        name = to_markdown(shape.name)
        same = name in (shape.title, md_text(shape.title))
        yield f"{pad}  - {md_text(shape.title)}{'' if same else f' ({name})'}{f': {text}' if text else ''}"
        yield from block_markdown(shape.block, level + 2, above)


def _part(part: Part, level: int, above: str) -> Iterator[str]:
    pad = "  " * min(level, DEEPEST)
    text = text_of(part.block)
    kind = to_markdown(part.block.type)
    yield f"{pad}- {to_markdown(part.label)}: {kind}{f'. {text}' if text else ''}"
    yield from block_markdown(part.block, level + 1, above)


def whole_markdown(block: Block) -> Iterator[str]:
    """A schema in place with its own words first."""
    text = text_of(block)
    kind = to_markdown(block.type)
    if text or (kind and not block.rows):
        yield f"{kind}{': ' if kind and text else ''}{text}"
        yield ""
    yield from block_markdown(block)
