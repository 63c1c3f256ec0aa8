"""The way in: one description, read, upgraded and ready to be walked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal_gen.diagnostics import Diagnostic
from portal_gen.spec.faults import Faults
from portal_gen.spec.fields import Fields
from portal_gen.spec.resolver import Resolver, Source
from portal_gen.spec.source import collector_off, read, shown
from portal_gen.spec.swagger import move_sections
from portal_gen.spec.tree import Map
from portal_gen.spec.upgrade import upgrade
from portal_gen.spec.version import written_version


@dataclass(frozen=True, slots=True)
class Loaded:
    """A description in the shape of OpenAPI 3.2."""

    file: str
    """The path as messages show it."""
    path: Path
    root: Map
    written_version: str
    """As written: "2.0", "3.0.3", "3.1.0"."""
    resolver: Resolver
    diagnostics: tuple[Diagnostic, ...]
    """Faults that do not stop, of this file and of those that it refers to. Broken references are the builder's to report."""
    files: tuple[Path, ...]
    """Every file that was read, sorted."""
    fields: tuple[Diagnostic, ...] = ()
    """What the version does not know, or not in that type (`fields`). Some of it others say too: `unsaid` drops that."""


def find_root(path: Path) -> Path:
    """The nearest folder upwards that has a catalog.yaml, else the folder of the file itself."""
    folder = path.absolute().parent
    return next((above for above in (folder, *folder.parents) if (above / "catalog.yaml").is_file()), folder)


def load(path: Path, root: Path | None = None) -> Loaded:
    """Read a description. References may lead to files below `root` (by default `find_root`), and nowhere else.

    PortalError, with every fault of the file, where it can not be used.
    """
    with collector_off():
        return _load(path, root or find_root(path))


def _load(path: Path, root: Path) -> Loaded:
    file = shown(path)
    parsed = read(path, file)
    faults = Faults(file)
    faults.found += parsed.diagnostics
    version = written_version(parsed.value, faults)
    resolver = Resolver(root)
    resolver.add(Source(file, path.resolve(), parsed.value, version))
    fields = Fields()
    fields.look("document", parsed.value, version)
    if version == "2.0":
        move_sections(parsed.value)
    upgraded = upgrade(parsed.value, version, resolver, fields)
    found = dict.fromkeys([*faults.found, *resolver.diagnostics, *upgraded])
    ordered = tuple(sorted(found, key=lambda fault: fault.location))
    return Loaded(file, path.resolve(), parsed.value, version, resolver, ordered, resolver.files, fields.found())
