"""One command in a new process: wall time, processor time and the peak memory of its whole process tree."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.01
"""Seconds between two looks at the memory of the process tree."""

_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took. `errors` is the end of what it wrote to standard error."""

    wall: float
    """Seconds from before its start until it has ended."""
    cpu: float
    """Seconds of processor time, its children's included."""
    peak: int
    """Bytes; 0 where there is no /proc."""
    status: int
    """Exit status; negative for a signal."""
    errors: str = ""

    @property
    def ok(self) -> bool:
        """Whether the command did what it was to do."""
        return self.status == 0

    @property
    def reason(self) -> str:
        """One line that says why it failed."""
        lines = self.errors.strip().splitlines()
        return f"exit status {self.status}: {lines[-1] if lines else 'no message'}"


def measure(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str], limit: float = 900) -> Run:
    """Run `command` to its end; it is killed with all of its group after `limit` seconds."""
    with tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(env),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        guard = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        guard.start()
        sampler = _Sampler(process.pid)
        sampler.start()
        _, code, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        guard.cancel()
        process.returncode = os.waitstatus_to_exitcode(code)
        sampler.end()
        return Run(wall, usage.ru_utime + usage.ru_stime, sampler.peak, process.returncode, _tail(errors.fileno()))


def _tail(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, _KEPT, max(0, size - _KEPT)).decode(errors="replace")


class _Sampler(threading.Thread):
    """Looks at a process tree until told to end.

    What the kernel reports of an ended child (`ru_maxrss`) would do for one process alone, and counts the memory of the process
    that started it; so the tree is looked at while it lives. `VmHWM`, a process' own highest, makes a peak between two looks count.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        """Look, wait, look."""
        while not self._ended.wait(INTERVAL):
            self.peak = max(self.peak, tree_memory(self._pid))

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def tree_memory(pid: int) -> int:
    """Bytes: the larger of all that the tree holds now (pages shared by two processes count twice) and of what its largest process
    ever held."""
    found = [memory for memory in map(_memory, tree(pid)) if memory]
    return max(sum(now for now, _ in found), max((highest for _, highest in found), default=0))


def tree(pid: int) -> list[int]:
    """A process and all of its descendants that live."""
    found = [pid]
    for parent in found:
        try:
            for thread in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return found


def _memory(pid: int) -> tuple[int, int] | None:
    """Bytes held now and at most so far; None for a process that has gone or has given up its memory."""
    try:
        return parse_status(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None


def parse_status(text: str) -> tuple[int, int] | None:
    """`VmRSS` and `VmHWM` of a /proc status, in bytes (the kernel's kB are 1,024 bytes)."""
    fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    if "VmRSS" not in fields or "VmHWM" not in fields:
        return None
    now, highest = (int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))
    return now, highest
