"""A portal beside the plugins and features that people use: complete, without a warning, filled wherever that is possible."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import REPOSITORY
from tests.documentation import page, table
from tests.site.beside import FEATURES, OPERATION, PLUGINS, TOGETHER, Case, Read, git, project, text
from tests.site.links import broken_links

SLOWLY = "every page is drawn by itself"
PLAIN = Case("nothing")
ALONE = ("awesome-nav", "literate-nav", "social", "offline", "i18n (mkdocs-static-i18n)")
"""Plugins that are not among the usual ones: each is tried in front of the portal and behind it."""
FIRST = [TOGETHER, *(case for case in PLUGINS if case.name in ALONE)]
ORDERED = [(case, True) for case in (*PLUGINS, *FEATURES, TOGETHER)] + [(case, False) for case in FIRST]


def build(folder: Path, tool: str = "mkdocs") -> str:
    """What a build says; it must end well."""
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", tool, "build", "-f", "mkdocs.yml"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr


def installed(case: Case) -> None:
    """Skip a case whose packages are not here."""
    for package in case.packages:
        try:
            importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{package} is not installed; `pip install {package}`")


def pages(site: Path) -> dict[str, Read]:
    """The portal's pages by the address that they have with folders, whatever they have here."""
    listed = [entry["url"] for name in ("operations.json", "schemas.json") for entry in json.loads(text(site, name))]
    services = [path.relative_to(site).as_posix() for path in (site / "reference").glob("*/index.html")]
    files = [url + "index.html" if url.endswith("/") else url for url in listed] + services
    return {name.removesuffix("index.html").removesuffix(".html").rstrip("/"): Read(text(site, name)) for name in files}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """The portal's pages where it stands alone."""
    folder = project(tmp_path_factory.mktemp("plain"), PLAIN)
    build(folder)
    found = pages(folder / "site")
    assert len(found) == 24
    assert "{{ config.site_name }} and {% if x %} {# c #}" in found["reference/cats/list-cats"].text
    assert "http-equiv=refresh" in found["reference/cats/list-cats"].description
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "portal_last"), ORDERED, ids=[f"{case.name}{'' if last else ', listed after the portal'}" for case, last in ORDERED]
)
def test_a_portal_beside(case: Case, portal_last: bool, plain: dict[str, Read], tmp_path: Path) -> None:
    installed(case)
    said = build(project(tmp_path, case, portal_last))
    whole(tmp_path / "site", case, said, plain)


@pytest.mark.slow
def test_all_of_the_usual_ones_with_properdocs(plain: dict[str, Read], tmp_path: Path) -> None:
    installed(TOGETHER)
    said = build(project(tmp_path, TOGETHER), "properdocs")
    whole(tmp_path / "site", TOGETHER, said, plain)


def whole(site: Path, case: Case, said: str, plain: dict[str, Read]) -> None:
    """Everything that must hold for the site of a case."""
    warned = [line for line in said.splitlines() if re.match("WARNING|ERROR", line) and SLOWLY not in line]
    assert not warned
    assert (SLOWLY in said) is case.drawn
    found = pages(site)
    assert found.keys() == plain.keys()
    for name, read in found.items():
        assert read.text == plain[name].text, name
        assert read.description == plain[name].description, name
    assert not [path for path in site.rglob("*") if path.is_file() and b"pgHole" in path.read_bytes()]
    assert not lost(site, case)
    searched(site)
    mapped(site, case, found)
    assert case.holds(site)


def lost(site: Path, case: Case) -> list[str]:
    """Links that lead nowhere. One from the root of the host is followed below the address of the site."""
    base = urlsplit(case.settings.get("site_url", "")).path
    wrong = []
    for found in broken_links(site)[1]:
        _, _, link = found.partition(": ")
        path = site / link.partition("#")[0].removeprefix(base).lstrip("/")
        inside = link.startswith("/") and (path / "index.html" if path.is_dir() else path).exists()
        if not inside and link not in case.elsewhere and link != "javascript:void(0)":
            wrong.append(found)
    return wrong


def searched(site: Path) -> None:
    """Search knows each page of the reference once, and the hand-written ones."""
    locations = [entry["location"] for entry in json.loads(text(site, "search/search_index.json"))["docs"]]
    pages = [path.relative_to(site).as_posix() for path in (site / "reference").rglob("*.html")]
    found = [location for location in locations if location.startswith("reference/")]
    assert sorted(found) == sorted(address(site, name) for name in pages)
    assert any(location.startswith("guide") for location in locations)


def address(site: Path, name: str) -> str:
    """How a file is linked to: by its folder, where the site's addresses are folders."""
    return re.sub("(^|/)index.html$", r"\1", name) if (site / "guide" / "index.html").exists() else name


def mapped(site: Path, case: Case, found: dict[str, Read]) -> None:
    """The sitemap names each page once, by its canonical address; pages that only lead on are not in it."""
    base = case.settings.get("site_url", "https://docs.example/")
    addresses = re.findall("<loc>(.*?)</loc>", text(site, "sitemap.xml"))
    if not base:
        assert not addresses
        return
    files = [path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html"]
    pages = [name for name in files if "Redirecting..." not in text(site, name)]
    assert sorted(addresses) == sorted(base + address(site, name) for name in pages)
    assert {read.canonical for read in found.values()} <= set(addresses)


@pytest.mark.slow
@pytest.mark.parametrize("portal_last", [True, False])
def test_a_version_deployed_by_mike(portal_last: bool, tmp_path: Path) -> None:
    (case,) = [case for case in PLUGINS if case.name == "mike"]
    installed(case)
    git(project(tmp_path, case, portal_last))
    names = {f"GIT_{who}_{what}": f"{what.lower()}@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | names | {"PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1", "PATH": path}
    command = [sys.executable, "-c", "from mike.driver import main; main()", "deploy", "1.0", "latest"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr

    def deployed(name: str) -> str:
        return subprocess.run(["git", "show", f"gh-pages:{name}"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    address = "https://docs.example/1.0/reference/cats/list-cats/"
    assert Read(deployed(f"1.0/{OPERATION}")).canonical == address
    assert f"<loc>{address}</loc>" in deployed("1.0/sitemap.xml")
    assert json.loads(deployed("versions.json"))[0]["aliases"] == ["latest"]


@pytest.mark.slow
@pytest.mark.browser
def test_an_offline_site_is_readable_from_disk(browser: Browser, tmp_path: Path) -> None:
    (case,) = [case for case in PLUGINS if case.name == "offline"]
    build(project(tmp_path, case))
    tab = browser.new_context().new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto((tmp_path / "site" / "reference" / "cats" / "list-cats.html").as_uri())
    expect(tab.locator("h1")).to_have_text("List cats")
    tab.locator(".pg-nav a", has_text="Drop cats").first.click()
    expect(tab.locator("h1")).to_have_text("Drop cats")
    expect(tab.locator("article")).to_contain_text("DELETE")
    assert not errors


def test_the_table_has_a_row_for_each_case() -> None:
    rows = {row[0].strip("`"): row for row in table(page("beside"))}
    drawn = {name: case.drawn for case in (*PLUGINS, *FEATURES) for name in case.rows} | {"ProperDocs": False}
    assert rows.keys() == drawn.keys()
    assert {name: row[2] for name, row in rows.items()} == {name: "itself" if slow else "filled" for name, slow in drawn.items()}


def test_the_table_names_the_oldest_version_that_tests_install() -> None:
    extras = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    found = (re.match(r"([\w-]+).*?>=([\d.]+)", line) for line in (*extras["dev"], *extras["docs"]))
    oldest = {match[1]: match[2] for match in found if match}
    rows = {row[0].strip("`"): row[1] for row in table(page("beside"))}
    packages = {case.rows[0]: case.packages for case in PLUGINS} | {"ProperDocs": ("properdocs",)}
    wanted = {name: oldest[all_[0]] for name, all_ in packages.items() if all_ and all_[0] in oldest}
    assert len(wanted) >= 12
    assert {name: rows[name] for name in wanted} == wanted
