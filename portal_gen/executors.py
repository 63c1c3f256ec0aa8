"""Who does the jobs of a build: this process, processes beside it, or a Dask cluster. All three give the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeAlias, TypeVar, get_args

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.jobs import Executor, Job, Recipe, batches, forget, remember, run
from portal_gen.site import Site

Kind: TypeAlias = Literal["serial", "processes", "dask"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PAYS_FROM = 1000
"""Number of files from which processes are taken where nothing was asked for: below, starting them costs more than they save."""
READING_PAYS_FROM = 300_000
"""Bytes of descriptions from which two processes read them."""
LIGHT = 8
"""How many times less work a description is that was kept than one of the same size that is parsed."""
BATCHES = 8
"""Batches for each worker: many, so that all end at the same time; few, so that pages of one service stay together."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers and what has to be known to give them work."""

    executor: Executor
    workers: int
    here: bool
    """Whether they see this machine's disk, and so write by themselves."""
    forked: bool
    """Whether they have what this process has read."""


class Serial:
    """An executor that does everything in this process, when its result is asked for."""

    def map(self, function: Callable[[Job], tuple[bytes, ...]], jobs: Iterable[Job], /) -> Iterator[tuple[bytes, ...]]:
        """The results in the order of the jobs."""
        return map(function, jobs)


SERIAL = Crew(Serial(), 1, True, True)


def carry_out(crew: Crew, site: Site, recipe: Recipe, addresses: Sequence[str], out: Path) -> Iterator[int]:
    """Write addresses of a site below `out`; yields how many are done."""
    if crew.forked:
        remember(recipe, site)
    try:
        parts = batches(site, addresses, crew.workers * BATCHES)
        yield from run(crew.executor, (Job(recipe, part, out if crew.here else None) for part in parts), out)
    finally:
        forget()


@contextmanager
def crew(kind: Kind | None, files: int, scheduler: str = "") -> Iterator[Crew]:
    """Workers for so many files; they are gone when the block ends, however it ends.

    Without a `kind` it is processes where they pay. `scheduler` is the address of a Dask scheduler; without it, `dask` starts a
    cluster on this machine.
    """
    if kind == "dask":
        with _dask(scheduler) as found:
            yield found
    elif kind == "processes" or (kind is None and _pays(files)):
        with _processes() as found:
            yield found
    else:
        yield SERIAL


def _pays(files: int) -> bool:
    return files >= PAYS_FROM and _cores() > 1 and _can_fork()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    """Whether a process can be doubled safely: its other threads, with the locks that they hold, would not be doubled."""
    return sys.platform == "linux" and threading.active_count() == 1


R = TypeVar("R")


def read_by_two(function: Callable[[Path], R], paths: Sequence[Path], light: Collection[Path] = ()) -> list[R]:
    """`function` of each path, in their order. Where it pays, a forked process does its share at the same time; what comes back from
    it is pickled on the way, which is as much work as there is for those that are `light`. Where it fails, this process does that
    share too."""
    sizes = {path: path.stat().st_size if path.is_file() else 0 for path in paths}
    here = sum(sizes[path] for path in light) // LIGHT
    heavy = {path: size for path, size in sizes.items() if path not in light}
    pays = len(sizes) > 1 and bool(heavy) and here + sum(heavy.values()) >= READING_PAYS_FROM
    if not pays or _cores() < 2 or not _can_fork():
        return [function(path) for path in paths]
    theirs = _share(heavy, here)
    mine = [path for path in paths if path not in theirs]
    with _forked(function, theirs) as answers:
        found = {path: function(path) for path in mine}
        found |= zip(theirs, answers() or map(function, theirs), strict=True)
    return [found[path] for path in paths]


def _share(sizes: Mapping[Path, int], rest: int) -> list[Path]:
    """A part of the files that is as large as the others and `rest`, as nearly as it goes."""
    sums, share = [rest, 0], []
    for path in sorted(sizes, key=lambda path: -sizes[path]):
        less = int(sums[1] < sums[0])
        sums[less] += sizes[path]
        if less:
            share.append(path)
    return share


@contextmanager
def _forked(function: Callable[[Path], R], paths: Sequence[Path]) -> Iterator[Callable[[], list[R] | None]]:
    """A process that calls the function for some paths; what is given waits for its results, None where it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(function, paths, reading, writing)
    os.close(writing)

    def answers() -> list[R] | None:
        try:
            found: list[R] = pickle.load(pipe)
        except (EOFError, pickle.UnpicklingError):  # it was ended before it had written all
            return None
        return found

    with os.fdopen(reading, "rb") as pipe:
        try:
            yield answers
        finally:
            pipe.close()  # a child that still writes ends
            os.waitpid(child, 0)


def _answer(function: Callable[[Path], R], paths: Sequence[Path], reading: int, writing: int) -> NoReturn:
    """What the forked process does: all results at once, or nothing."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(reading)
        content = pickle.dumps([function(path) for path in paths], pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(content)
    finally:
        os._exit(0)


@contextmanager
def _processes() -> Iterator[Crew]:
    forked, workers = _can_fork(), max(2, _cores())
    context = multiprocessing.get_context("fork" if forked else "spawn")
    executor = ProcessPoolExecutor(workers, context, _begin)
    try:
        yield Crew(executor, workers, True, forked)
    except BrokenProcessPool as fault:
        raise PortalError(
            [error("executor", "a process that drew pages was ended; build with `--executor serial`", _AT)]
        ) from fault
    finally:
        executor.shutdown(cancel_futures=True)


_AT = Location("executor")


def _begin() -> None:
    """In a new worker: the parent alone answers to Ctrl+C, and a worker does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _dask(scheduler: str) -> Iterator[Crew]:
    try:
        from distributed import Client
    except ImportError as fault:
        message = "Dask is not installed; install portal-gen[dask], or use another executor"
        raise PortalError([error("executor", message, _AT)]) from fault
    options: dict[str, Any] = {"n_workers": max(2, _cores()), "threads_per_worker": 1, "dashboard_address": None}
    with _client(Client, scheduler, options) as client:
        workers = sum(client.nthreads().values())
        yield Crew(client.get_executor(), max(1, workers), False, False)


@contextmanager
def _client(make: Callable[..., Any], scheduler: str, options: dict[str, Any]) -> Iterator[Any]:
    try:
        client = make(scheduler, timeout=10) if scheduler else make(**options)
    except (OSError, ValueError) as fault:
        message = f"no Dask scheduler answers at {scheduler}: {fault}; start one, or correct --dask-scheduler"
        raise PortalError([error("executor", message, _AT)]) from fault
    with client:
        yield client
