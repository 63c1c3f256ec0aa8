"""Which files of a folder are descriptions, and what their services are called."""

from __future__ import annotations

from pathlib import Path

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError

SUFFIXES = (".yaml", ".yml", ".json")
_STEMS = ("openapi", "swagger")


def descriptions(source: Path) -> tuple[tuple[str, Path], ...]:
    """Service ids with their files. SOURCE is a description or a folder: its `<service>/openapi.{yaml,yml,json}` where it has
    such, else the description files directly in it. PortalError where there is none."""
    if source.is_file():
        return ((service_id(source), source),)
    if not source.is_dir():
        raise PortalError([error("source", "there is no such file or folder; name a description or a folder of them", _at(source))])
    found = _in_folders(source) or _directly_in(source)
    if not found:
        message = "no description here; put `<service>/openapi.yaml` or description files into this folder, or name another"
        raise PortalError([error("source", message, _at(source))])
    return tuple(found)


def service_id(path: Path) -> str:
    """The file's stem, or its folder's name where the stem is `openapi` or `swagger`."""
    return path.resolve().parent.name if path.stem.lower() in _STEMS else path.stem


def _in_folders(source: Path) -> list[tuple[str, Path]]:
    found = []
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        files = [folder / f"openapi{suffix}" for suffix in SUFFIXES if (folder / f"openapi{suffix}").is_file()]
        if files:
            found.append((folder.name, files[0]))
    return found


def _directly_in(source: Path) -> list[tuple[str, Path]]:
    files = sorted(path for path in source.iterdir() if path.suffix in SUFFIXES and path.is_file() and path.stem != "catalog")
    return [(service_id(path), path) for path in files if not path.name.startswith((".", "mkdocs."))]


def _at(path: Path) -> Location:
    return Location(str(path))
