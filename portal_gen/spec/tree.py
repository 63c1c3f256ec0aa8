"""The values of a parsed text, with the place of every key and item.

Parsers of YAML and JSON both produce this tree; everything after them sees plain mappings, lists and scalars, and asks
`where` when a message needs a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from portal_gen.diagnostics import Location

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
Mark: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""


class Map(dict[str, Any]):
    """A mapping that knows its file, where it begins and where each of its keys stands."""

    __slots__ = ("file", "mark", "marks")

    def __init__(self, file: str = "", mark: Mark = (1, 1)) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.marks: dict[str, Mark] = {}


class Seq(list[Any]):
    """A list that knows its file, where it begins and where each of its items stands."""

    __slots__ = ("file", "mark", "marks")

    def __init__(self, file: str = "", mark: Mark = (1, 1)) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.marks: list[Mark] = []


class Decimal(float):
    """A number with a fraction or an exponent, that remembers how it was written (`1.10`, `1e400`)."""

    __slots__ = ("lexeme",)
    lexeme: str

    def __new__(cls, lexeme: str) -> Decimal:
        number = super().__new__(cls, lexeme)
        number.lexeme = lexeme
        return number

    def __reduce__(self) -> tuple[type[Decimal], tuple[str]]:
        return (Decimal, (self.lexeme,))


def where(container: object, key: str | int | None = None) -> Location:
    """The place of `key` in a Map or Seq, or of the container itself; line 1 for values that carry no place."""
    if isinstance(container, Map):
        mark = container.marks.get(key, container.mark) if isinstance(key, str) else container.mark
        return Location(container.file, *mark)
    if isinstance(container, Seq):
        inside = isinstance(key, int) and 0 <= key < len(container.marks)
        return Location(container.file, *(container.marks[key] if inside and isinstance(key, int) else container.mark))
    return Location("", 1, 1)
