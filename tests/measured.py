"""A build with what it took: memory of its largest process, and time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import REPOSITORY

MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""Runs a command from a small process: the system counts the memory of whoever starts it as the command's own."""


def built(source: Path, out: Path) -> tuple[int, str, int, float]:
    """Exit status, standard error, bytes of memory and seconds of a build."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "portal_gen", "build", str(source), "--out", str(out)]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "CI": "true"}
    begun = time.monotonic()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    unit = 1 if sys.platform == "darwin" else 1024
    return done.returncode, done.stderr, int(done.stdout.splitlines()[-1]) * unit, time.monotonic() - begun
