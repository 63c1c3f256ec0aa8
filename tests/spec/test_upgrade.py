"""3.0, 3.1 and 3.2 to one shape, in place, without touching data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal_gen.spec import parse
from portal_gen.spec.tree import where
from tests.spec.support import loaded

NULL = {"type": "null"}
SCHEMAS_30: list[tuple[str, str]] = [
    ("{type: string, nullable: true}", "{type: [string, 'null']}"),
    ("{type: string, nullable: false}", "{type: string}"),
    ("{type: [string, 'null'], nullable: true}", "{type: [string, 'null']}"),
    ("{type: string, enum: [a], nullable: true}", "{type: [string, 'null'], enum: [a, null]}"),
    ("{type: string, enum: [a, null], nullable: true}", "{type: [string, 'null'], enum: [a, null]}"),
    ("{enum: [a], nullable: true}", "{enum: [a, null]}"),
    ("{$ref: '#/components/schemas/B', nullable: true}", "{anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}"),
    (
        "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true, description: d}",
        "{description: d, anyOf: [{allOf: [{$ref: '#/components/schemas/B'}]}, {type: 'null'}]}",
    ),
    (
        "{type: object, allOf: [{$ref: '#/components/schemas/B'}], nullable: true}",
        "{type: [object, 'null'], anyOf: [{allOf: [{$ref: '#/components/schemas/B'}]}, {type: 'null'}]}",
    ),
    ("{anyOf: [{type: string}], nullable: true}", "{anyOf: [{type: string}, {type: 'null'}]}"),
    ("{oneOf: [{type: string}, {type: 'null'}], nullable: true}", "{oneOf: [{type: string}, {type: 'null'}]}"),
    (
        "{anyOf: [{type: string}], allOf: [{minLength: 1}], nullable: true}",
        "{anyOf: [{allOf: [{minLength: 1}], anyOf: [{type: string}]}, {type: 'null'}]}",
    ),
    ("{nullable: true}", "{}"),
    ("{minimum: 1, exclusiveMinimum: true}", "{exclusiveMinimum: 1}"),
    ("{minimum: 1, exclusiveMinimum: false}", "{minimum: 1}"),
    ("{maximum: 9.5, exclusiveMaximum: true}", "{exclusiveMaximum: 9.5}"),
    ("{exclusiveMaximum: true}", "{}"),
    ("{example: {example: 1}}", "{examples: [{example: 1}]}"),
    ("{example: null}", "{examples: [null]}"),
    ("{type: string, format: binary}", "{type: string, format: binary, contentMediaType: application/octet-stream}"),
    ("{type: string, format: byte}", "{type: string, format: byte, contentEncoding: base64}"),
    ("{type: integer, format: byte}", "{type: integer, format: byte}"),
    ("{items: {nullable: true, type: integer}}", "{items: {type: [integer, 'null']}}"),
    ("{additionalProperties: {nullable: true, type: integer}}", "{additionalProperties: {type: [integer, 'null']}}"),
    ("{not: {example: 1}, allOf: [{oneOf: [{example: 2}]}]}", "{not: {examples: [1]}, allOf: [{oneOf: [{examples: [2]}]}]}"),
]


def schema_of(folder: Path, version: str, schema: str) -> tuple[Any, list[str]]:
    text = f"openapi: {version}\ninfo: {{title: T}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}, B: {{type: object}}}}}}"
    result = loaded(folder, text)
    return result.root["components"]["schemas"]["A"], [item.message for item in result.diagnostics]


@pytest.mark.parametrize(("written", "expected"), SCHEMAS_30)
def test_schema_of_3_0(tmp_path: Path, written: str, expected: str) -> None:
    assert schema_of(tmp_path, "3.0.3", written) == (parse(expected, "f.yaml").value, [])


SCHEMAS_31: list[tuple[str, str, str]] = [
    ("{type: string, nullable: true}", "{type: [string, 'null']}", "nullable is not a keyword since OpenAPI 3.1"),
    ("{minimum: 1, exclusiveMinimum: true}", "{exclusiveMinimum: 1}", "exclusiveMinimum is a number since OpenAPI 3.1"),
    ("{exclusiveMinimum: 1}", "{exclusiveMinimum: 1}", ""),
    ("{const: a, nullable: true}", "{enum: [a, null]}", "nullable"),
    ("{type: [string, 'null']}", "{type: [string, 'null']}", ""),
    ("{example: a, examples: [b, a]}", "{examples: [a, b]}", ""),
    ("{type: string, format: binary}", "{type: string, format: binary}", ""),
    ("{$ref: '#/components/schemas/B', description: d}", "{$ref: '#/components/schemas/B', description: d}", ""),
    ("{$defs: {C: {example: 1}}, if: {example: 2}}", "{$defs: {C: {examples: [1]}}, if: {examples: [2]}}", ""),
    ("true", "true", ""),
]


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0"])
@pytest.mark.parametrize(("written", "expected", "message"), SCHEMAS_31)
def test_schema_of_later_versions(tmp_path: Path, version: str, written: str, expected: str, message: str) -> None:
    schema, messages = schema_of(tmp_path, version, written)
    assert schema == parse(expected, "f.yaml").value
    assert len(messages) == bool(message)
    assert all(found.startswith(message) for found in messages)


DATA = "{nullable: true, type: string, example: 1, exclusiveMinimum: true, $ref: '#/nowhere', format: binary}"


@pytest.mark.parametrize("keyword", ["default", "const", "x-data", "unknown"])
def test_data_is_not_touched(tmp_path: Path, keyword: str) -> None:
    schema, messages = schema_of(tmp_path, "3.0.0", f"{{{keyword}: {DATA}}}")
    assert schema == parse(f"{{{keyword}: {DATA}}}", "f.yaml").value
    assert messages == []


def test_example_values_and_enums_are_not_touched(tmp_path: Path) -> None:
    schema, _ = schema_of(tmp_path, "3.0.0", f"{{example: {DATA}, enum: [{DATA}]}}")
    data = parse(DATA, "f.yaml").value
    assert (schema["examples"], schema["enum"]) == ([data], [data])


def test_properties_may_have_the_names_of_keywords(tmp_path: Path) -> None:
    names = ["example", "examples", "nullable", "default", "enum", "$ref", "properties", "items", "type", "discriminator"]
    written = ", ".join(f"{name}: {{type: string, nullable: true}}" for name in names)
    schema, messages = schema_of(tmp_path, "3.0.0", f"{{properties: {{{written}}}}}")
    assert schema == {"properties": {name: {"type": ["string", "null"]} for name in names}}
    assert messages == []


WHOLE = """
    openapi: 3.0.1
    info: {title: T}
    x-webhooks:
      w: {post: {requestBody: {content: {a/b: {schema: {example: 1}}}}}}
    paths:
      x-other: {get: {parameters: [{example: 1}]}}
      /a:
        parameters: [{name: p, in: query, example: 0, schema: {example: 1}}]
        get:
          parameters:
            - {name: q, in: query, content: {a/b: {example: 2}}}
          responses:
            x-more: {content: {a/b: {example: 3}}}
            200:
              headers: {H: {example: 4, schema: {nullable: true, type: string}}}
              content:
                a/b:
                  example: {example: 5}
                  encoding: {e: {headers: {X: {example: 6}}}}
                c/d: {example: 7, examples: {one: {value: 8}}}
          callbacks:
            c: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {example: 9}}}}}}}
"""


def test_every_place_is_reached_and_no_other(tmp_path: Path) -> None:
    root = loaded(tmp_path, WHOLE).root
    item = root["paths"]["/a"]
    ok = item["get"]["responses"]["200"]
    media = ok["content"]["a/b"]
    assert root["webhooks"]["w"]["post"]["requestBody"]["content"]["a/b"]["schema"] == {"examples": [1]}
    assert root["paths"]["x-other"]["get"]["parameters"] == [{"example": 1}]
    assert item["parameters"][0]["examples"] == {"default": {"value": 0}}
    assert item["parameters"][0]["schema"] == {"examples": [1]}
    assert item["get"]["parameters"][0]["content"]["a/b"] == {"examples": {"default": {"value": 2}}}
    assert item["get"]["responses"]["x-more"] == {"content": {"a/b": {"example": 3}}}
    assert ok["headers"]["H"] == {"examples": {"default": {"value": 4}}, "schema": {"type": ["string", "null"]}}
    assert media["examples"] == {"default": {"value": {"example": 5}}}
    assert media["encoding"]["e"]["headers"]["X"] == {"examples": {"default": {"value": 6}}}
    assert ok["content"]["c/d"] == {"examples": {"one": {"value": 8}, "default": {"value": 7}}}
    callback = item["get"]["callbacks"]["c"]["{$url}"]["post"]["requestBody"]
    assert callback["content"]["a/b"]["schema"] == {"examples": [9]}


def test_new_keys_stand_where_they_come_from(tmp_path: Path) -> None:
    text = """\
        openapi: 3.0.1
        info: {title: T}
        paths: {}
        components:
          schemas:
            A:
              allOf:
                - {type: string}
              nullable: true
              example: x
          parameters:
            P:
              name: p
              example: 1
        """
    root = loaded(tmp_path, text).root
    schema, parameter = root["components"]["schemas"]["A"], root["components"]["parameters"]["P"]
    assert where(schema, "anyOf").line == 7
    assert [where(schema["anyOf"], index).line for index in (0, 1)] == [7, 9]
    assert where(schema["anyOf"][0]["allOf"], 0).line == 8
    assert where(schema, "examples").line == 10
    assert where(parameter, "examples").line == where(parameter["examples"]["default"], "value").line == 14
    assert str(where(root, "openapi")).endswith("api.yaml:1:1")


def test_kinds_follow_references_into_other_files(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        """
        openapi: 3.0.0
        info: {title: T}
        paths:
          /a: {$ref: 'paths.yaml#/a'}
        """,
        paths="""
        a:
          get:
            parameters: [{$ref: 'parts/parameter.yaml'}]
            responses:
              200: {content: {a/b: {schema: {$ref: 'parts/schemas.yaml#/One'}, example: {nullable: true}}}}
        """,
        parts__parameter="{name: p, in: query, example: 1, schema: {type: string, nullable: true}}",
        parts__schemas="""
        One: {type: object, properties: {self: {$ref: '#/One'}, two: {$ref: '#/Two'}}, nullable: true}
        Two: {type: string, nullable: true}
        Unreached: {type: string, nullable: true}
        """,
    )
    item = result.resolver.resolve(result.root["paths"]["/a"]).value
    parameter = result.resolver.resolve(item["get"]["parameters"][0]).value
    media = item["get"]["responses"]["200"]["content"]["a/b"]
    one = result.resolver.resolve(media["schema"])
    assert parameter["examples"] == {"default": {"value": 1}}
    assert parameter["schema"] == {"type": ["string", "null"]}
    assert media["examples"] == {"default": {"value": {"nullable": True}}}
    assert one.value["type"] == ["object", "null"]
    assert result.resolver.resolve(one.value["properties"]["two"]).value == {"type": ["string", "null"]}
    assert [path.name for path in result.files] == ["api.yaml", "parameter.yaml", "schemas.yaml", "paths.yaml"]


def test_a_whole_document_that_is_referred_to_has_its_own_version(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        """
        openapi: 3.1.0
        info: {title: T}
        components:
          schemas:
            A: {$ref: 'old.yaml#/components/schemas/A'}
            B: {$ref: 'older.yaml#/definitions/B'}
        """,
        old="{openapi: 3.0.0, components: {schemas: {A: {type: string, nullable: true}}}}",
        older="""
        swagger: '2.0'
        definitions: {B: {type: string, x-nullable: true, properties: {c: {$ref: '#/definitions/C'}}}, C: {}}
        """,
    )
    schemas = result.root["components"]["schemas"]
    assert result.diagnostics == ()
    assert result.resolver.resolve(schemas["A"]).value == {"type": ["string", "null"]}
    assert schemas["B"]["$ref"] == "older.yaml#/components/schemas/B"
    older = result.resolver.resolve(schemas["B"])
    assert (older.pointer, older.value["type"]) == ("/components/schemas/B", ["string", "null"])
    assert older.value["properties"]["c"] == {"$ref": "#/components/schemas/C"}


def test_schemas_that_only_a_discriminator_names_are_reached(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        """
        openapi: 3.0.0
        info: {title: T}
        components:
          schemas:
            A: {discriminator: {propertyName: k, mapping: {x: 'x.yaml', y: Y}}}
        """,
        x="{type: string, nullable: true}",
    )
    assert [path.name for path in result.files] == ["api.yaml", "x.yaml"]
    assert result.root["components"]["schemas"]["A"]["discriminator"]["mapping"] == {"x": "x.yaml", "y": "Y"}


def test_a_pointer_into_a_part_that_moves_still_leads_there(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        """
        openapi: 3.0.0
        info: {title: T}
        components:
          schemas:
            A: {allOf: [{type: string, maxLength: 3}], nullable: true}
            B: {$ref: '#/components/schemas/A/allOf/0'}
        """,
    )
    schemas = result.root["components"]["schemas"]
    assert result.resolver.resolve(schemas["B"]).value is schemas["A"]["anyOf"][0]["allOf"][0]


def test_wrong_types_are_left_for_the_reader_of_the_description(tmp_path: Path) -> None:
    text = """
        openapi: 3.0.0
        info: {title: T}
        paths:
          /a: [1]
          /b: {get: text, parameters: {a: 1}, post: {parameters: [1, null], responses: [2], requestBody: 3, callbacks: 4}}
        components: {schemas: {A: text, B: {properties: [1], allOf: {a: 1}, items: 3, type: 4, nullable: true, enum: x}}}
    """
    root = loaded(tmp_path, text).root
    assert root["paths"]["/a"] == [1]
    assert root["components"]["schemas"]["B"] == {
        "properties": [1],
        "items": 3,
        "type": 4,
        "enum": "x",
        "anyOf": [{"allOf": {"a": 1}}, NULL],
    }
