"""A page is the same whichever pages were drawn before it: what they share only saves work."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal_gen.load import open_portal
from portal_gen.portal.portal import Portal
from portal_gen.render import scope as bounds
from portal_gen.site import Drawn
from tests.conftest import REPOSITORY
from tests.describe import portal

CORPUS = Path(os.environ.get("PORTAL_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
WORDS = ("name", "item", "header", "link", "state", "a.b", "`tick`", "\x01", "*")


def schema(chance: random.Random, depth: int = 0) -> Any:
    """A schema that refers to others, is nested, and has values and variants."""
    kinds = ("ref", "object", "array", "enum", "oneOf", "allOf", "map", "text") if depth < 4 else ("ref", "text", "enum")

    def inner() -> Any:
        return schema(chance, depth + 1)

    match chance.choice(kinds):
        case "ref":
            found: dict[str, Any] = {"$ref": f"#/components/schemas/S{chance.randrange(8)}"}
            return found | ({"description": "Told here"} if chance.random() < 0.2 else {})
        case "object":
            names = chance.sample(WORDS, chance.randrange(1, 5))
            return {"properties": {name: inner() for name in names}, "required": names[:1]}
        case "array":
            return {"type": "array", "items": inner()} | ({"properties": {"item": inner()}} if chance.random() < 0.2 else {})
        case "enum":
            return {"enum": chance.sample(["on", "off", "a b", "item", None], 3)}
        case "oneOf":
            return {"oneOf": [inner() for _ in range(chance.randrange(2, 4))]}
        case "allOf":
            return {"allOf": [inner(), {"properties": {"more": inner()}}]}
        case "map":
            return {"additionalProperties": inner(), "not": {"properties": {"x": inner()}}}
        case _:
            return {"type": "string", "description": "A *text*"}


def description(seed: int) -> str:
    """Operations and schemas that share much."""
    chance = random.Random(seed)
    headers = {"item": {"schema": {"type": "string"}}}
    operations = {}
    for number in range(8):
        content = {"application/json": {"schema": schema(chance)}, "application/xml": {"schema": schema(chance)}}
        answers = {
            "200": {"description": "d", "content": content},
            "404": {"description": "d", "headers": headers, "content": content},
        }
        query = [{"name": "filter", "in": "query", "content": {"application/json": {"schema": schema(chance)}}}]
        operations[f"/{number}"] = {"post": {"requestBody": {"content": content}, "responses": answers, "parameters": query}}
    named = {f"S{number}": schema(chance) for number in range(8)}
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return json.dumps({**head, "paths": operations, "components": {"schemas": named}})


def drawn(found: Portal, urls: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Pages and twins by URL, drawn one after the other. What is shared belongs to a service, so copies of them share nothing yet."""
    contents = Drawn(replace(found, services=tuple(replace(service) for service in found.services)))
    pages = ((url, contents.page(url)) for url in urls)
    return {url: (page.html, page.markdown) for url, page in pages}


def compared(found: Portal, sample: int) -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Pages drawn after others, in two orders, beside pages drawn alone."""
    urls = list(Drawn(found).pages())
    alone: dict[str, tuple[str, str]] = {}
    for url in urls[:: max(1, len(urls) // sample)]:
        alone |= drawn(found, [url])
    for order in (urls, urls[::-1]):
        together = drawn(found, order)
        yield from [(url, together[url], alone[url]) for url in alone]


@pytest.mark.parametrize("seed", [*range(10), 35, 38])
@pytest.mark.parametrize("room", [400, 12])
def test_pages_do_not_depend_on_those_drawn_before(seed: int, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ROWS_IN_PLACE", room)
    for url, together, alone in compared(portal(tmp_path, description(seed), head=""), 100):
        assert together == alone, url


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stripe.yaml", "discord.json", "hanzo/iam/openapi.yaml"])
def test_pages_of_real_descriptions_do_not_either(name: str) -> None:
    if not (CORPUS / name).is_file():
        pytest.skip("the corpus is not here; set PORTAL_CORPUS")
    for url, together, alone in compared(open_portal(CORPUS / name).portal, 60):
        assert together == alone, url
