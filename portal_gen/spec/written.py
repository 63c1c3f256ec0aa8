"""A description as it is written, for those who write it again: nothing moved or renamed as far as OpenAPI 3.1 knows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal_gen.spec.faults import Faults
from portal_gen.spec.load import load
from portal_gen.spec.resolver import Resolver, Source
from portal_gen.spec.source import collector_off, read, shown
from portal_gen.spec.tree import Map
from portal_gen.spec.version import is_version_3_0, written_version


@dataclass(frozen=True, slots=True)
class Written:
    """A description in the terms of OpenAPI 3.1, or of 3.2 where it is written in that. `version` is "3.1.0" or "3.2.0"."""

    path: Path
    root: Map
    resolver: Resolver
    version: str


def as_written(path: Path, root: Path) -> Written:
    """Read a description; one in Swagger 2.0 or OpenAPI 3.0 is upgraded. PortalError where it can not be used."""
    file = shown(path)
    with collector_off():
        parsed = read(path, file)
    version = written_version(parsed.value, Faults(file))
    if is_version_3_0(version):
        loaded = load(path, root)
        return Written(loaded.path, loaded.root, loaded.resolver, "3.1.0")
    resolver = Resolver(root)
    resolver.add(Source(file, path.resolve(), parsed.value, version))
    return Written(path.resolve(), parsed.value, resolver, "3.2.0" if version.startswith("3.2") else "3.1.0")
