"""What a portal is built beside: plugins and features of the theme as data, and a small project to try each of them in."""

from __future__ import annotations

import base64
import importlib
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

PORTAL = {"portal_gen": {"source": "openapi"}}
DESCRIPTION = """openapi: 3.1.0
info: {title: TITLE API, version: '1', description: 'Keeps NAME. {{ 7 * 7 }} [[ page ]] [json.dumps][] <b>bold</b>'}
tags: [{name: things}]
paths:
  /NAME:
    get:
      operationId: listTITLE
      summary: List NAME
      description: |
        Not for Jinja: {{ config.site_name }} and {% if x %} {# c #} content=0 http-equiv=refresh, ![p](https://img.example/p.png)
      tags: [things]
      responses: {'200': {description: 'fine {{ 1 + 1 }}', content: {application/json: {schema: {$ref: '#/components/schemas/One'}}}}}
    post:
      {operationId: makeTITLE, summary: Make NAME, tags: [things], responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Two'}}}}}}
  /NAME/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getTITLE, summary: Get NAME, tags: [things], responses: {'200': {description: fine, content: {application/json: {schema: {$ref: '#/components/schemas/Three'}}}}}}
    delete: {operationId: dropTITLE, summary: Drop NAME, tags: [things], responses: {'204': {description: gone}}}
components:
  schemas:
    One: {type: object, description: 'a {{ b }}', properties: {name: {type: string}}}
    Two: {type: object, properties: {size: {type: integer}}}
    Three: {type: object, properties: {one: {$ref: '#/components/schemas/One'}}}
"""
FILES = {
    f"openapi/{name}/openapi.yaml": DESCRIPTION.replace("NAME", name).replace("TITLE", name.title())
    for name in ("cats", "dogs", "owls")
} | {
    "docs/guide.md": "# Guide\n\nSee [the list](op:cats/listCats) and [one](schema:cats/One).\n\n## Part\n\nQuokka.\n",
    "docs/more/index.md": "# More\n\nText.\n",
    "docs/more/deep.md": "# Deep\n\nBack to [the guide](../guide.md).\n\n![pixel](../pixel.png)\n",
}
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@dataclass(frozen=True, slots=True)
class Case:
    """One or more rows of the table in `docs/portal-gen/beside.md`, which share a build.

    `packages` must be installed, else the case is skipped. `holds` looks at the site for what only this case has.
    """

    name: str
    plugins: tuple[Any, ...] = ()
    features: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    search: Any = "search"
    prepare: Callable[[Path], None] = lambda folder: None
    holds: Callable[[Path], object] = lambda site: True
    drawn: bool = False
    elsewhere: tuple[str, ...] = ()
    """Links that lead out of the site on purpose."""

    @property
    def rows(self) -> list[str]:
        """The names in the table."""
        return self.name.split(", ")


def project(folder: Path, case: Case, portal_last: bool = True) -> Path:
    """The project of a case; the portal's plugin stands before the others or after them."""
    for name, text in {**FILES, **case.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "docs" / "pixel.png").write_bytes(PIXEL)
    others = [case.search, *case.plugins]
    theme = {"name": "material", "font": False, "features": list(case.features)}
    settings = {"site_name": "Beside", "site_url": "https://docs.example/"} | dict(case.settings)
    settings["theme"] = theme | settings.get("theme", {})
    settings["plugins"] = [*others, PORTAL] if portal_last else [PORTAL, *others]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False))
    case.prepare(folder)
    return folder


class Read(HTMLParser):
    """What a reader and a robot see of a page: the text of its article, description and canonical address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.description, self.canonical = "", "", ""
        self._inside = False
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where the article begins and what the head says."""
        found = dict(attrs)
        self._inside |= tag == "article"
        if tag == "meta" and found.get("name") == "description":
            self.description = found["content"] or ""
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found["href"] or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave the article."""
        self._inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        """Keep the text, with a break where markup stands between."""
        self.text += f" {data}" if self._inside else ""


def text(site: Path, name: str) -> str:
    """A file of a site."""
    return (site / name).read_text(encoding="utf-8")


def git(folder: Path) -> None:
    """Put a project into a repository."""
    for command in ("init -q -b main .", "add -A", "-c user.name=a -c user.email=a@example.com commit -q -m x"):
        subprocess.run(["git", *command.split()], cwd=folder, check=True, capture_output=True)


def fonts(folder: Path) -> None:
    """Lay a font where the plugin for cards keeps what it has fetched. It draws with a library of the system."""
    try:
        importlib.import_module("cairosvg")
    except OSError:
        pytest.skip("the plugin for cards needs the library cairo; `apt-get install libcairo2`")
    found = next(iter(sorted(Path("/usr/share/fonts").rglob("*Sans*.ttf"))), None)
    if found is None:
        pytest.skip("the plugin for cards needs a font, and /usr/share/fonts has none")
    kept = folder / ".cache" / "plugin" / "social" / "fonts" / "Roboto"
    kept.mkdir(parents=True)
    for style in ("Regular", "Bold"):
        shutil.copy(found, kept / f"{style}.ttf")


def tabs(site: Path, page: str = "guide/index.html") -> list[str]:
    """The titles of the tabs."""
    bar = re.search(r'<nav class="md-tabs".*?</nav>', text(site, page), re.DOTALL)
    items = re.findall(r'<li class="md-tabs__item.*?</li>', bar.group() if bar else "", re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", item).split()) for item in items]


OPERATION = "reference/cats/list-cats/index.html"
NAMED = ["Overview", "Guide", "Reference", "More"]
TABS = ("navigation.tabs",)
LANGUAGES = [
    {"locale": "en", "default": True, "name": "English", "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]
MINIFY = {"minify": {"minify_html": True, "htmlmin_opts": {"remove_comments": True}}}
REDIRECTS = {"redirects": {"redirect_maps": {"old.md": "guide.md", "api.md": "reference/cats/list-cats.md#response-200"}}}
DATES = {"git-revision-date-localized": {"enable_creation_date": True}}
STRINGS = {"docs/strings.md": "# Strings\n\n::: textwrap.dedent\n"}
MACROS = {"docs/macros.md": "# Macros\n\nIt is {{ 6 * 7 }}.\n"}
TAGGED = {"docs/.meta.yml": "tags: [found]\n", "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"}


def _translated(site: Path) -> object:
    german = text(site, "de/guide/index.html")
    return (
        'href="../../reference/cats/list-cats/"' in german
        and 'href="../../services/"' in german
        and not (site / "de/reference").exists()
    )


def _tagged(site: Path) -> object:
    listed = Read(text(site, "tags/index.html")).text
    return "Guide" in listed and "Reference" not in listed


PLUGINS = (
    Case("search of Material"),
    Case("search of MkDocs", search="/search"),
    Case(
        "mkdocstrings, autorefs",
        ("autorefs", "mkdocstrings"),
        files=STRINGS,
        packages=("mkdocstrings", "mkdocs-autorefs"),
        holds=lambda site: "doc-function" in text(site, "strings/index.html"),
    ),
    Case(
        "macros",
        ("macros",),
        files=MACROS,
        packages=("mkdocs-macros-plugin",),
        holds=lambda site: "It is 42." in text(site, "macros/index.html"),
    ),
    Case(
        "redirects",
        (REDIRECTS,),
        packages=("mkdocs-redirects",),
        holds=lambda site: "url=../reference/cats/list-cats/#response-200" in text(site, "api/index.html"),
    ),
    Case(
        "minify",
        (MINIFY,),
        packages=("mkdocs-minify-plugin",),
        holds=lambda site: text(site, OPERATION).startswith("<!doctype html><html lang=en"),
    ),
    Case(
        "git-revision-date-localized",
        (DATES,),
        prepare=git,
        packages=("mkdocs-git-revision-date-localized-plugin",),
        holds=lambda site: "git-revision" in text(site, "guide/index.html") and "git-revision" not in text(site, OPERATION),
    ),
    Case(
        "mike",
        ("mike",),
        settings={"extra": {"version": {"provider": "mike"}}},
        packages=("mike",),
        holds=lambda site: '"provider": "mike"' in text(site, OPERATION),
    ),
    Case(
        "awesome-nav",
        ("awesome-nav",),
        TABS,
        files={"docs/.nav.yml": "nav: [index.md, guide.md, services.md, more]\n"},
        packages=("mkdocs-awesome-nav",),
        holds=lambda site: tabs(site) == NAMED,
    ),
    Case(
        "literate-nav",
        ({"literate-nav": {"nav_file": "SUMMARY.md"}},),
        TABS,
        {"exclude_docs": "SUMMARY.md"},
        {
            "docs/SUMMARY.md": "* [Overview](index.md)\n* [Guide](guide.md)\n* [Reference](services.md)\n* More\n    * [More](more/index.md)\n"
        },
        packages=("mkdocs-literate-nav",),
        holds=lambda site: tabs(site) == NAMED,
    ),
    Case(
        "section-index",
        ("section-index",),
        TABS,
        {"nav": ["index.md", "guide.md", {"Reference": ["services.md"]}, {"More": ["more/index.md", "more/deep.md"]}]},
        packages=("mkdocs-section-index",),
        holds=lambda site: tabs(site) == NAMED,
    ),
    Case(
        "glightbox",
        ("glightbox",),
        packages=("mkdocs-glightbox",),
        holds=lambda site: 'class="glightbox"' in text(site, "more/deep/index.html") and "glightbox" in text(site, OPERATION),
    ),
    Case("tags, meta", ("meta", "tags"), files=TAGGED, holds=_tagged),
    Case(
        "social",
        ("social",),
        prepare=fonts,
        packages=("pillow", "cairosvg"),
        holds=lambda site: [path.stem for path in (site / "assets/images/social").glob("*.png")] == ["guide"],
    ),
    Case("offline", ("offline",), holds=lambda site: "reference/cats/list-cats.html" in text(site, "search/search_index.js")),
    Case(
        "privacy",
        ({"privacy": {"assets_exclude": ["unpkg.com/*"]}},),  # the theme's bundle names it, and tests ask no other host
        holds=lambda site: not re.search(r'<(link|script|img)[^>]*(src|stylesheet" href)="https?:', text(site, OPERATION)),
    ),
    Case(
        "i18n (mkdocs-static-i18n)",
        ({"i18n": {"docs_structure": "suffix", "languages": LANGUAGES}},),
        files={
            "docs/index.md": "# Front\n",
            "docs/index.de.md": "# Anfang\n",
            "docs/guide.de.md": "# Anleitung\n\n[x](op:cats/listCats)\n",
        },
        packages=("mkdocs-static-i18n",),
        holds=_translated,
    ),
)
BANNER = {"over/main.html": '{% extends "base.html" %}{% block announce %}News{% endblock %}'}
NUMBERED = "def on_post_page(output, *, page, config):\n    return output.replace('</html>', f'<!-- {page.url} --></html>')\n"
WIDE = ("navigation.tabs", "navigation.tabs.sticky", "navigation.sections", "navigation.indexes")
MOVED = ("navigation.instant", "navigation.instant.prefetch", "navigation.footer", "navigation.path", "navigation.top")
NARROW = ("navigation.expand", "navigation.prune", "navigation.tracking", "toc.integrate", "header.autohide", "search.share")
FEATURES = (
    *(Case(", ".join(names), features=names) for names in (WIDE, (*MOVED, "toc.follow"), NARROW)),
    Case(
        "content.action.edit",
        features=("content.action.edit", "content.action.view"),
        settings={"repo_url": "https://git.example/a/b", "edit_uri": "edit/main/docs/"},
        holds=lambda site: "edit/main/docs/guide.md" in text(site, "guide/index.html") and "edit/main" not in text(site, OPERATION),
    ),
    Case(
        "announce.dismiss",
        features=("announce.dismiss",),
        settings={"theme": {"custom_dir": "over"}},
        files=BANNER,
        holds=lambda site: "News" in text(site, OPERATION),
    ),
    Case(
        "extra.alternate",
        settings={
            "extra": {"alternate": [{"name": name, "link": link, "lang": name} for name, link in (("en", "/"), ("de", "/de/"))]}
        },
        elsewhere=("/de/",),
        holds=lambda site: 'hreflang="de"' in text(site, OPERATION),
    ),
    Case(
        "use_directory_urls: false",
        settings={"use_directory_urls": False},
        holds=lambda site: (site / "reference/cats/list-cats.html").exists(),
    ),
    Case("a site below a path", features=("navigation.instant",), settings={"site_url": "https://docs.example/below/v1/"}),
    Case("a site without site_url", settings={"site_url": ""}),
    Case(
        "a hook that prints each page's address",
        settings={"hooks": ["hook.py"]},
        files={"hook.py": NUMBERED},
        drawn=True,
        holds=lambda site: "<!-- reference/cats/list-cats/ -->" in text(site, OPERATION),
    ),
)
TOGETHER = Case(
    "all of the usual ones",
    ("autorefs", "mkdocstrings", "macros", REDIRECTS, DATES, "section-index", "glightbox", "tags", MINIFY),
    ("navigation.tabs", "navigation.indexes", "navigation.instant", "navigation.footer", "navigation.path", "toc.follow"),
    files=STRINGS | MACROS,
    packages=tuple(dict.fromkeys(name for case in PLUGINS for name in case.packages if case.name not in ("mike", "social"))),
    prepare=git,
    holds=lambda site: "It is 42." in text(site, "macros/index.html") and (site / "api" / "index.html").exists(),
)
