"""`$id`, `$anchor` (JSON Schema 2020-12, section 8.2) and `$self` (OpenAPI 3.2) inside one file: names besides places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

from portal_gen.spec.tree import Map, Seq

_DATA: Final = frozenset({"example", "examples", "default", "const", "enum", "value"})
_NAMES: Final = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "paths"})
Place = tuple[tuple[str, ...], Any]
"""The tokens that lead to a schema, and the schema."""


@dataclass(slots=True)
class Anchors:
    """The names in one file. `bases` has the `$id` in force for each reference, by the identity of its mapping."""

    ids: dict[str, Place] = field(default_factory=dict)
    names: dict[tuple[str, str], Place] = field(default_factory=dict)
    root: str = ""
    """The `$id` or `$self` of the file as a whole."""
    bases: dict[int, tuple[str, Map]] = field(default_factory=dict)
    """The mapping is kept beside its base, so that its identity is not used again."""

    def base(self, holder: Map) -> str:
        """The `$id` in force where a reference stands; empty without one."""
        return self.bases.get(id(holder), ("", holder))[0]

    def find(self, base: str, ref: str) -> tuple[Place, str] | None:
        """The schema that a reference names, and a pointer that is still to be followed from there."""
        address, fragment = urldefrag(urljoin(base, ref) if base else ref)
        if fragment and not fragment.startswith("/"):
            named = self.names.get((address, fragment))
            return (named, "") if named else None
        resource = self.ids.get(address) if address else None
        return (resource, fragment) if resource else None

    def named(self, name: str) -> Place | None:
        """The schema that has this `$anchor`, as seen from other files."""
        return self.names.get((self.root, name))


def anchors(value: Any) -> Anchors:
    """The names in a file. Data (examples, defaults) is not looked into."""
    found = Anchors()
    stack: list[tuple[Any, tuple[str, ...], str, bool]] = [(value, (), "", False)]
    while stack:
        here, parts, base, free = stack.pop()
        if isinstance(here, Seq):
            stack.extend((item, (*parts, str(index)), base, False) for index, item in enumerate(here))
        elif isinstance(here, Map):
            base = base if free else _note(found, here, parts, base)
            found.root = found.root if parts else base
            names = {key: not free and key in _NAMES for key in here if free or key not in _DATA}
            stack.extend((here[key], (*parts, key), base, inside) for key, inside in names.items())
    return found


def _note(found: Anchors, schema: Map, parts: tuple[str, ...], base: str) -> str:
    """Take down the names of one mapping; the base that holds inside it."""
    own = schema.get("$id") if parts else schema.get("$self", schema.get("$id"))
    if isinstance(own, str):
        base = urldefrag(urljoin(base, own))[0]
        found.ids.setdefault(base, (parts, schema))
    for keyword in ("$anchor", "$dynamicAnchor"):
        name = schema.get(keyword)
        if isinstance(name, str):
            found.names.setdefault((base, name), (parts, schema))
    if base and ("$ref" in schema or "$dynamicRef" in schema):
        found.bases[id(schema)] = (base, schema)
    return base
