"""Examples of bodies: whose they are."""

from dataclasses import replace

import pytest

from portal_gen.examples import Examples, Mode, media_example
from portal_gen.model.content import Example, MediaType
from portal_gen.model.schema import ABSENT, Schema
from tests.examples.described import document

SCHEMAS = document("""
Told: {examples: [{id: 4, n: 5}], required: [id], properties: {id: {type: integer, readOnly: true}, n: {type: integer}}}
Made: {required: [n], properties: {n: {type: integer}}}
""").schemas
PLACE = SCHEMAS["Made"].location


def media(name: str = "application/json", **fields: object) -> MediaType:
    return replace(MediaType(name, PLACE), **fields)  # type: ignore[arg-type]


def to(key: str) -> Schema:
    return Schema(PLACE, ref=key)


ROWS = [
    (media(schema=to("Made"), examples=(Example("a", value={"n": 9}), Example("b", value=1))), ({"n": 9}, "a", False)),
    (media(schema=to("Made"), examples=(Example("a", external_value="x.json"), Example("b", value=None))), (None, "b", False)),
    (media(examples=(Example("raw", serialized="n=9"),)), ("n=9", "raw", False)),
    (media(schema=to("Told")), ({"n": 5}, "", False)),
    (media(schema=to("Made")), ({"n": 1}, "", True)),
    (media(schema=to("Made"), examples=(Example("a", external_value="x.json"),)), ({"n": 1}, "", True)),
    (media("text/event-stream", item_schema=to("Made")), ([{"n": 1}], "", True)),
    (media("application/octet-stream"), (ABSENT, "", True)),
]


@pytest.mark.parametrize(("asked", "wanted"), ROWS)
def test_media_example(asked: MediaType, wanted: tuple[object, str, bool]) -> None:
    assert media_example(asked, SCHEMAS, Mode.REQUEST) == wanted
    assert media_example(asked, Examples(SCHEMAS), Mode.REQUEST) == wanted
