"""The tables of `field_tables`, made ready: for each version and kind, what a field may hold."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from portal_gen.spec.field_tables import FIELDS
from portal_gen.spec.kinds import MEMBERS, Shape
from portal_gen.spec.tree import Decimal, Map, Seq

LEVELS: Final = {20: "2.0", 30: "3.0", 31: "3.1", 32: "3.2"}
_Types = frozenset[type]
_EVERY: Final[_Types] = frozenset([type(None), bool, int, float, Decimal, str, Map, Seq])
_NUMBERS: Final[_Types] = frozenset([int, float, Decimal])
_URI: Final[tuple[_Types, str]] = (frozenset([str]), "a URL")
_PLAIN: Final[dict[str, tuple[_Types, str]]] = {
    "any": (_EVERY, ""),
    "text": (frozenset([str]), "text"),
    "texts": (frozenset([Seq]), "a list"),
    "text|texts": (frozenset([str, Seq]), "text or a list"),
    "uri": _URI,
    "absolute": _URI,
    "template": _URI,
    "flag": (frozenset([bool]), "true or false"),
    "number": (_NUMBERS, "a number"),
    "count": (_NUMBERS, "a number"),
    "list": (frozenset([Seq]), "a list"),
    "map": (frozenset([Map]), "a mapping"),
    "schema|flag": (frozenset([Map, bool]), "a schema"),
}
_CHECKED: Final = frozenset(["texts", "text|texts", "uri", "absolute", "template", "count"])
"""Types whose values are looked at more closely."""
_WALKED: Final = frozenset(MEMBERS)
_SHAPES: Final = {"[]": Shape.LIST, "{}": Shape.NAMES, "{x}": Shape.FIELDS}


class Field:
    """One field: `types` may stand there, and values of the types in `fine` need no closer look."""

    __slots__ = ("expected", "fine", "form", "inner", "leaf", "name", "shape", "types")

    def __init__(self, name: str, form: str, shape: Shape, level: int = 31) -> None:
        self.name = name
        self.form = form
        self.shape = shape
        self.leaf = form not in _PLAIN and form not in _WALKED
        self.inner, self.expected = _inner(form, level)
        self.types = self.inner
        if shape is Shape.LIST:
            self.types, self.expected = _PLAIN["list"]
        elif shape is not Shape.ONE:
            self.types, self.expected = _PLAIN["map"]
        checked = shape is not Shape.ONE or self.leaf or form in _CHECKED or name == "type"
        self.fine: _Types = frozenset() if checked else self.types


def _inner(form: str, level: int) -> tuple[_Types, str]:
    if form in _PLAIN:
        return _PLAIN[form]
    return frozenset([Map, bool] if form == "schema" and level >= 31 else [Map]), "a mapping"


class Rules(dict[str, Field]):
    """The fields of one kind in one version, by name, and which of them are required."""

    required: tuple[str, ...] = ()


@cache
def rules_of(kind: str, level: int) -> Rules:
    """What an object of a kind may hold in a version."""
    made = Rules()
    required = []
    for entry in FIELDS[kind].split():
        name, form, levels = _entry(entry)
        if level in levels:
            suffix = next((mark for mark in _SHAPES if form.endswith(mark)), "")
            bare = name.removesuffix("!")
            made[bare] = Field(bare, form.removesuffix(suffix), _SHAPES.get(suffix, Shape.ONE), level)
            required += [bare] if name.endswith("!") else []
    made.required = tuple(required)
    return made


@lru_cache(maxsize=1024)
def versions_of(kind: str, name: str) -> tuple[int, ...]:
    """The versions that know a field."""
    return tuple(level for level in LEVELS if name in rules_of(kind, level))


def level_of(version: str) -> int:
    """A version as written ("3.0.3") as one of LEVELS."""
    return {"2.": 20, "3.0": 30, "3.1": 31}.get(version[:3] if version[0] == "3" else "2.", 32)


def _entry(entry: str) -> tuple[str, str, list[int]]:
    name, _, rest = entry.partition(":")
    form, _, versions = rest.partition("@")
    first, _, last = versions.removesuffix("+").partition("-")
    since = _level(first) if first else 20
    until = _level(last) if last else 32 if not versions or versions.endswith("+") else since
    return name, form, [level for level in LEVELS if since <= level <= until]


def _level(text: str) -> int:
    return {"2": 20, "3.0": 30, "3.1": 31, "3.2": 32}[text]
