"""portal.mjs: what it adds to pages that are complete without it."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import Visit

pytestmark = pytest.mark.browser
FILTER = ".pg-nav [type=search]"


def shown(page: Page, selector: str) -> list[str]:
    """Texts of the elements that take room on the page."""
    return [part.inner_text() for part in page.locator(selector).all() if part.is_visible()]


def test_copies_the_address_without_marks(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(".pg-addr [data-pg-copy]")
    button.click()
    expect(button).to_have_attribute("data-pg-done", "")
    assert page.evaluate("navigator.clipboard.readText()") == "https://api.example.com/v1/orders"
    expect(page.locator("#pg-said")).to_have_text("Copied")


def test_copies_the_panel_that_is_shown(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#answer label", has_text="401").click()
    page.locator("#answer [data-pg-copy]").click()
    page.wait_for_selector("[data-pg-done]")
    assert page.evaluate("navigator.clipboard.readText()") == "401 code of answer"


def test_selects_what_it_may_not_copy(visit: Visit) -> None:
    page = visit()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    page.locator(".pg-addr [data-pg-copy]").click()
    assert page.evaluate("String(getSelection())") == "https://api.example.com/v1/orders"
    assert page.locator("[data-pg-done]").count() == 0


def test_language_holds_on_the_next_page(visit: Visit) -> None:
    page = visit()
    page.locator("#lang-a label", has_text="PowerShell").click()
    assert shown(page, "#lang-a .pg-panel") == ["PowerShell code of lang-a"]
    page.goto(page.url.replace("default-custom", "second"))
    assert shown(page, "#lang-b .pg-panel") == ["PowerShell code of lang-b"]
    assert page.locator("#lang-b label", has_text="PowerShell").bounding_box() is not None
    assert page.evaluate("Object.keys(localStorage)") == ["portal-gen:language"]


def test_an_unknown_language_changes_nothing(visit: Visit) -> None:
    page = visit("second.html")
    page.evaluate("localStorage.setItem('portal-gen:language', 'COBOL')")
    page.reload()
    assert shown(page, "#lang-b .pg-panel") == ["cURL code of lang-b"]


def test_works_where_storage_is_closed(visit: Visit) -> None:
    page = visit("second.html")
    page.evaluate("Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed') }})")
    page.locator("#lang-b label", has_text="Rust").click()
    assert shown(page, "#lang-b .pg-panel") == ["Rust code of lang-b"]


def test_navigation_filter(visit: Visit) -> None:
    page = visit()
    page.fill(FILTER, "order get")
    assert shown(page, ".pg-nav li a > span:first-child") == ["Read an order"]
    assert shown(page, ".pg-nav output") == ["1 / 44"]
    assert page.locator("#nav-orders").get_attribute("open") is not None
    expect(page.locator("#nav-items")).to_be_hidden()
    page.fill(FILTER, "/v1/orders")
    assert shown(page, ".pg-nav li a > span:first-child") == ["Place an order"]
    page.press(FILTER, "Escape")
    assert page.input_value(FILTER) == ""
    assert page.locator("#nav-orders").get_attribute("open") is None
    assert page.locator("#nav-items").get_attribute("open") is not None
    assert page.locator(".pg-nav [hidden]").count() == 0


def test_tree_filter_joins_the_segments(visit: Visit) -> None:
    page = visit()
    page.fill("[data-pg-filter=tree]", "orders put")
    assert shown(page, "#tree div.pg-leaf > .pg-path") == ["/{id}"]
    assert shown(page, "[data-pg-filter=tree] ~ output") == ["1 / 3"]
    page.fill("[data-pg-filter=tree]", "")
    assert shown(page, "#tree summary > .pg-path") == ["/v1"]


def test_table_filter_announces(visit: Visit) -> None:
    page = visit()
    page.fill("[data-pg-filter=matrix]", "service 2")
    assert shown(page, "#matrix tbody th") == ["Service 2"]
    expect(page.locator("#pg-said")).to_have_text("1 / 3")
    assert page.locator("#matrix thead th").first.is_visible()


def test_open_all_and_close_all(visit: Visit) -> None:
    page = visit()
    button = page.locator("[data-pg-open]")
    button.click()
    expect(button).to_have_text("Close all")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert page.locator("#body details:not([open])").count() == 0
    assert page.locator("#response-200").get_attribute("open") is None
    button.click()
    expect(button).to_have_text("Open all")
    assert page.locator("#body details[open]").count() == 0


@pytest.mark.parametrize("anchor", ["body.deep.two.three", "response-200.id", "enum.ap", "inner.two"])
def test_target_is_opened_and_reached(visit: Visit, anchor: str) -> None:
    page = visit(f"default-custom.html#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_target_of_a_later_link(visit: Visit) -> None:
    page = visit()
    page.evaluate("location.hash = 'body.deep.two.three'")
    target = page.locator("[id='body.deep.two.three']")
    expect(target).to_be_in_viewport()
    close = "document.querySelectorAll('#body details').forEach((part) => { part.open = false })"
    page.evaluate(f"{close}; dispatchEvent(new Event('hashchange'))")
    expect(target).to_be_in_viewport()
    page.evaluate(f"{close}; document.querySelector('[id=\\'body.deep.two.three\\'] a').click()")
    expect(target).to_be_in_viewport()


def test_navigation_shows_the_current_page(visit: Visit) -> None:
    page = visit()
    current, frame = (page.locator(s).bounding_box() for s in (".pg-nav [aria-current]", ".md-sidebar__scrollwrap"))
    assert current is not None
    assert frame is not None
    assert frame["y"] <= current["y"] <= frame["y"] + frame["height"]
    assert page.evaluate("scrollY") == 0


def test_page_swap_mounts_once(visit: Visit) -> None:
    page = visit("second.html")
    page.evaluate("for (let i = 0; i < 3; i++) document$.emit()")
    page.locator("[data-pg-open]").click()
    expect(page.locator("[data-pg-open]")).to_have_text("Close all")
    fresh = page.evaluate("document.querySelector('.md-content__inner').innerHTML")
    page.locator("#lang-b label", has_text="Go").click()
    page.fill("[data-pg-filter=matrix]", "service 1")
    assert page.locator("#pg-said").count() == 1
    page.evaluate("html => { document.querySelector('.md-content__inner').innerHTML = html; document$.emit() }", fresh)
    assert page.locator("#pg-said").count() == 0
    assert shown(page, "#lang-b .pg-panel") == ["Go code of lang-b"]


def test_teardown_takes_everything_back(visit: Visit) -> None:
    page = visit()
    page.add_init_script("globalThis.document$ = {subscribe() {}}")  # so that nothing is mounted but by hand
    page.reload()
    button = page.locator("[data-pg-open]")
    page.evaluate("import('./portal.mjs').then((portal) => { window.stopPortal = portal.mount() })")
    button.click()
    expect(button).to_have_text("Close all")
    page.fill("[data-pg-filter=matrix]", "service 1")
    page.evaluate("stopPortal()")
    assert page.locator("#pg-said").count() == 0
    button.click()
    page.fill("[data-pg-filter=matrix]", "service 2")
    expect(button).to_have_text("Close all")
    assert shown(page, "#matrix tbody th") == ["Service 1"]


def test_script_is_small() -> None:
    script = ((files("portal_gen") / "frontend") / "portal.mjs").read_bytes()
    assert len(gzip.compress(script, 9)) <= 3.5 * 1024
    assert b"innerHTML" not in script
