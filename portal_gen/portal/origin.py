"""Whether an address of a description lies under the gateway. A key may go there, so everything unclear counts as no.

Parsers disagree on backslashes, user names and tabs (https://url.spec.whatwg.org/#url-parsing against RFC 3986): addresses that
hold any of these have no origin here. A host is compared in lower case and in its ASCII form (a Cyrillic `а` is another host); a
dot at its end makes it another host too, since a browser keeps that apart as an origin of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host, port."""

_PORTS = {"http": 80, "https": 443}
_UNCLEAR = re.compile(r"[\x00-\x20\x7f-\x9f\\{}]")
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_DOTS = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def origin(address: str) -> Origin | None:
    """The origin of an absolute http or https address; None where it has none, or where parsers may disagree about it."""
    if _UNCLEAR.search(address) or not re.match(r"https?://[^/]", address, re.IGNORECASE):
        return None
    try:
        parts = urlsplit(address)
        host = _ascii(parts.hostname or "")
        port = parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    return parts.scheme, host, _PORTS[parts.scheme] if port is None else port


@lru_cache(maxsize=4096)
def below(address: str, gateway: str) -> str | None:
    """The path of a server under the gateway, without a slash at its end (`/v1/kv`, or empty); None where it is not under it.

    The server's scheme, host and port must be the gateway's, and its path must lie below the gateway's. A query, a fragment or
    a dot segment makes it unclear.
    """
    if origin(address) is None or origin(address) != origin(gateway):
        return None
    parts, base = urlsplit(address), urlsplit(gateway).path.rstrip("/")
    if "?" in address or "#" in address or not plain(parts.path or "/"):
        return None
    path = parts.path.rstrip("/")
    return path.removeprefix(base) if path == base or path.startswith(base + "/") else None


def plain(path: str) -> bool:
    """Whether a path (or template) can be put behind an origin without changing what is reached."""
    template = path.replace("{", "").replace("}", "")
    return path.startswith("/") and not _UNCLEAR.search(template) and not _DOTS.search(path) and not re.search("[?#]", path)


def _ascii(host: str) -> str:
    return host if host.startswith("[") or host.isascii() else host.encode("idna").decode("ascii")
