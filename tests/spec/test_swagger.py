"""Swagger 2.0 to the shape of 3.2."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from portal_gen.spec import Loaded, parse
from portal_gen.spec.tree import where
from tests.spec.support import loaded

HEAD = 'swagger: "2.0"\ninfo: {title: T, version: "1"}\n'


def load_2(folder: Path, text: str, **others: str) -> Loaded:
    return loaded(folder, HEAD + dedent(text), **others)


def value(text: str) -> Any:
    return parse(dedent(text), "f.yaml").value


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("host: h.example\nbasePath: /v1\nschemes: [https, http]", ["https://h.example/v1", "http://h.example/v1"]),
        ("host: h.example\nschemes: [https]", ["https://h.example"]),
        ("host: h.example:8080\nbasePath: /", ["//h.example:8080"]),
        ("basePath: /v1", ["/v1"]),
        ("basePath: /v1\nschemes: [https]", ["/v1"]),
        ("schemes: [https]", None),
        ("paths: {}", None),
    ],
)
def test_servers(tmp_path: Path, text: str, urls: list[str] | None) -> None:
    root = load_2(tmp_path, text).root
    servers = root.get("servers")
    assert (servers and [server["url"] for server in servers]) == urls
    assert not {"host", "basePath", "schemes"} & set(root)


PARAMETERS: list[tuple[str, str]] = [
    (
        "{name: a, in: query, type: integer, format: int32, maximum: 5, exclusiveMaximum: true, default: 1, description: d}",
        "{name: a, in: query, description: d, schema: {type: integer, format: int32, default: 1, exclusiveMaximum: 5}}",
    ),
    (
        "{name: a, in: query, type: array, items: {type: string}}",
        "{name: a, in: query, schema: {type: array, items: {type: string}}, style: form, explode: false}",
    ),
    (
        "{name: a, in: query, type: array, items: {type: string}, collectionFormat: multi}",
        "{name: a, in: query, schema: {type: array, items: {type: string}}, style: form, explode: true}",
    ),
    (
        "{name: a, in: query, type: array, collectionFormat: ssv}",
        "{name: a, in: query, schema: {type: array}, style: spaceDelimited, explode: false}",
    ),
    (
        "{name: a, in: query, type: array, collectionFormat: pipes}",
        "{name: a, in: query, schema: {type: array}, style: pipeDelimited, explode: false}",
    ),
    ("{name: a, in: path, required: true, type: array}", "{name: a, in: path, required: true, schema: {type: array}}"),
    (
        "{name: a, in: header, type: string, x-nullable: true, x-example: e}",
        "{name: a, in: header, schema: {type: [string, 'null']}, examples: {default: {value: e}}}",
    ),
    (
        "{name: a, in: query, type: string, format: byte, enum: [x], pattern: p, x-own: 1}",
        "{name: a, in: query, x-own: 1, schema: {type: string, format: byte, enum: [x], pattern: p, contentEncoding: base64}}",
    ),
]


@pytest.mark.parametrize(("written", "expected"), PARAMETERS)
def test_parameter(tmp_path: Path, written: str, expected: str) -> None:
    result = load_2(tmp_path, f"paths: {{/a: {{get: {{parameters: [{written}]}}}}}}\nparameters: {{P: {written}}}")
    assert result.root["paths"]["/a"]["get"]["parameters"] == [value(expected)]
    assert result.root["components"]["parameters"]["P"] == value(expected)
    assert result.diagnostics == ()


def test_a_collection_format_without_counterpart_is_named(tmp_path: Path) -> None:
    result = load_2(tmp_path, "paths: {/a: {get: {parameters: [{name: a, in: query, type: array, collectionFormat: tsv}]}}}")
    assert result.root["paths"]["/a"]["get"]["parameters"][0]["style"] == "form"
    assert [item.message for item in result.diagnostics] == [
        "collectionFormat tsv has no counterpart since OpenAPI 3.0; use csv or multi"
    ]


BODIES: list[tuple[str, str]] = [
    (
        "consumes: [a/b, c/d]\n"
        "parameters: [{name: x, in: body, required: true, description: d, schema: {$ref: '#/definitions/A'}}]",
        """
        required: true
        description: d
        content:
          a/b: {schema: {$ref: '#/components/schemas/A'}}
          c/d: {schema: {$ref: '#/components/schemas/A'}}
        """,
    ),
    (
        "parameters: [{name: x, in: body, schema: {type: string, x-nullable: true}}]",
        "content: {g/h: {schema: {type: [string, 'null']}}}",
    ),
    ("parameters: [{$ref: '#/parameters/Body'}]", "content: {g/h: {schema: {examples: [1]}}}"),
    (
        "parameters: [{name: a, in: formData, type: string, required: true}, "
        "{name: b, in: formData, type: integer, x-nullable: true}]",
        """
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {a: {type: string}, b: {type: [integer, 'null']}}, required: [a]}
        """,
    ),
    (
        "parameters: [{name: f, in: formData, type: file, description: d}, {$ref: '#/parameters/Form'}]",
        """
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                f: {type: string, format: binary, description: d, contentMediaType: application/octet-stream}
                l: {type: array, items: {type: string}}
            encoding: {l: {style: form, explode: true}}
        """,
    ),
    (
        "consumes: [multipart/form-data, application/x-www-form-urlencoded]\nparameters: [{name: a, in: formData, type: string}]",
        """
        content:
          multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
        """,
    ),
]
SHARED = """
consumes: [g/h]
parameters:
  Body: {name: x, in: body, schema: {example: 1}}
  Form: {name: l, in: formData, type: array, items: {type: string}, collectionFormat: multi}
  Query: {name: q, in: query, type: string}
definitions: {A: {type: object}}
"""


@pytest.mark.parametrize(("written", "expected"), BODIES)
@pytest.mark.parametrize("level", ["operation", "path"])
def test_body(tmp_path: Path, written: str, expected: str, level: str) -> None:
    lines = dict(line.split(": ", 1) for line in written.splitlines())
    item = {"path": "", "operation": ""}
    item[level] = f"parameters: {lines['parameters']}, "
    consumes = f"consumes: {lines['consumes']}, " if "consumes" in lines else ""
    result = load_2(tmp_path, SHARED + f"paths: {{/a: {{{item['path']}post: {{{item['operation']}{consumes}}}}}}}")
    path_item = result.root["paths"]["/a"]
    assert path_item["post"]["requestBody"] == value(expected)
    assert path_item["post"]["parameters"] == []
    assert "consumes" not in path_item["post"]
    assert list(result.root["components"]["parameters"]) == ["Query"]
    assert result.diagnostics == ()


RESPONSES = """
    produces: [a/b]
    definitions: {A: {properties: {self: {$ref: '#/definitions/A'}}}}
    responses: {Shared: {description: s, schema: {type: integer}}}
    paths:
      /a:
        get:
          responses:
            200: {description: d, schema: {$ref: '#/definitions/A'}, examples: {c/d: {example: 1}}}
            201: {$ref: '#/responses/Shared'}
            204: {description: none}
        put:
          produces: [e/f, g/h]
          responses:
            200:
              description: d
              schema: {type: file}
              headers: {X: {type: array, items: {type: string}, description: h, x-nullable: true}}
"""


def test_responses(tmp_path: Path) -> None:
    result = load_2(tmp_path, RESPONSES)
    get, put = (result.root["paths"]["/a"][method]["responses"] for method in ("get", "put"))
    schema = {"$ref": "#/components/schemas/A"}
    assert get["200"] == {
        "description": "d",
        "content": {"a/b": {"schema": schema}, "c/d": {"schema": schema, "examples": {"default": {"value": {"example": 1}}}}},
    }
    assert result.resolver.resolve(get["201"]).value == {
        "description": "s",
        "content": {"a/b": {"schema": {"type": "integer"}}},
    }
    assert get["204"] == {"description": "none"}
    binary = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
    assert put["200"]["content"] == {"e/f": {"schema": binary}, "g/h": {"schema": binary}}
    assert put["200"]["headers"]["X"] == {
        "description": "h",
        "schema": {"type": ["array", "null"], "items": {"type": "string"}},
    }
    assert result.root["components"]["schemas"]["A"] == {"properties": {"self": schema}}
    assert where(get["200"], "content").line == where(get["200"]["content"]["a/b"], "schema").line == 11


SECURITY: list[tuple[str, str]] = [
    ("{type: basic, description: d}", "{type: http, description: d, scheme: basic}"),
    ("{type: apiKey, name: k, in: header}", "{type: apiKey, name: k, in: header}"),
    (
        "{type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {s: d}}",
        "{type: oauth2, flows: {authorizationCode: {authorizationUrl: a, tokenUrl: t, scopes: {s: d}}}}",
    ),
    (
        "{type: oauth2, flow: application, tokenUrl: t, scopes: {}}",
        "{type: oauth2, flows: {clientCredentials: {tokenUrl: t, scopes: {}}}}",
    ),
    ("{type: oauth2, flow: implicit, authorizationUrl: a}", "{type: oauth2, flows: {implicit: {authorizationUrl: a}}}"),
]


@pytest.mark.parametrize(("written", "expected"), SECURITY)
def test_security(tmp_path: Path, written: str, expected: str) -> None:
    result = load_2(tmp_path, f"securityDefinitions: {{S: {written}}}")
    assert result.root["components"]["securitySchemes"] == {"S": value(expected)}
    assert "securityDefinitions" not in result.root


def test_schemas(tmp_path: Path) -> None:
    text = """
        definitions:
          A:
            discriminator: kind
            properties: {discriminator: {type: string, x-nullable: true, format: byte}, x-nullable: {type: file}}
            example: {type: file}
    """
    assert load_2(tmp_path, text).root["components"]["schemas"]["A"] == {
        "discriminator": {"propertyName": "kind"},
        "properties": {
            "discriminator": {"type": ["string", "null"], "format": "byte", "contentEncoding": "base64"},
            "x-nullable": {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"},
        },
        "examples": [{"type": "file"}],
    }


def test_parts_in_other_files(tmp_path: Path) -> None:
    result = load_2(
        tmp_path,
        """
        consumes: [a/b]
        produces: [a/b]
        paths: {/a: {$ref: 'paths.yaml#/a'}}
        definitions: {D: {type: string}}
        """,
        paths="""
        a:
          post:
            parameters: [{name: x, in: body, schema: {$ref: 'api.yaml#/definitions/D'}}, {name: q, in: query, type: string}]
            responses: {200: {description: d, schema: {$ref: '#/definitions/E'}}}
        definitions: {E: {x-nullable: true, type: string}}
        """,
    )
    operation = result.resolver.resolve(result.root["paths"]["/a"]).value["post"]
    schema = operation["requestBody"]["content"]["a/b"]["schema"]
    assert schema == {"$ref": "api.yaml#/components/schemas/D"}
    assert result.resolver.resolve(schema).value is result.root["components"]["schemas"]["D"]
    assert operation["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    own = operation["responses"]["200"]["content"]["a/b"]["schema"]
    assert own == {"$ref": "#/definitions/E"}
    assert result.resolver.resolve(own).value == {"type": ["string", "null"]}


def test_a_pointer_into_an_operation_still_leads_there(tmp_path: Path) -> None:
    result = load_2(
        tmp_path,
        """
        paths: {/a: {get: {responses: {200: {description: d, schema: {type: string, x-nullable: true}}}}}}
        definitions: {A: {$ref: '#/paths/~1a/get/responses/200/schema'}}
        """,
    )
    assert result.resolver.resolve(result.root["components"]["schemas"]["A"]).value == {"type": ["string", "null"]}
