"""portal.css and palette.css: widths, contrast, sizes, and pages without scripts."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal_gen.resources import assets
from tests.frontend.conftest import PALETTES, Visit

pytestmark = pytest.mark.browser

# Colors go through a canvas, so color-mix() and alpha come out as they are painted. Backgrounds are stacked from the root up.
MEASURE = """() => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const paint = (color) => { pen.fillStyle = color; pen.fillRect(0, 0, 1, 1) };
  const pixel = () => [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const bad = [];
  for (const e of document.querySelectorAll(".pg *, .pg-nav *")) {
    const text = [...e.childNodes].filter((n) => n.nodeType === 3 && n.data.trim()).map((n) => n.data.trim()).join(" ");
    if (!text || !e.checkVisibility() || e.closest(".pg-vh, legend, option")) continue;
    const line = []; for (let p = e; p; p = p.parentElement) line.unshift(p);
    paint("#fff"); line.forEach((p) => paint(getComputedStyle(p).backgroundColor));
    const ground = light(pixel()), style = getComputedStyle(e);
    pen.globalAlpha = line.reduce((a, p) => a * getComputedStyle(p).opacity, 1); paint(style.color); pen.globalAlpha = 1;
    const ink = light(pixel()), ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio >= 4.5 && parseFloat(style.fontSize) >= 11.99) continue;
    bad.push([text.slice(0, 30), e.className, ratio.toFixed(2), style.fontSize]);
  }
  return bad;
}"""
TOO_WIDE = "es => es.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"
SMALL = """() => [...document.querySelectorAll("button, input:not([type=radio]), select, summary, label, .pg-nav a, .pg-jump")]
  .filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
  .filter(([, r]) => Math.min(r.width, r.height) < 23.99).map(([e, r]) => [e.outerHTML.slice(0, 80), r.width, r.height])"""


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 1920])
def test_no_sideways_scroll(visit: Visit, width: int) -> None:
    page = visit(width=width)
    open_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".pg-main, .pg-side, .pg-rows").evaluate_all(TOO_WIDE) == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("scheme", "primary"), PALETTES)
def test_every_text_can_be_read(visit: Visit, scheme: str, primary: str, width: int) -> None:
    page = visit(f"{scheme}-{primary}.html", width)
    open_everything(page)
    assert page.evaluate(MEASURE) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_every_control_can_be_hit(visit: Visit, width: int) -> None:
    page = visit(width=width)
    open_everything(page)
    assert page.evaluate(SMALL) == []


def test_asks_no_other_origin(visit: Visit, site: str) -> None:
    page = visit("second.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert f"{site}/portal.mjs" in asked
    assert [url for url in asked if not url.startswith((site, "data:"))] == []


def test_complete_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    for control in ("[data-pg-copy]", "[data-pg-open]", "[type=search]"):
        assert not any(part.is_visible() for part in page.locator(control).all())
    page.locator("#pay label", has_text="Gift").click()
    expect(page.get_by_text("Panel Gift.")).to_be_visible()
    page.locator("#answer label", has_text="503").click()
    expect(page.get_by_text("503 code of answer")).to_be_visible()
    page.get_by_text("Show 1 more").click()
    expect(page.locator("[id='enum.ap']")).to_be_visible()


def test_a_pick_inside_a_panel_keeps_to_itself(visit: Visit) -> None:
    page = visit()
    page.locator("#pay > fieldset label", has_text="Cash").click()
    page.locator("#inner label", has_text="object").click()
    assert [part.is_visible() for part in page.locator("#pay > .pg-panel").all()] == [False] * 5 + [True]
    assert [part.is_visible() for part in page.locator("#inner > .pg-panel").all()] == [False, True]


def test_meanings_line_up_at_every_depth(visit: Visit) -> None:
    page = visit()
    open_everything(page)
    ids = ("body.deep", "body.deep.two", "body.deep.two.three")
    boxes = [page.locator(f"[id='{anchor}'] > .pg-desc").bounding_box() for anchor in ids]
    edges = [box["x"] for box in boxes if box is not None]
    assert len(edges) == len(ids)
    assert max(edges) - min(edges) < 1


def test_jump_is_for_one_column_only(visit: Visit) -> None:
    assert visit(width=390).locator(".pg-jump").is_visible()
    assert not visit(width=1440).locator(".pg-jump").is_visible()


def test_wide_names_fit(visit: Visit) -> None:
    page = visit()
    name = page.locator(".pg-rows--wide > .pg-row > div:first-child").first.bounding_box()
    assert name is not None
    assert round(name["width"]) == 240


def test_hidden_tabs_fade_out(visit: Visit) -> None:
    tabs = visit().locator("#answer .pg-tabs")
    assert tabs.evaluate("e => e.scrollWidth > e.clientWidth")
    assert "linear-gradient" in tabs.evaluate("e => getComputedStyle(e).maskImage")


def test_deprecated_is_struck_and_said(visit: Visit) -> None:
    page = visit()
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator("[id='body.old'] .pg-name").evaluate(line) == "line-through"
    assert page.locator("[id='body.old'] .pg-flag").evaluate(line) == "none"


def style(page: Page, selector: str, name: str) -> Any:
    return page.locator(selector).first.evaluate("(e, name) => getComputedStyle(e).getPropertyValue(name)", name)


def test_a_palette_of_the_site_is_left_alone(visit: Visit) -> None:
    indigo, custom = visit("default-indigo.html"), visit("default-custom.html")
    assert style(indigo, ".md-header", "background-color") == "rgb(64, 81, 181)"
    assert style(custom, ".md-header", "background-color") == "rgb(255, 255, 255)"
    assert style(indigo, "body", "--md-default-bg-color") in ("#fff", "hsla(0, 0%, 100%, 1)")


def test_print_opens_all_shapes(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert all(part.is_visible() for part in page.locator("#pay > .pg-panel").all())
    expect(page.locator(".pg-nav")).to_be_hidden()
    assert style(page, ".pg-op", "display") == "block"


@pytest.mark.parametrize(("scheme", "primary"), PALETTES)
def test_print_is_dark_on_white(visit: Visit, scheme: str, primary: str) -> None:
    page = visit(f"{scheme}-{primary}.html")
    page.emulate_media(media="print")
    assert page.evaluate(MEASURE) == []
    assert style(page, "body", "--pg-get") == "#067647"
    assert style(page, ".pg-send", "background-color") == style(page, ".pg-card:not(.pg-send)", "background-color")


def test_right_to_left_turns_the_columns(visit: Visit) -> None:
    page = visit()
    page.evaluate("document.body.dir = 'rtl'")
    name, meaning = (page.locator(f"[id='body.old'] > {part}").bounding_box() for part in ("div:first-child", ".pg-desc"))
    assert name is not None
    assert meaning is not None
    assert name["x"] > meaning["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_stylesheets_are_small() -> None:
    sheets = {asset.name: asset.content for asset in assets() if asset.name.endswith(".css")}
    assert len(gzip.compress(sheets["portal.css"], 9)) <= 9 * 1024
    assert len(gzip.compress(sheets["palette.css"], 9)) <= 1024
    assert not [
        name for name, sheet in sheets.items() if b"http" in sheet or b"/*" in sheet or sheet.count(b"{") != sheet.count(b"}")
    ]
