"""Whole sites change places with whole sites: a folder is never half old and half new."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.errors import PortalError
from portal_gen.spec.source import shown
from portal_gen.swap import exchange

try:
    import fcntl
except ImportError:  # Windows: nothing tells there whether a folder's build still runs, so none is cleaned up
    fcntl = None  # type: ignore[assignment]

MARK = ".portal-gen"
"""The file that says that a folder was made here and may be replaced."""
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""What a write into an open file can meet; such a fault names no file."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `out` when the block ends well and vanishes when it does not.

    PortalError before anything is written where `out` holds something that was not made here, and for a file that can not be
    read or written meanwhile.
    """
    out = out.absolute()
    _refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-building-", dir=out.parent))
    except OSError as fault:
        raise PortalError([_cannot(out, fault)]) from fault
    try:
        with _owned(fresh):
            fresh.chmod(0o755)
            (fresh / MARK).write_text("Made by portal-gen, which replaces this folder as a whole.\n")
            yield fresh
            exchange(fresh, out)
    except OSError as fault:
        found = _fault(out, fresh, fault)
        if found is None:
            raise
        raise PortalError([found]) from fault
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        message = "this is not a folder; name another with --out, or remove it"
    elif out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        message = "this folder holds files that portal-gen did not make; name another with --out, or empty it"
    else:
        return
    raise PortalError([error("out", message, Location(shown(out)))])


def _sweep(out: Path) -> None:
    """Remove what builds that were killed have left beside `out`; put the old site back where one died between two renames."""
    found = [path for path in out.parent.glob(f".{_literal(out.name)}-*") if _is_ours(path, out)]
    left = [path for path in found if _is_left(path)]
    if len(left) < len(found):
        return  # another build is under way, and may be about to put its site there
    old = [path for path in left if path.name.startswith(f".{out.name}-old-")]
    if old and not out.exists():
        old[0].rename(out)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _literal(name: str) -> str:
    """A name in a pattern of `glob`."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _is_ours(path: Path, out: Path) -> bool:
    rest = path.name.removeprefix(f".{out.name}-")
    return rest.startswith(("building-", "old-")) and not path.is_symlink() and (path / MARK).is_file()


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    """A lock on a folder that ends with the process, however it ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks: then no folder looks left, and none is removed
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _is_left(folder: Path) -> bool:
    """Whether the process that made a folder is gone."""
    if fcntl is None:
        return False
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _fault(out: Path, fresh: Path, fault: OSError) -> Diagnostic | None:
    """A fault while building: of the place where the site is made, or of another file, which it names. None: of neither."""
    if not isinstance(fault.filename, str):
        return _cannot(out, fault) if fault.errno in _OF_THE_DISK else None
    path = Path(fault.filename)
    if path == out.parent or path.is_relative_to(fresh) or path.is_relative_to(out):
        return _cannot(out, fault)
    return error("file", f"{fault.strerror}; mend the file, or its permissions", Location(shown(path)))


def _cannot(out: Path, fault: OSError) -> Diagnostic:
    reason = fault.strerror or str(fault)
    return error(
        "out", f"cannot be written: {reason}; free room or rights, or name another folder with --out", Location(shown(out))
    )
