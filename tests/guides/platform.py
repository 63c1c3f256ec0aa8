"""A stand-in for Hanzo's services: it knows what the descriptions know, and answers with their examples.

A program of a guide runs against it unchanged but for the hosts: `https://api.hanzo.ai/v1/models` becomes
`http://127.0.0.1:PORT/api.hanzo.ai/v1/models`. What no description allows is a fault.
"""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from portal_gen.examples.fits import fits
from portal_gen.model.content import MediaType, Response
from portal_gen.model.schema import ABSENT
from portal_gen.model.security import SecurityScheme
from portal_gen.portal.portal import OperationPage, Portal, Service

HOSTS = re.compile(r"https://((?:[a-z]+\.)?hanzo\.(?:ai|id|chat|bot))(?![a-z.])")
VARIABLES = {
    "HANZO_API_KEY": "hk-your-api-key",
    "ACCESS_TOKEN": "<token>",
    "CODE": "<code>",
    "CLIENT_SECRET": "<client-secret>",
    "CONSOLE_PUBLIC_KEY": "pk",
    "CONSOLE_SECRET_KEY": "sk",
    "KMS_CLIENT_ID": "c7e93b10-84af-4d26-b5d1-6f0a2c8e4d57",
    "KMS_CLIENT_SECRET": "<client-secret>",
}
"""What the programs find in their environment."""
PAIR = b64encode(f"{VARIABLES['CONSOLE_PUBLIC_KEY']}:{VARIABLES['CONSOLE_SECRET_KEY']}".encode()).decode()
CREDENTIALS = {
    "http bearer": ("Authorization", {"Bearer hk-your-api-key", "Bearer <token>"}),
    "http basic": ("Authorization", {f"Basic {PAIR}"}),
    "apiKey": ("", {"hk-your-api-key", "Bearer hk-your-api-key"}),
}
OPEN = {"ApiController.GetOAuthToken"}
"""Takes no key, whatever the description says; its own text and the guide say so."""


@dataclass
class Platform:
    """A running stand-in. `busy` requests are answered with 429 first."""

    port: int
    routes: list[tuple[str, re.Pattern[str], Service, OperationPage]] = field(repr=False)
    """A failed test shows its arguments, and these are a hundred megabytes of text."""
    faults: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    busy: int = 0

    def begin(self, busy: int = 0) -> None:
        """Forget everything, before the next program."""
        self.faults, self.statuses, self.asked, self.busy = [], [], Counter(), busy

    def near(self, text: str) -> str:
        """A program that asks here instead of there."""
        return HOSTS.sub(rf"http://127.0.0.1:{self.port}/\1", text)

    def far(self, text: str) -> str:
        """What it printed, as if it had asked there."""
        return text.replace(f"http://127.0.0.1:{self.port}/", "https://")


def routes(portal: Portal) -> list[tuple[str, re.Pattern[str], Service, OperationPage]]:
    """Every known address of every operation, those with the fewest variables first."""
    found = [
        (page.operation.method, url, service, page)
        for service in portal.services
        for page in service.pages
        for url in (*page.direct, page.public.url)
        if url and page.operation.kind == "operation"
    ]
    found.sort(key=lambda route: route[1].count("{"))
    return [(method, _pattern(url), service, page) for method, url, service, page in found]


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{[^}]+\}", template)
    return re.compile("[^/]+".join(map(re.escape, pieces)))


def _allowed(service: Service, page: OperationPage, headers: Mapping[str, str]) -> bool:
    """Whether one of the ways in that the operation lists is taken."""
    if page.operation.id in OPEN or not page.operation.security:
        return True
    schemes = service.document.security_schemes
    return any(all(_credential(schemes[key], headers) for key, _ in way.schemes) for way in page.operation.security)


def _credential(scheme: SecurityScheme, headers: Mapping[str, str]) -> bool:
    kind = f"http {scheme.scheme}" if scheme.type == "http" else scheme.type
    name, values = CREDENTIALS[kind]
    return headers.get(name or scheme.name) in values


def _faults(service: Service, page: OperationPage, query: str, body: bytes) -> Iterator[str]:
    operation = page.operation
    for name in parse_qs(query):
        if name not in {parameter.name for parameter in operation.parameters_in("query")}:
            yield f"{operation.id} has no query parameter {name}"
    media = operation.body.content[0] if operation.body else None
    if media and media.name == "application/json" and media.schema and (body or (operation.body and operation.body.required)):
        if not fits(json.loads(body), media.schema, service.document.schemas, "read_only"):
            yield f"{operation.id} takes no such body: {body.decode()}"


def _answer(page: OperationPage, wanted: str, events: bool, turn: int) -> tuple[int, MediaType | None, str]:
    """Status, media type and text: the description's example whose turn it is, the last one over again."""
    response: Response = next(r for r in page.operation.responses if r.status.startswith(wanted))
    if not response.content:
        return int(response.status), None, ""
    media = next((m for m in response.content if ("event-stream" in m.name) == events), response.content[0])
    shown = media.examples[min(turn, len(media.examples) - 1)]
    if shown.value is ABSENT:
        return int(response.status), media, shown.serialized or ""
    return int(response.status), media, shown.value if isinstance(shown.value, str) else json.dumps(shown.value, default=str)


@contextmanager
def running(portal: Portal) -> Iterator[Platform]:
    """The stand-in on a free port, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, kind, text = self._reply(body)
            platform.statuses.append(status)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(text.encode())

        def do_POST(self) -> None:
            self.do_GET()

        def _reply(self, body: bytes) -> tuple[int, str, str]:
            target = urlsplit(self.path)
            url = "https:/" + target.path
            found = next((r for r in platform.routes if r[0] == self.command and r[1].fullmatch(url)), None)
            if found is None:
                platform.faults.append(f"no operation answers {self.command} {url}")
                return 404, "text/plain", ""
            _, _, service, page = found
            platform.faults += _faults(service, page, target.query, body)
            wanted = "2" if _allowed(service, page, self.headers) else "401"  # type: ignore[arg-type]
            if platform.busy:
                platform.busy, wanted = platform.busy - 1, "429"
            turn = platform.asked[page.url]
            platform.asked[page.url] += wanted == "2"
            events = b'"stream": true' in body or b'"stream":true' in body or "follow=true" in target.query
            status, media, text = _answer(page, wanted, events, turn)
            return status, media.name if media else "text/plain", text

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        platform = Platform(server.server_port, routes(portal))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield platform
        server.shutdown()
