"""Pages that are filled into a shell are, byte for byte, those that MkDocs draws one by one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

SETTINGS = """site_name: Test
site_url: https://docs.example.com/
docs_dir: {docs}
hooks: {hooks}
theme: {{name: material, font: false, features: [navigation.tabs, navigation.instant, navigation.footer]}}
plugins: [search, {{portal_gen: {{source: {source}}}}}]
"""
HOOK = """
def on_post_page(output, *, page, config):
    return output.replace("</html>", f"<!-- drawn for {page.url} --></html>")
"""


def build(folder: Path, hook: str = "") -> tuple[Path, str]:
    folder.mkdir()
    (folder / "docs").mkdir()
    (folder / "docs" / "guide.md").write_text("# Guide\n")
    (folder / "hook.py").write_text(hook)
    hooks = "[hook.py]" if hook else "[]"
    (folder / "mkdocs.yml").write_text(SETTINGS.format(docs="docs", hooks=hooks, source=REPOSITORY / "openapi"))
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", "mkdocs", "build", "-d", "site"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site", done.stderr


def test_filled_and_drawn_pages_are_equal(tmp_path: Path) -> None:
    filled, said = build(tmp_path / "filled")
    assert "drawn by itself" not in said
    drawn, said = build(tmp_path / "drawn", HOOK)
    assert "drawn for" in said
    assert "every page is drawn by itself" in said
    kinds: Counter[str] = Counter()
    for entry in json.loads((filled / "operations.json").read_text()):
        kinds["operation"] += same(filled, drawn, entry["url"])
    for entry in json.loads((filled / "schemas.json").read_text()):
        kinds["schema"] += same(filled, drawn, entry["url"])
    for service in (filled / "reference").iterdir():
        kinds["service"] += same(filled, drawn, f"reference/{service.name}/")
    for top in ("", "services/", "capabilities/", "routes/"):
        kinds["top"] += same(filled, drawn, top)
    assert kinds["operation"] >= 1920
    assert kinds["schema"] >= 50
    assert kinds["service"] == 27
    assert kinds["top"] == 4
    assert "invalid" not in (filled / "sitemap.xml").read_text()
    left = {path.relative_to(filled) for path in filled.rglob("*") if path.is_file()}
    assert left == {path.relative_to(drawn) for path in drawn.rglob("*") if path.is_file()}
    addresses = re.findall("<loc>(.*?)</loc>", (filled / "sitemap.xml").read_text())
    assert sorted(addresses) == sorted(re.findall("<loc>(.*?)</loc>", (drawn / "sitemap.xml").read_text()))


def same(filled: Path, drawn: Path, url: str) -> int:
    mine, theirs = ((site / url / "index.html").read_text() for site in (filled, drawn))
    assert f"<!-- drawn for {url or './'} -->" in theirs or f"<!-- drawn for {url} -->" in theirs
    assert mine == re.sub("<!-- drawn for .*? -->", "", theirs), url
    return 1
