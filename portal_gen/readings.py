"""What reading a description gave, kept in a store: the same files give the same document, so they are not parsed again.

For each description there are two entries. One, under its path and the digest of its text, lists the files that it was read from
with their digests; the other, under all of these, holds the document and the findings. Where one of the files is another now, or
is shown by another path, the description is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from portal_gen.cache import Store, digest
from portal_gen.load import TICK, Read
from portal_gen.model.as_json import from_json, to_json
from portal_gen.spec.source import shown

_LIBRARIES = ("cmarkgfm", "jinja2", "markupsafe", "nh3", "pygments", "pyyaml")


@cache
def program() -> str:
    """A digest of this program: its files, the libraries that it draws with, the version of Python."""
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.is_file() and path.suffix != ".pyc")
    parts: list[bytes | str] = [python_version(), *map(_version, _LIBRARIES)]
    for path in files:
        parts += (path.relative_to(here).as_posix(), path.read_bytes())
    return digest(*parts)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def below(path: Path, folder: Path) -> str:
    """Where a file really lies, from where the folder does."""
    return os.path.relpath(path.resolve(), folder.resolve()).replace(os.sep, "/")


def seal(path: Path) -> str:
    """A digest of a file; empty where there is none."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def untouched(files: Iterable[Path], begun: int) -> bool:
    """Whether no file was written since `begun` (nanoseconds), so that what was read is what a digest taken meanwhile says."""
    try:
        return all(os.stat(path).st_ctime_ns < begun - TICK for path in files)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Readings:
    """A shelf of what was read, in a store."""

    store: Store

    def has(self, folder: Path, path: Path) -> bool:
        """Whether a description below a folder is known as its files are now."""
        found = self._found(folder, path)
        return found is not None and self.store.has(found[0])

    def find(self, folder: Path, path: Path) -> Read | None:
        """What reading a description would give now; None where that is not known."""
        found = self._found(folder, path)
        data = self.store.get(found[0]) if found else None
        if found is None or data is None:
            return None
        document, findings = from_json(data.decode("utf-8", "surrogatepass"), shown(path))
        return Read(document, findings, found[1], (), settled=False, certain=True)

    def _found(self, folder: Path, path: Path) -> tuple[str, tuple[Path, ...]] | None:
        """The key of a document, and the files that it was read from; None where one of them is another now."""
        name = _name(folder, path)
        listed = self.store.get(name)
        if listed is None:
            return None
        rows: list[list[str]] = json.loads(listed)
        base = folder.resolve()
        files = tuple(Path(os.path.normpath(base / row[0])) for row in rows)
        return (_content(name, rows), files) if rows == _rows(folder, files) else None

    def keep(self, folder: Path, path: Path, read: Read, begun: int) -> None:
        """Keep what was read since `begun`, where it is known for certain what it depends on."""
        if not read.certain:
            return
        name, rows = _name(folder, path), _rows(folder, read.files)
        if untouched(read.files, begun):
            text = to_json((read.document, read.findings), shown(path))
            self.store.put(_content(name, rows), text.encode("utf-8", "surrogatepass"))
            self.store.put(name, json.dumps(rows).encode())


def _name(folder: Path, path: Path) -> str:
    return digest("files", program(), shown(folder), shown(path), below(path, folder), seal(path))


def _rows(folder: Path, files: Iterable[Path]) -> list[list[str]]:
    """Each file: where it lies, how it is shown, its digest."""
    return [[below(path, folder), shown(path), seal(path)] for path in files]


def _content(name: str, rows: list[list[str]]) -> str:
    return digest("document", name, *(part for row in rows for part in row))
