"""Links of the catalog: to the web, to hand-written pages, and to pages that the site does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run

pytestmark = pytest.mark.slow
CATALOG = """title: Shop
tagline: Pots and plants
links:
- {title: Begin, url: guide.md, description: The first order}
- {title: Ask, url: 'https://forum.example.com/'}
- {title: Gone, url: lost/page.md}
services: [{id: hello, name: Hello, group: g}]
groups: [{id: g, name: G}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    run("init", cwd=tmp_path)
    (tmp_path / "openapi" / "catalog.yaml").write_text(CATALOG)
    return tmp_path


def test_the_front_page_leads_to_pages_that_are_there(project: Path) -> None:
    done = run("build", cwd=project, NO_MKDOCS_2_WARNING="1")
    assert "openapi/catalog.yaml:6:3: there is no page `lost/page.md`; write its path under docs_dir" in done.stderr
    html = (project / "site" / "index.html").read_text()
    assert "<h1>Pots and plants</h1>" in html
    assert 'href="guide/"' in html
    assert 'href="https://forum.example.com/" rel="nofollow noopener"' in html
    assert "lost" not in html
    markdown = (project / "site" / "index.md").read_text()
    assert "- [Begin](guide/): The first order" in markdown
    assert "- [Ask](<https://forum.example.com/>)" in markdown


def test_strictly_a_missing_page_stops_the_build(project: Path) -> None:
    assert run("build", "--strict", cwd=project, NO_MKDOCS_2_WARNING="1").returncode == 1


def test_a_site_without_pages_of_its_own_shows_none_and_does_not_complain(project: Path) -> None:
    done = run("build", "openapi", "--out", "out", "--strict", cwd=project, NO_MKDOCS_2_WARNING="1")
    assert (done.returncode, done.stderr) == (0, "")
    html = (project / "out" / "index.html").read_text()
    assert "Begin" not in html
    assert "forum.example.com" in html


@pytest.mark.parametrize(
    "arguments", [("--executor", "processes"), ("--cache", ".kept"), ("--executor", "processes", "--cache", ".kept")]
)
def test_a_page_that_is_written_later_is_linked_then(project: Path, arguments: tuple[str, ...]) -> None:
    front = project / "site" / "index.html"
    for _ in range(2):
        run("build", *arguments, cwd=project, NO_MKDOCS_2_WARNING="1")
        assert ">Gone<" not in front.read_text()
        assert ">Ask<" in front.read_text()
    page = project / "docs" / "lost" / "page.md"
    page.parent.mkdir()
    page.write_text("# Found\n")
    run("build", *arguments, cwd=project, NO_MKDOCS_2_WARNING="1")
    assert 'href="lost/page/"' in front.read_text()
