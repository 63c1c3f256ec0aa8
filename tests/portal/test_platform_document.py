"""The platform's own document: every cell of its tables can be read on the portal."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.portal.portal import Portal
from portal_gen.render.capabilities_page import capabilities_page
from portal_gen.render.context import Context, Page
from portal_gen.render.services_page import services_page
from tests.conftest import FACTS, REPOSITORY

DOCUMENT = FACTS / "hanzo-openapi-readme.md"


@pytest.fixture(scope="module")
def hanzo() -> Portal:
    return open_portal(REPOSITORY / "openapi").portal


@pytest.fixture(scope="module")
def pages(hanzo: Portal) -> dict[str, Page]:
    return {
        "services": services_page(Context(hanzo, "services/")),
        "capabilities": capabilities_page(Context(hanzo, "capabilities/")),
    }


def tables(document: Path) -> list[list[list[str]]]:
    """The rows of every table of a Markdown file, heads and rules left out."""
    if not document.exists():
        pytest.skip(f"the platform's document is not here: {document} is missing; set PORTAL_FACTS")
    blocks = re.findall(r"(?:^\|.*\n)+", document.read_text(), re.MULTILINE)
    return [[[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()[2:]] for block in blocks]


def plain(cell: str) -> str:
    """The words of a cell; a status is written in capitals there, and a dash stands for nothing."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell).replace("**", "").replace("`", "")
    return {"NEW": "New", "—": ""}.get(words, words)


def rows(html: str) -> list[str]:
    """What each row of a page's tables says."""
    return [unescape(re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)]


def said_together(cells: list[str], found: list[str]) -> bool:
    """Whether one row says all cells."""
    return any(all(plain(cell) in row for cell in cells) for row in found)


def test_every_row_of_every_table_is_one_row_of_a_page(pages: dict[str, Page]) -> None:
    found = tables(DOCUMENT)
    assert [len(table) for table in found] == [6, 6, 11, 4, 27, 10, 3]
    for table in found:
        on = rows(pages["capabilities" if len(table) == 27 else "services"].html)
        missing = [cells for cells in table if not said_together(cells, on)]
        assert missing == []


def test_every_cell_is_in_the_twins(pages: dict[str, Page]) -> None:
    twins = "".join(page.markdown for page in pages.values()).replace("\\", "")
    cells = {plain(cell) for table in tables(DOCUMENT) for row in table for cell in row}
    assert len(cells) > 150
    assert [cell for cell in cells if unescape(cell) not in unescape(twins)] == []


def test_organizations_packages_and_deprecated_operations_are_listed(hanzo: Portal, pages: dict[str, Page]) -> None:
    html = pages["services"].html
    sections = {
        id_: html.partition(f'id="{id_}"')[2].partition("</section>")[0] for id_ in ("organizations", "packages", "deprecated")
    }
    assert sections["organizations"].count("<tr>") - 1 == len(hanzo.catalog.organizations) == 10
    assert sections["packages"].count("<tr>") - 1 == len(hanzo.catalog.packages) == 3
    deprecated = [page for service in hanzo.services for page in service.pages if page.operation.deprecated]
    assert deprecated
    assert sections["deprecated"].count("<li>") == len(deprecated)
    assert all(f'href="../{page.url}"' in sections["deprecated"] for page in deprecated)
