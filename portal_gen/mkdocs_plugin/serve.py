"""The portal under `mkdocs serve`: pages are rendered when they are asked for, and an edit shows at once.

A description that changes is read again alone; open pages are told and fetch themselves anew. MkDocs rebuilds only for its own
files. Both happen in threads, so a lock keeps a page from being drawn half from one portal and half from the next.
"""

from __future__ import annotations

import mimetypes
import posixpath
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from mkdocs.plugins import get_plugin_logger

from portal_gen.diagnostics import Diagnostic
from portal_gen.errors import PortalError
from portal_gen.live import Channel, Watch
from portal_gen.resources import live_script
from portal_gen.site import Site

log = get_plugin_logger("portal_gen")
Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]
EVENTS = "_portal/events"
SCRIPT = "_portal/live.mjs"
RETRY = 0.08
"""Seconds until a description that does not parse is read once more: an editor may be in the middle of writing it."""


class Live:
    """What is served at the moment, and how it changes. `reopen` reads again what has changed and gives the site and its faults."""

    def __init__(
        self, site: Site, reopen: Callable[[], tuple[Site, tuple[Diagnostic, ...]]], rebuild: Callable[[], object]
    ) -> None:
        self.lock = threading.RLock()
        self.site = site
        self.drawn: frozenset[str] = frozenset()
        """Files that MkDocs has drawn: where the portal no longer has them, they must not be found on disk."""
        self.sitemap: Callable[[Site], str] = lambda site: ""
        self.channel = Channel({"kind": "hello", "server": token_hex(8)})
        self.reopen = reopen
        self.rebuild = rebuild
        self._faults: tuple[str, ...] = ()
        self._watch: Watch | None = None

    def watch(self, folders: Mapping[Path, bool], concerns: Callable[[Path], bool]) -> None:
        """Begin to watch the files of the portal."""
        self._watch = Watch(folders, concerns, self.changed)
        self._watch.start()

    def stop(self) -> None:
        """End watching, and every open stream."""
        self.channel.close()
        if self._watch:
            self._watch.stop()

    def changed(self) -> None:
        """Read again and tell open pages and the terminal: of new content, or of what is wrong over the last good one."""
        faults = self._read()
        if faults:
            threading.Event().wait(RETRY)
            faults = self._read()
        if faults or self._faults:
            self.channel.send({"kind": "faults", "messages": list(faults)})
        for message in faults:
            if message not in self._faults:
                log.warning("%s", message)
        self._faults = faults
        self.channel.send({"kind": "changed"})

    def _read(self) -> tuple[str, ...]:
        try:
            site, problems = self.reopen()
        except PortalError as fault:
            return tuple(str(diagnostic) for diagnostic in fault.diagnostics)
        with self.lock:
            self.site = site
        return tuple(str(found) for found in problems)

    def wrap(self, app: App, mount: str) -> App:
        """The application with the portal in front of it."""

        def portal(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            inside = path[len(mount) :] if (path + "/").startswith(mount) else None
            if inside is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                return app(environ, start)
            answer = self._answer(inside, environ, start, mount)
            return answer if answer is not None else _with_script(app, environ, start, mount)

        return portal

    def _answer(self, path: str, environ: dict[str, Any], start: Start, mount: str) -> Iterable[bytes] | None:
        if path == EVENTS:
            start("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
            return self.channel.stream()
        if path == SCRIPT:
            return _send(start, "text/javascript", live_script())
        address = path + "index.html" if path.endswith("/") or not path else path
        with self.lock:
            if address == "sitemap.xml" and (sitemap := self.sitemap(self.site)):
                return _send(start, "application/xml", sitemap.encode())
            if not self.site.has(address):
                return self._elsewhere(address, start, mount)
            try:
                body = self.site.get(address)
            except LookupError:  # a page of a depth that has not been drawn yet
                self.rebuild()
                return None
            except PortalError as fault:  # in a template that the site adds
                start("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
                return [str(fault).encode()]
        kind = mimetypes.guess_type(address)[0] or "text/plain"
        return _send(start, kind, inject(body, mount) if kind == "text/html" else body)

    def _elsewhere(self, address: str, start: Start, mount: str) -> Iterable[bytes] | None:
        """A page without its slash at the end is sent on; anything else is not ours."""
        if address in self.drawn:
            start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"This page is no longer in a description."]
        if not self.site.has(posixpath.join(address, "index.html")):
            return None
        start("302 Found", [("Location", quote(mount + address) + "/")])
        return []


def _send(start: Start, kind: str, body: bytes) -> list[bytes]:
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("xml", "json")) else kind
    start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return [body]


def inject(body: bytes, mount: str) -> bytes:
    """A page with the script that listens for changes; only a server adds it, no build does."""
    script = f'<script type="module" src="{quote(mount + SCRIPT)}"></script>'.encode()
    before, found, after = body.rpartition(b"</body>")
    return before + script + found + after if found else body


def _with_script(app: App, environ: dict[str, Any], start: Start, mount: str) -> Iterable[bytes]:
    """What MkDocs answers, with our script where it is a page: instant navigation goes from there to the portal's pages."""
    answer: list[Any] = []

    def remember(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
        answer[:] = [status, headers]

    body = app(environ, remember)
    status, headers = answer
    if not dict(headers).get("Content-Type", "").startswith("text/html"):
        start(status, headers)
        return body
    page = inject(b"".join(body), mount)
    if hasattr(body, "close"):
        body.close()
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start(status, [*kept, ("Content-Length", str(len(page)))])
    return [page]
