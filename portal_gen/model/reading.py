"""Typed looks into raw mappings, for the builder alone: a wrong type becomes a diagnostic or a Fault, never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal_gen.diagnostics import Diagnostic, Location, error, warning
from portal_gen.errors import PortalError
from portal_gen.spec import Loaded
from portal_gen.spec.resolver import Target
from portal_gen.spec.tree import Map, Seq, where

_EXTENSIBLE = frozenset(["paths", "responses", "flows"])
"""Objects with names of the author's choice beside which x- fields may stand (OpenAPI 3.2, sections 4.8, 4.16, 4.29)."""


class Fault(PortalError):
    """Something that its surrounding operation or component cannot do without."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__((diagnostic,))
        self.diagnostic = diagnostic


class Reading:
    """One description being read: follows references, collects diagnostics. Only the builder holds one."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.diagnostics: list[Diagnostic] = list(loaded.diagnostics)

    def resolve(self, raw: Any, what: str, place: Location | None = None) -> tuple[Map, Map]:
        """The object that `raw` is or refers to at last, and the object to blame for siblings (`raw` itself).

        `place` is where `raw` stands, for messages about one that carries no place."""
        holder = raw
        seen = 0
        while isinstance(raw, Map) and "$ref" in raw:
            target = self.target(raw)
            raw = target.value
            seen += 1
            if seen > 64:
                raise Fault(error("ref-cycle", "$ref leads only to further references; point it at an object", where(holder)))
        if not isinstance(raw, Map):
            found = where(holder) if isinstance(holder, Map | Seq) else place or where(holder)
            raise Fault(error("type", f"{what} is {kind_of(raw)}, not a mapping; write an object here", found))
        return raw, holder

    def target(self, holder: Map, keyword: str = "$ref") -> Target:
        """Where `$ref` (or `$dynamicRef`) of `holder` leads, one step."""
        try:
            return self.loaded.resolver.resolve(holder, keyword)
        except Fault:
            raise
        except PortalError as fault:
            raise Fault(fault.diagnostics[0]) from fault

    def internal(self, raw: Any) -> bool:
        """Whether the author keeps this object to himself (`x-internal: true`), here or where its `$ref` leads."""
        for _ in range(16):
            if not isinstance(raw, Map):
                return False
            if raw.get("x-internal") is True:
                return True
            if "$ref" not in raw:
                return False
            try:
                raw = self.loaded.resolver.resolve(raw).value
            except PortalError:
                return False
        return False

    def text(self, raw: Map, key: str) -> str:
        """A string; numbers and booleans are taken as written, anything else is left out with a warning."""
        value = raw.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return getattr(value, "lexeme", None) or str(value)
        self.warn(raw, key, f"`{key}` is {kind_of(value)}, not text; it is not shown: write a string")
        return ""

    def flag(self, raw: Map, key: str, default: bool = False) -> bool:
        """A boolean; the words "true" and "false" are taken with a warning."""
        value = raw.get(key, default)
        if isinstance(value, bool):
            return value
        if value is not None:
            self.warn(raw, key, f"`{key}` is {kind_of(value)}, not true or false; write it without quotes")
        return value == "true" or (value is None and default)

    def mapping(self, raw: Map, key: str) -> Map:
        """A mapping, empty where the key is missing; a Fault where it is something else."""
        value = raw.get(key)
        if value is None:
            return Map(raw.file, raw.mark)
        if not isinstance(value, Map):
            raise Fault(error("type", f"`{key}` is {kind_of(value)}, not a mapping; write names and objects", where(raw, key)))
        return value

    def sequence(self, raw: Map, key: str) -> Seq:
        """A list, empty where the key is missing; a Fault where it is something else."""
        value = raw.get(key)
        if value is None:
            return Seq(raw.file, raw.mark)
        if not isinstance(value, Seq):
            raise Fault(error("type", f"`{key}` is {kind_of(value)}, not a list; write one item a line", where(raw, key)))
        return value

    def texts(self, raw: Map, key: str) -> tuple[str, ...]:
        """A list of strings; other items are left out with a warning, a single string is taken as a list of one."""
        value = raw.get(key)
        if isinstance(value, str):
            self.warn(raw, key, f"`{key}` is text, not a list; write `[{value}]`")
            return (value,)
        items = self.sequence(raw, key)
        for index, item in enumerate(items):
            if not isinstance(item, str):
                self.diagnostics.append(warning("type", f"`{key}` holds {kind_of(item)}; write a string", where(items, index)))
        return tuple(item for item in items if isinstance(item, str))

    def items(self, raw: Map, key: str) -> Iterator[tuple[str, Any]]:
        """The entries of a mapping that are not internal. An x- field is none of them where the mapping is an object that may be
        extended; elsewhere (`headers`, `schemas`, …) `x-` begins a name like any other, and what holds no object is no entry."""
        for name, value in self.mapping(raw, key).items():
            extension = name.startswith("x-") and (key in _EXTENSIBLE or not isinstance(value, Map))
            if not extension and not self.internal(value):
                yield name, value

    def warn(self, raw: object, key: str, message: str) -> None:
        """Note something that can be read past."""
        self.diagnostics.append(warning("type", message, where(raw, key)))


def reference(raw: Map, key: str, text: str) -> Map:
    """A reference that stands in `raw` under another keyword, as an object that can be followed."""
    holder = Map(raw.file, raw.mark)
    holder["$ref"], holder.marks["$ref"] = text, raw.marks.get(key, raw.mark)
    return holder


def kind_of(value: object) -> str:
    """What a value is, for messages."""
    match value:
        case None:
            return "empty"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a mapping"
