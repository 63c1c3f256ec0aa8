"""Lists that are too long for an overview: cut into pages, with nothing lost, and every link to a section follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal_gen.portal import lists
from portal_gen.portal.portal import Portal
from portal_gen.site import Drawn
from tests.describe import portal

TEXT = """
tags: [{name: Long, description: Words.}, {name: Empty}, {name: B}, {name: C}]
x-tagGroups: [{name: First, tags: [Long, Empty]}, {name: Second, tags: [B, C]}]
paths:
  /1: {get: {operationId: o1, tags: [Long], responses: {}}}
  /2: {get: {operationId: o2, tags: [Long], responses: {}}}
  /3: {get: {operationId: o3, tags: [Long], deprecated: true, responses: {}}}
  /4: {get: {operationId: o4, tags: [B], responses: {}}}
  /5: {get: {operationId: o5, tags: [C, B], responses: {}}}
components: {schemas: {S1: {type: string}, S2: {type: string}, S3: {type: string}}}
"""
OVERVIEW = "reference/test/"


@pytest.fixture
def cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """The portal of a description whose lists are cut after two lines."""
    monkeypatch.setattr(lists, "WHOLE", 2)
    monkeypatch.setattr(lists, "PART", 2)
    return portal(tmp_path, TEXT)


def parts(found: Portal, kind: str) -> list[str]:
    return [part.url for part in found.services[0].lists if part.kind == kind]


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_a_list_that_the_overview_holds_has_no_parts(tmp_path: Path) -> None:
    found = portal(tmp_path, TEXT)
    assert found.services[0].lists == ()
    assert not any("lists" in url for url in Drawn(found).pages())
    assert "<h3>Long</h3>" in Drawn(found).page(OVERVIEW).html


def test_the_overview_names_the_parts_and_its_twin_still_lists_everything(cut: Portal) -> None:
    page = Drawn(cut).page(OVERVIEW)
    operations = page.html.partition('id="operations"')[2].partition("</section>")[0]
    assert links(operations) == [f"lists/operations-{n}/" for n in range(1, 5)]
    assert "5 operations" in operations
    schemas = page.html.partition('id="schemas"')[2].partition("</section>")[0]
    assert links(schemas) == ["lists/schemas-1/", "lists/schemas-2/"]
    assert all(f"](o{n}/)" in page.markdown for n in range(1, 6))
    assert all(f"](schemas/s{n}/)" in page.markdown for n in range(1, 4))


def test_parts_hold_every_operation_under_each_of_its_sections_in_order(cut: Portal) -> None:
    drawn = Drawn(cut)
    bodies = [drawn.page(url).html.partition('class="pg-main">\n<section')[2] for url in parts(cut, "operations")]
    items = [re.findall(r'<li><a href="../../(o\d)/"', body) for body in bodies]
    assert items == [["o1", "o2"], ["o3"], ["o4", "o5"], ["o5"]]
    assert [re.findall(r"<h3>(.*?)</h3>", body) for body in bodies] == [["Long"], ["Long, continued", "Empty"], ["B"], ["C"]]
    assert [re.findall(r'<p class="pg-label">(.*?)</p>', body) for body in bodies] == [["First"], ["First"], ["Second"], ["Second"]]
    assert "Words." in bodies[0]
    assert "Words." not in bodies[1]
    assert "deprecated" in bodies[1]
    twins = [drawn.page(url).markdown for url in parts(cut, "operations")]
    assert [re.findall(r"\]\(../../(o\d)/\)", twin) for twin in twins] == items


def test_parts_of_schemas_hold_each_once(cut: Portal) -> None:
    drawn = Drawn(cut)
    found = [re.findall(r'href="../../schemas/(s\d)/"', drawn.page(url).html) for url in parts(cut, "schemas")]
    assert found == [["s1", "s2"], ["s3"]]


def test_parts_lead_to_their_neighbors(cut: Portal) -> None:
    feet = [Drawn(cut).page(url).html.partition('class="pg-next"')[2] for url in parts(cut, "operations")]
    assert [links(foot) for foot in feet] == [
        ["../operations-2/"],
        ["../operations-1/", "../operations-3/"],
        ["../operations-2/", "../operations-4/"],
        ["../operations-3/"],
    ]


def test_links_to_a_section_lead_to_the_part_that_it_begins_in(cut: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal_gen.render.navigation.WHOLE", 2)
    drawn = Drawn(cut)
    assert "../lists/operations-1/#tag-long" in links(drawn.page("reference/test/o3/").html)
    assert "../lists/operations-3/#tag-b" in links(drawn.navigation("reference/test/o3/"))
    assert 'id="tag-b"' in drawn.page("reference/test/lists/operations-3/").html


def test_links_of_the_navigation_are_right_in_each_folder(cut: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of schemas and parts of lists stand as deep, in folders beside each other."""
    monkeypatch.setattr("portal_gen.render.navigation.WHOLE", 2)
    drawn = Drawn(cut)
    assert "../operations-1/#tag-long" in links(drawn.navigation("reference/test/lists/schemas-1/"))
    assert "../../lists/operations-1/#tag-long" in links(drawn.navigation("reference/test/schemas/s1/"))
