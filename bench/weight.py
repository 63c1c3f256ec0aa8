"""Bytes that a browser with an empty cache fetches until a page can be read: real Chromium, compressed answers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from playwright.sync_api import Browser, Request, sync_playwright

from bench.inputs import Missing
from bench.server import Sent, serving

APART = ("search", "sitemap")
"""Kinds that are fetched for what a reader may do next, and are not needed to read the page."""

_KINDS = {
    ".html": "document",
    ".css": "styles",
    ".js": "scripts",
    ".mjs": "scripts",
    ".woff2": "fonts",
    ".woff": "fonts",
    ".png": "images",
    ".svg": "images",
    ".ico": "images",
    ".jpg": "images",
    ".webp": "images",
}

# Chromium's own traffic must neither be counted nor keep it waiting.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page fetched. `kinds` is bytes over the wire by kind; `requests` counts all of them, those of APART included."""

    address: str
    kinds: dict[str, int]
    requests: int
    foreign: tuple[str, ...]
    """Requests to another host, each an address."""
    missing: tuple[str, ...]
    """Paths that the site links to and does not have."""

    @property
    def to_read(self) -> int:
        """Bytes without APART."""
        return sum(size for kind, size in self.kinds.items() if kind not in APART)

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.kinds.values())


def chromium() -> str:
    """Where Chromium is. `Missing` where it is not."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise Missing("there is no chromium; `make chromium` installs it, or set CHROMIUM to its path")
    return found


def weigh(site: Path, addresses: Iterable[str]) -> list[Weight]:
    """Load pages of a built site, each with an empty cache. `addresses` are files relative to `site`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            return [_load(browser, site, address) for address in addresses]
        finally:
            browser.close()


def _load(browser: Browser, site: Path, address: str) -> Weight:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with serving(site) as server:
        context = browser.new_context()
        context.on("request", note)
        page = context.new_page()
        page.goto(f"{server.origin}/{quote(address.removesuffix('index.html'))}", wait_until="load")
        page.wait_for_load_state("networkidle")
        # A worker's fetches do not count as the page's network: give them the time to begin.
        page.wait_for_timeout(500)
        page.wait_for_load_state("networkidle")
        context.close()
        foreign = tuple(url for url in asked if _foreign(url, server.origin))
        return summed(address, tuple(server.sent), foreign)


def _foreign(url: str, origin: str) -> bool:
    """Whether an address asks another host; `data:` and `blob:` ask none."""
    return url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(origin + "/")


def summed(address: str, sent: tuple[Sent, ...], foreign: tuple[str, ...]) -> Weight:
    """Add up what a server sent for one page."""
    kinds: dict[str, int] = {}
    for answer in sent:
        name = kind(answer.path)
        kinds[name] = kinds.get(name, 0) + answer.size
    return Weight(address, kinds, len(sent) + len(foreign), foreign, tuple(answer.path for answer in sent if answer.status != 200))


def kind(path: str) -> str:
    """document, styles, scripts, fonts, images, search (index and worker), sitemap or other."""
    name = PurePosixPath(path).name
    if name.startswith("search_index") or "/workers/search" in path or name == "search.json":
        return "search"
    if name == "sitemap.xml":
        return "sitemap"
    return "document" if path.endswith("/") else _KINDS.get(PurePosixPath(path).suffix, "other")
