"""What several tests share: where the corpus lies, sites built once a run, a browser."""

from __future__ import annotations

import functools
import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

settings.register_profile("any machine", deadline=None)  # a busy one is no fault
settings.load_profile("any machine")

REPOSITORY = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("PORTAL_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
VECTORS = Path(os.environ.get("PORTAL_VECTORS", REPOSITORY.parent / "shared" / "vectors"))
FACTS = Path(os.environ.get("PORTAL_FACTS", CORPUS.parent / "facts"))
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def corpus(*parts: str) -> Path:
    """A file or folder of the corpus; the test is skipped where it is absent."""
    path = CORPUS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the corpus is not here: {path} is missing; set PORTAL_CORPUS")
    return path


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`portal-gen` as a process of its own."""
    command = [sys.executable, "-m", "portal_gen", *map(str, arguments)]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "CI": "true"} | environment
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder served over HTTP."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed; `apt-get install chromium`")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def heed_interrupts() -> None:
    """For a process that a test interrupts: shells let what they start in the background ignore that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
