"""allOf and $ref siblings, merged for reading. Each row: the schemas, and what S amounts to."""

from typing import Any

import pytest

from portal_gen.model.merge import merged, same
from portal_gen.model.schema import ABSENT, NamedSchema, Schema
from tests.examples.described import document

A, B = "$ref: '#/components/schemas/A'", "$ref: '#/components/schemas/B'"

ROWS: list[tuple[str, dict[str, Any]]] = [
    (
        f"S: {{{A}}}\nA: {{type: string, title: T, description: D, examples: [x]}}",
        {"title": "T", "description": "D", "examples": ("x",)},
    ),
    (
        f"S: {{{A}, description: mine, default: 2}}\nA: {{type: integer, description: D, default: 1}}",
        {"description": "mine", "default": 2},
    ),
    (f"S: {{allOf: [{{{A}}}], description: mine}}\nA: {{title: T, description: D}}", {"title": "T", "description": "mine"}),
    ("S: {allOf: [{title: one, description: first}, {title: two, description: second}]}", {"title": "", "description": "first"}),
    ("S: {title: own, allOf: [{examples: [{a: 1}]}, {examples: [{b: 1}]}]}", {"title": "own", "examples": ()}),
    ("S: {allOf: [{deprecated: true}, {}], type: object}", {"deprecated": False}),
    (f"S: {{{A}}}\nA: {{deprecated: true, readOnly: true}}", {"deprecated": True, "read_only": True}),
    ("S: {type: [string, 'null'], allOf: [{type: string}]}", {"types": ("string",)}),
    ("S: {type: number, allOf: [{type: integer}]}", {"types": ("integer",)}),
    ("S: {type: integer, allOf: [{type: [number, 'null']}]}", {"types": ("integer",)}),
    ("S: {type: string, allOf: [{type: integer}]}", {"types": ("string",)}),
    ("S: {enum: [a, b, c], allOf: [{enum: [c, b]}]}", {"enum": ("b", "c")}),
    ("S: {enum: [1], allOf: [{enum: [true, 1.0]}]}", {"enum": (1,)}),
    ("S: {allOf: [{required: [a]}, {required: [b, a]}], required: [c]}", {"required": ("b", "a", "c")}),
    ("S: {minimum: 1, maximum: 9, allOf: [{minimum: 3, maximum: 12}]}", {"rules": {"minimum": 3, "maximum": 9}}),
    ("S: {minLength: 1, allOf: [{minLength: 0, maxLength: 4}]}", {"rules": {"minLength": 1, "maxLength": 4}}),
    ("S: {multipleOf: 0.4, allOf: [{multipleOf: 0.6}]}", {"rules": {"multipleOf": 1.2}}),
    ("S: {multipleOf: 4, allOf: [{multipleOf: 6}]}", {"rules": {"multipleOf": 12}}),
    ("S: {uniqueItems: false, allOf: [{uniqueItems: true}]}", {"rules": {"uniqueItems": True}}),
    (
        "S: {dependentRequired: {a: [b]}, allOf: [{dependentRequired: {a: [c], d: [e]}}]}",
        {"rules": {"dependentRequired": {"a": ["b", "c"], "d": ["e"]}}},
    ),
    ("S: {pattern: a, allOf: [{pattern: a}]}", {"rules": {"pattern": "a"}, "all_of": 0}),
    ("S: {pattern: a, allOf: [{pattern: b}]}", {"rules": {"pattern": "a"}, "all_of": 1}),
    ("S: {oneOf: [{type: string}], allOf: [{anyOf: [{type: string}]}]}", {"one_of": 1, "any_of": 1, "all_of": 0}),
    ("S: {oneOf: [{type: string}], allOf: [{oneOf: [{minLength: 1}]}]}", {"one_of": 1, "all_of": 1}),
    ("S: {additionalProperties: true, allOf: [{additionalProperties: false}]}", {"additional_properties": False}),
    ("S: {allOf: [{properties: {a: {}}}, false]}", {"boolean": False}),
    ("S: {allOf: [true, {type: string}]}", {"boolean": None, "types": ("string",)}),
    (
        f"S: {{allOf: [{{{A}}}]}}\nA: {{allOf: [{{{B}}}], type: string}}\nB: {{allOf: [{{{A}}}], maxLength: 3}}",
        {"types": ("string",), "rules": {"maxLength": 3}, "ref": None},
    ),
    ("S: {allOf: [{$ref: '#/components/schemas/S'}], type: object}", {"types": ("object",), "all_of": 0}),
    ("S: {if: {type: string}, then: {minLength: 1}, allOf: [{if: {type: integer}, then: {minimum: 1}}]}", {"all_of": 1}),
]


def whole(text: str) -> tuple[Schema, dict[str, NamedSchema]]:
    schemas = dict(document(text).schemas)
    return merged(schemas["S"].schema, schemas), schemas


def seen(schema: Schema, field: str, wanted: Any) -> Any:
    """A field as the rows write it: rules as a mapping, variants as their number, a boolean schema as its value."""
    value = getattr(schema, field)
    if isinstance(wanted, dict):
        return dict(value)
    if isinstance(value, Schema):
        return value.boolean
    return len(value) if isinstance(wanted, int) and isinstance(value, tuple) else value


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_merged(text: str, wanted: dict[str, Any]) -> None:
    found, _ = whole(text)
    assert {field: seen(found, field, value) for field, value in wanted.items()} == wanted


def test_properties_stand_in_the_order_of_reading() -> None:
    text = f"""
S:
  allOf: [{{{A}}}, {{properties: {{c: {{}}, a: {{maximum: 3}}}}, required: [b]}}]
  properties: {{d: {{}}}}
  required: [d]
A:
  allOf: [{{{B}}}]
  properties: {{b: {{}}}}
B:
  properties: {{a: {{type: integer}}}}
"""
    found, schemas = whole(text)
    assert [(prop.name, prop.required) for prop in found.properties] == [("a", False), ("b", True), ("c", False), ("d", True)]
    first = merged(found.properties[0].schema, schemas)
    assert (first.types, dict(first.rules)) == (("integer",), {"maximum": 3})


def test_items_meet_the_rest_of_a_longer_prefix() -> None:
    found, schemas = whole("S: {prefixItems: [{type: string}], items: {type: integer}, allOf: [{prefixItems: [{}, {minimum: 3}]}]}")
    second = merged(found.prefix_items[1], schemas)
    assert (second.types, dict(second.rules)) == (("integer",), {"minimum": 3})
    assert found.items is not None
    assert found.items.types == ("integer",)


def test_both_negations_hold() -> None:
    found, _ = whole("S: {not: {type: string}, allOf: [{not: {type: integer}}]}")
    negated = dict(found.applicators)["not"]
    assert isinstance(negated, Schema)
    assert [branch.types for branch in negated.any_of] == [("string",), ("integer",)]


def test_a_schema_of_one_piece_is_itself() -> None:
    schemas = document("S: {type: string}").schemas
    assert merged(schemas["S"].schema, schemas) is schemas["S"].schema


def test_a_reference_that_leads_nowhere() -> None:
    schemas = document("S: {type: string}").schemas
    lost = Schema(schemas["S"].location, ref="Lost", description="d")
    found = merged(lost, schemas)
    assert (found.ref, found.description, found.default) == (None, "d", ABSENT)


SAME = [
    (1, 1.0, True),
    (1, True, False),
    (0, False, False),
    ([1, {"a": None}], [1.0, {"a": None}], True),
    ([1], [True], False),
    ({"a": 1}, {"a": 1, "b": 2}, False),
    ("1", 1, False),
    (None, False, False),
]


@pytest.mark.parametrize(("one", "other", "equal"), SAME)
def test_equality_of_json(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal
