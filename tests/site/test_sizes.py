"""Large descriptions stay readable: no page is larger than a reader's line carries in a second, and what repeats is said once."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal_gen.render.schema_page import USES
from tests.conftest import corpus, run, served
from tests.site.build import built

LARGEST = 250_000
"""Bytes of a page as it travels."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stripe.yaml", "openai.yaml", "discord.json"])
def test_the_largest_page_travels_light(name: str, shared_folder: Path) -> None:
    site = built(corpus(name), shared_folder, name.partition(".")[0])
    largest = sorted(site.rglob("*.html"), key=lambda path: path.stat().st_size)[-10:]
    assert max(len(gzip.compress(path.read_bytes())) for path in largest) < LARGEST


@pytest.mark.slow
def test_a_schema_of_every_error_lists_each_operation_once(tmp_path: Path) -> None:
    answer = "{description: d, content: {application/json: {schema: {$ref: '#/components/schemas/E'}}}}"
    lines = [
        f"  /a{n}: {{get: {{operationId: a{n}, responses: {{'400': {answer}, '404': {answer}}}}}}}\n" for n in range(USES + 20)
    ]
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
    (tmp_path / "a.yaml").write_text(head + "".join(lines) + "components: {schemas: {E: {properties: {m: {type: string}}}}}\n")
    assert run("build", tmp_path / "a.yaml", "--out", tmp_path / "site").returncode == 0
    page = tmp_path / "site" / "reference" / "a" / "schemas" / "e"
    used = (page / "index.html").read_text().partition('id="used"')[2]
    assert f"{USES + 20} operations" in used
    assert "20 more operations" in used
    assert used.count("<code>400, 404</code>") == USES
    assert len(re.findall(r"^- .*`400, 404`$", (page / "index.md").read_text(), re.MULTILINE)) == USES


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_words_stand_beside_their_status_and_in_the_column_of_text(width: int, browser: Browser, tmp_path: Path) -> None:
    """There is nothing for the column of code; a long description of an answer wraps beside its status where it has the room."""
    long = "Why this happened, in words that need more than one line of the page and go on. " * 2
    answers = f"{{'200': {{description: Done.}}, '400': {{description: {long}, content: {{application/json: {{}}}}}}}}"
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
    (tmp_path / "a.yaml").write_text(f"{head}  /a: {{get: {{operationId: a, responses: {answers}}}}}\n")
    assert run("build", tmp_path / "a.yaml", "--out", tmp_path / "site").returncode == 0
    with served(tmp_path / "site") as address, browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}reference/a/a/")
        heading, answer = page.locator("h1").bounding_box(), page.locator("#responses").bounding_box()
        status = page.locator("#response-400 .pg-code").bounding_box()
        words = page.locator("#response-400 .pg-code + span").bounding_box()
    assert heading
    assert answer
    assert status
    assert words
    assert abs(heading["x"] - answer["x"]) < 2
    assert words["x"] >= status["x"] + status["width"]
    assert words["y"] <= status["y"] + status["height"]
