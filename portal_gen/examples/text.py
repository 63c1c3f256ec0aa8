"""Texts: from a property's name, a format, a pattern and a length to a text that has all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from portal_gen.examples.formats import EXAMPLES, has_format
from portal_gen.examples.matching import matches
from portal_gen.examples.pattern import LAST, Again, Assertion, Chars, Group, Node, Repeat, read
from portal_gen.examples.words import word_text, words

_READABLE = "abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@ +=,;!?#$%&*()[]{}<>|~^'\"`\\"
_LONGEST = 4000
MOST = 20_000
"""Characters that are made even if more are asked for."""
_SHORT = (("@", "a@a.example"), ("https://", "https://a.example"))
_STYLES = ((0, 1, 0), (26, 1, 1), (0, 9, 2), (3, 1, 3), (0, 13, 0), (36, 5, 1))
"""How a pattern is written out: the first character of each class, the step to the next, the branch of alternatives."""


def texts(name: str, format: str, pattern: str, shortest: int, longest: int | None, turn: int) -> Iterator[str]:
    """Candidates, best first; each has the length asked for, most have the format and the pattern. `turn` counts from 0 and
    gives other texts for other items of one list."""
    tried: set[str] = set()
    shortest = min(shortest, MOST)
    limit = longest if longest is not None else max(_LONGEST, shortest)
    for text in _wishes(name, format, pattern, shortest, limit, turn):
        fitting = text if shortest <= len(text) <= limit else _stretched(text, shortest, limit)
        if fitting not in tried and (not pattern or matches(pattern, fitting)):
            tried.add(fitting)
            yield fitting


def _wishes(name: str, format: str, pattern: str, shortest: int, longest: int, turn: int) -> Iterator[str]:
    """Texts that may yet have to be cut or stretched, and may not match."""
    readable = [EXAMPLES[format]] if format in EXAMPLES else []
    named = word_text(words(name))
    if named is not None and (not format or has_format(named, format)):
        readable.insert(0, named)
    if not readable:
        readable.append("-".join(("example", *words(name))))
    if not pattern:
        yield from (numbered(text, format, turn) for text in readable)
        yield from (numbered(text, format, turn + 1) for text in readable)
        return
    yield from readable[: 1 if turn == 0 else 0]
    for style in range(len(_STYLES)):
        yield from samples(pattern, shortest, longest, turn, style)


def numbered(text: str, format: str, turn: int) -> str:
    """The text for another item: the last number in it counted up, or a number put behind it, before the @."""
    if turn == 0:
        return text
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    if digits and (format or text[-1:].isdigit()):
        at = digits[-1]
        start = at
        while start > 0 and text[start - 1].isdigit() and at - start < 8:
            start -= 1
        width = at + 1 - start
        return f"{text[:start]}{(int(text[start : at + 1]) + turn) % 10**width:0{width}d}{text[at + 1 :]}"
    head, mark, tail = text.partition("@")
    return f"{head}{'' if mark or not head else '-'}{turn + 1}{mark}{tail}"


def _stretched(text: str, shortest: int, longest: int) -> str:
    """The text cut or lengthened to the length asked for; an address stays one as long as there is room."""
    missing = shortest - len(text)
    if missing > 0 and "@" in text:
        return "a" * missing + text
    if missing > 0 and "://" in text:
        return text + "a" * missing
    if missing > 0:
        return (text * (shortest // max(len(text), 1) + 1) or "a" * shortest)[:shortest]
    short = next((other for mark, other in _SHORT if mark in text and shortest <= len(other) <= longest), text[:longest])
    cut = short.rstrip("-_ .")
    return cut if len(cut) >= shortest else short


@lru_cache(maxsize=4096)
def samples(pattern: str, shortest: int, longest: int, turn: int, style: int = 0) -> tuple[str, ...]:
    """Texts that match the pattern and have a length between the two, as far as they are found in a fixed number of tries."""
    tree = read(pattern)
    if tree is None:
        return ()
    found: dict[str, None] = {}
    for extra in (5, 3, 2, 1, 0, 8, 12, 16, 20, 24, 32, 36, 64, shortest, max(shortest - 1, 0)):
        text = _Writer(min(extra, _LONGEST), turn, style).write(tree)
        if shortest <= len(text) <= longest and matches(pattern, text):
            found[text] = None
    return tuple(found)


class _Writer:
    """Writes one text for a tree: `extra` more turns than an unbounded repetition needs, in one of the styles."""

    def __init__(self, extra: int, turn: int, style: int) -> None:
        self.extra = extra
        self.turn = turn
        self.start, self.step, self.choice = _STYLES[style]
        self.captured: dict[int, str] = {}
        self.length = 0

    def write(self, node: Node, turn: int = 0) -> str:
        """The text for a node, in its given turn of a repetition around it."""
        match node:
            case Chars():
                self.length += 1
                return _char(node, self.start + self.turn + turn * self.step)
            case Group(branches, number, look):
                if look:
                    return ""
                text = "".join(self.write(inner, turn) for inner in branches[(self.choice + self.turn) % len(branches)])
                self.captured[number] = text
                return text
            case Repeat(inner, low, high):
                return "".join(self.write(inner, index) for index in range(self.count(low, high)) if self.length < _LONGEST)
            case Again(number):
                return self.captured.get(number, "")
            case Assertion():
                return ""

    def count(self, low: int, high: int | None) -> int:
        """How often to repeat."""
        return min(low + self.extra, _LONGEST) if high is None else min(high, low + self.extra)


@lru_cache(maxsize=1024)
def _choices(chars: Chars) -> str:
    readable = "".join(char for char in _READABLE if chars.has(char))
    if readable:
        return readable
    return "".join(chr(low) for low, _ in chars.ranges if not 0xD800 <= low < 0xE000) if not chars.negated else _other(chars)


def _other(chars: Chars) -> str:
    return next((chr(point) for point in range(0xA0, LAST) if chars.has(chr(point))), "")


def _char(chars: Chars, index: int) -> str:
    choices = _choices(chars)
    return choices[index % len(choices)] if choices else ""
