"""A command's process tree is seen whole; nothing here depends on how long anything takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.measure import measure, parse_status, tree

STATUS = "Name:\tpython\nVmPeak:\t   99999 kB\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\nThreads:\t1\n"

GRANDCHILD = "held = b'x' * 120_000_000; import sys; sys.stdin.read()"
CHILD = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {GRANDCHILD!r}], stdin=subprocess.PIPE)\n"

linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


def test_status_of_the_kernel() -> None:
    assert parse_status(STATUS) == (1024 * 1024, 2048 * 1024)


def test_a_process_without_memory_counts_nothing() -> None:
    assert parse_status("Name:\tgone\nState:\tZ (zombie)\n") is None


@linux
def test_memory_of_a_grandchild_counts(tmp_path: Path) -> None:
    run = measure([sys.executable, "-c", CHILD + "time.sleep(1); p.communicate()"], tmp_path, os.environ)
    assert run.ok, run.errors
    assert run.peak > 120_000_000
    assert run.wall > 0
    assert run.cpu > 0


@linux
def test_the_tree_holds_this_process() -> None:
    assert tree(os.getppid()).count(os.getpid()) == 1


def test_a_failure_says_why(tmp_path: Path) -> None:
    run = measure([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path, os.environ)
    assert not run.ok
    assert run.reason == "exit status 1: no such thing"


def test_what_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    run = measure([sys.executable, "-c", CHILD + "p.wait()"], tmp_path, os.environ, limit=0.5)
    assert run.status == -9
