"""The lines of the route map as a tree by path segment, folded where nothing needs attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal_gen.portal.routes import Line, RouteMap
from portal_gen.render.catalog_parts import evidence_html, methods_html, service_html
from portal_gen.render.context import Context
from portal_gen.render.html import esc, plural

TREE = "routes"


@dataclass(slots=True)
class _Node:
    """Lines that end here, and the segments below."""

    lines: list[Line] = field(default_factory=list)
    below: dict[str, _Node] = field(default_factory=dict)

    def all(self) -> Iterator[Line]:
        """The lines here and below."""
        yield from self.lines
        for node in self.below.values():
            yield from node.all()


def tree_html(context: Context, found: RouteMap) -> str:
    """The whole tree."""
    root = _Node()
    for line in found.lines:
        node = root
        for segment in [part for part in line.path.split("/")[1:] if part]:
            node = node.below.setdefault("/" + segment, _Node())
        node.lines.append(line)
    doubtful = {line.path for overlap in found.overlaps if overlap.general.evidence != "server" for line in overlap.specific}
    doubtful |= {overlap.general.path for overlap in found.overlaps} | {line.path for line in found.changed}
    return f'<ul class="pg-tree" id="{TREE}">{"".join(_children(context, root, "/", doubtful, 0))}</ul>'


def _children(context: Context, node: _Node, label: str, doubtful: set[str], depth: int) -> Iterator[str]:
    """Lines at this node, then what lies below it."""
    for line in node.lines:
        yield f"<li>{_leaf(context, line, label, doubtful)}</li>\n"
    for segment, child in node.below.items():
        yield from _branch(context, child, segment, doubtful, depth)


def _branch(context: Context, node: _Node, label: str, doubtful: set[str], depth: int) -> Iterator[str]:
    """A fold over several lines; a single line, or a chain without a fork, stands on one row."""
    while not node.lines and len(node.below) == 1:
        segment, node = next(iter(node.below.items()))
        label += segment
    lines = list(node.all())
    if not node.below:
        for line in lines:
            yield f"<li>{_leaf(context, line, label, doubtful)}</li>\n"
        return
    opened = " open" if (depth < 1 and len(lines) > 3) or any(line.path in doubtful for line in lines) else ""
    summary = f'<span class="pg-path">{esc(label)}</span><span class="pg-quiet">{plural(len(lines), "line")}</span>'
    inner = "".join(_children(context, node, "/", doubtful, depth + 1))
    yield f'<li><details{opened}><summary class="pg-leaf">{summary}</summary><ul>{inner}</ul></details></li>\n'


def _leaf(context: Context, line: Line, label: str, doubtful: set[str]) -> str:
    clash = " data-clash" if line.path in doubtful else ""
    backend = f' <span class="pg-quiet">by {esc(line.backend)}</span>' if line.backend else ""
    return (
        f'<div class="pg-leaf"{clash} title="{esc(line.path)}"><span class="pg-path">{esc(label)}</span>'
        f"{methods_html(line.methods)}<span>{service_html(context, line.service)}{backend}</span>{evidence_html(line.evidence)}"
        f'<span class="pg-quiet pg-opt">{count(line)}</span></div>'
    )


def count(line: Line) -> str:
    """How many operations a line leads to; a question mark where only the prefix is known."""
    if line.pages:
        return f"{len(line.pages):,} ops"
    return f"{len(line.unconfirmed):,} ops?" if line.unconfirmed else "no op"
