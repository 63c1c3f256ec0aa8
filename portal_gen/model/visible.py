"""Values by the author, without what their schema keeps internal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Protocol

from portal_gen.errors import PortalError
from portal_gen.spec.resolver import Target
from portal_gen.spec.tree import Map, Seq

_DEEPEST = 32
"""Levels of a value that are looked into."""


class Reading(Protocol):
    """A description whose references can be followed."""

    def internal(self, raw: Any) -> bool:
        """Whether the author keeps this object to himself."""

    def target(self, holder: Map) -> Target:
        """Where a `$ref` leads; PortalError where it leads nowhere."""


def visible(reading: Reading, value: Any, schema: Any, depth: int = 0) -> Any:
    """An author's value without the properties that its schema keeps internal; the very same one where there are none."""
    if depth > _DEEPEST or not isinstance(value, Map | Seq):
        return value
    parts = list(parts_of(reading, schema))
    if isinstance(value, Seq):
        items = next((part["items"] for part in parts if isinstance(part.get("items"), Map)), None)
        kept = Seq(value.file, value.mark)
        kept.marks.extend(value.marks)
        kept.extend(visible(reading, item, items, depth + 1) for item in value)
        return value if all(new is old for new, old in zip(kept, value, strict=True)) else kept
    inner = {name: held for part in parts for name, held in _properties(part)}
    hidden = internal_names(reading, parts)
    shown = [name for name in value if name not in hidden]
    values = {name: visible(reading, value[name], inner.get(name), depth + 1) for name in shown}
    if len(values) == len(value) and all(values[name] is value[name] for name in values):
        return value
    found = Map(value.file, value.mark)
    found.update(values)
    found.marks.update({name: value.marks[name] for name in values if name in value.marks})
    return found


def _properties(schema: Map) -> list[tuple[str, Any]]:
    found = schema.get("properties")
    return list(found.items()) if isinstance(found, Map) else []


def internal_names(reading: Reading, parts: Iterable[Map]) -> frozenset[str]:
    """The properties that any of these schemas of one value keeps internal."""
    return frozenset(name for part in parts for name, held in _properties(part) if reading.internal(held))


def parts_of(reading: Reading, schema: Any) -> Iterator[Map]:
    """A schema and all that describe the same value with it, references followed."""
    seen: set[int] = set()
    stack = [schema]
    while stack:
        found = stack.pop()
        if not isinstance(found, Map) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        if "$ref" in found:
            with suppress(PortalError):
                stack.append(reading.target(found).value)
        for keyword in ("allOf", "anyOf", "oneOf"):
            branches = found.get(keyword)
            stack.extend(branches if isinstance(branches, Seq) else ())
