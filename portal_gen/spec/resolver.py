"""Following `$ref`: one step at a time, inside one folder, never over the network.

A target is known by its file and canonical pointer, so that two references to one thing are seen to be the same.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from portal_gen.diagnostics import Diagnostic, error, warning
from portal_gen.errors import PortalError
from portal_gen.spec.anchors import Anchors, anchors
from portal_gen.spec.faults import printable
from portal_gen.spec.pointer import child, decoded, nearest, pointer, tokens
from portal_gen.spec.source import read, shown
from portal_gen.spec.swagger import move_sections, moved
from portal_gen.spec.tree import Map, where
from portal_gen.spec.version import version_of

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MOVED = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""Where the upgrade puts the sections of a Swagger 2.0 document, below `components`."""
_IN_FRAGMENT = "/~!$&()*+,;=:@?'"
_MAX_HOPS = 50
_NAMED = 8
"""Places of a circle that a message names."""
_MAX_GUESSES = 50
"""How many broken references get a "did you mean": each costs milliseconds in a large description."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to. `path` and `pointer` together identify it; `file` is the path as messages show it."""

    value: Any
    file: str
    path: Path
    pointer: str


class RefFault(PortalError):
    """A reference that leads nowhere, or where it must not. Located at the `$ref`."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__([diagnostic])
        self.diagnostic = diagnostic


class _Broken(Exception):
    """Why a reference can not be followed; `resolve` adds the place."""


@dataclass(slots=True)
class Source:
    """One file that was read."""

    file: str
    path: Path
    value: Any
    version: str


class Resolver:
    """The files of one description, read once each as references lead to them."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.diagnostics: list[Diagnostic] = []
        """Faults in files that references lead to."""
        self._by_path: dict[Path, Source | str] = {}
        self._by_file: dict[str, Source] = {}
        self._files: set[Path] = set()
        self._circles: dict[tuple[Path, str], str] = {}
        """For references that were followed to their end, the circle that they lead into; empty where they lead out."""
        self.certain = True
        """Whether the files that were read say it all: no reference led to a file that is not there, or over a symbolic link."""
        self._guesses = 0
        self._known: dict[tuple[str, str, str], Target | str] = {}
        self._anchors: dict[str, Anchors] = {}

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was read, sorted."""
        return tuple(sorted(self._files))

    def add(self, source: Source) -> None:
        """Make a file known that is read already."""
        self._files.add(source.path)
        self._by_path[source.path] = source
        self._by_file[source.file] = source

    def source(self, holder: Map) -> Source:
        """The file that a mapping stands in."""
        return self._by_file[holder.file]

    def resolve(self, holder: Map, keyword: str = "$ref") -> Target:
        """What the `$ref` of `holder` leads to, one step; RefFault where it leads nowhere or only to references in a circle.

        Where a schema has an `$id` the fault is a warning: the reference may lead to a schema that others know by its name.
        """
        ref = holder.get(keyword)
        found = (
            self._resolved(holder, ref)
            if isinstance(ref, str)
            else f"{keyword} is not a text; give it a reference such as '#/components/schemas/Name'"
        )
        if isinstance(found, str):
            kind = warning if self._base(holder) else error
            raise RefFault(kind("ref", printable(found), where(holder, keyword)))
        return found

    def value(self, path: Path, parts: list[str]) -> Any:
        """What stands at a place of a file that was read; KeyError where there is nothing."""
        found = self._known_source(path).value
        for token in parts:
            found = child(found, token)
        return found

    def rewrite(self, holder: Map) -> None:
        """Let a reference to where a value was in Swagger 2.0 say where it is now. It has been resolved before."""
        ref = holder["$ref"]
        address, _, fragment = ref.partition("#")
        try:
            source = self._open(self.source(holder), address, ref) if address else self.source(holder)
        except _Broken:  # it was found by $id, which is no place
            return
        parts = tokens(decoded(fragment))
        if source.version == "2.0" and moved(parts) != parts:
            holder["$ref"] = f"{address}#{quote(pointer(moved(parts)), safe=_IN_FRAGMENT)}"
            self._known[(holder.file, self._base(holder), holder["$ref"])] = self._known[(holder.file, self._base(holder), ref)]

    def version(self, target: Target) -> str:
        """The version of the document that a target stands in; empty for a file that is only a part."""
        return self._known_source(target.path).version

    def _resolved(self, holder: Map, ref: str) -> Target | str:
        key = (holder.file, self._base(holder), ref)
        if key not in self._known:
            found = self._found(holder, ref)
            key = (holder.file, self._base(holder), ref)  # the `$id`s of the file may be known only now
            self._known[key] = found
        return self._known[key]

    def _found(self, holder: Map, ref: str) -> Target | str:
        """By place, which is nearly always meant; by name where there is no such place, or where an `$id` has its own."""
        named = self._named(holder, ref) if ref.startswith("#/$defs/") or ref == "#" else None
        try:
            target = named or self._follow(self.source(holder), ref, 0)
            self._refuse_circle(target)
            return target
        except _Broken as fault:
            return self._named(holder, ref) or self._anchored(holder, ref) or str(fault)

    def _base(self, holder: Map) -> str:
        return self._anchors[holder.file].base(holder) if holder.file in self._anchors else ""

    def _names(self, source: Source) -> Anchors:
        if source.file not in self._anchors:
            self._anchors[source.file] = anchors(source.value)
        return self._anchors[source.file]

    def _named(self, holder: Map, ref: str) -> Target | None:
        """What a reference names by `$id` or `$anchor`. Only looked for where the reference is not a place: names are rare."""
        source = self.source(holder)
        known = self._names(source)
        found = known.find(known.base(holder), ref)
        if found is None:
            return None
        (parts, schema), rest = found
        try:
            inner = self._walk(Source(source.file, source.path, schema, ""), decoded(rest), ref, 0)
        except _Broken:
            return None
        return Target(inner.value, source.file, source.path, pointer(list(parts)) + inner.pointer)

    def _anchored(self, holder: Map, ref: str) -> Target | None:
        """The `$anchor` in another file that a reference names (`shapes.yaml#Point`)."""
        address, _, name = ref.partition("#")
        if not address or not name or name.startswith("/"):
            return None
        try:
            source = self._open(self.source(holder), address, ref)
        except _Broken:
            return None
        found = self._names(source).named(decoded(name))
        return Target(found[1], source.file, source.path, pointer(list(found[0]))) if found else None

    def _refuse_circle(self, target: Target) -> None:
        """What each reference on the way leads to is kept, so that a chain is followed once and not once for each of its references."""
        seen: dict[tuple[Path, str], str] = {}
        circle = ""
        while isinstance(target.value, Map) and isinstance(target.value.get("$ref"), str):
            key = (target.path, target.pointer)
            if key in self._circles:
                circle = self._circles[key]
                break
            if key in seen:
                circle = _shortened(list(seen.values()))
                break
            seen[key] = f"{target.file}#{target.pointer}"
            try:
                target = self._follow(self.source(target.value), target.value["$ref"], 0)
            except _Broken:
                break
        self._circles |= dict.fromkeys(seen, circle)
        if circle:
            raise _Broken(f"the references go in a circle: {circle}; let one of them lead to a value")

    def _follow(self, base: Source, ref: str, hops: int) -> Target:
        if hops > _MAX_HOPS:
            raise _Broken(f"{ref} leads through references without an end; let one of them lead to a value")
        address, _, fragment = ref.partition("#")
        source = self._open(base, address, ref) if address else base
        return self._walk(source, decoded(fragment), ref, hops)

    def _walk(self, source: Source, fragment: str, ref: str, hops: int) -> Target:
        if fragment and not fragment.startswith("/"):
            raise _Broken(f"{ref} is not a JSON Pointer and no $anchor; begin it with #/")
        parts = moved(tokens(fragment)) if source.version == "2.0" else tokens(fragment)
        value = source.value
        for index, token in enumerate(parts):
            if isinstance(value, Map) and token not in value and isinstance(value.get("$ref"), str):
                there = self._follow(source, value["$ref"], hops + 1)
                rest = there.pointer + pointer(parts[index:])
                return self._walk(self._known_source(there.path), rest, ref, hops + 1)
            try:
                value = child(value, token)
            except KeyError:
                raise _Broken(self._missing(source, parts[: index + 1], value, ref)) from None
        return Target(value, source.file, source.path, pointer(parts))

    def _known_source(self, path: Path) -> Source:
        source = self._by_path[path]
        assert isinstance(source, Source)
        return source

    def _open(self, base: Source, address: str, ref: str) -> Source:
        if _SCHEME.match(address) or address.startswith(("//", "\\")):
            raise _Broken(f"{ref} is not a file in the folder; copy it into the folder and refer to the copy")
        if address.startswith("/"):
            raise _Broken(f"{ref} is an absolute path; write it relative to this file")
        path = self._confined(base.path.parent / unquote(address, errors="replace"), ref)
        if path not in self._by_path:
            self._by_path[path] = self._read(path)
        source = self._by_path[path]
        if isinstance(source, str):
            raise _Broken(source)
        return source

    def _confined(self, path: Path, ref: str) -> Path:
        try:
            real = path.resolve()
        except (OSError, ValueError, RuntimeError):
            raise _Broken(f"{ref} is not the name of a file; correct it") from None
        if not real.is_relative_to(self.root):
            raise _Broken(f"{ref} lies outside of {shown(self.root)}; copy it into the folder, or give --root")
        if str(real) != os.path.normpath(path):
            self.certain = False
        return real

    def _missing(self, source: Source, parts: list[str], value: Any, ref: str) -> str:
        above = f"{source.file}#{pointer(parts[:-1])}"
        close = self._nearest(list(value) if isinstance(value, Map) else [], parts[-1])
        remedy = f"did you mean {close}?" if close else "correct the reference or add what it names"
        return f"{ref} leads nowhere, {above} has no {parts[-1]}; {remedy}"

    def _nearest(self, names: list[str], name: str) -> str:
        self._guesses += 1
        return nearest(names, name) if self._guesses <= _MAX_GUESSES else ""

    def _read(self, path: Path) -> Source | str:
        file = shown(path)
        if not os.path.isfile(path):  # unlike Path.is_file, false for a name that is too long
            self.certain = False
            close = self._nearest(_siblings(path), path.name)
            return f"there is no file {file}; " + (f"did you mean {close}?" if close else "correct the path")
        self._files.add(path)
        try:
            parsed = read(path, file)
        except PortalError as fault:
            self.diagnostics += fault.diagnostics
            return f"{file} can not be read; correct it ({fault.diagnostics[-1]})"
        self.diagnostics += parsed.diagnostics
        source = Source(file, path, parsed.value, version_of(parsed.value))
        self._by_file[file] = source
        if source.version == "2.0":
            move_sections(source.value)
        return source


def _siblings(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry.is_file()) if path.parent.is_dir() else []


def _shortened(names: list[str]) -> str:
    """The way of a circle, its middle left out where it is long."""
    shown = names if len(names) <= _NAMED else [*names[: _NAMED - 2], f"{len(names) - _NAMED + 1} more", names[-1]]
    return " → ".join(shown)
