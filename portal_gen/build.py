"""Whole sites change places with whole sites: a folder is never half old and half new."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.errors import PortalError
from portal_gen.spec.source import shown

MARK = ".portal-gen"
"""The file that says that a folder was made here and may be replaced."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `out` when the block ends well and vanishes when it does not.

    PortalError before anything is written where `out` holds something that was not made here.
    """
    out = out.absolute()
    _refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as fault:
        raise PortalError([_cannot(out, fault)]) from fault
    try:
        fresh.chmod(0o755)
        yield fresh
        (fresh / MARK).write_text("Made by portal-gen, which replaces this folder as a whole.\n")
        _exchange(fresh, out)
    except OSError as fault:
        raise PortalError([_cannot(out, fault)]) from fault
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


def _exchange(fresh: Path, out: Path) -> None:
    """Two renames; between them, for an instant, there is no folder, and after a crash there the old one stands beside."""
    old = out.with_name(f".{out.name}-old-{os.getpid()}")
    if out.exists():
        out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _cannot(out: Path, fault: OSError) -> Diagnostic:
    reason = fault.strerror or str(fault)
    return error(
        "out", f"cannot be written: {reason}; free room or rights, or name another folder with --out", Location(shown(out))
    )
