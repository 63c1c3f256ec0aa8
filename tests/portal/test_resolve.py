"""A pasted request leads to its operation, in Python and in the page, held against the same examples."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal_gen.portal.catalog import DocumentedRoute, Mount, Route
from portal_gen.portal.portal import Portal
from portal_gen.portal.resolve import resolve
from portal_gen.render.catalog_data import routes_json
from portal_gen.render.context import Context
from portal_gen.render.routes_page import routes_page
from tests.conftest import served
from tests.portal.values import GATEWAY, HERE, catalog, document, operation, portal, service

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "resolve.json").read_text())
SCRIPT = files("portal_gen") / "frontend" / "resolve.mjs"


def example() -> Portal:
    """Pets behind a wildcard, keys at a server under the gateway, shops where only a document says so; a webhook called like a path."""
    mount, own = Mount("/v1/pets", "mount", "/", True), "https://keys.example.org"
    routes = tuple(Route(method, "/v1/pets/*", "pets", "/*") for method in ("GET", "DELETE"))
    found = catalog(service(mount), service(id_="keys"), service(id_="shops"), routes=routes)
    shops = document(operation("POST", "/open", own), operation("POST", "/upload/{name}.{kind}", own))
    hook = replace(operation("POST", "/hook"), kind="webhook")
    return portal(
        replace(found, gateway=replace(found.gateway, documented=(DocumentedRoute("/v1/shops/*", "shops", HERE),))),
        pets=document(*(operation(method, path) for method, path in (("GET", "/{id}"), ("DELETE", "/{id}"), ("GET", "/count")))),
        keys=document(operation("PUT", "/{key}", GATEWAY + "/v1/keys")),
        shops=replace(shops, webhooks=(hook,)),
    )


@pytest.mark.parametrize("expected", EXAMPLES, ids=lambda expected: expected["text"][:40])
def test_python_finds_what_the_example_says(expected: dict[str, Any]) -> None:
    found = resolve(example(), expected["text"])
    assert {
        "text": expected["text"],
        "method": found.request.method,
        "host": found.request.host,
        "query": [list(pair) for pair in found.request.query],
        "answers": [
            [a.page.service, a.page.operation.method, a.how, a.template, [list(pair) for pair in a.values]] for a in found.answers
        ],
        "other_method": found.other_method,
        "other_host": found.other_host,
    } == expected


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("resolve")
    (folder / "resolve.mjs").write_bytes(SCRIPT.read_bytes())
    (folder / "routes.json").write_bytes(routes_json(example()))
    (folder / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><div id=box data-pg-routes=routes.json>"
        "<textarea></textarea><output></output></div><script type=module>(await import('./resolve.mjs')).start(box)</script>"
    )
    with served(folder) as address:
        found = browser.new_page()
        found.goto(address)
        yield found
        found.close()


IN_PAGE = """async (texts) => {
  const [{ resolve }, data] = [await import("./resolve.mjs"), await (await fetch("routes.json")).json()];
  return texts.map((text) => {
    const { request, answers, otherMethod, otherHost } = resolve(data, text);
    return { text, method: request.method, host: request.host, query: request.query,
      answers: answers.map(({ entry, how, template, values }) => [entry.service, entry.method, how, template, values]),
      other_method: otherMethod, other_host: otherHost };
  });
}"""


@pytest.mark.browser
def test_the_page_finds_what_the_example_says(page: Page) -> None:
    assert page.evaluate(IN_PAGE, [expected["text"] for expected in EXAMPLES]) == EXAMPLES


@pytest.mark.browser
def test_the_box_answers_with_links_and_never_with_markup(page: Page) -> None:
    page.fill("textarea", "https://api.example.com/v1/pets/%3Cimg%20src=x%20onerror=alert(1)%3E?q=<b>x</b>")
    page.wait_for_selector("output a")
    assert page.locator("output img, output b").count() == 0
    assert page.locator("output a").first.get_attribute("href") == page.url + "reference/pets/get-id/"
    assert page.locator("output dd").all_inner_texts()[:2] == ["<img src=x onerror=alert(1)>", "<b>x</b>"]
    page.fill("textarea", "/no/such/path")
    page.wait_for_selector("output p")
    assert page.locator("output").inner_text().strip() == "No operation of this portal answers that."
    page.fill("textarea", "")
    page.wait_for_function("!document.querySelector('output').textContent")


@pytest.mark.browser
def test_the_box_says_that_its_list_is_gone_and_tries_again(page: Page) -> None:
    page.reload()
    page.route("**/routes.json", lambda route: route.fulfill(status=404))
    page.fill("textarea", "/v1/pets/7")
    page.wait_for_function("document.querySelector('output').textContent.includes('could not be loaded')")
    page.unroute("**/routes.json")
    page.fill("textarea", "/v1/pets/8")
    page.wait_for_selector("output a")


def test_the_page_names_its_script_and_its_list() -> None:
    html = routes_page(Context(example(), "routes/")).html
    assert 'data-pg-js data-pg-module="../assets/portal/resolve.' in html
    assert 'data-pg-routes="../routes.json"' in html


def test_the_script_is_small() -> None:
    script = SCRIPT.read_bytes()
    assert len(gzip.compress(script, 9)) <= 3.5 * 1024
    assert b"innerHTML" not in script
