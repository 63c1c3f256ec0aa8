"""A description as the checks see it: its tree with places, and a way to follow references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal_gen.diagnostics import Diagnostic, Location, warning
from portal_gen.spec.source import read as parse
from portal_gen.spec.tree import where

OPENAPI = Path(__file__).parent.parent.parent / "openapi"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Description:
    """One file. `value` is its tree; `path` is absolute."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Spot:
    """A value together with where it stands: references in it are read from `path`, `pointer` leads to it."""

    path: Path
    pointer: str
    value: Any

    def child(self, *keys: str) -> Spot:
        value, pointer = self.value, self.pointer
        for key in keys:
            value = value[int(key)] if isinstance(value, list) else value[key]
            pointer += "/" + key.replace("~", "~0").replace("/", "~1")
        return Spot(self.path, pointer, value)

    def children(self, key: str) -> Iterator[tuple[str, Spot]]:
        """The members of a mapping, or the items of a list, below `key`; none where it is absent."""
        inside = self.value.get(key) or {}
        names = map(str, range(len(inside))) if isinstance(inside, list) else list(inside)
        for name in names:
            yield name, self.child(key, name)

    def at(self, key: str | int | None = None) -> Location:
        return where(self.value, key)

    def finding(self, rule: str, message: str, key: str | None = None) -> Diagnostic:
        return warning(rule, message, self.at(key))


@cache
def read(path: Path) -> Description:
    """A file of the folder, read once."""
    shown = path.relative_to(OPENAPI.parent) if path.is_relative_to(OPENAPI.parent) else path
    return Description(path, parse(path, shown.as_posix()).value)


def root(description: Description) -> Spot:
    return Spot(description.path, "", description.value)


def followed(spot: Spot) -> Spot:
    """The spot that a chain of references ends at."""
    while isinstance(spot.value, dict) and isinstance(spot.value.get("$ref"), str):
        name, _, pointer = spot.value["$ref"].partition("#")
        there = read((spot.path.parent / name).resolve() if name else spot.path)
        keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
        spot = root(there).child(*keys)
    return spot


def operations(description: Description) -> Iterator[Spot]:
    """Every Operation Object, in the order of the file."""
    for _, item in root(description).children("paths"):
        yield from (item.child(method) for method in METHODS if method in item.value)


def responses(description: Description) -> Iterator[Spot]:
    """Every Response Object that stands in the file itself."""
    for operation in operations(description):
        yield from (spot for _, spot in operation.children("responses") if "$ref" not in spot.value)
    yield from (spot for _, spot in components(description, "responses"))


def components(description: Description, section: str) -> Iterator[tuple[str, Spot]]:
    if "components" in description.value:
        yield from root(description).child("components").children(section)
