"""From a folder on disk to a Portal: the one place that reads the files of a portal.

A description that cannot be used is left out and named, as long as another one can be; then everything that is wrong is among
`Portal.diagnostics`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from portal_gen.diagnostics import Diagnostic
from portal_gen.errors import PortalError
from portal_gen.lint import lint
from portal_gen.model.builder import build
from portal_gen.portal.assemble import Source, assemble
from portal_gen.portal.catalog import EMPTY, Catalog
from portal_gen.portal.catalog_reader import read_catalog
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import Urls
from portal_gen.spec import find_root, load
from portal_gen.spec.source import collector_off


@dataclass(frozen=True, slots=True)
class Opened:
    """A portal with every file that it was read from."""

    portal: Portal
    files: tuple[Path, ...]


def open_portal(source: Path, root: Path | None = None, urls: Urls | None = None, title: str = "") -> Opened:
    """Read SOURCE, a description or a folder of them, with the catalog of its root. `root` bounds where `$ref` may lead.

    PortalError where no description at all can be used.
    """
    found = descriptions(source)
    folder = root or find_root(found[0][1] if source.is_file() else source / "catalog.yaml")
    catalog, problems, files = _catalog(folder)
    if source.is_file():
        catalog = _only(catalog, {id_ for id_, _ in found})
    sources: list[Source] = []
    with collector_off():
        for id_, path in found:
            try:
                loaded = load(path, folder)
                document = build(loaded)
                problems += lint(document)
                sources.append(Source(id_, _shown(path, folder), document))
                files += loaded.files
            except PortalError as fault:
                problems += fault.diagnostics
        if not sources:
            raise PortalError(problems)
        portal = assemble(sources, catalog, urls or Urls(), title, problems)
    return Opened(portal, tuple(sorted(set(files))))


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


def _catalog(folder: Path) -> tuple[Catalog, list[Diagnostic], list[Path]]:
    path = folder / "catalog.yaml"
    if not path.is_file():
        return EMPTY, [], []
    catalog, problems = read_catalog(path)
    return catalog, list(problems), [path.resolve()]


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
