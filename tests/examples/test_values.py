"""What an example says: the author first, then names, formats, constraints. Each row: a schema, and its example."""

from typing import Any

import pytest

from portal_gen.examples import Examples, Mode, example
from portal_gen.model.schema import ABSENT
from tests.examples.described import document

UUID = "3f2b8c1e-9d4a-4e7b-8a6c-5d0f1e2b3c4d"


def shown(schema: str, mode: Mode = Mode.RESPONSE, *, full: bool = False, name: str = "") -> Any:
    """The example of the schema S."""
    schemas = document(schema if schema.startswith("S:") else f"S: {schema}").schemas
    return example(schemas["S"].schema, schemas, mode, full=full, name=name)


AUTHORED = [
    ("{const: 7, examples: [8], default: 9}", 7),
    ("{type: integer, examples: [8], default: 9, enum: [9, 8]}", 8),
    ("{type: integer, examples: [eight], default: 9, enum: [9, 8]}", 9),
    ("{type: integer, default: 10, enum: [9, 8]}", 9),
    ("{type: string, default: ''}", "example"),
    ("{type: [string, 'null'], default: null, examples: [null]}", "example"),
    ("{type: 'null'}", None),
    ("{type: [string, 'null'], enum: [null, a]}", "a"),
    ("{type: array, default: [], items: {type: integer}}", [1]),
    ("{type: boolean, default: false}", False),
    ("{type: string, format: date, examples: [yesterday]}", "2026-11-02"),
    ("{type: object, properties: {n: {type: integer}}, examples: [{n: x}, {n: 3}]}", {"n": 3}),
]


@pytest.mark.parametrize(("schema", "value"), AUTHORED)
def test_author_first(schema: str, value: Any) -> None:
    assert shown(schema) == value


NAMED = [
    ("email", "string", "ada@example.com"),
    ("billingEmail", "string", "ada@example.com"),
    ("id", "string, format: uuid", UUID),
    ("user_id", "string", "user-123"),
    ("created_at", "string", "2026-11-02T09:30:00Z"),
    ("createdAt", "string, format: date-time", "2026-11-02T09:30:00Z"),
    ("created_at", "integer", 1793611800),
    ("due", "string, format: date", "2026-11-02"),
    ("avatar_url", "string", "https://example.com/avatar.png"),
    ("callback", "string, format: uri", "https://example.com/"),
    ("ip", "string", "192.0.2.1"),
    ("address", "string, format: ipv6", "2001:db8::1"),
    ("email", "string, format: ipv4", "192.0.2.1"),
    ("host", "string", "host.example.com"),
    ("country", "string", "GB"),
    ("currency", "string", "USD"),
    ("currency", "string, pattern: '^[a-z]{3}$'", "abc"),
    ("firstName", "string", "Ada"),
    ("port", "integer", 8080),
    ("price", "number", 19.99),
    ("item_count", "integer", 3),
    ("version", "string", "1.0.0"),
    ("status", "string, enum: [paused, active]", "paused"),
    ("page_size", "integer, maximum: 10", 10),
    ("orderid", "string", "order-123"),
    ("paid", "string", "example-paid"),
    ("pricePerGBPerMonth", "number", 19.99),
    ("per_page", "integer", 20),
    ("price", "number, multipleOf: 0.25", 19.75),
    ("price", "integer", 19),
    ("colour_scheme", "string", "example-colour-scheme"),
    ("title", "string, maxLength: 4", "An e"),
    ("title", "string, minLength: 12", "An exampleAn"),
]


@pytest.mark.parametrize(("name", "schema", "value"), NAMED)
def test_by_name_and_format(name: str, schema: str, value: Any) -> None:
    assert shown(f"{{type: {schema}}}", name=name) == value
    assert shown(f"{{properties: {{{name}: {{type: {schema}}}}}}}") == {name: value}


OBJECTS = [
    ("{type: object}", {}, {}),
    (
        "{properties: {id: {type: string}, name: {type: string}}, required: [id]}",
        {"id": "id-123"},
        {"id": "id-123", "name": "Example"},
    ),
    (
        "{properties: {o: {type: object}, a: {type: string}, b: {type: integer}, c: {type: boolean}, d: {type: string}}}",
        {"a": "example-a", "b": 1, "c": True},
        {"o": {}, "a": "example-a", "b": 1, "c": True, "d": "example-d"},
    ),
    ("{properties: {a: {type: integer}, b: {type: integer, deprecated: true}}}", {"a": 1}, {"a": 1}),
    ("{properties: {data: {properties: {n: {type: integer}}}}}", {"data": {"n": 1}}, {"data": {"n": 1}}),
    ("{additionalProperties: {type: integer}}", {"example-key": 1}, {"example-key": 1}),
    ("{required: [email]}", {"email": "ada@example.com"}, {"email": "ada@example.com"}),
]


@pytest.mark.parametrize(("schema", "minimal", "full"), OBJECTS)
def test_what_an_object_shows(schema: str, minimal: Any, full: Any) -> None:
    assert shown(schema) == minimal
    assert shown(schema, full=True) == full


def test_items_differ() -> None:
    schema = "{type: array, minItems: 2, items: {properties: {id: {type: string}, mail: {type: string}, n: {type: integer}}}}"
    assert shown(schema) == [
        {"id": "id-123", "mail": "ada@example.com", "n": 1},
        {"id": "id-124", "mail": "ada2@example.com", "n": 2},
    ]


def test_a_list_is_named_for_its_items() -> None:
    assert shown("{properties: {emails: {type: array, items: {type: string}}}}") == {"emails": ["ada@example.com"]}


def test_a_document_in_a_text() -> None:
    inner = "contentSchema: {required: [port], properties: {port: {type: integer}}}"
    assert shown(f"{{type: string, contentMediaType: application/json, {inner}}}") == '{"port": 8080}'


def test_nothing_satisfies_false() -> None:
    assert shown("false") is ABSENT
    assert shown("{properties: {never: false, n: {type: integer}}}", full=True) == {"n": 1}


CONTRADICTIONS = [
    ("{type: string, enum: [3]}", 3),
    ("{type: integer, minimum: 5, maximum: 4}", ABSENT),
    ("{type: object, required: [a], properties: {a: false}}", {}),
]


@pytest.mark.parametrize(("schema", "value"), CONTRADICTIONS)
def test_a_contradiction_gives_the_nearest_value(schema: str, value: Any) -> None:
    assert shown(schema) == value


DIRECTIONS = """
S: {$ref: '#/components/schemas/User'}
User:
  required: [id, name, password]
  properties:
    id: {type: string, readOnly: true}
    name: {type: string}
    password: {$ref: '#/components/schemas/Secret'}
    parts: {type: array, items: {required: [id, n], properties: {id: {type: integer, readOnly: true}, n: {type: integer}}}}
Secret: {type: string, writeOnly: true, examples: [hunter2]}
"""


def test_directions() -> None:
    assert shown(DIRECTIONS, Mode.REQUEST) == {"name": "Example", "password": "hunter2"}
    assert shown(DIRECTIONS, Mode.RESPONSE) == {"id": "id-123", "name": "Example"}
    assert shown(DIRECTIONS, Mode.REQUEST, full=True) == {"name": "Example", "password": "hunter2", "parts": [{"n": 1}]}


def test_authors_examples_are_pruned_for_a_direction() -> None:
    schema = (
        "{examples: [{id: 9, n: 2, x: 1}], required: [id], properties: {id: {type: integer, readOnly: true}, n: {type: integer}}}"
    )
    assert shown(schema, Mode.RESPONSE) == {"id": 9, "n": 2, "x": 1}
    assert shown(schema, Mode.REQUEST) == {"n": 2, "x": 1}


KINDS = """
S: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}], discriminator: &by {propertyName: kind}}
Dog: {required: [kind, bark], properties: {kind: {type: string}, bark: {type: integer}}}
Cat: {required: [kind], properties: {kind: {type: string}}}
Pet:
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind, mapping: {fish: '#/components/schemas/Fish'}}
Fish: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [fins], properties: {fins: {type: integer}}}]}
Bird: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [wings], properties: {wings: {type: integer}}}]}
"""


def test_an_author_may_show_another_kind_than_the_base() -> None:
    text = """
B: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}, examples: [{kind: Cat}]}
C: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}, examples: [{}]}
"""
    schemas = document(text).schemas
    examples = Examples(schemas)
    assert examples.value(schemas["B"].schema, Mode.REQUEST) == {"kind": "Cat"}
    assert examples.value(schemas["C"].schema, Mode.REQUEST) == {"kind": "C"}


def test_discriminator() -> None:
    schemas = document(KINDS).schemas
    examples = Examples(schemas)
    # Cat fits whatever Dog fits, so that only Cat is told apart from Dog.
    assert examples.value(schemas["S"].schema, Mode.RESPONSE) == {"kind": "Cat"}
    assert examples.value(schemas["Fish"].schema, Mode.RESPONSE) == {"kind": "fish", "fins": 1}
    assert examples.value(schemas["Bird"].schema, Mode.RESPONSE) == {"kind": "Bird", "wings": 1}
    assert examples.value(schemas["Pet"].schema, Mode.RESPONSE) == {"kind": "fish"}
