"""Real builds by MkDocs and by ProperDocs: one site of hand-written and generated pages, in one navigation and one search."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import REPOSITORY, served
from tests.site.links import broken_links

pytestmark = pytest.mark.slow
TOOLS = ["mkdocs", "properdocs"]
PROJECT = """site_name: Shop
site_url: {url}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.instant, navigation.footer]
plugins:
- search
- portal_gen: {{source: openapi}}
{nav}
"""
NAV = "nav: [{Overview: index.md}, {Guides: [guide.md, more.md]}, {Reference: services.md}]"
GUIDE = """# Writing by hand

Start with [the list](op:shop/listPets), see [a pet](schema:shop/Pet) and [its name](schema:shop/Pet#fields).
"""
DESCRIPTION = """openapi: 3.1.0
info: {title: Shop API, version: '1'}
tags: [{name: pets}]
paths:
  /pets: {get: {operationId: listPets, summary: List all pets, tags: [pets], responses: {'200': {description: fine, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /pets/{id}: {delete: {operationId: removePet, summary: Remove a pet, tags: [pets], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: gone}}}}
  /orders: {post: {operationId: placeOrder, summary: Place an order, tags: [orders], responses: {'201': {description: placed}}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
"""


def project(folder: Path, nav: str = "", url: str = "https://docs.example/") -> Path:
    """A project with two hand-written pages and one service."""
    for name, text in {
        "mkdocs.yml": PROJECT.format(url=url, nav=nav),
        "docs/guide.md": GUIDE,
        "docs/more.md": "# More by hand\n\nUnfindable elsewhere: quokka.\n",
        "openapi/shop/openapi.yaml": DESCRIPTION,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def build(folder: Path, tool: str = "mkdocs", *options: str) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own."""
    command = [sys.executable, "-m", tool, "build", "-f", "mkdocs.yml", *options]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module", params=TOOLS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built by each tool."""
    folder = project(tmp_path_factory.mktemp(request.param), NAV)
    done = build(folder, request.param)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def page(site: Path, url: str) -> str:
    """The HTML of a page."""
    return (site / url / "index.html").read_text()


def tabs(html: str) -> list[tuple[str, bool]]:
    """The titles of the tabs, and which is active."""
    bar = re.search(r'<nav class="md-tabs".*?</nav>', html, re.DOTALL)
    assert bar
    items = re.findall(r'<li class="md-tabs__item(.*?)">(.*?)</li>', bar.group(), re.DOTALL)
    return [(" ".join(re.sub(r"<[^>]*>", "", text).split()), "active" in mark) for mark, text in items]


def test_both_kinds_of_pages_stand_in_one_navigation(site: Path) -> None:
    titles = ["Overview", "Guides", "Reference"]
    for url, active in {
        "guide": "Guides",
        "": "Overview",
        "services": "Reference",
        "reference/shop": "Reference",
        "reference/shop/list-pets": "Reference",
        "reference/shop/schemas/pet": "Reference",
    }.items():
        assert tabs(page(site, url)) == [(title, title == active) for title in titles], url


def test_the_drawer_of_a_reference_page_leads_to_the_first_page_of_each_part(site: Path) -> None:
    drawer = re.search(r'<ul class="pg-nav__site">(.*?)</ul>', page(site, "reference/shop"), re.DOTALL)
    assert drawer
    links = dict(re.findall(r'<a href="([^"]*)">([^<]*)</a>', drawer[1]))
    assert links == {"../..": "Overview", "../../guide/": "Guides", "../../services/": "Reference"}


def test_both_kinds_of_pages_are_in_sitemap_and_search(site: Path) -> None:
    urls = set(re.findall(r"<loc>https://docs\.example/([^<]*)</loc>", (site / "sitemap.xml").read_text()))
    pages = {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")}
    assert {"" if url == "./" else url for url in pages} == urls
    records = {
        record["location"].partition("#")[0] for record in json.loads((site / "search" / "search_index.json").read_text())["docs"]
    }
    assert {"guide/", "more/", "reference/shop/", "reference/shop/list-pets/", "reference/shop/schemas/pet/"} <= records


def test_titles_descriptions_and_addresses_of_pages(site: Path) -> None:
    html = page(site, "reference/shop/remove-pet")
    assert re.search(r"<title>Remove a pet[^<]*Shop</title>", html)
    assert '<link rel="canonical" href="https://docs.example/reference/shop/remove-pet/">' in html
    assert not [path for path in site.rglob("*.*") if path.is_file() and b"pgHole" in path.read_bytes()]
    assert page(site, "guide").count("<h1") == 1


def test_previous_and_next(site: Path) -> None:
    first, last = page(site, "reference/shop/list-pets"), page(site, "reference/shop/remove-pet")
    assert re.search(r'href="\.\./remove-pet/">\s*<small>Next', first)
    assert re.search(r'href="\.\./list-pets/">\s*<small>Previous', last)
    guide = page(site, "guide")
    assert re.search(r'<a href="\.\./more/"[^>]*aria-label="Next', guide)


def test_links_by_name_are_resolved(site: Path) -> None:
    html = page(site, "guide")
    assert 'href="../reference/shop/list-pets/"' in html
    assert 'href="../reference/shop/schemas/pet/"' in html
    assert 'href="../reference/shop/schemas/pet/#fields"' in html
    assert not broken_links(site)[1]


@pytest.mark.parametrize("tool", TOOLS)
def test_wrong_links_are_reported_by_place_with_the_nearest_name(tool: str, tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "docs" / "guide.md").write_text(
        "# G\n\n[x](op:shop/listPet)\n[y](schema:shop/Pte) [z](schema:shop/Pet#nothing) [e](op:shop/list)\n"
    )
    done = build(tmp_path, tool)
    assert done.returncode == 0
    assert re.search(r"guide\.md:3:5: .*`op:shop/listPet`.*did you mean `shop/listPets`\?", done.stderr)
    assert re.search(r"guide\.md:4:55: .*`op:shop/list` names no operation", done.stderr)
    assert re.search(r"guide\.md:4:5: .*`schema:shop/Pte`.*did you mean `shop/Pet`\?", done.stderr)
    assert re.search(r"guide\.md:4:\d+: .*nothing", done.stderr)
    assert build(tmp_path, tool, "--strict").returncode == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_written_by_hand_wins_and_that_is_said(tool: str, tmp_path: Path) -> None:
    project(tmp_path)
    hand = {
        "docs/reference/shop/list-pets.md": "# Mine\n",
        "docs/index.md": "# My front\n",
        "docs/reference/shop/remove-pet/index.md": "# Also mine\n",
    }
    for name, text in hand.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    done = build(tmp_path, tool)
    assert done.returncode == 0
    for name, heading in (("reference/shop/list-pets", "Mine"), ("", "My front"), ("reference/shop/remove-pet", "Also mine")):
        html = page(tmp_path / "site", name)
        assert re.search(rf"<h1[^>]*>{heading}", html)
        assert not (tmp_path / "site" / name / "index.md").exists()
    for name in hand:
        assert re.search(rf"{name.removeprefix('docs/')} is written by hand", done.stderr), done.stderr
    assert not broken_links(tmp_path / "site")[1]


def test_this_repository_builds_strictly(tmp_path: Path) -> None:
    done = build(REPOSITORY, "mkdocs", "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))]


@pytest.mark.parametrize("tool", TOOLS)
def test_the_order_of_plugins_does_not_matter(tool: str, tmp_path: Path) -> None:
    project(tmp_path)
    text = (
        (tmp_path / "mkdocs.yml")
        .read_text()
        .replace("- search\n- portal_gen: {source: openapi}", "- portal_gen: {source: openapi}\n- search")
    )
    (tmp_path / "mkdocs.yml").write_text(text)
    assert build(tmp_path, tool).returncode == 0
    records = json.loads((tmp_path / "site" / "search" / "search_index.json").read_text())["docs"]
    assert "reference/shop/list-pets/" in {record["location"] for record in records}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The project built for the address that it is served at, as instant navigation needs it."""
    folder = project(tmp_path_factory.mktemp("instant"), NAV)
    (folder / "site").mkdir()
    with served(folder / "site") as url:
        project(folder, NAV, url)
        assert build(folder).returncode == 0
        yield url


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own; an error in a script fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    errors: list[str] = []
    found = context.new_page()
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    context.close()
    assert not errors


def active(tab: Page) -> str:
    """The tab that is active."""
    return tab.locator(".md-tabs__item--active").inner_text().strip()


@pytest.mark.browser
def test_instant_navigation_from_hand_written_to_generated_and_back(address: str, tab: Page) -> None:
    tab.goto(address + "guide/")
    tab.wait_for_timeout(500)  # the theme reads the sitemap before it takes over links
    tab.evaluate("() => { window.stayed = true }")
    tab.get_by_role("link", name="the list").click()
    expect(tab.locator("h1")).to_have_text("List all pets")
    assert tab.url == address + "reference/shop/list-pets/"
    assert tab.title().startswith("List all pets")
    assert active(tab) == "Reference"
    assert tab.locator('.pg-nav [aria-current="page"]').inner_text().startswith("List all pets")
    tab.locator(".pg-nav a", has_text="Remove a pet").first.click()
    expect(tab.locator("h1")).to_have_text("Remove a pet")
    assert tab.locator('.pg-nav [aria-current="page"]').inner_text().startswith("Remove a pet")
    tab.locator(".md-tabs").get_by_role("link", name="Guides").click()
    expect(tab.locator("h1")).to_contain_text("Writing by hand")
    assert active(tab) == "Guides"
    tab.go_back()
    expect(tab.locator("h1")).to_have_text("Remove a pet")
    assert tab.evaluate("() => window.stayed") is True


@pytest.mark.browser
@pytest.mark.parametrize("words", ["List all pets", "/pets/{id}", "placeOrder", "quokka"])
def test_search_finds_by_title_path_and_operation_id(words: str, address: str, tab: Page) -> None:
    wanted = {
        "List all pets": "list-pets",
        "/pets/{id}": "remove-pet",
        "placeOrder": "place-order",
        "quokka": "more",
        "Pet": "schemas/pet",
    }
    tab.goto(address + "guide/")
    tab.keyboard.press("/")
    tab.locator("input.md-search__input").press_sequentially(words)
    tab.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    tab.wait_for_timeout(300)
    links = tab.locator("a.md-search-result__link").evaluate_all("(found) => found.map((a) => a.pathname)")
    assert links[0].endswith(f"{wanted[words]}/"), links


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(url: str, until: str, seconds: float = 30) -> str:
    """What a server answers, as soon as it holds some text."""
    end, text = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                text = answer.read().decode()
        except OSError as fault:
            text = str(fault)
        if until in text:
            return text
        time.sleep(0.2)
    raise AssertionError(f"{url} never said {until!r}: {text[:500]}")


@pytest.mark.parametrize("tool", TOOLS)
def test_serve_answers_and_follows_an_edit(tool: str, tmp_path: Path) -> None:
    project(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", tool, "serve", "-f", "mkdocs.yml", "-a", f"127.0.0.1:{port}"]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    log = (tmp_path / "log").open("w")
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=log, stderr=log) as process:
        try:
            url = f"http://127.0.0.1:{port}/reference/shop/list-pets/"
            assert "List all pets" in unescape(fetched(url, "List all pets"))
            source = tmp_path / "openapi" / "shop" / "openapi.yaml"
            source.write_text(DESCRIPTION.replace("List all pets", "Show every pet"))
            fetched(url, "Show every pet")
            source.write_text("openapi: [")
            time.sleep(2)
            source.write_text(DESCRIPTION.replace("List all pets", "After a fault"))
            fetched(url, "After a fault")
            assert process.poll() is None
        finally:
            process.terminate()
            process.wait(20)
            log.close()
    assert "Traceback" not in (tmp_path / "log").read_text()


UNQUOTING = r"""
import re

# HTML, section 13.1.2.3: a value needs no quotes if it holds no white space and none of " ' = < > `
def on_post_page(output, *, page, config):
    return re.sub(r'<meta[^>]*>', lambda tag: re.sub(r'="([^\s"\'=<>`]+)"', r"=\1", tag.group()), output)
"""


def test_text_stays_in_its_attribute_where_another_plugin_takes_quotes_off(tmp_path: Path) -> None:
    folder = project(tmp_path)
    hostile = "pets http-equiv=refresh onload=alert(1)"
    source = folder / "openapi/shop/openapi.yaml"
    source.write_text(DESCRIPTION.replace("summary: List all pets", f"summary: List all pets, description: '{hostile}'"))
    (folder / "hook.py").write_text(UNQUOTING)
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("hooks: [hook.py]\n")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    html = page(folder / "site", "reference/shop/list-pets")
    assert "<meta name=viewport" in html
    assert f'content="{hostile}"' in html
