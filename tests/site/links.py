"""Every link of a built site leads somewhere: files and anchors. It imports nothing of the product."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'<[a-zA-Z][^>]*?\s(?:href|src|data-src|action)="([^"]*)"')
_ID = re.compile(r'\s(?:id|name)="([^"]*)"')
_MARKDOWN = re.compile(r"(?<!\\)\]\((\.{1,2}/[^)\s]*)\)")
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_NAVIGATION = re.compile(r'<nav class="md-nav md-nav--primary".*?</nav>', re.DOTALL)


def broken_links(site: Path) -> tuple[int, list[str]]:
    """How many links were followed, and those that lead nowhere, as `page: link`."""
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    ids: dict[str, set[str]] = {}
    wanted: dict[str, list[tuple[str, str, str]]] = {}
    navigations: set[tuple[str, int]] = set()
    count, broken = 0, []
    for name, path in pages.items():
        if path.suffix not in (".html", ".md"):
            continue
        text = path.read_text(encoding="utf-8")
        navigation = _NAVIGATION.search(text)
        if navigation and _was_seen(navigation.group(), name, navigations):
            text = text.replace(navigation.group(), "", 1)
        if path.suffix == ".html":
            ids[name] = {
                unescape(found) for tag in _TAG.findall(text) if "id=" in tag or "name=" in tag for found in _ID.findall(tag)
            }
        for link in set(_LINK.findall(text) if path.suffix == ".html" else _MARKDOWN.findall(text)):
            count += 1
            for target, fragment in _target(name, unescape(link)):
                if target not in pages:
                    broken.append(f"{name}: {link}")
                elif fragment:
                    wanted.setdefault(target, []).append((name, link, fragment))
    for target, found in wanted.items():
        known = ids.get(target)
        broken += [f"{name}: {link}" for name, link, fragment in found if known is not None and fragment not in known]
    return count, broken


def _was_seen(html: str, page: str, seen: set[tuple[str, int]]) -> bool:
    """The side navigation, which all pages of one depth share, is looked at once. Links that differ by page would defeat that."""
    folder = posixpath.dirname(posixpath.dirname(page)) if page.endswith("index.html") else posixpath.dirname(page)
    key = (folder, hash(re.sub(r' aria-current="page"|<details open>|<details>', "", html)))
    if key in seen and not re.search(r'href="(\.|\./|index\.html)?(#[^"]*)?"', html):
        return True
    seen.add(key)
    return False


def _target(page: str, link: str) -> Iterator[tuple[str, str]]:
    """The file that a link of a page leads to, and the anchor in it; nothing where it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme in ("http", "https", "mailto", "data") or parts.netloc:
        return
    if parts.scheme or parts.path.startswith("/"):
        # Only the page for what is missing, which any address may show, has links from the root.
        if page != "404.html" or parts.scheme:
            yield link, ""
            return
    path = unquote(parts.path).lstrip("/") if page == "404.html" else posixpath.join(posixpath.dirname(page), unquote(parts.path))
    if not parts.path:
        path = page
    directory = path.endswith("/") or posixpath.basename(path) in ("", ".", "..")
    path = posixpath.normpath(path)
    path = posixpath.join(path, "index.html") if directory else path
    yield posixpath.normpath(path), unquote(parts.fragment)
