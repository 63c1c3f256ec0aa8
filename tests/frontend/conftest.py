"""A directory with the shipped files and sample pages, served on the loopback interface, and a browser to look at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.frontend.markup import operation, page

# Emits like the theme's document$: it remembers the last page for late subscribers.
SWAPS = """globalThis.document$ = {listeners: [], subscribe(f) { this.listeners.push(f); f(document) },
emit() { this.listeners.forEach((f) => f(document)) }};"""
PALETTES = tuple((scheme, primary) for scheme in ("default", "slate") for primary in ("custom", "indigo"))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log line for each."""

    def log_message(self, format: str, *args: Any) -> None:
        return None


def write_site(root: Path) -> None:
    """The shipped files, the theme's stylesheets and two operation pages per palette."""
    for asset in (files("portal_gen") / "frontend").iterdir():
        if asset.name.endswith((".css", ".mjs")):
            (root / asset.name).write_bytes(asset.read_bytes())
    theme = Path(str(files("material"))) / "templates" / "assets" / "stylesheets"
    names = [next(theme.glob(f"{kind}.*.min.css")) for kind in ("main", "palette")]
    for path in names:
        shutil.copy(path, root / path.name)
    styles = "".join(f'<link rel="stylesheet" href="{path.name}">' for path in names)
    for scheme, primary in PALETTES:
        html = page(operation("lang-a"), scheme=scheme, primary=primary, styles=styles)
        (root / f"{scheme}-{primary}.html").write_text(html, "utf-8")
    (root / "second.html").write_text(page(operation("lang-b"), script=SWAPS, styles=styles), "utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served directory, without a final slash."""
    root = tmp_path_factory.mktemp("site")
    write_site(root)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """`visit(name, width=1440, **options)`: a page in its own context. Any error of its script fails the test."""
    contexts = []
    errors: list[str] = []

    def open_page(name: str = "default-custom.html", width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{site}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
