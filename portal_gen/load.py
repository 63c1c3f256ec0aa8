"""From a folder on disk to a Portal: the one place that reads the files of a portal.

A description that cannot be used is left out and named, as long as another one can be; then everything that is wrong is among
`Portal.diagnostics`.
"""

from __future__ import annotations

import posixpath
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from portal_gen.diagnostics import Diagnostic, Location, warning
from portal_gen.errors import PortalError
from portal_gen.lint import lint
from portal_gen.model.builder import build
from portal_gen.model.document import Document
from portal_gen.portal.added import NOTHING, Added
from portal_gen.portal.assemble import Kept, Source, assemble
from portal_gen.portal.catalog import EMPTY, Catalog
from portal_gen.portal.catalog_reader import read_catalog
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import Urls
from portal_gen.spec import find_root, load
from portal_gen.spec.source import collector_off


@dataclass(frozen=True, slots=True)
class Origin:
    """The files that a document was read from. Where they are not `certain` to say it all, another file may change it too."""

    files: tuple[Path, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A portal with every file that it was read from."""

    portal: Portal
    files: tuple[Path, ...]
    lost: tuple[Diagnostic, ...] = ()
    """Why descriptions could not be used; they are left out, or stand as they were last read."""
    root: Path = Path()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By service."""
    whole: bool = True
    """Whether every description could be used."""


def open_portal(
    source: Path, root: Path | None = None, urls: Urls | None = None, title: str = "", added: Added = NOTHING
) -> Opened:
    """Read SOURCE, a description or a folder of them, with the catalog of its root, or the nearest above SOURCE. `root` bounds
    where `$ref` may lead.

    PortalError where no description at all can be used.
    """
    return Library().open(source, root, urls, title, added)


def _with(portal: Portal, added: Added) -> Portal:
    """The portal with what a site adds, and a warning where an operation has the address of a page."""
    portal = replace(portal, added=added)
    message = "{} has an operation of this address, and gets no such page; rename the template"
    found = [
        warning("template", message.format(service.name), Location(template.file))
        for service in portal.services
        for template in added.service_pages
        if template not in portal.added_to(service).values()
    ]
    return replace(portal, diagnostics=(*portal.diagnostics, *found))


Stamp: TypeAlias = tuple[tuple[str, int, int], ...]
"""Files with their sizes and times of change (nanoseconds): when it differs, one of them has been written."""


@dataclass(frozen=True, slots=True)
class Read:
    """A description as it was read: what it says, what is wrong with it, and when its files were written."""

    document: Document
    findings: tuple[Diagnostic, ...]
    files: tuple[Path, ...]
    stamp: Stamp
    settled: bool
    """Whether the files had been left alone for so long that another change would show in their times."""
    certain: bool
    """Whether `files` are all that it may depend on."""


TICK = 20_000_000
"""Nanoseconds: the times of files are no finer than the system's tick."""


class Shelf(Protocol):
    """What reading gave in earlier builds. It is asked in several processes at once."""

    def has(self, folder: Path, path: Path) -> bool:
        """Whether what reading a description would give now is known."""

    def find(self, folder: Path, path: Path) -> Read | None:
        """That; None where it is not known."""

    def keep(self, folder: Path, path: Path, read: Read, begun: int) -> None:
        """Keep what was read since `begun` (nanoseconds)."""


Spread: TypeAlias = Callable[[Callable[[Path], Read | PortalError], Sequence[Path], Collection[Path]], Iterable[Read | PortalError]]


def one_by_one(
    function: Callable[[Path], Read | PortalError], paths: Sequence[Path], light: Collection[Path]
) -> Iterable[Read | PortalError]:
    """A Spread that does everything here."""
    del light
    return map(function, paths)


def _document(folder: Path, shelf: Shelf | None, path: Path) -> Read | PortalError:
    """A description from the shelf, or read and put there; or why it can not be used."""
    if shelf is None:
        return _read(folder, path)
    begun = time.time_ns()
    known = shelf.find(folder, path)
    if known:
        return known
    read = _read(folder, path)
    if isinstance(read, Read):
        shelf.keep(folder, path, read, begun)
    return read


def _read(folder: Path, path: Path) -> Read | PortalError:
    """A description, read until it was not written meanwhile; or why it can not be used."""
    try:
        while True:
            before = _stamp((path,))
            loaded = load(path, folder)
            document = build(loaded)
            stamp = _stamp(loaded.files)
            settled = time.time_ns() - max(changed for _, _, changed in stamp) > TICK
            if _stamp((path,)) == before:
                return Read(document, lint(document), loaded.files, stamp, settled, loaded.resolver.certain)
    except PortalError as fault:
        return fault


class Library:
    """What was read before, so that only what has changed is read again. One serves one source with one root."""

    def __init__(self) -> None:
        self._read: dict[Path, Read] = {}
        self._catalog: tuple[Stamp, Catalog, tuple[Diagnostic, ...]] = ((), EMPTY, ())
        self._services: dict[str, Kept] = {}

    def open(
        self,
        source: Path,
        root: Path | None = None,
        urls: Urls | None = None,
        title: str = "",
        added: Added = NOTHING,
        last: bool = False,
        spread: Spread = one_by_one,
        shelf: Shelf | None = None,
    ) -> Opened:
        """As `open_portal`. With `last`, a description that can not be used at the moment stays as it was last read. `spread` calls a
        function for each path, here or elsewhere, and gives the results in their order; for those named in its last argument there
        is little to do. What is on the `shelf` is not read."""
        found = descriptions(source)
        home = find_root(found[0][1] if source.is_file() else source / "catalog.yaml")
        folder = root or home
        catalog = self._read_catalog(
            folder if (folder / "catalog.yaml").exists() else home, {id_ for id_, _ in found} if source.is_file() else None
        )
        problems = list(self._catalog[2])
        files = [Path(name) for name, _, _ in self._catalog[0]]
        sources: list[Source] = []
        lost: list[Diagnostic] = []
        origins: dict[str, Origin] = {}
        with collector_off():
            faults = self._documents([path for _, path in found], folder, spread, shelf)
            for id_, path in found:
                if path in faults:
                    problems += faults[path].diagnostics
                    lost += faults[path].diagnostics
                    if not last or path not in self._read:
                        continue
                read = self._read[path]
                problems += read.findings
                sources.append(Source(id_, _shown(path, folder), read.document))
                files += read.files
                origins[id_] = Origin(read.files, read.certain)
            if not sources:
                raise PortalError(problems)
            portal = assemble(sources, catalog, urls or Urls(), title, problems, self._services)
            portal = _with(portal, added)
        every = tuple(sorted(set(files)))
        return Opened(portal, every, tuple(lost), root=folder, origins=origins, whole=len(sources) == len(found))

    def _documents(self, paths: Sequence[Path], folder: Path, spread: Spread, shelf: Shelf | None) -> dict[Path, PortalError]:
        """Read what has changed; why some of it could not be read."""
        stale = [path for path in paths if not self._is_current(path)]
        light = {path for path in stale if shelf.has(folder, path)} if shelf else set()
        faults: dict[Path, PortalError] = {}
        for path, found in zip(stale, spread(partial(_document, folder, shelf), stale, light), strict=True):
            if isinstance(found, PortalError):
                faults[path] = found
            else:
                self._read[path] = found
        return faults

    def _is_current(self, path: Path) -> bool:
        known = self._read.get(path)
        return known is not None and known.settled and _stamp(known.files) == known.stamp

    def _read_catalog(self, folder: Path, only: set[str] | None) -> Catalog:
        path = folder / "catalog.yaml"
        stamp = _stamp((path.resolve(),)) if path.is_file() else ()
        if stamp != self._catalog[0]:
            catalog, problems = read_catalog(path) if stamp else (EMPTY, ())
            self._catalog = (stamp, _only(catalog, only) if only is not None else catalog, problems)
        return self._catalog[1]


def _stamp(files: Iterable[Path]) -> Stamp:
    """When files were last written; a file that is gone has the size -1."""
    found = []
    for path in files:
        try:
            status = path.stat()
            found.append((str(path), status.st_size, status.st_mtime_ns))
        except OSError:
            found.append((str(path), -1, 0))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong, in the order of the text, and whether a portal can be made of any of it."""

    diagnostics: tuple[Diagnostic, ...]
    usable: bool


def check(paths: Iterable[Path], root: Path | None = None) -> Checked:
    """Look at descriptions, folders of them and their catalogs."""
    found: list[Diagnostic] = []
    usable = False
    for path in paths:
        try:
            found += open_portal(path, root).portal.diagnostics
            usable = True
        except PortalError as fault:
            found += fault.diagnostics
    return Checked(tuple(sorted(dict.fromkeys(found), key=lambda diagnostic: diagnostic.location)), usable)


def _only(catalog: Catalog, services: set[str]) -> Catalog:
    """What the catalog says of these services: one description out of a folder makes no claims about the others."""
    return replace(
        catalog,
        services=tuple(entry for entry in catalog.services if entry.id in services),
        capabilities=tuple(row for row in catalog.capabilities if row.service in services),
        packages=tuple(package for package in catalog.packages if package.service in services),
        gateway=replace(catalog.gateway, documented=tuple(line for line in catalog.gateway.documented if line.service in services)),
    )


def _shown(path: Path, folder: Path) -> str:
    """A description's path from the root of its portal, with forward slashes."""
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return posixpath.basename(path.as_posix())
