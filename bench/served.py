"""How long an author waits: from the start of `serve` to the first page, and from saving an edit to seeing it in Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.builds import Failed
from bench.inputs import WORK, Input
from bench.weight import FLAGS, chromium


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds: to the first page, and for each service the times from a saved file to changed text on screen."""

    first: float
    edits: dict[str, list[float]]


def wait_for(given: Input, services: dict[str, str], times: int) -> Waited:
    """Serve a copy of the input; edit the description of each service, which is shown at the page given for it."""
    folder = WORK / "served"
    shutil.rmtree(folder, ignore_errors=True)
    for file in given.files:
        target = folder / file.parent.name / file.name
        target.parent.mkdir(parents=True)
        shutil.copyfile(file, target)
    port = _free_port()
    command = [sys.executable, "-m", "portal_gen", "serve", str(folder), "--dev-addr", f"localhost:{port}"]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            base = f"http://localhost:{port}/"
            first = _first_answer(base + next(iter(services.values())), begun, process)
            return Waited(first, {name: _edits(base + page, folder / name, times) for name, page in services.items()})
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _first_answer(address: str, begun: float, process: subprocess.Popen[bytes]) -> float:
    while time.monotonic() < begun + 60:
        try:
            with urllib.request.urlopen(address, timeout=30):
                return time.monotonic() - begun
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                break
            time.sleep(0.01)
    raise Failed(f"serve: {address} never answered")


def _edits(address: str, folder: Path, times: int) -> list[float]:
    """Seconds from each save until the page shows it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        page.wait_for_timeout(800)
        found = [_edit(page, folder / "openapi.yaml", number) for number in range(times)]
        browser.close()
        return found


def _edit(page: Page, file: Path, number: int) -> float:
    """The version stands in the side navigation of every page of a service; the page is asked at every frame."""
    text = file.read_text()
    lines = text.splitlines(keepends=True)
    place = next(index for index, line in enumerate(lines) if line.lstrip().startswith("version:"))
    word = f"9.9.{number}"
    lines[place] = f"  version: '{word}'\n"
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(lines))
    page.evaluate(
        """word => { window.seen = new Promise(resolve => {
            const look = () => document.querySelector(".pg-nav__svc")?.textContent.includes(word) ? resolve(Date.now())
                : requestAnimationFrame(look);
            look();
        }); }""",
        word,
    )
    saved = time.time()
    os.replace(fresh, file)
    shown = float(page.evaluate("window.seen")) / 1000
    page.wait_for_timeout(150)
    return shown - saved


def middle(times: list[float]) -> float:
    """The median."""
    return median(times)
