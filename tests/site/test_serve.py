"""`serve` with a real process, real HTTP and a real browser: an edit is on screen before you look up, and nothing kills it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PETS = """openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List the pets
      description: Gives all of them.
      parameters: [{name: limit, in: query, description: How many at most, schema: {type: integer}}]
      responses: {'200': {description: The pets, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string, description: What it is called}}}
"""
SETTINGS = """site_name: Test
dev_addr: localhost:{port}
theme: {{name: material, font: false, features: [navigation.instant]}}
plugins: [search, {{portal_gen: {{source: openapi}}}}]
"""


class Served:
    """A project that is being served."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://localhost:{port}/"
        self.pets = folder / "openapi" / "pets" / "openapi.yaml"

    def write(self, text: str) -> None:
        """As most editors save: a new file that takes the old one's place."""
        fresh = self.pets.with_suffix(".tmp")
        fresh.write_text(text)
        os.replace(fresh, self.pets)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of an address."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    port = free_port()
    for service in ("pets", "other"):
        (folder / "openapi" / service).mkdir(parents=True, exist_ok=True)
        (folder / "openapi" / service / "openapi.yaml").write_text(PETS.replace("title: Pets", f"title: {service.title()}"))
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "guide.md").write_text("# Guide\n\nSee [the list](op:pets/listPets).\n")
    (folder / "mkdocs.yml").write_text(SETTINGS.format(port=port))
    command = [sys.executable, "-m", "mkdocs", "serve", *options]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log) as process:
        try:
            served = Served(folder, port)
            deadline = time.monotonic() + 60
            while True:
                try:
                    if served.get("reference/pets/list-pets/")[0] == 200:
                        break
                except OSError:
                    pass
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline, (folder / "log").read_text()
                time.sleep(0.05)
            yield served
            assert process.poll() is None, (folder / "log").read_text()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def served(server: Served) -> Served:
    """The project as it began."""
    for path in (server.folder / "openapi").glob("*/*"):
        if path.parent.name not in ("pets", "other"):
            path.unlink()
            path.parent.rmdir()
    server.write(PETS)
    return server


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 800})
    found = context.new_page()
    found.goto(served.address + "reference/pets/list-pets/")
    expect(found.locator("h1")).to_contain_text("List the pets")
    found.wait_for_function("performance.getEntriesByType('resource').some(e => e.name.includes('_portal/live'))")
    found.wait_for_timeout(300)
    found.evaluate("window.marker = 1")
    yield found
    assert found.evaluate("window.marker") == 1, "the page was loaded anew"
    context.close()


def test_an_edit_shows_without_a_reload_and_keeps_what_was_open(page: Page, served: Served) -> None:
    page.locator("details").first.evaluate("part => { part.open = !part.open; part.dataset.was = part.open; }")
    served.write(PETS.replace("Gives all of them", "Gives every single one"))
    expect(page.locator("body")).to_contain_text("Gives every single one", timeout=5000)
    assert page.title().startswith("List the pets")


def test_text_inserted_above_does_not_move_what_is_read(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 1300, "height": 300})
    row = page.locator('[id="response-200.name"]')
    row.scroll_into_view_if_needed()
    before = row.bounding_box()
    served.write(PETS.replace("Gives all of them.", "'" + "A long story. " * 200 + "'"))
    expect(page.locator("body")).to_contain_text("A long story", timeout=5000)
    page.wait_for_timeout(100)
    after = row.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 3


def test_a_syntax_error_is_said_over_the_last_good_page_and_goes_when_mended(page: Page, served: Served) -> None:
    served.write(PETS.replace("paths:", "paths: ]["))
    banner = page.locator("#pg-faults")
    expect(banner).to_contain_text("openapi.yaml:4:", timeout=5000)
    assert re.search(r"openapi\.yaml:4:\d+: ", (served.folder / "log").read_text()), "the terminal is not told"
    expect(page.locator("h1")).to_contain_text("List the pets")
    assert served.get("reference/pets/list-pets/")[0] == 200
    served.write(PETS.replace("List the pets", "List them once more"))
    expect(page.locator("h1")).to_contain_text("List them once more", timeout=5000)
    expect(banner).to_have_count(0)


def test_a_half_written_file_is_not_shown(page: Page, served: Served) -> None:
    with served.pets.open("w") as file:
        file.write(PETS[:90])
        file.flush()
        time.sleep(0.3)
        file.write(PETS[90:].replace("Gives all", "Gives the whole lot"))
    expect(page.locator("body")).to_contain_text("Gives the whole lot", timeout=5000)
    expect(page.locator("#pg-faults")).to_have_count(0)


def test_a_new_operation_has_a_page_navigation_and_sitemap_at_once_and_a_removed_one_has_none(page: Page, served: Served) -> None:
    more = PETS.replace("components:", "  /cats:\n    get: {operationId: listCats, responses: {}}\ncomponents:")
    served.write(more)
    link = page.locator(".pg-nav a", has_text="List cats")
    expect(link).to_have_count(1, timeout=5000)
    assert served.get("reference/pets/list-cats/")[0] == 200
    assert "list-cats" in served.get("sitemap.xml")[1]
    link.click()
    expect(page.locator("h1")).to_contain_text("List cats")
    page.wait_for_timeout(500)
    page.evaluate("window.marker = 1")  # the theme knows only pages that were there when it began, so this one was loaded whole
    served.write(PETS)
    expect(page.locator("#pg-faults")).to_contain_text("no longer in the description", timeout=5000)
    expect(page.locator("h1")).to_contain_text("List cats")
    assert served.get("reference/pets/list-cats/")[0] == 404


def test_a_renamed_description_moves_its_pages(page: Page, served: Served) -> None:
    fresh = served.folder / "openapi" / "dogs"
    fresh.mkdir()
    os.rename(served.folder / "openapi" / "other" / "openapi.yaml", fresh / "openapi.yaml")
    for _ in range(100):
        if served.get("reference/dogs/list-pets/")[0] == 200 and served.get("reference/other/list-pets/")[0] == 404:
            break
        time.sleep(0.05)
    assert served.get("reference/dogs/list-pets/")[0] == 200
    assert served.get("reference/other/list-pets/")[0] == 404
    os.rename(fresh / "openapi.yaml", served.folder / "openapi" / "other" / "openapi.yaml")


def test_many_files_at_once_are_one_change(page: Page, served: Served) -> None:
    for number in range(30):
        folder = served.folder / "openapi" / f"many{number}"
        folder.mkdir(exist_ok=True)
        (folder / "openapi.yaml").write_text(PETS)
    for _ in range(100):
        if served.get("reference/many29/list-pets/")[0] == 200:
            break
        time.sleep(0.05)
    assert all(served.get(f"reference/many{number}/list-pets/")[0] == 200 for number in range(30))


def test_ten_tabs_all_hear_of_an_edit(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(10)]
    for tab in tabs:
        tab.goto(served.address + "reference/pets/list-pets/")
        expect(tab.locator("h1")).to_contain_text("List the pets")
    tabs[0].wait_for_timeout(300)
    served.write(PETS.replace("List the pets", "Seen by ten"))
    for tab in tabs:
        expect(tab.locator("h1")).to_contain_text("Seen by ten", timeout=5000)
    context.close()


def test_a_hand_written_page_is_rebuilt_and_the_portal_stays(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(served.address + "guide/")
    expect(tab.locator("article")).to_contain_text("See the list")
    (served.folder / "docs" / "guide.md").write_text("# Guide\n\nRead [the list](op:pets/listPets) now.\n")
    expect(tab.locator("article")).to_contain_text("Read the list now", timeout=15000)
    served.write(PETS.replace("Gives all", "After a rebuild all"))
    tab.locator("article a", has_text="the list").click()
    expect(tab.locator("body")).to_contain_text("After a rebuild all", timeout=5000)
    context.close()


def test_without_live_reload_everything_is_there_too(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-livereload") as served:
        status, body = served.get("reference/other/list-pets/")
        assert status == 200
        assert "_portal" not in body
        assert served.get("reference/pets/schemas/pet/")[0] == 200
        assert served.get("operations.json")[0] == 200
