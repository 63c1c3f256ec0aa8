"""Hostile descriptions and a hostile catalog as a whole site, read as files and used in Chromium with scripts on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from tests.conftest import VECTORS, served
from tests.site.build import built
from tests.site.counting import VOID
from tests.site.hostile import vectors, write

TAGS = frozenset(
    "a abbr article aside b blockquote br button caption code dd del details div dl dt em fieldset h1 h2 h3 h4 h5 h6 header hr i input ins"
    " kbd label legend li main mark nav ol option p path pre q rect s samp section select small span strong sub summary sup svg table tbody"
    " td tfoot th thead tr u ul var circle time form output polyline line g".split()
)
ATTRIBUTES = frozenset(
    "href id class name type checked open tabindex title for rel role align start colspan rowspan scope placeholder hidden value disabled"
    " d viewbox x y width height rx ry cx cy r fill stroke stroke-width points datetime autocomplete spellcheck inert".split()
)
NAMED = ("data-pg", "data-md-", "aria-")
DATA = frozenset(["data-m", "data-c", "data-k", "data-ev", "data-label", "data-s", "data-clash"])
CLASS = re.compile(r"(pg|md)(-[\w-]+)?|highlight|[a-z][a-z0-9]{0,2}|tabbed[\w-]*|lang-[\w-]+|twemoji")
ID = re.compile(r"-?[A-Za-z0-9~][A-Za-z0-9~._-]*")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def site(shared_folder: Path) -> Path:
    """The site of the hostile source."""
    if not VECTORS.is_dir():
        pytest.skip(f"the vectors are not here: {VECTORS} is missing; set PORTAL_VECTORS")
    return built(write(shared_folder / "hostile"), shared_folder, "hostile")


class Inside(HTMLParser):
    """Everything inside `<main>` that our rules do not allow, the text, and whether tags are balanced."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        if not self.open and tag != "main":
            return
        if tag not in VOID:
            self.open.append(tag)
        self.wrong += [f"<{tag}>"] * (tag not in TAGS)
        self.wrong += [f"<{tag} {name}={value!r}>" for name, value in attrs if not allowed(tag, name, value or "")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As above; `<path/>` closes itself."""
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """An end tag that closes nothing would be an escape."""
        if not self.open:
            return
        while self.open and self.open[-1] in ("p", "li", "dd", "dt") and tag != self.open[-1]:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"</{tag}> inside {self.open[-3:]}")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if self.open:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """No comment is ours in the content."""
        if self.open and not data.strip().isidentifier():
            self.wrong.append(f"<!--{data[:40]}")


def allowed(tag: str, name: str, value: str) -> bool:
    """The rules for attributes."""
    if name == "href":
        parts = urlsplit(value)
        if parts.scheme in ("http", "https"):
            return bool(parts.hostname) and "@" not in parts.netloc and "\\" not in value
        return parts.scheme == "mailto" or (
            not parts.scheme and not value.startswith(("/", "\\")) and not re.search(r"[\s\\]", value)
        )
    if name == "class":
        return all(CLASS.fullmatch(word) for word in value.split())
    if name in ("id", "for", "popovertarget"):
        return bool(ID.fullmatch(value)) and not value.startswith("__")
    if name == "popover":
        return not value
    if name == "name":
        return value.startswith("pg-")
    return name in ATTRIBUTES or name in DATA or name.startswith(NAMED)


def inside(path: Path) -> Inside:
    """A page, parsed."""
    parser = Inside()
    parser.feed(path.read_text())
    return parser


def test_the_built_content_has_only_what_is_ours(site: Path) -> None:
    of_the_theme = {
        "<label for='__drawer'>",
        "<label for='__toc'>",
        "<input id='__toc'>",
        "<svg xmlns='http://www.w3.org/2000/svg'>",
    }
    box = {"<textarea>", "<textarea rows='2'>"}
    wrong = []
    for path in sorted(site.rglob("index.html")):
        parser = inside(path)
        ours = of_the_theme | box if path.parent.name == "routes" else of_the_theme
        found = [item for item in parser.wrong if item not in ours]
        assert parser.wrong.count("<textarea>") == (path.parent == site / "routes"), path
        assert parser.wrong.count("<script>") == 1, path
        wrong += [f"{path.relative_to(site).parent}: {item}" for item in found if item != "<script>"]
        assert not parser.open, f"{path}: {parser.open}"
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:40])


class Active(HTMLParser):
    """Elements that do something, anywhere on a page: scripts and frames with their attributes, handlers, addresses that run."""

    KINDS = frozenset("script style iframe object embed base form meta img link template frame applet".split())

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = dict(attrs)
        said = tag == "meta" and values.get("name") == "description"
        if tag in self.KINDS and not said and values.get("rel") not in ("canonical", "alternate", "prev", "next"):
            self.found.append((tag, repr(sorted((name, value or "") for name, value in attrs))))
        for name, value in attrs:
            if name.startswith("on") or (
                re.match(r"\s*(javascript|vbscript|data:text|blob):?", value or "") and name in ("href", "src")
            ):
                self.found.append((tag, f"{name}={value}"))


def active(path: Path) -> list[tuple[str, str]]:
    """What is active on a page."""
    parser = Active()
    parser.feed(path.read_text())
    return parser.found


def test_the_rest_of_each_page_is_the_theme_and_nothing_more(site: Path) -> None:
    """Scripts, styles and frames are those of a page without any hostile word."""
    calm = active(site / "reference" / "calm" / "calm-a" / "index.html")
    assert len(calm) > 5
    for path in sorted((site / "reference" / "hostile").glob("*/index.html")):
        assert active(path) == calm, path


def posts(site: Path) -> list[dict[str, str]]:
    """The operations made from vectors."""
    return [entry for entry in json.loads((site / "operations.json").read_text()) if entry["path"].startswith("/v/")]


def test_names_can_be_read_word_for_word(site: Path) -> None:
    pages = {entry["path"].split("/")[2]: entry["url"] for entry in posts(site)}
    for id_, vector in vectors().items():
        text = " ".join("".join(inside(site / pages[id_] / "index.html").text).split())
        payload = " ".join(vector["payload"].split())
        shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\N{REPLACEMENT CHARACTER}", payload)
        assert text.count(shown) >= 8, f"{id_}: {payload!r} stands {text.count(shown)} times"


def test_twins_and_the_search_index_hold_no_markup_that_would_run(site: Path) -> None:
    for path in sorted(site.rglob("index.md")):
        text = re.sub(r"^(`{3,})[^`\n]*\n.*?^\1`*$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
        text = re.sub(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", text)
        text = re.sub(r"\]\(<https?://[^<>\s]*>\)", "", text)
        found = re.search(r".{0,30}(?<!\\)<[a-zA-Z/!?].{0,60}", text)
        assert not found, f"{path}: {found}"
        assert not re.search(r"(?<!\\)\]\(\s*<?\s*(?:javascript|data|vbscript|blob|file):", text, re.IGNORECASE), path
    index = json.loads((site / "search" / "search_index.json").read_text())
    for record in index["docs"]:
        assert not re.search(r"[<>]", record["title"] + record["text"]), record
        assert re.fullmatch(r"[a-z0-9/-]*", record["location"]), record


def test_no_file_stands_outside_or_under_a_name_that_was_given(site: Path) -> None:
    assert not list(site.parent.rglob("pwned*"))
    for path in (site / "reference").rglob("*"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*|index\.(html|md)", path.name), path


FOREIGN = """() => {
  const bad = [];
  for (const e of document.querySelectorAll('main *, .pg-nav *, .md-search-result *')) {
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) bad.push(e.tagName + ' ' + a.name);
      if (a.name === 'style' && !/^(--|width|height|top|left|right|bottom|transform|display)/.test(a.value) ) bad.push(e.tagName + ' ' + a.value);
      if (['href','src','action','formaction','xlink:href'].includes(a.name) && /^\\s*(javascript|data|vbscript|blob):/i.test(a.value)) bad.push(a.value);
    }
    if (/^(script|style|iframe|object|embed|base|meta|form|img|video|audio|math|template|link|textarea|noscript)$/i.test(e.tagName)
        && !e.closest('[class^=md-]:not(.md-typeset, .md-content *)')) bad.push(e.tagName);
  }
  for (const id of ['__search', '__drawer', '__toc']) {
    const found = document.querySelectorAll('#' + id);
    if (id !== '__toc' && (found.length !== 1 || found[0].tagName !== 'INPUT')) bad.push(id + ' ' + found.length);
  }
  if (document.baseURI.split('#')[0] !== location.href.split('#')[0]) bad.push(document.baseURI);
  if (typeof document.querySelector !== 'function' || document.body.tagName !== 'BODY') bad.push('document is shadowed');
  if ({}.polluted !== undefined || Object.prototype.__pwned) bad.push('Object.prototype');
  if (document.querySelectorAll('main').length !== 1) bad.push('main');
  return bad;
}"""

USE = """() => {
  addEventListener('click', (event) => { if (event.target.closest?.('a')) event.preventDefault(); }, true);
  let used = 0;
  for (const e of [...document.querySelectorAll('body *')].slice(0, 2500)) {
    for (const type of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'pointerdown', 'mousedown', 'mouseup', 'animationstart', 'toggle'])
      e.dispatchEvent(new MouseEvent(type, {bubbles: true}));
    if (e.matches('a, button, input, summary, label, select, [tabindex]') && !e.matches('[type=search], [data-md-component=search-query]')) {
      used += 1;
      e.focus?.();
      e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
      e.click();
      e.blur?.();
    }
  }
  return used;
}"""


@pytest.fixture
def watched(browser: Browser, site: Path) -> Iterator[tuple[str, BrowserContext, list[str]]]:
    """The address of the site, a context, and what was asked of other hosts or thrown."""
    with served(site) as address:
        context = browser.new_context()
        wrong: list[str] = []

        def route(route: Any) -> None:
            if route.request.url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                wrong.append(route.request.url)
                route.abort()

        context.route("**/*", route)

        def dismiss(dialog: Dialog) -> None:
            wrong.append("dialog")
            dialog.dismiss()

        context.on("dialog", dismiss)
        yield address, context, wrong
        context.close()


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page after it was loaded."""
    page.goto(address, wait_until="load")
    page.wait_for_timeout(20)
    found: list[str] = page.evaluate(FOREIGN)
    if page.evaluate("() => window.__pwned !== undefined"):
        found.append("__pwned")
    return [f"{address}: {word}" for word in found]


@pytest.mark.browser
def test_every_page_loads_without_running_anything(watched: tuple[str, BrowserContext, list[str]], site: Path) -> None:
    address, context, wrong = watched
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    urls = [entry["url"] for entry in posts(site)]
    urls += [entry["url"] for entry in json.loads((site / "schemas.json").read_text())][::9]
    for url in ["", "services/", "capabilities/", "routes/", "reference/hostile/", *urls]:
        wrong += look(page, address + url)
    assert not wrong, wrong[:20]


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["front", "services", "capabilities", "routes", "overview", "operation", "schema", "webhook"])
def test_everything_that_can_be_used_is_used(kind: str, watched: tuple[str, BrowserContext, list[str]], site: Path) -> None:
    address, context, wrong = watched
    page = context.new_page()
    entries = json.loads((site / "operations.json").read_text())
    urls = {
        "front": "",
        "services": "services/",
        "capabilities": "capabilities/",
        "routes": "routes/",
        "overview": "reference/hostile/",
        "operation": next(entry["url"] for entry in entries if entry["path"].startswith("/v/X095")),
        "schema": json.loads((site / "schemas.json").read_text())[7]["url"],
        "webhook": next(entry["url"] for entry in entries if entry["kind"] == "webhook"),
    }
    wrong += look(page, address + urls[kind])
    assert page.evaluate(USE) > 10
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.__pwned") is None
    assert page.url.startswith(address)
    wrong += page.evaluate(FOREIGN) if page.url.split("#")[0] == address + urls[kind] else []
    assert not wrong, wrong[:20]


@pytest.mark.browser
@pytest.mark.parametrize("words", ["X007", "<img src", "constructor", "__proto__"])
def test_search_shows_hostile_words_as_words(words: str, watched: tuple[str, BrowserContext, list[str]]) -> None:
    address, context, wrong = watched
    page = context.new_page()
    page.goto(address + "reference/hostile/")
    page.keyboard.press("/")
    page.locator("input.md-search__input").press_sequentially(words)
    page.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    page.wait_for_timeout(200)
    wrong += page.evaluate(FOREIGN)
    assert page.evaluate("() => window.__pwned") is None
    assert not page.locator(".md-search-result__list :is(img, script, svg[onload], iframe, style)").count()
    assert not wrong, wrong[:20]
