"""Schemas that lead to themselves, that are very deep or very wide: an example comes, valid and of bounded size."""

import json
from typing import Any

import pytest

from portal_gen.diagnostics import Location
from portal_gen.examples import Examples, Mode, example, generate
from portal_gen.examples.run import FULL_NODES, MOST_LEVELS, Run
from portal_gen.model.merge import MOST_PARTS
from portal_gen.model.schema import ABSENT, NamedSchema, Property, Schema
from tests.examples.described import document

HERE = Location("openapi.yaml")
REF = "$ref: '#/components/schemas/"

CYCLES = [
    ("S: {properties: {name: {type: string}, next: {$ref: '#/components/schemas/S'}}}", {"name": "Example"}),
    ("S: {required: [kids], properties: {kids: {type: array, items: {$ref: '#/components/schemas/S'}}}}", {"kids": []}),
    ("S: {required: [up], properties: {up: {anyOf: [{$ref: '#/components/schemas/S'}, {type: 'null'}]}}}", {"up": None}),
    ("S: {required: [m], properties: {m: {additionalProperties: {$ref: '#/components/schemas/S'}}}}", {"m": {}}),
    (
        "S: {oneOf: [{$ref: '#/components/schemas/Not'}, {$ref: '#/components/schemas/Leaf'}]}\n"
        "Not: {required: [of], properties: {of: {$ref: '#/components/schemas/S'}}, additionalProperties: false}\n"
        "Leaf: {required: [v], properties: {v: {type: integer}}, additionalProperties: false}",
        {"v": 1},
    ),
    (
        "S: {required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}\n"
        "B: {required: [cs], properties: {cs: {type: array, items: {$ref: '#/components/schemas/S'}}}}",
        {"b": {"cs": []}},
    ),
]


@pytest.mark.parametrize("full", [False, True], ids=["minimal", "full"])
@pytest.mark.parametrize(("schemas", "value"), CYCLES)
def test_recursion_ends_with_a_valid_value(schemas: str, value: Any, full: bool) -> None:
    found = document(schemas).schemas
    assert example(found["S"].schema, found, Mode.RESPONSE, full=full) == value


IMPOSSIBLE = [
    ("S: {required: [s], properties: {s: {$ref: '#/components/schemas/S'}, n: {type: integer}}}", {}),
    ("S: {$ref: '#/components/schemas/S'}", {}),
    ("S: {allOf: [{$ref: '#/components/schemas/S'}], properties: {n: {type: integer}}}", {"n": 1}),
    ("S: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/S'}", {}),
    ("S: {oneOf: [{$ref: '#/components/schemas/S'}]}", {}),
    ("S: {type: array, minItems: 1, items: {$ref: '#/components/schemas/S'}}", []),
]


@pytest.mark.parametrize(("schemas", "value"), IMPOSSIBLE)
def test_recursion_without_end_is_cut(schemas: str, value: Any) -> None:
    found = document(schemas).schemas
    assert example(found["S"].schema, found, Mode.RESPONSE) == value


def chain(length: int, link: str) -> dict[str, NamedSchema]:
    """S0 leads to S1, and so on, by a required property or by allOf."""
    found = {}
    for number in range(length):
        target = Schema(HERE, ref=f"S{number + 1}") if number + 1 < length else Schema(HERE, types=("integer",))
        own = Property(f"p{number}", target if link == "property" else Schema(HERE, types=("string",)), True)
        branches = (target,) if link == "branch" and number + 1 < length else ()
        schema = Schema(HERE, properties=(own,), required=(own.name,), all_of=branches)
        found[f"S{number}"] = NamedSchema(f"S{number}", f"S{number}", schema, HERE)
    return found


def test_a_long_chain_of_properties() -> None:
    schemas = chain(3000, "property")
    value = example(schemas["S0"].schema, schemas, Mode.RESPONSE, full=True)
    depth = 0
    while isinstance(value, dict) and value:
        depth, value = depth + 1, next(iter(value.values()))
    assert 10 < depth < 40


def test_a_long_chain_of_branches() -> None:
    schemas = chain(1200, "branch")
    value = example(schemas["S0"].schema, schemas, Mode.RESPONSE)
    assert isinstance(value, dict)
    assert list(value) == [f"p{number}" for number in reversed(range(MOST_PARTS // 2))]


@pytest.mark.parametrize("again", [1, 2])
def test_a_chain_of_alternatives_is_followed_once(again: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too deep to be satisfied is not tried again by each of the schemas around it."""
    schemas = {}
    for number in range(1200):
        target = Schema(HERE, ref=f"S{number + 1}") if number < 1199 else Schema(HERE, types=("string",))
        schemas[f"S{number}"] = NamedSchema(f"S{number}", f"S{number}", Schema(HERE, any_of=(target,) * again), HERE)
    made: list[Run] = []

    def recorded(*given: Any) -> Run:
        made.append(Run(*given))
        return made[-1]

    monkeypatch.setattr(generate, "Run", recorded)
    assert example(schemas["S0"].schema, schemas, Mode.RESPONSE) is ABSENT
    assert max(run.steps for run in made) < 4 * again * MOST_LEVELS


def nested(depth: int, keyword: str) -> Schema:
    """A schema within a schema, all without a name."""
    schema = Schema(HERE, types=("integer",))
    for _ in range(depth):
        if keyword == "items":
            schema = Schema(HERE, types=("array",), items=schema)
        elif keyword == "one_of":
            schema = Schema(HERE, one_of=(schema,))
        elif keyword == "any_of":
            schema = Schema(HERE, any_of=(schema, Schema(HERE, types=("string",))))
        elif keyword == "not":
            schema = Schema(HERE, applicators=(("not", schema),))
        else:
            schema = Schema(HERE, all_of=(schema, Schema(HERE, description="d")))
    return schema


@pytest.mark.parametrize("keyword", ["items", "one_of", "any_of", "all_of", "not"])
def test_deep_nesting(keyword: str) -> None:
    """Cut, or given up where alternatives stand in alternatives, but never an error."""
    value = example(nested(400, keyword), {}, Mode.RESPONSE, full=True)
    assert value is ABSENT or json.dumps(value)
    assert example(nested(15, keyword), {}, Mode.RESPONSE, full=True) is not ABSENT


def test_wide_and_tangled() -> None:
    """Forty schemas that all need one of all others: answered in a bounded number of steps."""
    schemas = {}
    for number in range(40):
        others = tuple(Schema(HERE, ref=f"S{other}") for other in range(40) if other != number)
        props = tuple(Property(name, Schema(HERE, one_of=others), True) for name in "abc")
        schemas[f"S{number}"] = NamedSchema(f"S{number}", f"S{number}", Schema(HERE, properties=props, required=tuple("abc")), HERE)
    assert isinstance(example(schemas["S0"].schema, schemas, Mode.RESPONSE), dict)


def test_a_full_example_has_a_bounded_size() -> None:
    names = [f"p{number}" for number in range(30)]
    lines = []
    for level in range(6):
        members = ", ".join(f"{name}: {{{REF}S{level + 1}'}}" for name in names)
        lines.append(f"S{level}: {{properties: {{{members}}}}}")
    schemas = document("\n".join([*lines, "S6: {type: integer}"])).schemas
    value = example(schemas["S0"].schema, schemas, Mode.RESPONSE, full=True)
    assert json.dumps(value).count(":") <= FULL_NODES * 2


def test_a_cut_example_is_not_kept_for_other_places() -> None:
    """B inside A is cut where it leads back to A; B alone is not."""
    text = f"""
A: {{required: [b], properties: {{b: {{{REF}B'}}}}}}
B: {{required: [as], properties: {{as: {{type: array, items: {{{REF}A'}}}}}}}}
"""
    schemas = document(text).schemas
    examples = Examples(schemas)
    assert examples.value(schemas["A"].schema, Mode.RESPONSE) == {"b": {"as": []}}
    assert examples.value(schemas["B"].schema, Mode.RESPONSE) == Examples(schemas).value(schemas["B"].schema, Mode.RESPONSE)
