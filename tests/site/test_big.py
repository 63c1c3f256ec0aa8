"""Thousands of operations: no page grows with their number, and each is reached through links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import run
from tests.site import big

COUNT = 3000
ORDINARY = 60_000
"""Bytes of an operation's page; a link to each of the others would take ten times that."""
LARGEST = 600_000


@pytest.mark.slow
@pytest.mark.parametrize("tags", [0, 2])
def test_no_page_grows_with_the_number_of_operations_and_each_is_listed(tags: int, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(big.description(COUNT, tags)))
    done = run("build", tmp_path / "a.json", "--out", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    site = tmp_path / "site"
    urls = big.pages(site, COUNT)
    assert max((site / url / "index.html").stat().st_size for url in urls) < ORDINARY
    assert big.largest(site) < LARGEST
    assert set(urls) <= big.listed(site, "reference/a/")
    lists = [path.parent.relative_to(site).as_posix() + "/" for path in (site / "reference" / "a").glob("lists/*/index.html")]
    assert big.broken(site, ["reference/a/", "reference/a/schemas/thing/", *lists, *urls[:: COUNT // 4]]) == []
