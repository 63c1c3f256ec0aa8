"""Changing a located tree in place without losing where things came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal_gen.spec.tree import Map, Mark, Seq


def place(holder: Map, key: str) -> Mark:
    """The mark of a key, or of the mapping when the key has none."""
    return holder.marks.get(key, holder.mark)


def put(holder: Map, key: str, value: Any, mark: Mark) -> None:
    """Set a key that comes from `mark`."""
    holder[key] = value
    holder.marks[key] = mark


def take(holder: Map, key: str) -> Any:
    """Remove a key and return its value; None where there is none."""
    holder.marks.pop(key, None)
    return holder.pop(key, None)


def move(source: Map, key: str, target: Map, name: str = "") -> None:
    """Move a key, if it is there, to another mapping (or another name)."""
    if key in source:
        mark = place(source, key)
        put(target, name or key, take(source, key), mark)


def mapping(holder: Map, mark: Mark, **fields: Any) -> Map:
    """A new mapping in the file of `holder`, all of it coming from `mark`."""
    made = Map(holder.file, mark)
    for key, value in fields.items():
        put(made, key, value, mark)
    return made


def sequence(holder: Map, items: Iterable[tuple[Any, Mark]], mark: Mark) -> Seq:
    """A new list in the file of `holder`, each item with its own mark."""
    made = Seq(holder.file, mark)
    for value, item_mark in items:
        made.append(value)
        made.marks.append(item_mark)
    return made


def items(value: Any) -> list[tuple[Any, Mark]]:
    """The items of a list with their marks; nothing for other values."""
    return list(zip(value, value.marks, strict=True)) if isinstance(value, Seq) else []
