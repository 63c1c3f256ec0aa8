"""One description that uses everything of OpenAPI 3.2 and JSON Schema 2020-12: each of its words is on its page and in its twin."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
import yaml

from tests.site.build import built
from tests.site.counting import Main

WORD = re.compile(r"zq[a-z]{3}q")
PAGES = {
    ("paths", "/things/{id}", "get"): "read-thing",
    ("paths", "/things/{id}", "post"): "create-thing",
    ("paths", "/things/{id}", "query"): "query-things",
    ("paths", "/things/{id}", "additionalOperations"): "purge-thing",
    ("paths", "/things/{id}"): "read-thing",
    ("paths", "/search"): "search-things",
    ("webhooks",): "thing-happened",
}


def marked(text: str) -> str:
    """The text with a word of its own for each @."""
    letters = map("".join, itertools.product(ascii_lowercase, repeat=3))
    body = text.split("\n", 1)[1]
    return re.sub("@", lambda _: f"zq{next(letters)}q", body).replace("¤", "@")


@pytest.fixture(scope="session")
def everything(shared_folder: Path) -> tuple[Any, Path]:
    """The description as data, and its site."""
    text = marked((Path(__file__).parent / "everything.yaml").read_text())
    source = shared_folder / "everything" / "everything.yaml"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text)
    return yaml.safe_load(text), built(source, shared_folder, "everything")


def words(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every word with the place where it is said."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from ((((*place, str(key))), word) for word in WORD.findall(str(key)))
            yield from words(item, (*place, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from words(item, (*place, str(index)))
    else:
        yield from ((place, word) for word in WORD.findall(str(value)))


def url_of(place: tuple[str, ...]) -> str:
    """The page that must say what stands at a place, relative to the service."""
    if place[:2] == ("components", "schemas"):
        return f"schemas/{place[2].lower()}"
    return next((PAGES[place[:length]] for length in (3, 2, 1) if place[:length] in PAGES), "")


class Said(Main):
    """What a reader can read on a page, addresses of links included."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the addresses."""
        super().handle_starttag(tag, attrs)
        if self.depth:
            self.pieces += [value.partition("#")[0] for name, value in attrs if name == "href" and value]


def said(page: Path) -> set[str]:
    """The words on a page."""
    if page.suffix == ".md":
        return set(WORD.findall(page.read_text().replace("\\", "")))
    parser = Said()
    parser.feed(page.read_text())
    return set(WORD.findall("".join(parser.pieces).replace("\x00", "")))


@pytest.mark.slow
@pytest.mark.parametrize("file", ["index.html", "index.md"])
def test_every_word_is_on_its_page_and_in_its_twin(everything: tuple[Any, Path], file: str) -> None:
    description, site = everything
    expected: dict[str, list[tuple[str, str]]] = {}
    for place, word in words(description):
        expected.setdefault(url_of(place), []).append((".".join(place), word))
    assert sum(map(len, expected.values())) > 300
    missing = []
    for url, found in expected.items():
        there = said(site / "reference" / "everything" / url / file)
        missing += [f"{url or 'overview'}: {place} ({word})" for place, word in found if word not in there]
    assert not missing, f"{len(missing)} missing:\n" + "\n".join(missing)


@pytest.mark.slow
def test_every_method_has_its_entry(everything: tuple[Any, Path]) -> None:
    found = json.loads((everything[1] / "operations.json").read_text())
    assert [(entry["kind"], entry["method"]) for entry in found if entry["path"] == "/things/{id}"] == [
        ("operation", method) for method in ("POST", "GET", "QUERY", "PURGE")
    ]
    (hook,) = (entry for entry in found if entry["kind"] == "webhook")
    assert (hook["method"], hook["gateway_path"], hook["evidence"]) == ("POST", None, None)
