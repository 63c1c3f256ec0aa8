"""The side navigation: what is listed, what is open, which item is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal_gen.render import navigation
from portal_gen.render.navigation import nav_parts
from tests.describe import portal

TEXT = """
tags: [{name: Many}, {name: Lone}, {name: Alone}, {name: None}]
paths:
  /1: {get: {operationId: one, tags: [Many], responses: {}}}
  /2: {get: {operationId: two, tags: [Many], responses: {}}}
  /3: {get: {operationId: three, tags: [Many, Lone], deprecated: true, responses: {}}}
  /4: {get: {operationId: four, tags: [Alone], responses: {}}}
components: {schemas: {A: {type: string}, B: {type: string}}}
"""


def drawn(folder: Path, url: str) -> str:
    found = portal(folder, TEXT)
    return nav_parts(found, found.services[0], url).html(url)


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_everything_is_listed_and_the_current_item_is_marked_in_its_open_section(tmp_path: Path) -> None:
    html = drawn(tmp_path, "reference/test/two/")
    assert links(html) == ["../", "../one/", "../two/", "../three/", "../three/", "../four/", "../schemas/a/", "../schemas/b/"]
    assert html.count("aria-current") == 1
    assert 'href="../two/" aria-current="page"' in html
    assert "<details open><summary>Many<small>3</small>" in html
    assert "<details><summary>Schemas<small>2</small>" in html
    assert 'data-deprecated href="../three/"' in html


def test_single_operations_make_a_flat_list(tmp_path: Path) -> None:
    html = drawn(tmp_path, "reference/test/")
    flat = re.search(r'<ul class="pg-nav__flat">(.*?)</ul>', html, re.S)
    assert flat
    assert links(flat[1]) == ["../test/three/", "../test/four/"]
    assert "None" not in html
    assert 'href="../test/" aria-current="page"><b>' in html


def test_a_very_long_list_is_cut_to_what_is_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "WHOLE", 3)
    html = drawn(tmp_path, "reference/test/two/")
    assert links(html) == ["../", "../one/", "../two/", "../three/", "../#tag-lone", "../#tag-alone", "../#schemas"]
    assert "search" not in html
    html = drawn(tmp_path, "reference/test/schemas/b/")
    assert links(html)[:4] == ["../../", "../../#tag-many", "../../#tag-lone", "../../#tag-alone"]
    assert links(html)[4:] == ["../a/", "../b/", "../../#schemas"]


def test_a_very_long_section_is_cut_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "WHOLE", 3)
    monkeypatch.setattr(navigation, "LONG", 2)
    monkeypatch.setattr(navigation, "AROUND", 0)
    html = drawn(tmp_path, "reference/test/two/")
    assert links(html) == ["../", "../two/", "../#tag-many", "../#tag-lone", "../#tag-alone", "../#schemas"]
    assert "All 3" in html


def test_very_many_sections_are_cut_to_those_around_the_one_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "WHOLE", 3)
    monkeypatch.setattr(navigation, "MANY", 2)
    monkeypatch.setattr(navigation, "AROUND", 1)
    ends = ["../#operations", "../#schemas"]
    assert links(drawn(tmp_path, "reference/test/four/")) == ["../", "../#tag-lone", "../four/", *ends]
    assert links(drawn(tmp_path, "reference/test/three/"))[1:-2] == ["../one/", "../two/", "../three/", "../#tag-lone"]
    html = drawn(tmp_path, "reference/test/")
    assert "All 3 groups" in html
    assert links(html) == ["../test/", "../test/#tag-many", "../test/#tag-lone", "../test/#operations", "../test/#schemas"]


def test_very_many_sections_of_a_service_that_is_listed_whole_are_cut_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "MANY", 1)
    monkeypatch.setattr(navigation, "AROUND", 0)
    html = drawn(tmp_path, "reference/test/two/")
    assert links(html)[:-2] == ["../", "../one/", "../two/", "../three/", "../#operations"]
    assert "All 2 groups" in html


def test_very_many_sections_are_drawn_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them for each folder of pages would take more memory than the description."""
    monkeypatch.setattr(navigation, "WHOLE", 3)
    found = portal(tmp_path, TEXT)
    few = nav_parts(found, found.services[0], "reference/test/two/")
    monkeypatch.setattr(navigation, "MANY", 2)
    many = nav_parts(found, found.services[0], "reference/test/two/")
    assert isinstance(few.parts, tuple)
    assert not isinstance(many.parts, tuple)
    assert list(many.parts) == list(few.parts)
    assert list(many.parts[1:3]) == list(few.parts[1:3])
