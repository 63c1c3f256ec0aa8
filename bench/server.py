"""A static server as a site has it in earnest: it compresses text, keeps connections, and notes what it sends."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench.sites import LEVEL

_TEXT = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".md", ".txt", ".yaml")
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".md": "text/markdown", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: its path, its status, and the bytes of its body as they went over the wire."""

    path: str
    status: int
    size: int


class Server(ThreadingHTTPServer):
    """Serves a folder on a free port of this machine and keeps `sent`."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder.resolve()
        self.sent: list[Sent] = []

    @property
    def origin(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.server.folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        found = file.resolve().is_relative_to(self.server.folder) and file.is_file()
        self._answer(path, 200 if found else 404, file if found else None)

    def _answer(self, path: str, status: int, file: Path | None) -> None:
        compressed = file is not None and file.suffix in _TEXT and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _body(file, compressed) if file else b"no such file\n"
        self.send_response(status)
        self.send_header("Content-Type", _type(file) if file else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.server.sent.append(Sent(path, status, len(body)))

    def log_message(self, format: str, *args: object) -> None:
        """`sent` is the log."""


@lru_cache(256)
def _body(file: Path, compressed: bool) -> bytes:
    content = file.read_bytes()
    return gzip.compress(content, LEVEL) if compressed else content


def _type(file: Path) -> str:
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server of `folder` that runs until the block ends."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
