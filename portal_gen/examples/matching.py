"""Whether a text matches a pattern: a tree of ECMA-262 written in Python's notation, and never in exponential time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from portal_gen.examples.pattern import Again, Assertion, Chars, Group, Node, Repeat, others, read


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Python's expression for a pattern; None where there is none, or where it might take exponential time."""
    tree = read(pattern)
    if tree is None or _explosive(tree):
        return None
    try:
        return re.compile("|".join(map(_text, tree.branches)))
    except (re.error, OverflowError, RecursionError):
        return None


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text; True as well where that cannot be told."""
    expression = _compiled(pattern) if len(text) <= 1000 else None
    return expression is None or expression.search(text) is not None


def _text(nodes: tuple[Node, ...]) -> str:
    return "".join(map(_python, nodes))


def _python(node: Node) -> str:
    match node:
        case Chars(ranges, negated):
            inside = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
            empty = r"[\s\S]" if negated else r"(?!)"
            return f"[{'^' if negated else ''}{inside}]" if inside else empty
        case Group(branches, number, look):
            start = "(" if number else "(?" + (look or ":")
            return start + "|".join(map(_text, branches)) + ")"
        case Repeat(Assertion(), low, _):
            return _python(node.node) if low else ""
        case Repeat(inner, low, high):
            return f"(?:{_python(inner)}){{{low},{'' if high is None else high}}}"
        case Again(number):
            return f"\\{number}"
        case Assertion(text):
            return text


def _explosive(node: Node, fence: tuple[Chars, ...] | None = None) -> bool:
    """Whether matching may take exponential time: an unbounded repetition inside another that nothing keeps apart, or a
    repetition of alternatives that overlap. `fence`: what must stand between two turns of the repetition around the node."""
    if isinstance(node, Repeat):
        many = node.high is None or node.high > 20
        if many and fence is not None:
            return not (isinstance(node.node, Chars) and any(_apart((node.node, mark)) for mark in fence))
        return _explosive(node.node, () if many else fence)
    if not isinstance(node, Group):
        return False
    if fence is not None and len(node.branches) > 1 and not _told_apart(node):
        return True
    return any(_explosive(inner, _fence(fence, branch)) for branch in node.branches for inner in branch)


def _fence(fence: tuple[Chars, ...] | None, branch: tuple[Node, ...]) -> tuple[Chars, ...] | None:
    return None if fence is None else (*fence, *(node for node in branch if isinstance(node, Chars)))


def _told_apart(group: Group) -> bool:
    """Whether the first character decides between the branches."""
    chars = [branch[0] for branch in group.branches if branch and isinstance(branch[0], Chars)]
    return len(chars) == len(group.branches) and _apart(chars)


def _apart(sets: Sequence[Chars]) -> bool:
    """Whether no character is in two of the sets."""
    spans = sorted(span for chars in sets for span in (others(chars.ranges) if chars.negated else chars.ranges))
    return all(one[1] < other[0] for one, other in pairwise(spans))
