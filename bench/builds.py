"""Cold builds: a new process into a new folder, with no cache of an earlier one.

Bytecode is compiled and the files have been read once before, by a run that is not timed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import peers
from bench.inputs import ROOT, WORK, Input
from bench.measure import Run, measure

RUNS = WORK / "runs"
_ASIDE = RUNS / "aside"

_NOT_INHERITED = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "SOURCE_DATE_EPOCH")
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "CI": "1"}


@dataclass(frozen=True, slots=True)
class Timed:
    """Several runs of one builder."""

    name: str
    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """Median seconds."""
        return median(run.wall for run in self.runs)

    @property
    def fastest(self) -> float:
        """Seconds of the run that was disturbed least."""
        return min(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median seconds of processor time."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> int:
        """Bytes, the highest of all runs."""
        return max(run.peak for run in self.runs)


Builder = Callable[[], Run]


class Failed(Exception):
    """A build failed; the message says which and why."""


def alternate(builders: dict[str, Builder], repeat: int) -> dict[str, Timed]:
    """Run each in turn, `repeat` times over, so that what else the machine does meets all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in builders}
    for _ in range(repeat):
        for name, build in builders.items():
            runs[name].append(succeeded(name, build()))
    return {name: Timed(name, tuple(found)) for name, found in runs.items()}


def succeeded(name: str, run: Run) -> Run:
    """The run itself; `Failed` where it failed."""
    if not run.ok:
        raise Failed(f"{name}: {run.reason}")
    return run


def ratio(ours: Timed, other: Timed) -> float:
    """Median of the ratios of wall time, pair by pair."""
    return median(left.wall / right.wall for left, right in zip(ours.runs, other.runs, strict=True))


def site(name: str) -> Path:
    """Where the last build under this name went."""
    return RUNS / name / "site"


def ours(
    given: Input, name: str, limit: float = 900, more: dict[str, str] | None = None, options: Sequence[str | Path] = ()
) -> Run:
    """`portal-gen build`, into `site(name)`, where nothing is left of a build before."""
    folder = _fresh(name)
    command = [sys.executable, "-m", "portal_gen", "build", str(given.path), "--out", str(folder / "site"), *map(str, options)]
    return measure(command, folder, _environment(folder) | {"PYTHONPATH": str(ROOT)} | (more or {}), limit)


def peer(given: Input, name: str, details: bool = False, limit: float = 900) -> Run:
    """`mkdocs build` with the peer's plugin, into `site(name)`."""
    folder = _fresh(name)
    peers.project(folder / "project", given, details)
    command = [peers.install(), "build", "--quiet", "--site-dir", folder / "site"]
    return measure([str(part) for part in command], folder / "project", _environment(folder), limit)


def floor(given: Input, of: Path) -> tuple[float, float]:
    """Seconds to read the input, and to write what the site `of` holds: in a process of its own, as it holds all of it."""
    folder = _fresh("floor")
    command: Sequence[str | Path] = [sys.executable, "-m", "bench.floor", given.path, of, folder / "site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    read, write = map(float, done.stdout.split())
    return read, write


def _fresh(name: str) -> Path:
    """An empty folder. What stood there is put aside until the end: files that are removed keep the disk busy for seconds, and the
    next run would pay for it."""
    folder = RUNS / name
    if folder.exists():
        _ASIDE.mkdir(exist_ok=True)
        folder.rename(_ASIDE / f"{len(list(_ASIDE.iterdir()))}")
    folder.mkdir(parents=True)
    return folder


@atexit.register
def _clear() -> None:
    shutil.rmtree(_ASIDE, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """This process' own, with caches kept apart and the notices of MkDocs' distributions off."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    return kept | _QUIET | {"XDG_CACHE_HOME": str(folder / "cache")}
