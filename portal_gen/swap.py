"""Two folders change their names.

Linux does it in one step. Elsewhere it takes two renames: for an instant there is no folder, and after a crash there the old one
stands beside.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from pathlib import Path

_HERE = -100
"""AT_FDCWD of Linux: paths count from the working directory."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux."""
_TRIES = 20


def exchange(fresh: Path, out: Path) -> None:
    """Put `fresh` in the place of `out`, which may be absent, or be put there meanwhile by another process. The old folder stands
    at `fresh` afterwards, or is gone. OSError where it can not be done."""
    if not _in_one_step(fresh, out):
        by_renames(fresh, out)


def _in_one_step(fresh: Path, out: Path) -> bool:
    """Whether both have changed names in one step; false where there is no `out`, or the system can not."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(fresh), _HERE, os.fsencode(out), _EXCHANGE) == 0)


def by_renames(fresh: Path, out: Path) -> None:
    """The same in two steps."""
    for attempt in range(_TRIES):
        try:
            return _renamed(fresh, out)
        except OSError:  # another process was faster, so that `out` is there again, or gone
            if attempt + 1 == _TRIES:
                raise


def _renamed(fresh: Path, out: Path) -> None:
    old = None
    if out.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
        try:
            out.rename(old)
        except OSError:
            old.rmdir()
            raise
    try:
        fresh.rename(out)
    except OSError:
        if old and not out.exists():
            old.rename(out)
        raise
    finally:
        if old:
            shutil.rmtree(old, ignore_errors=True)
