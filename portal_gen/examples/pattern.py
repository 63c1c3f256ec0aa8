"""Regular expressions of ECMA-262, as `pattern` has them: read into a tree.

Unicode properties are read as the letters, digits and signs of Latin scripts, which is enough to make examples. What cannot
be read is `None`: nothing is then claimed about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]
LAST = 0x10FFFF
LONGEST = 5000
"""Characters of an expression that are read; no longer one is written by people."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of ranges of code points, or, if negated, any other."""

    ranges: tuple[Range, ...]
    negated: bool = False

    def has(self, char: str) -> bool:
        """Whether the character is one of them."""
        return any(low <= ord(char) <= high for low, high in self.ranges) is not self.negated


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, each a sequence. `number` counts capturing groups from 1; `look` is `=`, `!`, `<=` or `<!`."""

    branches: tuple[tuple[Node, ...], ...]
    number: int = 0
    look: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node, `low` to `high` times; `high` is None where there is no bound."""

    node: Node
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Assertion:
    """`^`, `$`, a word boundary: `text` is Python's notation."""

    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """What a capturing group matched, once more."""

    number: int


Node: TypeAlias = Chars | Group | Repeat | Assertion | Again

_DIGIT: tuple[Range, ...] = ((48, 57),)
_WORD: tuple[Range, ...] = ((97, 122), (65, 90), (48, 57), (95, 95))
_LINES: tuple[Range, ...] = ((0x2028, 0x2029), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF))
_SPACE: tuple[Range, ...] = ((32, 32), (9, 13), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), *_LINES, (0x202F, 0x202F))
_UPPER: tuple[Range, ...] = ((65, 90), (0xC0, 0xD6), (0xD8, 0xDE))
_LOWER: tuple[Range, ...] = ((97, 122), (0xDF, 0xF6), (0xF8, 0xFF))
_LETTER: tuple[Range, ...] = (
    *_LOWER,
    *_UPPER,
    (0x100, 0x24F),
    (0x370, 0x52F),
    (0x5D0, 0x5EA),
    (0x620, 0x64A),
    (0x3040, 0xD7A3),
)
_SIGN: tuple[Range, ...] = ((33, 47), (58, 64), (91, 96), (123, 126))
_PROPERTIES: Mapping[str, tuple[Range, ...]] = {
    **dict.fromkeys(("Lu", "Uppercase_Letter", "Uppercase"), _UPPER),
    **dict.fromkeys(("Ll", "Lowercase_Letter", "Lowercase"), _LOWER),
    **dict.fromkeys(("L", "Letter", "Alphabetic", "Alpha"), _LETTER),
    **dict.fromkeys(("N", "Nd", "Number", "Decimal_Number"), _DIGIT),
    **dict.fromkeys(("P", "Punctuation", "S", "Symbol"), _SIGN),
    **dict.fromkeys(("Z", "Zs", "Separator", "Space_Separator", "White_Space"), _SPACE),
    "Latin": _LETTER[:-3],
}
_SHORT = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROL = {"n": 10, "r": 13, "t": 9, "v": 11, "f": 12, "0": 0}
_BOUNDS = re.compile(r"\{(\d+)(,?)(\d*)\}")
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]+)\}|c([A-Za-z])")
_PROPERTY = re.compile(r"([pP])\{(?:\w+=)?(\w+)\}")


class _UnreadableError(Exception):
    """The expression uses something that is not known here."""


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    groups: int = 0
    depth: int = 0

    def take(self, token: str) -> bool:
        """Step over the token if it is next."""
        found = self.text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what the expression matches here."""
        found = expression.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def char(self) -> str:
        """The next character."""
        if self.at >= len(self.text):
            raise _UnreadableError
        self.at += 1
        return self.text[self.at - 1]


@lru_cache(maxsize=4096)
def read(pattern: str) -> Group | None:
    """The tree of an expression, or None where it cannot be read."""
    if len(pattern) > LONGEST:
        return None
    reader = _Reader(pattern)
    try:
        branches = _branches(reader)
    except _UnreadableError:
        return None
    return Group(branches) if reader.at == len(pattern) else None


def _branches(reader: _Reader) -> tuple[tuple[Node, ...], ...]:
    reader.depth += 1
    if reader.depth > 40:
        raise _UnreadableError
    found = [tuple(_sequence(reader))]
    while reader.take("|"):
        found.append(tuple(_sequence(reader)))
    reader.depth -= 1
    return tuple(found)


def _sequence(reader: _Reader) -> Iterator[Node]:
    while reader.at < len(reader.text) and reader.text[reader.at] not in "|)":
        yield _repeated(reader, _atom(reader))


def _repeated(reader: _Reader, node: Node) -> Node:
    bounds = reader.match(_BOUNDS)
    if bounds:
        low = int(bounds[1])
        high = low if not bounds[2] else int(bounds[3]) if bounds[3] else None
    elif reader.take("*"):
        low, high = 0, None
    elif reader.take("+"):
        low, high = 1, None
    elif reader.take("?"):
        low, high = 0, 1
    else:
        return node
    reader.take("?")
    return Repeat(node, low, high)


def _atom(reader: _Reader) -> Node:
    char = reader.char()
    if char == "(":
        return _group(reader)
    if char == "[":
        return _class(reader)
    if char == "\\":
        return _escape(reader)
    if char == ".":
        return Chars(((10, 10), (13, 13), (0x2028, 0x2029)), negated=True)
    if char in "^$":
        return Assertion("^" if char == "^" else r"\Z")
    if char in "*+?":
        raise _UnreadableError
    return Chars(((ord(char), ord(char)),))


def _group(reader: _Reader) -> Node:
    number, look = 0, ""
    if not reader.take("?:"):
        look = next((sign for sign in ("=", "!", "<=", "<!") if reader.take("?" + sign)), "")
        if not look:
            if reader.take("?<"):
                reader.match(re.compile(r"\w+>"))
            elif reader.take("?"):
                raise _UnreadableError
            reader.groups += 1
            number = reader.groups
    branches = _branches(reader)
    if not reader.take(")"):
        raise _UnreadableError
    return Group(branches, number, look)


def _escape(reader: _Reader) -> Node:
    digits = reader.match(re.compile(r"[1-9]"))
    if digits:
        return Again(int(digits[0]))
    if reader.take("b"):
        return Assertion(r"\b")
    if reader.take("B"):
        return Assertion(r"\B")
    return _escaped(reader)


def _escaped(reader: _Reader) -> Chars:
    """An escape that stands for characters, inside or outside of brackets; the backslash is behind the reader."""
    code = reader.match(_CODE)
    if code:
        point = ord(code[4]) % 32 if code[4] else int(code[1] or code[2] or code[3], 16)
        if point > LAST:
            raise _UnreadableError
        return Chars(((point, point),))
    named = reader.match(_PROPERTY)
    if named and named[2] not in _PROPERTIES:
        raise _UnreadableError
    if named:
        return Chars(_PROPERTIES[named[2]], negated=named[1] == "P")
    char = reader.char()
    if char.lower() in _SHORT:
        return Chars(_SHORT[char.lower()], negated=char.isupper())
    point = _CONTROL.get(char, ord(char))
    return Chars(((point, point),))


def _class(reader: _Reader) -> Chars:
    negated = reader.take("^")
    ranges: list[Range] = []
    while not reader.take("]"):
        low = _member(reader)
        follows = reader.text[reader.at : reader.at + 2]
        single = len(low) == 1 and low[0][0] == low[0][1]
        if single and follows[:1] == "-" and follows[1:] not in ("]", ""):
            reader.take("-")
            high = _member(reader)
            ranges.append((low[0][0], max(low[0][0], high[0][1])))
        else:
            ranges.extend(low)
    return Chars(tuple(ranges), negated)


def _member(reader: _Reader) -> tuple[Range, ...]:
    char = reader.char()
    if char != "\\":
        return ((ord(char), ord(char)),)
    if reader.take("b"):
        return ((8, 8),)
    chars = _escaped(reader)
    return tuple(others(chars.ranges)) if chars.negated else chars.ranges


def others(ranges: tuple[Range, ...]) -> Iterator[Range]:
    """The ranges of all other characters."""
    at = 0
    for low, high in sorted(ranges):
        if low > at:
            yield (at, low - 1)
        at = max(at, high + 1)
    if at <= LAST:
        yield (at, LAST)
