"""What a description proves of a service: each rule on small operations, the whole matrix on the project's own descriptions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.model.content import MediaType, RequestBody, Response
from portal_gen.model.operation import Callback, Operation, Parameter
from portal_gen.model.schema import Property, Schema
from portal_gen.model.security import SecurityRequirement
from portal_gen.portal.abilities import ABILITIES, abilities
from portal_gen.portal.catalog import EMPTY
from portal_gen.portal.portal import Portal
from portal_gen.render.capabilities_page import capabilities_page
from portal_gen.render.catalog_data import capabilities_json
from portal_gen.render.context import Context
from tests.portal.values import HERE, document, operation, portal

ROOT = Path(__file__).parents[2]
TEXT = Schema(HERE, types=("string",))
THING = Schema(HERE, types=("object",), properties=(Property("color", TEXT, False),))
KEYED = (SecurityRequirement((("key", ()),)),)


def sent(path: str, id_: str | None = None, method: str = "POST", **more: object) -> Operation:
    """An operation that asks for a key."""
    return replace(operation(method, path, id_=id_), **({"security": KEYED} | more))  # type: ignore[arg-type]


def got(path: str, id_: str | None = None, answer: Schema | None = None, *query: str, media: str = "application/json") -> Operation:
    """A GET with one answer."""
    parameters = tuple(Parameter(name, "query", HERE) for name in query)
    responses = (Response("200", HERE, content=(MediaType(media, HERE, answer),)),)
    return sent(path, id_, "GET", parameters=parameters, responses=responses)


def wrapped(name: str, schema: Schema) -> Schema:
    """An object with one field."""
    return Schema(HERE, types=("object",), properties=(Property(name, schema, False),))


def body(name: str) -> RequestBody:
    """A body of this media type."""
    return RequestBody(HERE, content=(MediaType(name, HERE),))


MANY = Schema(HERE, types=("array",), items=THING)
PATH = (Parameter("id", "path", HERE, required=True),)
CALLBACK = Callback("done", "{$url}", (operation("POST", "{$url}"),))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (sent("/things", "createThing"), "create"),
        (sent("/add-thing"), "create"),
        (sent("/trpc/thing.create"), "create"),
        (sent("/runs", "run"), ""),
        (sent("/runs", "run", responses=(Response("201", HERE),)), "create"),
        (sent("/search", "removeThing", responses=(Response("201", HERE),)), "delete"),
        (got("/things", None, MANY), "list"),
        (got("/things", None, wrapped("things", MANY)), "list"),
        (got("/things", None, wrapped("data", MANY)), "list"),
        (got("/things", None, wrapped("scopes", MANY)), ""),
        (got("/things/{id}", None, MANY), ""),
        (sent("/list/{key}", "listPush", responses=()), ""),
        (sent("/list-things", responses=got("/x", None, MANY).responses), "list"),
        (got("/status", "getStatus", THING), ""),
        (sent("/things/{id}", "getThing", "GET", parameters=PATH), "read"),
        (sent("/things/{id}", "deleteThing", "GET", parameters=PATH), ""),
        (sent("/things/{id}", "x", "PATCH"), "update"),
        (sent("/things/{id}", "createThing", "PUT"), "create"),
        (sent("/update-thing", "ApiController.UpdateThing"), "update"),
        (sent("/things/{id}", "x", "DELETE"), "delete"),
        (got("/things", None, MANY, "page"), "list pages"),
        (got("/things", None, MANY, "page_token", "limit"), "list pages"),
        (got("/things", None, MANY, "limit"), "list"),
        (got("/things", None, MANY, "color"), "list filters"),
        (got("/things", None, MANY, "q"), "list filters"),
        (got("/things", None, MANY, "size"), "list"),
        (got("/log", None, None, media="text/event-stream; charset=utf-8"), "streams"),
        (sent("/file", "send", body=body("multipart/form-data")), "uploads"),
        (sent("/file", "send", body=body("application/json")), ""),
        (sent("/do", "do", callbacks=(CALLBACK,)), "webhooks"),
        (sent("/webhooks/{id}", "ping"), "webhooks"),
        (sent("/do", "do", security=()), "public"),
        (sent("/do", "do", security=(*KEYED, SecurityRequirement())), "public"),
    ],
    ids=lambda value: f"{value.method} {value.path} {value.id}" if isinstance(value, Operation) else None,
)
def test_what_one_operation_proves(found: Operation, expected: str) -> None:
    row = abilities(portal(EMPTY, pets=document(found)))[0]
    assert [ability.id for ability, pages in zip(ABILITIES, row.cells, strict=True) if pages] == expected.split()


def test_a_path_with_single_things_below_it_is_a_collection() -> None:
    single = sent("/things/{id}", "getThing", "GET", parameters=PATH)
    proved = cells(portal(EMPTY, pets=document(sent("/things", "x"), sent("/things", "y", "GET"), single)))
    assert proved["create"] == ["x"]
    assert proved["list"] == ["y"]
    assert proved["read"] == ["getThing"]


def cells(found: Portal) -> dict[str, list[str | None]]:
    """Operation ids of the first service by ability."""
    return {
        a.id: [page.operation.id for page in pages] for a, pages in zip(ABILITIES, abilities(found)[0].cells, strict=True) if pages
    }


def test_a_webhook_proves_nothing_else() -> None:
    hook = replace(sent("thing.created", "thingCreated", security=()), kind="webhook")
    assert cells(portal(EMPTY, pets=replace(document(), webhooks=(hook,)))) == {"webhooks": ["thingCreated"]}


def test_schemas_in_circles_end() -> None:
    loop = Schema(HERE, ref="Loop")
    assert cells(portal(EMPTY, pets=document(got("/x", None, replace(loop, all_of=(loop, loop)))))) == {}


@pytest.fixture(scope="module")
def hanzo() -> Portal:
    return open_portal(ROOT / "openapi").portal


def test_every_number_of_the_page_opens_a_list_of_as_many_links(hanzo: Portal) -> None:
    html = capabilities_page(Context(hanzo, "capabilities/")).html
    numbers = dict(re.findall(r'popovertarget="([^"]+)"[^>]*>([\d,]+)<', html))
    lists = {id_: inner.count("<a ") for id_, inner in re.findall(r'<div class="pg-proof" id="([^"]+)" popover>(.*?)</div>', html)}
    assert len(numbers) > 200
    assert {id_: int(number.replace(",", "")) for id_, number in numbers.items()} == lists


def test_page_twin_and_json_tell_the_same(hanzo: Portal) -> None:
    page, data = capabilities_page(Context(hanzo, "capabilities/")), json.loads(capabilities_json(hanzo))
    urls = {found.url for service in hanzo.services for found in service.pages}
    assert [row["service"] for row in data["services"]] == [service.id for service in hanzo.services]
    for row in data["services"]:
        for able in row["abilities"]:
            assert set(able["proof"]) <= urls
            assert f'id="abilities.{row["service"]}.{able["id"]}"' in page.html
            assert all(f"](../{url})" in page.markdown for url in able["proof"])


def test_without_a_catalog_only_what_is_computed_is_shown() -> None:
    found = portal(EMPTY, pets=document(sent("/add-pet")), shops=document(sent("/add-shop")))
    page = capabilities_page(Context(found, "capabilities/"))
    assert "<fieldset" not in page.html
    assert [title for title, _, _ in page.toc] == ["Computed from the descriptions"]
    assert json.loads(capabilities_json(found))["capabilities"] == []
