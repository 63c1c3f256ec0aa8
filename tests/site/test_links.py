"""No link of any site leads nowhere, and every page has what programs look for."""

from __future__ import annotations

import fcntl
import json
import posixpath
import re
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, corpus, run
from tests.site.build import built
from tests.site.links import broken_links

SITES = {"published": "hanzo", "stripe": "stripe.yaml", "openai": "openai.yaml", "discord": "discord.json"}


def site_of(name: str, shared: Path) -> Path:
    """A site by its name; `own` is this repository's portal."""
    if name != "own":
        return built(corpus(SITES[name]), shared, name)
    out = shared / "site-own"
    with (shared / "own.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            done = run("build", "--out", out, cwd=REPOSITORY)
            assert done.returncode == 0, done.stderr
    return out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["own", *SITES])
def test_every_link_leads_somewhere(name: str, shared_folder: Path) -> None:
    count, broken = broken_links(site_of(name, shared_folder))
    assert count > 1000
    assert not broken, f"{len(broken)} of {count}:\n" + "\n".join(broken[:40])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["own", *SITES])
def test_every_page_has_one_heading_a_main_a_twin_and_its_own_ids(name: str, shared_folder: Path) -> None:
    site = site_of(name, shared_folder)
    wrong = []
    listed = [entry["url"] for file in ("operations.json", "schemas.json") for entry in json.loads((site / file).read_text())]
    assert len(set(listed)) == len(listed)
    for url in listed:
        text = (site / url / "index.html").read_text()
        main = re.findall(r"<main\b.*?</main>", text, re.DOTALL)
        ids = re.findall(r'<[^>]*\sid="([^"]*)"', text)
        twin = (site / url / "index.md").read_text()
        if len(main) != 1 or len(re.findall(r"<h1\b", text)) != 1 or "<h1" not in main[0]:
            wrong.append(f"{url}: {len(main)} main, {len(re.findall('<h1', text))} h1")
        if len(set(ids)) != len(ids):
            wrong.append(f"{url}: ids twice: {sorted({id_ for id_ in ids if ids.count(id_) > 1})[:5]}")
        if not twin.startswith("# ") or len(re.findall(r"^# ", re.sub(r"^(`{3,}).*?^\1", "", twin, flags=re.M | re.S), re.M)) != 1:
            wrong.append(f"{url}: the twin has not one title")
    assert not wrong, f"{len(wrong)} of {len(listed)}:\n" + "\n".join(wrong[:30])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["own", "discord"])
def test_the_side_navigation_leads_where_it_says(name: str, shared_folder: Path) -> None:
    site = site_of(name, shared_folder)
    titles = {entry["url"]: entry["title"] for entry in json.loads((site / "operations.json").read_text())}
    titles |= {entry["url"]: entry["name"] for entry in json.loads((site / "schemas.json").read_text())}
    looked = 0
    for url in [*titles][::97]:
        text = (site / url / "index.html").read_text().partition('<div class="pg-nav">')[2].partition("</nav>")[0]
        for link, said in re.findall(r'<li><a href="([^"]*)"[^>]*>(?:<span>)?(.*?)<', text):
            target = posixpath.normpath(posixpath.join(url, link)) + "/"
            if target in titles:
                looked += 1
                assert unescape(said) == titles[target], f"{url}: {link}"
        assert text.count('aria-current="page"') == 1, url
    assert looked > 200
