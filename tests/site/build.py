"""Whole sites, each built once in a run, whichever worker asks first."""

from __future__ import annotations

import fcntl
from pathlib import Path

from tests.conftest import run


def built(source: Path, shared: Path, name: str) -> Path:
    """The site of `source`, built by the command line into the run's own folder."""
    out = shared / f"site-{name}"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            done = run("build", source, "--out", out)
            assert done.returncode == 0, done.stderr
    return out
