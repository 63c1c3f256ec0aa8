"""Lists on pages of the whole portal: what is left out is counted, and the twin has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.portal.portal import Portal
from portal_gen.render import catalog_parts
from portal_gen.site import Drawn

CATALOG = "gateway: {url: 'https://api.example.com'}\nservices: [{id: one}, {id: two}]\n"
HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://api.example.com/v1'}]\npaths:\n"
COUNT = 5


@pytest.fixture
def cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """Two services of the same deprecated operations, whose paths all meet, and lists that are cut after two entries."""
    paths = "".join(f"  '/a/{{x{n}}}': {{get: {{operationId: o{n}, deprecated: true, responses: {{}}}}}}\n" for n in range(COUNT))
    (tmp_path / "catalog.yaml").write_text(CATALOG)
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(HEAD + paths)
    monkeypatch.setattr(catalog_parts, "LISTED", 2)
    return open_portal(tmp_path).portal


@pytest.mark.parametrize(
    ("url", "anchor"),
    [("services/", "deprecated"), ("capabilities/", "abilities"), ("routes/", "operations")],
)
def test_long_lists_are_cut_and_the_twin_has_all(url: str, anchor: str, cut: Portal) -> None:
    page = Drawn(cut).page(url)
    html = page.html.partition(f'id="{anchor}"')[2].partition("</section>")[0]
    assert html.count('3 more, in <a href="index.md">the text of this page</a>') == 2
    assert html.count("/o0/") == html.count("/o1/") == 2
    assert "/o2/" not in html
    assert all(f"(../reference/{service}/o{n}/)" in page.markdown for service in ("one", "two") for n in range(COUNT))


def test_findings_and_their_folds_are_cut(cut: Portal) -> None:
    page = Drawn(cut).page("routes/")
    html = page.html.partition('id="overlaps"')[2].partition("</section>")[0]
    assert "more, in <a" in html
    assert html.count("<h3>") == 2
    assert page.markdown.count("takes the same requests as /a/{x4}") >= 8


def test_what_fits_is_whole(cut: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_parts, "LISTED", 2000)
    assert "more, in <a" not in Drawn(cut).page("routes/").html
