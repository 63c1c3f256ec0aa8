"""Documents come back from JSON as they were, places included."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import portal_gen.model
from portal_gen.diagnostics import Diagnostic
from portal_gen.errors import PortalError
from portal_gen.lint import lint
from portal_gen.model.as_json import CLASSES, from_json, to_json
from portal_gen.model.builder import build
from portal_gen.model.document import Document
from portal_gen.spec import load
from portal_gen.spec.tree import Map, Seq
from tests.conftest import corpus

EVERYTHING = """\
openapi: 3.2.0
$self: https://example.com/openapi
info: {title: T, version: '1', contact: {name: N}, license: {name: MIT}, description: "half \\u2028 line, \U0001f600"}
servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu, enum: [eu, us]}}}]
tags: [{name: t, externalDocs: {url: 'https://example.com'}}]
x-tagGroups: [{name: G, tags: [t]}]
security: [{key: []}, {}]
paths:
  /a/{id}:
    post:
      tags: [t, other]
      x-badges: [{name: Beta}]
      x-codeSamples: [{lang: curl, source: curl}]
      x-other: {a: [1, 2.50, null, {b: 1e400}]}
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, examples: {one: {value: 1.10, summary: S}}}
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {f: {type: string, default: null, const: false, examples: [0, 1.0, [], {}]}}}
            encoding: {f: {contentType: text/plain, headers: {X: {schema: {type: integer}}}}}
      responses:
        '200':
          description: A.
          headers: {X: {schema: {type: [string, 'null']}}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/S'}, example: {a: [1, {b: true}], c: 0.10}}
          links: {next: {operationId: o, parameters: {a: 1.0}, requestBody: [1], server: {url: /x}}}
      callbacks: {c: {'{$request.body#/url}': {post: {responses: {'200': {description: C}}}}}}
  /b: {get: {responses: {'4XX': {$ref: 'missing.yaml'}}}}
webhooks: {w: {post: {responses: {'200': {description: W}}}}}
components:
  schemas:
    S:
      oneOf: [{$ref: '#/components/schemas/D'}, {type: object, not: {type: string}}, true]
      discriminator: {propertyName: kind, mapping: {d: '#/components/schemas/D'}}
      $defs: {x: {type: integer}}
      patternProperties: {'^a': {enum: [a, 1, null], x-enumDescriptions: {a: First}}}
      minimum: 1.50
    D: {type: object, properties: {kind: {type: string}, self: {$ref: '#/components/schemas/S'}}, required: [kind]}
  securitySchemes:
    key: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com', scopes: {a: A}}}}
"""


def read(path: Path, root: Path | None = None) -> tuple[Document, tuple[Diagnostic, ...]]:
    document = build(load(path, root))
    return document, lint(document)


def exact(value: Any) -> Any:
    """Everything in a value, with its types and places, in a form that can be compared."""
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), [exact(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Map):
        return Map, value.file, value.mark, value.marks, [(key, exact(held)) for key, held in value.items()]
    if isinstance(value, Seq):
        return Seq, value.file, value.mark, value.marks, [exact(held) for held in value]
    if isinstance(value, dict):
        return dict, [(key, exact(held)) for key, held in value.items()]
    if isinstance(value, tuple):
        return tuple, [exact(held) for held in value]
    return type(value), getattr(value, "lexeme", value)


def same(what: tuple[Document, tuple[Diagnostic, ...]]) -> None:
    file = what[0].location.file
    assert exact(from_json(to_json(what, file), file)) == exact(what)


def test_every_field_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(EVERYTHING)
    what = read(path)
    numbers = {int(number) for number in re.findall(r'"c":([0-9]+)[,}]', to_json(what, what[0].location.file))}
    written = {CLASSES[number] for number in numbers}
    assert written == set(CLASSES)
    same(what)


def test_places_in_other_files_come_back(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text("S: {type: object, example: {a: [1]}, properties: {a: {type: integer, x-a: {b: 1.0}}}}\n")
    path = tmp_path / "openapi.yaml"
    path.write_text(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: 'part.yaml#/S'}}}\n"
    )
    what = read(path)
    assert "part.yaml" in to_json(what, what[0].location.file)
    same(what)


def test_what_is_as_deep_as_can_be_read_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    schema, value = "{type: string}", "1"
    for _ in range(95):
        schema = f"{{properties: {{a: {schema}}}}}"
    for _ in range(150):
        value = f"[{value}]"
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: "
    path.write_text(f"{head}{{A: {schema}, B: {{default: {value}}}}}}}\n")
    same(read(path))


def test_every_class_of_the_model_has_a_form() -> None:
    modules = [import_module(f"portal_gen.model.{found.name}") for found in iter_modules(portal_gen.model.__path__)]
    ours = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and is_dataclass(value)
        and value.__module__ == module.__name__
        and "builder" not in module.__name__
    }
    assert ours - set(CLASSES) <= {import_module("portal_gen.model.reading").Reading}


def test_what_has_no_form_is_a_fault() -> None:
    with pytest.raises(TypeError, match="has no form"):
        to_json((object(),), "")


@pytest.mark.parametrize("name", ["hanzo", "openapi3-examples"])
def test_descriptions_of_the_corpus_come_back(name: str) -> None:
    source = corpus(name)
    found = 0
    for path in sorted(path for path in source.rglob("*") if path.suffix in (".yaml", ".json")):
        with suppress(PortalError):
            same(read(path, source))
            found += 1
    assert found > 10
