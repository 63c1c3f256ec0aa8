"""Every JSON Schema keyword is on the page, in HTML and in Markdown."""

from __future__ import annotations

import pytest

from portal_gen.model.content import Example, MediaType, Response
from portal_gen.model.info import ExternalDocs
from portal_gen.model.merge import MOST_PARTS
from portal_gen.model.schema import Discriminator, Schema
from portal_gen.render.scope import SHAPES_IN_PLACE
from portal_gen.spec.tree import Decimal
from tests.render.support import AT, STRING, check, draw_operation, draw_schema, obj, operation, prop, text_of

NUMBER = Schema(AT, types=("number",))


def typed(*types: str, **fields: object) -> Schema:
    """A schema with types and whatever else."""
    return Schema(AT, types=types, **fields)  # type: ignore[arg-type]


def ruled(*rules: tuple[str, object], types: tuple[str, ...] = ()) -> Schema:
    """A schema with keywords in `rules`."""
    return Schema(AT, types=types, rules=rules)  # type: ignore[arg-type]


def applied(*pairs: tuple[str, object]) -> Schema:
    """A schema with keywords in `applicators`."""
    return Schema(AT, applicators=pairs)  # type: ignore[arg-type]


KEYWORDS: dict[str, tuple[Schema, tuple[str, ...]]] = {
    "type": (typed("string"), ("string",)),
    "types": (typed("string", "integer", "null"), ("string or integer", "nullable")),
    "format": (typed("string", format="uuid"), ("string uuid",)),
    "enum": (typed("string", enum=("red", "green")), ("One of", "red", "green")),
    "enum of one": (typed("string", enum=("red",)), ("Always", "red")),
    "enum of many": (typed("integer", enum=tuple(range(30))), ("Show 18 more", "29")),
    "x-enumDescriptions": (typed("string", enum=("a", "b"), enum_descriptions={"a": "First letter"}), ("First letter",)),
    "const": (Schema(AT, const=None), ("Always", "null")),
    "multipleOf": (ruled(("multipleOf", Decimal("0.01"))), ("A multiple of 0.01",)),
    "minimum and maximum": (ruled(("minimum", 0), ("maximum", Decimal("2.0"))), ("0 to 2.0",)),
    "exclusiveMinimum": (ruled(("exclusiveMinimum", 3)), ("More than 3",)),
    "exclusiveMaximum": (ruled(("exclusiveMaximum", 9)), ("Less than 9",)),
    "minLength and maxLength": (ruled(("minLength", 1), ("maxLength", 64)), ("1 to 64 characters",)),
    "maxLength": (ruled(("maxLength", 1)), ("At most 1 character",)),
    "pattern": (ruled(("pattern", "^[a-z`]+$")), ("Matches ^[a-z`]+$",)),
    "minItems": (ruled(("minItems", 2), ("maxItems", 2)), ("Exactly 2 items",)),
    "uniqueItems": (ruled(("uniqueItems", True)), ("No item twice",)),
    "minProperties": (ruled(("minProperties", 1)), ("At least 1 field",)),
    "required": (obj(prop("id", required=True), required=("id", "ghost")), ("id", "required", "ghost")),
    "dependentRequired": (ruled(("dependentRequired", {"card": ["cvc"]})), ("With card, cvc must be given too",)),
    "contentMediaType": (ruled(("contentMediaType", "image/png")), ("Holds image/png",)),
    "contentEncoding": (ruled(("contentEncoding", "base64")), ("Encoded as base64",)),
    "$id": (ruled(("$id", "urn:pet")), ("urn:pet",)),
    "$schema": (ruled(("$schema", "urn:dialect")), ("urn:dialect",)),
    "$anchor": (ruled(("$anchor", "here")), ("Anchor here",)),
    "$dynamicAnchor": (ruled(("$dynamicAnchor", "node")), ("Dynamic anchor node",)),
    "$comment": (ruled(("$comment", "keep me")), ("keep me",)),
    "$vocabulary": (ruled(("$vocabulary", {"urn:v": True})), ("urn:v",)),
    "xml": (ruled(("xml", {"name": "pet", "wrapped": True})), ("In XML", "name: pet", "wrapped: true")),
    "unknown": (ruled(("x-order", 3), ("frobnicate", ["a"])), ("x-order", "frobnicate", '["a"]')),
    "default": (typed("boolean", default=False), ("Default false",)),
    "default null": (typed("string", "null", default=None), ("Default null",)),
    "examples": (typed("string", examples=("a", "b")), ("Example a, b",)),
    "title": (obj(prop("id", typed("string", title="Tag number"))), ("Titled “Tag number”",)),
    "description": (obj(prop("id", typed("string", description="Its *number*."))), ("Its number.",)),
    "deprecated": (obj(prop("id", typed("string", deprecated=True))), ("deprecated",)),
    "readOnly": (obj(prop("id", typed("string", read_only=True))), ("read-only",)),
    "writeOnly": (obj(prop("id", typed("string", write_only=True))), ("write-only",)),
    "externalDocs": (typed("string", external_docs=ExternalDocs("https://e.org/x", "Read on")), ("Read on",)),
    "properties": (obj(prop("id"), prop("tag")), ("id", "tag")),
    "additionalProperties false": (obj(prop("id"), additional_properties=Schema(AT, boolean=False)), ("No other fields",)),
    "additionalProperties true": (obj(additional_properties=Schema(AT, boolean=True)), ("More fields may follow",)),
    "additionalProperties": (obj(additional_properties=NUMBER), ("map of number", "any name")),
    "patternProperties": (obj(pattern_properties=(("^x-", NUMBER),)), ("names like ^x-", "number")),
    "items": (typed("array", items=STRING), ("array of string",)),
    "items false": (typed("array", prefix_items=(STRING,), items=Schema(AT, boolean=False)), ("No further items",)),
    "prefixItems": (typed("array", prefix_items=(STRING, NUMBER), items=STRING), ("item 1", "item 2", "number", "further items")),
    "allOf": (Schema(AT, all_of=(obj(prop("a")), Schema(AT, ref="Base"))), ("a", "base", "Includes the fields of Base")),
    "anyOf": (Schema(AT, any_of=(STRING, obj(prop("x")))), ("Any of", "string", "object", "x")),
    "oneOf": (Schema(AT, one_of=(STRING, NUMBER, Schema(AT, types=("array",)))), ("One of", "string", "number", "array")),
    "oneOf with null": (Schema(AT, one_of=(STRING, typed("null"))), ("string", "nullable")),
    "oneOf of many": (Schema(AT, one_of=tuple(obj(prop(f"f{i}")) for i in range(14))), ("14 shapes", "f13")),
    "discriminator": (
        Schema(AT, one_of=(Schema(AT, ref="Base"), STRING), discriminator=Discriminator("kind", (("basic", "Base"),))),
        ("kind tells the shapes apart", "basic"),
    ),
    "discriminator of a base": (
        obj(prop("kind"), discriminator=Discriminator("kind", (("basic", "Base"), ("odd", "gone")), "Base")),
        ("basic means Base", "odd means gone", "Without it: Base"),
    ),
    "not": (applied(("not", typed("string", enum=("admin",)))), ("Must not be", "admin")),
    "if": (
        applied(("if", obj(prop("a"))), ("then", ruled(("minLength", 5))), ("else", typed("boolean"))),
        ("If it is", "then it is", "At least 5 characters", "otherwise it is boolean"),
    ),
    "contains": (
        Schema(AT, types=("array",), applicators=(("contains", NUMBER),), rules=(("minContains", 2), ("maxContains", 4))),
        ("Contains 2 to 4 items like this", "number"),
    ),
    "propertyNames": (applied(("propertyNames", ruled(("pattern", "^p")))), ("Field names", "Matches ^p")),
    "unevaluatedItems": (applied(("unevaluatedItems", Schema(AT, boolean=False))), ("Items not described elsewhere are refused",)),
    "unevaluatedProperties": (applied(("unevaluatedProperties", NUMBER)), ("Fields not described elsewhere number",)),
    "contentSchema": (applied(("contentSchema", obj(prop("inner")))), ("The text holds", "inner")),
    "dependentSchemas": (applied(("dependentSchemas", (("card", obj(prop("cvc"))),))), ("With card", "cvc")),
    "$defs": (applied(("$defs", (("part", obj(prop("size"))),))), ("Definition part", "size")),
    "unknown applicator": (applied(("x-schema", obj(prop("y")))), ("x-schema", "y")),
    "$dynamicRef": (Schema(AT, dynamic_ref="#node", ref="Base"), ("Refers to #node", "base")),
    "$ref": (Schema(AT, ref="Base", description="My own words."), ("My own words.", "base")),
    "true": (Schema(AT, boolean=True), ("any value",)),
    "false": (Schema(AT, boolean=False), ("no value",)),
}


@pytest.mark.parametrize("name", KEYWORDS)
def test_keyword_is_shown(name: str) -> None:
    schema, words = KEYWORDS[name]
    page = draw_schema(schema, {"Base": obj(prop("base"))})
    shown = text_of(page.html)
    assert [word for word in words if word not in shown] == []
    assert check(page.html).faults == []


@pytest.mark.parametrize("name", KEYWORDS)
def test_keyword_is_in_the_twin(name: str) -> None:
    schema, words = KEYWORDS[name]
    twin = draw_schema(schema, {"Base": obj(prop("base"))}).markdown.replace("\\", "").replace("`", "").lower()
    wanted = [w for word in words for w in word.replace("`", "").lower().split() if not w.startswith(("show", "18", "more"))]
    assert [word for word in wanted if word.strip("“”") not in twin and word.rstrip("s") not in twin] == []


def test_many_values_are_folded_and_all_there() -> None:
    page = draw_schema(typed("integer", enum=tuple(range(200))))
    assert page.html.count("<code id=") == 200
    assert page.html.count('<details class="pg-more">') == 1


def test_a_named_schema_is_shown_once_and_then_linked() -> None:
    item = obj(prop("size"))
    page = draw_schema(obj(prop("first", Schema(AT, ref="Item")), prop("second", Schema(AT, ref="Item"))), {"Item": item})
    assert page.html.count(">size</a>") == 1
    assert '<a href="#fields.first">see above</a>' in page.html


def test_a_recursion_ends_with_a_link() -> None:
    node = obj(
        prop("child", Schema(AT, ref="Subject")), prop("list", Schema(AT, types=("array",), items=Schema(AT, ref="Subject")))
    )
    page = draw_schema(node)
    assert page.html.count('Same as <a href="#fields">Subject</a>') == 2
    assert check(page.html).faults == []


def test_deep_named_schemas_are_linked() -> None:
    chain = {f"S{i}": obj(prop(f"p{i}", Schema(AT, ref=f"S{i + 1}"))) for i in range(8)}
    page = draw_schema(Schema(AT, ref="S0"), {**chain, "S8": STRING})
    shown = text_of(page.html)
    assert "Fields: S3" in shown
    assert 'id="fields.p0.p1.p2"' in page.html
    assert 'id="fields.p0.p1.p2.p3"' not in page.html


def test_anchors_are_written_for_every_byte() -> None:
    page = draw_schema(obj(prop("a.b"), prop("ü"), prop(""), prop("_x"), prop("A"), prop("a")))
    ids = check(page.html).ids
    assert {"fields.a~2Eb", "fields.~C3~BC", "fields.~", "fields._x", "fields.A", "fields.a"} <= set(ids)


def test_a_long_chain_of_branches_is_shown_in_part_and_the_rest_named() -> None:
    schemas = {f"S{n}": obj(prop(f"p{n}"), all_of=(Schema(AT, ref=f"S{n + 1}"),)) for n in range(300)}
    page = draw_schema(schemas["S0"], {**schemas, "S300": STRING})
    assert 'id="fields.p40"' in page.html
    assert "p299" not in page.html
    assert f"builds on beyond the first {MOST_PARTS} schemas: " in text_of(page.html)
    assert f"S{MOST_PARTS // 2}" in text_of(page.html)


def test_shapes_within_shapes_are_linked_when_a_page_shows_many() -> None:
    schemas = {f"S{n}": Schema(AT, one_of=tuple(Schema(AT, ref=f"S{other}") for other in range(100))) for n in range(100)}
    page = draw_schema(schemas["S0"], schemas)
    assert page.html.count('role="tabpanel"') + page.html.count('type="radio"') < 4 * SHAPES_IN_PLACE
    assert "Fields: " in text_of(page.html)


def test_an_object_in_an_event_stream_is_shown_as_an_event() -> None:
    schema = obj(prop("sequence", typed("integer")))
    media = MediaType("text/event-stream", AT, schema=schema, examples=(Example("told", value={"sequence": 1042}),))
    page = draw_operation(operation(responses=(Response("200", AT, "Events.", content=(media,)),)))
    assert 'data: {"sequence": 1042}' in text_of(page.html)
