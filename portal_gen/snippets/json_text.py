"""JSON trees as text: JSON itself, and the literals of languages that can say the same thing.

Numbers are copied from their lexemes, never computed. Layout: two spaces, a container on one line where that fits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from portal_gen.snippets.quote import Quoting, json_string
from portal_gen.spec.tree import Decimal, Json

Kind: TypeAlias = Literal["plain", "string", "number", "keyword", "constant", "name", "comment"]
Span: TypeAlias = tuple[Kind, str]

WIDTH = 60
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language writes a JSON value. `trailing` says whether a last comma is usual, `step` is its indentation, `keys`
    lists keys that need a form of their own."""

    string: Quoting
    true: str = "true"
    false: str = "false"
    null: str = "null"
    trailing: bool = False
    step: int = 2
    keys: tuple[tuple[str, str], ...] = ()

    def key(self, text: str) -> str:
        """A member's name."""
        for odd, written in self.keys:
            if odd == text:
                return written
        return self.string(text)


JSON = Dialect(json_string)


def lexeme(number: int | float) -> str:
    """A number as JSON writes it. What JSON cannot say (infinity, not a number) is `null`."""
    if isinstance(number, Decimal):
        if _NUMBER.fullmatch(number.lexeme):
            return number.lexeme
        number = float(number)
    if isinstance(number, float) and not math.isfinite(number):
        return "null"
    return repr(number)


def json_text(value: Json, indent: int = 0) -> str:
    """JSON, laid out; lines after the first are moved right by `indent`."""
    out: list[Span] = []
    spread(value, JSON, indent, indent, out)
    return "".join([text for _, text in out])


def compact_json(value: Json) -> str:
    """JSON on one line."""
    out: list[Span] = []
    flat(value, JSON, 1 << 53, out)
    return "".join([text for _, text in out])


def scalar(value: Json, dialect: Dialect) -> Span:
    """A value that is neither list nor mapping."""
    if isinstance(value, str):
        return ("string", dialect.string(value))
    if value is True:
        return ("constant", dialect.true)
    if value is False:
        return ("constant", dialect.false)
    if isinstance(value, int | float):
        text = lexeme(value)
        return ("constant", dialect.null) if text == "null" else ("number", text)
    return ("constant", dialect.null)


def flat(value: Json, dialect: Dialect, room: int, out: list[Span]) -> int:
    """Append the value on one line; what is left of `room`, or a negative number as soon as it is exceeded."""
    if isinstance(value, Mapping):
        return _flat_mapping(value, dialect, room, out)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _flat_list(value, dialect, room, out)
    span = scalar(value, dialect)
    out.append(span)
    return room - len(span[1])


def _flat_mapping(value: Mapping[str, Json], dialect: Dialect, room: int, out: list[Span]) -> int:
    opening = "{"
    room -= 2
    for key, item in value.items():
        written = dialect.key(key)
        out += (("plain", opening), ("string", written), ("plain", ": "))
        room = flat(item, dialect, room - len(written) - 2, out)
        if room < 0:
            return room
        opening = ", "
        room -= 2
    out.append(("plain", "}" if value else "{}"))
    return room + 2 if value else room


def _flat_list(value: Sequence[Json], dialect: Dialect, room: int, out: list[Span]) -> int:
    opening = "["
    room -= 2
    for item in value:
        out.append(("plain", opening))
        room = flat(item, dialect, room, out)
        if room < 0:
            return room
        opening = ", "
        room -= 2
    out.append(("plain", "]" if value else "[]"))
    return room + 2 if value else room


def spread(value: Json, dialect: Dialect, column: int, indent: int, out: list[Span]) -> None:
    """Append the value that begins at `column`, on one line where it fits, else with its items moved right by a step."""
    mark = len(out)
    fits = flat(value, dialect, WIDTH - column, out) >= 0
    if fits or not isinstance(value, Mapping | Sequence) or isinstance(value, str) or not value:
        return
    del out[mark:]
    inner = indent + dialect.step
    pad = " " * inner
    opening = ("{\n" if isinstance(value, Mapping) else "[\n") + pad
    if isinstance(value, Mapping):
        for key, item in value.items():
            written = dialect.key(key)
            out += (("plain", opening), ("string", written), ("plain", ": "))
            spread(item, dialect, inner + 2 + len(written), inner, out)
            opening = ",\n" + pad
    else:
        for item in value:
            out.append(("plain", opening))
            spread(item, dialect, inner, inner, out)
            opening = ",\n" + pad
    closing = "}" if isinstance(value, Mapping) else "]"
    out.append(("plain", ("," if dialect.trailing else "") + "\n" + " " * indent + closing))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a language's own literals carry through its JSON writer without a change.

    `digits` is the most that an integer may have, `largest` its greatest value where it has as many; `point_zero` says
    whether `1.0` stays `1.0`; `index_keys` whether a key such as `1` keeps its place; `null` whether null alone is a body.
    """

    digits: int
    largest: str = ""
    point_zero: bool = False
    index_keys: bool = True
    null: bool = True
    depth: int = 30


def faithful(value: Json, limits: Limits, depth: int = 0) -> bool:
    """Whether a value written as a literal would be sent with the same members, order and lexemes."""
    if isinstance(value, str):
        return not _SURROGATE.search(value)
    if value is None or isinstance(value, bool):
        return value is not None or depth > 0 or limits.null
    if isinstance(value, int | float):
        return _faithful_number(lexeme(value), limits)
    if depth > limits.depth:
        return False
    if isinstance(value, Mapping):
        return all(_faithful_key(key, limits) and faithful(item, limits, depth + 1) for key, item in value.items())
    return all(faithful(item, limits, depth + 1) for item in value)


_SURROGATE = re.compile("[\ud800-\udfff]")
_INDEX = re.compile(r"0|[1-9][0-9]*")
_INTEGER = re.compile(r"-?([1-9][0-9]*)|0")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)\.([0-9]+)")


def _faithful_key(key: str, limits: Limits) -> bool:
    return not _SURROGATE.search(key) and (limits.index_keys or not _INDEX.fullmatch(key))


def _faithful_number(text: str, limits: Limits) -> bool:
    integer = _INTEGER.fullmatch(text)
    if integer:
        digits = integer[1] or "0"
        return len(digits) < limits.digits or (len(digits) == limits.digits and digits <= (limits.largest or digits))
    parts = _FRACTION.fullmatch(text)
    if not parts:
        return False
    whole, rest = parts[1], parts[2]
    if rest == "0":
        return limits.point_zero and len(whole) <= 15
    # Up to 15 digits survive a double; below 0.0001 languages change to exponents.
    return len(whole) + len(rest) <= 15 and not rest.endswith("0") and not (whole == "0" and rest.startswith("0000"))
