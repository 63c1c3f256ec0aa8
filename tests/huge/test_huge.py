"""100,000 operations in one description. `make huge` builds them; it takes minutes and 3 GB of disk."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.measured import built
from tests.site import big

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("PORTAL_HUGE" not in os.environ, reason="building 100,000 operations takes minutes; `make huge` does"),
    pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory a process took"),
]

COUNT = 100_000
MEMORY = 1_500_000_000
ORDINARY = 40_000
"""Bytes of an operation's page."""
LARGEST = 1_000_000
"""Bytes of any page."""


@pytest.mark.parametrize("tags", [0, 100])
def test_100_000_operations_make_a_whole_site_of_small_pages_in_bounded_memory(tags: int, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(big.description(COUNT, tags)))
    site = tmp_path / "site"
    try:
        status, said, memory, seconds = built(tmp_path / "a.json", site)
        print(
            f"\n{tags} tags: {seconds:.0f} s, {memory / 1e6:.0f} MB in the largest process, largest page {big.largest(site):,} bytes"
        )
        assert status == 0, said[-3000:]
        assert "Traceback" not in said, said[-3000:]
        assert memory < MEMORY
        urls = big.pages(site, COUNT)
        assert max((site / url / "index.html").stat().st_size for url in urls) < ORDINARY
        assert big.largest(site) < LARGEST
        assert set(urls) <= big.listed(site, "reference/a/")
        lists = sorted((site / "reference" / "a" / "lists").iterdir())
        some = [f"{path.relative_to(site).as_posix()}/" for path in (lists[0], lists[len(lists) // 2], lists[-1])]
        assert big.broken(site, ["", "reference/a/", "reference/a/schemas/thing/", *some, *urls[:: COUNT // 7]]) == []
    finally:
        shutil.rmtree(site, ignore_errors=True)
