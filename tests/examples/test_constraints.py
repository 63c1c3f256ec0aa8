"""Every keyword that constrains: the example satisfies the schema, as a validator that is not ours judges."""

import json
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.examples import Examples, Mode
from portal_gen.model.schema import ABSENT
from tests.examples.described import document_of

SCHEMAS = [
    "{type: string, minLength: 40}",
    "{type: string, maxLength: 2}",
    "{type: string, minLength: 3, maxLength: 3, pattern: '^[A-Z]+$'}",
    "{type: string, format: uuid, minLength: 36}",
    "{type: string, pattern: '^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{8,}$'}",
    "{type: string, pattern: '^(?!test).+$'}",
    "{allOf: [{pattern: '^[a-z]'}, {pattern: '[0-9]$'}], type: string, pattern: '^[a-z0-9]{4}$'}",
    "{type: string, format: email, minLength: 40}",
    "{type: string, format: email, maxLength: 12}",
    "{type: string, format: uri, minLength: 60}",
    "{type: string, format: uri, maxLength: 18}",
    "{type: string, format: date-time, minLength: 20, maxLength: 20}",
    "{type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}",
    "{type: number, exclusiveMinimum: 0.1, exclusiveMaximum: 0.2, multipleOf: 0.05}",
    "{type: integer, multipleOf: 1.5}",
    "{type: number, multipleOf: 0.01, minimum: 0.995}",
    "{type: integer, minimum: -9223372036854775808, maximum: -9223372036854775807}",
    "{type: integer, exclusiveMinimum: 41, exclusiveMaximum: 43}",
    "{type: array, minItems: 2, uniqueItems: true, items: {type: boolean}}",
    "{type: array, minItems: 3, uniqueItems: true, items: {enum: [a, b, c]}}",
    "{type: array, minItems: 5, uniqueItems: true, items: {type: string, pattern: '^[a-f]{2}$'}}",
    "{type: array, minItems: 3, uniqueItems: true, items: {type: integer, multipleOf: 7, maximum: 30}}",
    "{type: array, minItems: 3, uniqueItems: true, items: {type: object, properties: {id: {type: string, format: uuid}}}}",
    "{type: array, minItems: 2, uniqueItems: true, items: {type: string, examples: [one]}}",
    "{type: array, minItems: 2, items: {type: string, format: date-time}}",
    "{type: array, contains: {const: 5}, minContains: 2, items: {type: integer}}",
    "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
    "{type: array, prefixItems: [{type: string}], unevaluatedItems: {type: boolean}, minItems: 3}",
    "{type: array, items: false}",
    "{type: array, maxItems: 0, items: {type: string}}",
    "{type: object, minProperties: 3}",
    "{type: object, minProperties: 2, additionalProperties: false, properties: {a: {type: string}, b: {type: integer}, c: {}}}",
    "{type: object, minProperties: 2, patternProperties: {'^x-[a-z]+$': {type: integer}}, additionalProperties: false}",
    "{type: object, minProperties: 2, propertyNames: {pattern: '^[A-Z]{3}$'}, additionalProperties: {type: string}}",
    "{type: object, minProperties: 1, propertyNames: {enum: [north, south]}, additionalProperties: {type: integer}}",
    "{type: object, maxProperties: 1, properties: {a: {type: string}, b: {type: string}}}",
    "{type: object, required: [a], dependentRequired: {a: [b], b: [c]}, properties: {c: {type: integer}}}",
    "{type: object, required: [a], dependentSchemas: {a: {required: [z], properties: {z: {const: 1}}}}}",
    "{type: object, properties: {a: {type: string}}, dependentSchemas: {a: {required: [z]}}}",
    "{type: object, required: [x-b], patternProperties: {'^x-': {type: integer}}, additionalProperties: {type: string}}",
    "{type: object, properties: {k: {enum: [a, b]}}, if: {properties: {k: {const: a}}}, then: {required: [k, n]}, else: false}",
    "{type: object, if: {required: [a]}, then: false, else: {required: [b]}}",
    "{type: string, not: {enum: [example]}}",
    "{not: {type: object}}",
    "{type: object, not: {required: [a]}, properties: {a: {type: string}, b: {type: string}}}",
    "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: integer}}}]}",
    "{oneOf: [{type: number}, {type: integer}]}",
    "{oneOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}, b: {type: string}}, type: object}",
    "{anyOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}, b: {type: string}}, additionalProperties: false}",
    "{anyOf: [{type: 'null'}, {type: string, format: email}]}",
    "{allOf: [{oneOf: [{type: string}, {type: integer}]}, {oneOf: [{type: integer}, {type: boolean}]}]}",
    "{allOf: [{properties: {a: {minimum: 3}}}, {properties: {a: {maximum: 3, type: integer}}, required: [a]}]}",
    "{allOf: [{properties: {a: {type: string}}, required: [a]}], properties: {b: {type: integer}}, unevaluatedProperties: false}",
    "{allOf: [{properties: {a: {type: string}}, additionalProperties: false}, {properties: {b: {type: integer}}}]}",
    "{allOf: [{prefixItems: [{type: string}]}, {items: {minLength: 3}}], type: array, minItems: 2}",
    "{type: object, unevaluatedProperties: {type: integer}, minProperties: 2}",
    "{type: [integer, 'null'], minimum: 3}",
    "{minimum: 3}",
    "{pattern: '^a+$'}",
    "{items: {type: integer}, minItems: 1}",
    "{type: string, contentEncoding: base64, contentMediaType: image/png}",
    "true",
    "{}",
]
FORMATS = (
    "date-time date time duration email idn-email hostname ipv4 ipv6 uri uri-reference iri uri-template uuid json-pointer regex"
)
SATISFIABLE = [schema for schema in SCHEMAS if "maxItems: 2" not in schema]


def example(schema: Any, full: bool = False) -> Any:
    info = {"title": "t", "version": "1"}
    text = json.dumps({"openapi": "3.1.0", "info": info, "components": {"schemas": {"S": schema}}})
    schemas = document_of(text, ".json").schemas
    return Examples(schemas).value(schemas["S"].schema, Mode.RESPONSE, full=full)


def check(schema: Any, value: Any) -> None:
    assert value is not ABSENT
    jsonschema_rs.Draft202012Validator(schema, offline=True, validate_formats=True).validate(value)


@pytest.mark.parametrize("full", [False, True], ids=["minimal", "full"])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_satisfies(schema: str, full: bool) -> None:
    raw = yaml.safe_load(schema)
    check(raw, example(raw, full))


@pytest.mark.parametrize("name", FORMATS.split())
def test_formats(name: str) -> None:
    schema = {"type": "array", "minItems": 3, "items": {"type": "string", "format": name}}
    check(schema, example(schema))


bounds = st.integers(-10_000, 10_000)


@settings(deadline=None, max_examples=60)
@given(bounds, st.integers(0, 50), st.integers(1, 400), st.sampled_from(["integer", "number"]))
def test_numbers_on_a_grid(low: int, slack: int, step: int, kind: str) -> None:
    """A range that holds at least one multiple: found, exactly, in hundredths too."""
    for scale in (1, 100):
        grid = step / scale
        schema = {"type": kind, "minimum": low * step / scale, "maximum": (low * step + slack) / scale, "multipleOf": grid}
        if kind == "number" or scale == 1:
            check(schema, example(schema))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 80), st.integers(0, 80), st.sampled_from(["", "email", "title", "id", "createdAt"]))
def test_lengths(shortest: int, more: int, name: str) -> None:
    schema = {"properties": {name: {"type": "string", "minLength": shortest, "maxLength": shortest + more}}, "required": [name]}
    check(schema, example(schema))
