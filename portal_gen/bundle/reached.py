"""Which components a bundle needs: all that its operations lead to, and those of the parts that no operation leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from portal_gen.bundle.discriminator import alternatives
from portal_gen.bundle.naming import pascal, unique
from portal_gen.bundle.part import Part
from portal_gen.spec.kinds import MEMBERS, Kind
from portal_gen.spec.pointer import pointer, tokens
from portal_gen.spec.tree import Map

KINDS: dict[str, Kind] = {section: kind for section, (_, kind) in MEMBERS["components"].items()}
SECTIONS: dict[Kind, str] = {kind: section for section, kind in KINDS.items()}

Key: TypeAlias = tuple[str, Path, str]
"""Section, file, pointer: what a component of the bundle was."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component with the part that reaches it first."""

    key: Key
    part: Part
    value: Any

    @property
    def kind(self) -> Kind:
        """What it is."""
        return KINDS[self.key[0]]

    @property
    def own(self) -> bool:
        """Whether it stands in the description of its part, or in the folder that the description has for itself."""
        folder = self.part.written.path.parent
        return self.key[1] == self.part.written.path or (folder != self._root and self.key[1].is_relative_to(folder))

    @property
    def place(self) -> str:
        """File and pointer, the same on every machine."""
        return f"{self.key[1].relative_to(self._root).as_posix()}#{self.key[2]}"

    @property
    def order(self) -> tuple[int, str, tuple[int, int]]:
        """Shared ones first, then service by service, as they stand in their files."""
        mark = self.value.mark if isinstance(self.value, Map) else (0, 0)
        return (self.part.rank if self.own else -1, self.key[1].as_posix(), mark)

    @property
    def name(self) -> str:
        """What it would be called if nothing else were called so."""
        parts = tokens(self.key[2])
        words = parts[2:] if parts[:1] == ["components"] else parts or [self.key[1].stem]
        return pascal(*([self.part.id] if self.own else []), *words)

    @property
    def _root(self) -> Path:
        return self.part.written.resolver.root


def component_key(part: Part, kind: Kind, holder: Map) -> tuple[Key, list[str]]:
    """The component that a `$ref` leads to, or into, and the way from there on."""
    target = part.target(holder)
    parts = tokens(target.pointer)
    inside = len(parts) >= 3 and parts[0] == "components" and parts[1] in KINDS
    section, own, rest = (parts[1], parts[:3], parts[3:]) if inside else (SECTIONS[kind], parts, [])
    return (section, target.path, pointer(own)), rest


def key_of(part: Part, section: str, name: str) -> Key:
    """The key of a component of the part's own description."""
    return (section, part.written.path, pointer(["components", section, name]))


class Reached:
    """The components that were reached so far, by key."""

    def __init__(self) -> None:
        self.found: dict[Key, Component] = {}

    def walk(self, part: Part, kind: Kind, value: Map) -> None:
        """Everything that a mapping leads to."""
        queue: list[tuple[Kind, Map]] = [(kind, value)]
        while queue:
            kind, value = queue.pop()
            for holder in references(part, kind, value):
                component = self._add(part, kind, holder)
                if component and isinstance(component.value, Map):
                    queue.append((component.kind, component.value))
            queue += part.members(kind, value)

    def add(self, part: Part, section: str, name: str, value: Map) -> None:
        """A component of a part, with everything that it leads to."""
        key = key_of(part, section, name)
        if key not in self.found:
            self.found[key] = Component(key, part, value)
            self.walk(part, KINDS[section], value)

    def _add(self, part: Part, kind: Kind, holder: Map) -> Component | None:
        key, _ = component_key(part, kind, holder)
        if key in self.found:
            return None
        value = part.written.resolver.value(key[1], tokens(key[2]))
        self.found[key] = Component(key, part, value)
        return self.found[key]

    def ordered(self) -> list[Component]:
        """The components in the order of the bundle."""
        return sorted(self.found.values(), key=lambda component: component.order)

    def names(self) -> dict[Key, str]:
        """What each is called; names are told apart within a section."""
        return {
            key: name
            for section in KINDS
            for key, name in unique({c.key: (c.name, c.place) for c in self.found.values() if c.key[0] == section}).items()
        }


def references(part: Part, kind: Kind, value: Map) -> Iterable[Map]:
    """The holders of references directly in a mapping: itself, and what its discriminator maps to."""
    if isinstance(value.get("$ref"), str):
        yield value
    if kind == "schema":
        yield from alternatives(part, value).values()
