"""Page kinds and partials that a site adds with templates of its own, in real builds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.site.links import broken_links

pytestmark = pytest.mark.slow
FILES = {
    "mkdocs.yml": """site_name: Shop
site_url: https://docs.example/
theme: {name: material, font: false, custom_dir: over, features: [navigation.tabs]}
plugins: [search, {portal_gen: {source: openapi}}]
""",
    "docs/guide.md": "# Guide\n",
    "over/portal/pages/rate-limits.md": """---
title: Rate limits
---
{% import "shared/rows.md" as rows %}
What {{ portal.title }} allows, [in words](https://example.com/terms).

## Limits

| Operation | Service | In a minute |
|---|---|---|
{% for operation in operations if operation.extensions["x-limit"] is defined %}
{{ rows.row(operation) }}
{% endfor %}
""",
    "over/portal/shared/rows.md": """{% macro row(operation) %}
| {{ operation | link }} | {{ operation.service }} | {{ operation.extensions["x-limit"] }} |
{%- endmacro %}
""",
    "over/portal/service-pages/changes.md": """{{ service.name }} is at version {{ service.version }}, with {{ operations | length }} operations.

{{ service.description | markdown }}

{% for schema in schemas %}
- {{ schema | link }}
{% endfor %}
""",
    "over/portal/partials/operation.md": "Tell us what you think of {{ operation.title }} in {{ service | link }}.\n",
    "over/portal/partials/schema.md": "Version of {{ schema | link(schema.name) }}: {{ service.version }}.\n",
    "openapi/shop/openapi.yaml": """openapi: 3.1.0
info: {title: Shop, version: '1.2', description: 'Sells *pots*. <img src=x onerror=alert(1)>'}
paths:
  /pots:
    get: {operationId: listPots, summary: 'List | <script>alert(1)</script> [x](javascript:1)', x-limit: 60, responses: {'200': {description: fine}}}
    post: {operationId: addPot, summary: Add a pot, responses: {'201': {description: made}}}
components: {schemas: {Pot: {type: object, properties: {name: {type: string}}}}}
""",
    "openapi/mill/openapi.yaml": """openapi: 3.1.0
info: {title: Mill, version: '3'}
paths: {/flour: {get: {operationId: grind, summary: Grind, x-limit: 5, responses: {'200': {description: fine}}}}}
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def build(folder: Path, options: str = "", text: str = "") -> subprocess.CompletedProcess[str]:
    settings = FILES["mkdocs.yml"].replace("source: openapi", f"source: openapi{options}") + text
    (folder / "mkdocs.yml").write_text(settings)
    env = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)


def files(folder: Path) -> dict[str, bytes]:
    site = folder / "site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.suffix != ".gz"}


def test_a_page_of_a_new_kind_is_a_page_like_all_others(project: Path) -> None:
    done = build(project)
    assert done.returncode == 0, done.stderr
    site = project / "site"
    html = (site / "rate-limits" / "index.html").read_text()
    assert "<title>Rate limits - Shop</title>" in html
    assert "<h1>Rate limits</h1>" in html
    assert "<h2>Limits</h2>" in html
    assert '<a href="../reference/mill/grind/">Grind</a>' in html
    assert '<a href="https://example.com/terms" rel="nofollow noopener">in words</a>' in html
    assert "<td>60</td>" in html
    assert ">Add a pot<" not in html
    assert 'href="../rate-limits/"' in (site / "services" / "index.html").read_text(), "the navigation has it"
    assert "[Grind](../reference/mill/grind/)" in (site / "rate-limits" / "index.md").read_text()
    assert "<loc>https://docs.example/rate-limits/</loc>" in (site / "sitemap.xml").read_text()
    places = [entry["location"] for entry in json.loads((site / "search" / "search_index.json").read_text())["docs"]]
    assert {"rate-limits/", "reference/shop/changes/", "reference/mill/changes/"} <= set(places)
    assert broken_links(site)[1] == []


def test_what_a_description_says_stays_text(project: Path) -> None:
    build(project)
    html = (project / "site" / "rate-limits" / "index.html").read_text()
    assert ">List | &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:1)</a>" in html
    changes = (project / "site" / "reference" / "shop" / "changes" / "index.html").read_text()
    assert "Sells <em>pots</em>." in changes
    assert "onerror" not in changes


@pytest.mark.parametrize("directories", [True, False])
def test_a_description_makes_no_link_inside_the_site(project: Path, directories: bool) -> None:
    hostile = "[a](https://page-of-this-portal.invalid/javascript:alert(1)) [b](https://page-of-this-portal.invalid/../up)"
    path = project / "openapi" / "shop" / "openapi.yaml"
    path.write_text(path.read_text().replace("Sells *pots*.", hostile))
    (project / "over/portal/pages/rate-limits.md").write_text("{{ services[1].description | markdown }} {{ services[1] | link }}")
    done = build(project, text=f"use_directory_urls: {str(directories).lower()}\n")
    assert done.returncode == 0, done.stderr
    for name in ("rate-limits/index.html", "rate-limits/index.md") if directories else ("rate-limits.html", "rate-limits.md"):
        text = (project / "site" / name).read_text()
        assert not re.search(r"(href=\"|]\(<?)(\.\./)*(javascript|up)", text), name
        assert "reference/shop/" in text


def test_a_link_of_a_page_to_itself_is_one_in_its_twin_too(project: Path) -> None:
    build(project)
    assert "Version of [Pot](./): 1.2." in (project / "site/reference/shop/schemas/pot/index.md").read_text()


def test_a_page_of_each_service_is_reached_from_its_overview_and_navigation(project: Path) -> None:
    build(project)
    site = project / "site"
    html = (site / "reference" / "shop" / "changes" / "index.html").read_text()
    assert "Shop is at version 1.2, with 2 operations." in html
    assert 'href="../schemas/pot/">Pot</a>' in html
    assert (site / "reference" / "shop" / "index.html").read_text().count('changes/">Changes</a>') == 2
    assert "- [Changes](changes/)" in (site / "reference" / "shop" / "index.md").read_text()
    assert 'href="../changes/">Changes</a>' in (site / "reference" / "mill" / "grind" / "index.html").read_text()


def test_an_operation_keeps_its_address(project: Path) -> None:
    (project / "over/portal/service-pages/grind.md").write_text("x")
    done = build(project)
    assert done.returncode == 1
    assert "over/portal/service-pages/grind.md:1:1: Mill has an operation of this address, and gets no such page" in done.stderr


def test_a_partial_ends_pages_of_its_kind_and_their_twins(project: Path) -> None:
    build(project)
    base = project / "site" / "reference" / "shop"
    for page, words in (
        ("add-pot", 'Tell us what you think of Add a pot in <a href="../">Shop</a>.'),
        ("schemas/pot", 'Version of <a href="./">Pot</a>: 1.2.'),
    ):
        assert (base / page / "index.html").read_text().count(words) == 1
    assert (base / "add-pot" / "index.md").read_text().endswith("Tell us what you think of Add a pot in [Shop](../).\n")
    assert "Tell us" not in (base / "index.html").read_text()


def test_processes_and_a_cache_draw_the_same_and_see_a_change(project: Path) -> None:
    build(project, ", cache: ''")
    expected = files(project)
    for options in (", cache: '', executor: processes", ", cache: .kept", ", cache: .kept"):
        shutil.rmtree(project / "site")
        assert build(project, options).returncode == 0
        assert files(project) == expected, options
    (project / "over/portal/shared/rows.md").write_text(
        "{% macro row(operation) %}| {{ operation.title }} | changed | |{% endmacro %}"
    )
    build(project, ", cache: .kept")
    assert b"<td>changed</td>" in files(project)["rate-limits/index.html"]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "pages/rate-limits.md",
            "---\ntitle: A\n---\n\n{% for x in %}\n",
            "over/portal/pages/rate-limits.md:5:1: Expected an expression",
        ),
        (
            "pages/rate-limits.md",
            "one\n{{ nothing }}\n",
            "over/portal/pages/rate-limits.md:2:1: 'nothing' is undefined; mend the template",
        ),
        ("shared/rows.md", "{% macro row(o) %}\n{{ o.lost }}{% endmacro %}", "over/portal/shared/rows.md:2:1: "),
        ("partials/operation.md", "\n\n{{ operation.extensions['x-no'] }}", "over/portal/partials/operation.md:3:1: "),
        ("pages/rate-limits.md", "{% include 'away.md' %}", "over/portal/pages/rate-limits.md:1:1: away.md"),
        ("pages/Big.md", "", "over/portal/pages/Big.md:1:1: the name becomes an address"),
        ("pages/routes.md", "", "over/portal/pages/routes.md:1:1: `routes` is an address of the portal's own"),
        ("partials/other.md", "", "over/portal/partials/other.md:1:1: there are partials for service, operation, schema only"),
    ],
)
def test_a_fault_in_a_template_is_located_and_the_old_site_stays(project: Path, file: str, text: str, message: str) -> None:
    build(project)
    before = files(project)
    (project / "over" / "portal" / file).write_text(text)
    done = build(project)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert files(project) == before


def test_a_hand_written_page_stands_instead(project: Path) -> None:
    (project / "docs" / "rate-limits.md").write_text("# By hand\n")
    assert build(project).returncode == 0
    assert "By hand" in (project / "site" / "rate-limits" / "index.html").read_text()
