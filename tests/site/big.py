"""Very long descriptions, and what their sites must be: whole, and made of pages that a browser shows. It imports nothing of the product."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def description(count: int, tags: int = 0) -> dict[str, Any]:
    """So many operations, under tags that take turns; without tags each has a first segment of its own, and so a section."""
    paths = {f"/things/{n}/x" if tags else f"/p{n}": {"get": _operation(n, tags)} for n in range(count)}
    thing = {"type": "object", "properties": {"id": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Big", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": {"Thing": thing}},
    }


def _operation(n: int, tags: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    return {
        "operationId": f"op{n}",
        "summary": f"Read thing {n}",
        **({"tags": [f"tag{n % tags}"]} if tags else {}),
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"description": "OK", "content": content}},
    }


def pages(site: Path, count: int) -> list[str]:
    """The URLs of all operations, each of which has its page and its twin."""
    urls = [entry["url"] for entry in json.loads((site / "operations.json").read_text())]
    assert len(urls) == len(set(urls)) == count
    assert [url for url in urls for name in ("index.html", "index.md") if not os.path.isfile(f"{site}/{url}{name}")] == []
    return urls


def listed(site: Path, overview: str) -> set[str]:
    """The URLs that are reached from the overview of a service through its lists."""
    found, waiting = {overview}, [overview]
    while waiting:
        for url, _ in links(site, waiting.pop()):
            if url not in found:
                found.add(url)
                if url.startswith(f"{overview}lists/") and url.endswith("/"):
                    waiting.append(url)
    return found


def links(site: Path, url: str) -> list[tuple[str, str]]:
    """Where the links of a page lead: URL and fragment."""
    found = []
    for link in _LINK.findall((site / url / "index.html").read_text()):
        path, _, fragment = unescape(link).partition("#")
        if ":" not in path:
            there = posixpath.normpath(posixpath.join(url, path)) + ("/" if path.endswith("/") or not path else "")
            found.append(("" if there.strip("/") == "." else there, fragment))
    return found


def broken(site: Path, urls: Iterable[str]) -> list[str]:
    """The links of some pages that lead nowhere."""
    wanted = {target for url in urls for target in links(site, url)}
    return sorted(f"{url}#{fragment}" for url, fragment in wanted if not _stands(site, url, fragment))


def _stands(site: Path, url: str, fragment: str) -> bool:
    path = site / url / "index.html" if url.endswith("/") or not url else site / url
    return path.is_file() and (not fragment or path.suffix != ".html" or fragment in _ID.findall(path.read_text()))


def largest(site: Path, kind: str = "html") -> int:
    """Bytes of the largest page."""
    return max(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(site)
        for name in names
        if name.endswith("." + kind)
    )
