"""Counting a built site, and finding where two differ."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bench.floor import floor
from bench.sites import differences, operation_pages, statistics


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    sizes = {
        "index.html": 10,
        "reference/kv/index.html": 20,
        "reference/kv/get-key/index.html": 300,
        "reference/kv/set-key/index.html": 200,
        "reference/kv/list-keys/index.html": 100,
        "reference/kv/schemas/key/index.html": 5000,
        "assets/portal.css": 7,
    }
    for name, size in sizes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"a" * size)
    return folder


def test_operations_are_told_from_schemas(site: Path) -> None:
    found = [path.parent.name for path in operation_pages(site)]
    assert found == ["get-key", "list-keys", "set-key"]


def test_statistics(site: Path) -> None:
    found = statistics(site)
    assert (found.files, found.size, found.pages.count, found.pages.size) == (7, 5637, 6, 5630)
    assert found.pages.largest.address == "reference/kv/schemas/key/index.html"
    assert found.operations is not None
    assert found.operations.median.address == "reference/kv/set-key/index.html"
    assert found.operations.largest.size == 300
    assert found.operations.largest.compressed == len(gzip.compress(b"a" * 300, 6))


def test_floor_makes_the_same_site(site: Path, tmp_path: Path) -> None:
    read, write = floor([site / "index.html"], site, tmp_path / "copy")
    assert read > 0
    assert write > 0
    assert differences(site, tmp_path / "copy") == []


def test_differences_are_bytes_and_files(site: Path, tmp_path: Path) -> None:
    floor([], site, tmp_path / "copy")
    (tmp_path / "copy/index.html").write_bytes(b"b" * 10)
    (tmp_path / "copy/assets/portal.css").unlink()
    (tmp_path / "copy/new.txt").touch()
    assert differences(site, tmp_path / "copy") == ["assets/portal.css", "index.html", "new.txt"]
