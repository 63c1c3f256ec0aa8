"""What a built site holds: its pages, their bytes, and where two builds of it differ."""

from __future__ import annotations

import filecmp
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

LEVEL = 6
"""The gzip level that web servers use where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, by its address relative to the site's root, with its bytes as they are and compressed."""

    address: str
    size: int
    compressed: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages of a site. Median and largest go by size before compression."""

    count: int
    size: int
    median: Page
    largest: Page


@dataclass(frozen=True, slots=True)
class Statistics:
    """A whole site. `operations` is None where it has no page of an operation."""

    files: int
    size: int
    pages: Pages
    operations: Pages | None


def statistics(site: Path) -> Statistics:
    """Count a site."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    pages = _pages(site, site.rglob("*.html"))
    if pages is None:
        raise RuntimeError(f"{site} holds no page")
    return Statistics(len(sizes), sum(sizes), pages, _pages(site, operation_pages(site)))


def operation_pages(site: Path) -> list[Path]:
    """`reference/<service>/<operation>/index.html`; what lies a folder deeper are schemas."""
    return sorted(site.glob("reference/*/*/index.html"))


def _pages(site: Path, found: Iterable[Path]) -> Pages | None:
    sizes = sorted((path.stat().st_size, path) for path in found)
    if not sizes:
        return None
    return Pages(len(sizes), sum(size for size, _ in sizes), _page(site, median_low(sizes)[1]), _page(site, sizes[-1][1]))


def _page(site: Path, path: Path) -> Page:
    content = path.read_bytes()
    return Page(path.relative_to(site).as_posix(), len(content), len(gzip.compress(content, LEVEL)))


def differences(left: Path, right: Path) -> list[str]:
    """Files that only one of two folders holds, or whose bytes differ, by their path relative to them."""
    names = [{path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} for folder in (left, right)]
    both = names[0] & names[1]
    return sorted((names[0] ^ names[1]) | {name for name in both if not filecmp.cmp(left / name, right / name, shallow=False)})
