"""A folder of entries that may be deleted at any time: bytes by key, each with a digest of itself.

Two builds may use it at once: an entry appears whole or not at all, and the same key always means the same bytes. An entry that was
damaged is none. Entries that were not used for the longest time go when the folder grows too large.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

LIMIT = 1024**3
"""Bytes that may stay after a build."""
_SIZE = 16


def digest(*parts: bytes | str) -> str:
    """A digest of parts, each told from the next, as 32 hex digits."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


class Store:
    """Entries in `folder`, which is made when the first is put. What can not be written is not kept, and nothing is said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, key: str) -> bool:
        """Whether there is an entry, whole or not."""
        return self._path(key).is_file()

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry; None where there is none, or not as it was put."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data[_SIZE:] if data[:_SIZE] == _seal(key, data[_SIZE:]) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry."""
        with contextlib.suppress(OSError):
            self._begin()
            descriptor, name = tempfile.mkstemp(prefix=".new-", dir=self.folder)
            try:
                with open(descriptor, "wb") as file:
                    file.write(_seal(key, data))
                    file.write(data)
                os.replace(name, self._path(key))
            except BaseException:
                os.unlink(name)
                raise

    def trim(self, limit: int = LIMIT) -> None:
        """Let entries go that were not used for the longest time, until all are at most `limit` bytes, and what a build that was
        ended left behind."""
        found = sorted(self._entries(), reverse=True)
        total = 0
        for used, size, path in found:
            total += size
            if total > limit or (path.name.startswith(".new-") and used < found[0][0] - 3600):
                path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Time of last use in seconds, bytes, path."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.name == ".gitignore":
                continue
            with contextlib.suppress(OSError):
                status = path.stat()
                yield status.st_mtime, status.st_size, path

    def _begin(self) -> None:
        ignored = self.folder / ".gitignore"
        if not ignored.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            ignored.write_text("*\n")

    def _path(self, key: str) -> Path:
        return self.folder / key


def _seal(key: str, data: bytes) -> bytes:
    return bytes.fromhex(digest(key, data))
