"""Reads a located tree into dataclasses by a table of keys, and says everything that is wrong with it at once.

A shape names a mapping's keys and the kind of each. What fits is kept, what does not is a diagnostic at its place; a mapping
that lacks a required key is dropped. Knows nothing of catalogs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from portal_gen.diagnostics import Diagnostic, Location, error, warning
from portal_gen.spec.tree import Map, where


class Kind(Protocol):
    """What a value may be. `expected` completes "write …"."""

    @property
    def expected(self) -> str: ...

    def read(self, value: Any, at: Location, faults: list[Diagnostic]) -> Any:
        """The value as the dataclass holds it, or `MISSING` after adding to faults."""


class Missing:
    """The type of `MISSING`."""


MISSING = Missing()
"""Stands for a value that cannot be used."""


def wrong(expected: str, at: Location, faults: list[Diagnostic], value: object) -> Missing:
    """Notes that a value is not what is expected, and stands for it."""
    remedy = "put it in quotes" if isinstance(value, int | float) and expected == "text" else f"write {expected}"
    faults.append(error("catalog-type", f"{_shown(value)} stands where {expected} is expected; {remedy}", at))
    return MISSING


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "an empty value" if value is None else f"`{str(value)[:60]}`"


@dataclass(frozen=True, slots=True)
class Text:
    """A string that `pattern` (a predicate) accepts, or one of `choices`."""

    expected: str = "text"
    accepts: Callable[[str], bool] = bool
    choices: tuple[str, ...] = ()

    def read(self, value: Any, at: Location, faults: list[Diagnostic]) -> Any:
        if not isinstance(value, str) or not self.accepts(value) or (self.choices and value not in self.choices):
            return wrong(self.expected, at, faults, value)
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    expected: str = "true or false"

    def read(self, value: Any, at: Location, faults: list[Diagnostic]) -> Any:
        return value if isinstance(value, bool) else wrong(self.expected, at, faults, value)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one kind; items that do not fit are left out. `unique` names an attribute that no two items may share."""

    item: Kind
    expected: str = "a list"
    unique: str = ""

    def read(self, value: Any, at: Location, faults: list[Diagnostic]) -> Any:
        if not isinstance(value, list):
            return wrong(self.expected, at, faults, value)
        kept: dict[object, Any] = {}
        for index, entry in enumerate(value):
            item = self.item.read(entry, where(value, index), faults)
            key = getattr(item, self.unique) if self.unique and item is not MISSING else index
            if key in kept:
                faults.append(error("catalog-duplicate", _twice(self.unique, key), where(value, index)))
            elif item is not MISSING:
                kept[key] = item
        return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping, and the dataclass (or function) that its values make. `name` is how messages call it."""

    name: str
    make: Callable[..., Any]
    keys: Mapping[str, Kind]
    required: tuple[str, ...] = ()
    located: bool = False
    """Whether `make` takes the mapping's `location`."""
    expected: str = "a mapping"

    def read(self, value: Any, at: Location, faults: list[Diagnostic]) -> Any:
        if not isinstance(value, Map):
            return wrong(f"a mapping with {_list(self.required or self.keys)}", at, faults, value)
        faults.extend(self._unknown(value))
        values = {key: self.keys[key].read(item, where(value, key), faults) for key, item in value.items() if key in self.keys}
        kept = {key: item for key, item in values.items() if item is not MISSING}
        absent = [key for key in self.required if key not in value]
        faults.extend(_absent(self.name, key, at) for key in absent)
        if any(key not in kept for key in self.required):
            return MISSING
        return self.make(**kept, **({"location": at} if self.located else {}))

    def _unknown(self, value: Map) -> Iterable[Diagnostic]:
        for key in value:
            if key not in self.keys:
                near = get_close_matches(key, self.keys, 1)
                remedy = f"did you mean `{near[0]}`?" if near else f"a {self.name} knows {_list(self.keys)}"
                yield warning("catalog-unknown-key", f"`{key}` is no key of a {self.name}; {remedy}", where(value, key))


def _twice(attribute: str, key: object) -> str:
    return f"the {attribute} `{key}` is given twice; the first holds, rename or remove this one"


def _absent(name: str, key: str, at: Location) -> Diagnostic:
    return error("catalog-missing-key", f"this {name} has no `{key}`; add it", at)


def _list(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
