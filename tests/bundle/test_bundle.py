"""One description of many: where operations stand, what things are called, what is left out, and how the file is kept in step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal_gen.bundle import bundle, bundle_text
from portal_gen.errors import PortalError
from portal_gen.load import check
from portal_gen.spec import parse
from tests.conftest import run

CATALOG = """\
title: Example
description: Two services.
version: '7'
key_scheme: shared/auth.yaml#/components/securitySchemes/token
groups: [{id: core, name: Core}]
services:
- {id: pets, name: Pets, group: core, mounts: [{prefix: /v1/pets, upstream: /, strip: true, evidence: mount}]}
- {id: shop, name: Shop, group: core}
gateway:
  url: https://api.example.com
  servers:
  - {url: https://api.example.com, description: Production}
  - {url: https://test.example.com}
  configurations:
  - name: one
    routes:
    - {methods: [GET, POST], path: '/v1/pets/*', service: pets, upstream: '/*', auth: key}
"""
SHARED = """\
components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: One key.}
  responses:
    NotFound:
      description: Nothing there.
      content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
  schemas:
    Error: {type: object}
"""
PETS = """\
openapi: 3.1.0
info: {title: Pets, version: 1.10.0, license: {name: MIT, identifier: MIT}}
servers: [{url: https://pets.example.com}]
security: [{bearer: []}]
tags: [{name: Cats, description: Cats.}, {name: Secret, x-internal: true}]
paths:
  /cats/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get:
      operationId: cats.get
      tags: [Cats]
      responses:
        '200':
          description: The cat.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {$ref: kept, price: 1.10}}}
          links: {again: {operationId: cats.get}, gone: {operationId: hidden}}
        '404': {$ref: ../shared/errors.yaml#/components/responses/NotFound}
    delete: {operationId: hidden, x-internal: true, responses: {'204': {description: Gone.}}}
  /internal:
    x-internal: true
    get: {operationId: inner, responses: {'200': {description: Inner.}}}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string}}
  responses:
    NotFound: {$ref: ../shared/errors.yaml#/components/responses/NotFound}
  schemas:
    Pet:
      required: [kind, secret]
      properties: {kind: {type: string}, secret: {type: string, x-internal: true}, friend: {$ref: '#/components/schemas/Pet'}}
      discriminator: {propertyName: kind}
      oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/Hidden'}]
    cat: {properties: {age: {$ref: '#/components/schemas/Loose/properties/age'}}}
    Loose: {properties: {age: {type: integer}}}
    Hidden: {type: object, x-internal: true}
  securitySchemes:
    bearer: {type: http, scheme: Bearer, bearerFormat: JWT, description: The key of the pets.}
"""
SHOP = """\
openapi: 3.0.3
info: {title: Shop, version: '2', license: {name: MIT}}
servers: [{url: https://shop.example.com}]
security: [{basic: []}]
paths:
  /v1/pets/cats/{name}:
    put:
      operationId: replaceCat
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/OnlyHere'}}}}
      responses: {'200': {description: Done.}}
  /orders:
    get:
      responses:
        '200': {description: Orders., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: string, nullable: true}
    OnlyHere: {type: string}
  securitySchemes:
    basic: {type: http, scheme: basic}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "catalog": CATALOG,
        "shared/auth": SHARED,
        "shared/errors": SHARED,
        "pets/openapi": PETS,
        "shop/openapi": SHOP,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


@pytest.fixture
def tree(folder: Path) -> Any:
    return bundle(folder).tree


def test_an_example_shows_nothing_internal_and_a_path_what_stands_beside_its_reference(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text("title: Example\nversion: '7'\n")
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets/openapi.yaml").write_text("""\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://secret.example.com, x-internal: true}, {url: https://pets.example.com}]
paths:
  /a:
    $ref: more.yaml#/a
    parameters: [{name: own, in: query, schema: {type: string}}]
    put: {operationId: own, responses: {'200': {description: Done.}}}
components:
  schemas: {A: {properties: {secret: {x-internal: true}}, examples: [{secret: 1, b: 2}], default: {secret: 3}}}
""")
    (tmp_path / "pets/more.yaml").write_text("""\
a:
  parameters: [{name: shared, in: query, schema: {type: string}}]
  get:
    operationId: shared
    responses:
      '200':
        description: Done.
        content:
          application/json: {schema: {$ref: 'openapi.yaml#/components/schemas/A'}, examples: {e: {value: {secret: 4, b: 5}}}}
""")
    tree = bundle(tmp_path).tree
    assert "secret" not in repr(tree)
    assert {"b": 5} in [example["value"] for example in _found(tree, "e")]
    item = tree["paths"]["/a"]
    assert [parameter["name"] for parameter in item["parameters"]] == ["shared", "own"]
    assert (item["get"]["operationId"], item["put"]["operationId"]) == ("petsShared", "petsOwn")


def _found(value: Any, name: str) -> Iterator[Any]:
    """What stands under a name, anywhere."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from [inner] if key == name else _found(inner, name)


def test_the_root_comes_from_the_catalog(tree: Any) -> None:
    assert tree["openapi"] == "3.1.0"
    assert tree["info"] == {"title": "Example", "description": "Two services.", "version": "7"}
    assert tree["servers"] == [{"url": "https://api.example.com", "description": "Production"}, {"url": "https://test.example.com"}]
    assert [(service["id"], service["title"], service["version"]) for service in tree["x-services"]] == [
        ("pets", "Pets", "1.10.0"),
        ("shop", "Shop", "2"),
    ]


def test_an_operation_stands_at_its_public_address_else_at_its_own_servers(tree: Any) -> None:
    assert list(tree["paths"]) == ["/v1/pets/cats/{id}", "/orders"]
    cat, orders = tree["paths"].values()
    assert "servers" not in cat
    assert "servers" not in cat["get"]
    assert cat["get"]["x-gateway"] == {"evidence": "mount"}
    assert orders["servers"] == [{"url": "https://shop.example.com"}]
    assert "x-gateway" not in orders["get"]


def test_what_has_no_place_is_listed(tree: Any) -> None:
    assert tree["x-omitted"] == [
        {
            "service": "shop",
            "method": "PUT",
            "path": "/v1/pets/cats/{name}",
            "operationId": "replaceCat",
            "reason": "/v1/pets/cats/{name} is a path of Pets in this description",
        }
    ]
    assert "ShopOnlyHere" not in tree["components"]["schemas"]


def test_names_are_those_of_the_services(tree: Any) -> None:
    assert [tree["paths"]["/v1/pets/cats/{id}"]["get"]["operationId"], tree["paths"]["/orders"]["get"]["operationId"]] == [
        "petsCatsGet",
        "shopGetOrders",
    ]
    assert tree["paths"]["/v1/pets/cats/{id}"]["parameters"] == [{"$ref": "#/components/parameters/PetsId"}]
    assert list(tree["components"]["schemas"]) == ["Error", "PetsPet", "PetsCat", "PetsLoose", "ShopPet"]
    assert list(tree["components"]["responses"]) == ["NotFound"]
    assert tree["components"]["schemas"]["PetsCat"]["properties"]["age"]["$ref"] == "#/components/schemas/PetsLoose/properties/age"
    assert tree["components"]["schemas"]["ShopPet"] == {"type": ["string", "null"]}


def test_a_discriminator_says_what_the_old_names_stand_for(tree: Any) -> None:
    assert tree["components"]["schemas"]["PetsPet"]["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": "#/components/schemas/PetsCat"},
    }


def test_tags_and_their_groups(tree: Any) -> None:
    assert tree["tags"] == [{"name": "Pets / Cats", "x-displayName": "Cats", "description": "Cats."}, {"name": "Shop"}]
    assert tree["x-tagGroups"] == [{"name": "Pets", "tags": ["Pets / Cats"]}, {"name": "Shop", "tags": ["Shop"]}]
    assert tree["paths"]["/orders"]["get"]["tags"] == ["Shop"]


def test_the_key_is_one_and_other_schemes_keep_to_their_service(tree: Any) -> None:
    schemes = tree["components"]["securitySchemes"]
    assert schemes == {
        "token": {"type": "http", "scheme": "bearer", "description": "One key."},
        "shopBasic": {"type": "http", "scheme": "basic"},
    }
    assert tree["security"] == [{"token": []}]
    assert tree["paths"]["/orders"]["get"]["security"] == [{"shopBasic": []}]
    assert tree["x-services"][0]["authentication"] == "The key of the pets."


def test_nothing_internal_is_in_it(folder: Path, tree: Any) -> None:
    text = bundle_text(bundle(folder))
    for word in ("internal", "hidden", "Hidden", "inner", "secret", "Secret"):
        assert word not in text
    assert tree["components"]["schemas"]["PetsPet"]["required"] == ["kind"]
    assert tree["paths"]["/v1/pets/cats/{id}"]["get"]["responses"]["200"]["links"] == {"again": {"operationId": "petsCatsGet"}}


def test_data_is_kept_as_it_is(folder: Path) -> None:
    text = bundle_text(bundle(folder))
    assert "$ref: kept" in text
    assert "price: 1.10\n" in text
    assert "version: 1.10.0" in text


def test_the_text_can_be_read_checked_and_made_again(folder: Path) -> None:
    made = bundle(folder)
    text = bundle_text(made)
    assert parse(text, "x.yaml").value == yaml.safe_load(text) == made.tree
    assert bundle_text(bundle(folder)) == text
    (folder / "all.yaml").write_text(text)
    assert check([folder / "all.yaml"]).diagnostics == ()


def test_names_that_would_be_one_get_a_digest_each(folder: Path) -> None:
    path = folder / "shop" / "openapi.yaml"
    path.write_text(path.read_text().replace("    OnlyHere:", "    PET: {type: integer}\n    OnlyHere:"))
    names = [name for name in bundle(folder).tree["components"]["schemas"] if name.startswith("Shop")]
    assert len({name.lower() for name in names}) == len(names) == 2
    assert {name[:8].lower() for name in names} == {"shoppet_"}


def test_a_reference_that_leads_nowhere_stops(folder: Path) -> None:
    path = folder / "shop" / "openapi.yaml"
    path.write_text(path.read_text().replace("schemas/Pet'", "schemas/Pett'"))
    with pytest.raises(PortalError, match="Pett leads nowhere"):
        bundle(folder)


def test_a_bundle_needs_a_version(folder: Path) -> None:
    (folder / "catalog.yaml").write_text(CATALOG.replace("version: '7'\n", ""))
    with pytest.raises(PortalError, match="add it"):
        bundle(folder)


def test_a_webhook_an_older_name_for_them_and_a_missing_title(folder: Path) -> None:
    path = folder / "shop" / "openapi.yaml"
    hook = "x-webhooks: {sold: {post: {responses: {'200': {description: Heard.}}}}}\n"
    path.write_text("openapi: 3.1.0\n" + hook + "paths: {}\n")
    made = bundle(folder).tree
    assert made["webhooks"] == {
        "shopSold": {
            "x-service": "shop",
            "post": {
                "operationId": "shopPostSold",
                "tags": ["Shop"],
                "responses": {"200": {"description": "Heard."}},
                "security": [],
            },
        }
    }
    assert made["x-services"][1] == {"id": "shop", "name": "Shop"}


# ---- the command ----


def test_the_file_is_written_compared_and_renewed(folder: Path) -> None:
    call = ("bundle", ".", "--out", "all.yaml")
    first = run(*call, "--check", cwd=folder)
    assert (first.returncode, first.stdout) == (1, "")
    assert "all.yaml:1:1" in first.stderr
    assert run(*call, cwd=folder).returncode == 0
    assert run(*call, "--check", cwd=folder).returncode == 0
    text = (folder / "all.yaml").read_text()
    (folder / "all.yaml").write_text(text.replace("version: '7'", "version: '6'"))
    stale = run(*call, "--check", cwd=folder)
    assert stale.returncode == 1
    assert "`version: '6'` stands where the descriptions give `version: '7'`" in stale.stderr
    assert "`portal-gen bundle . --out all.yaml`" in stale.stderr
    assert run("bundle", ".", cwd=folder).stdout == text


def test_the_bundle_is_no_service_and_takes_no_description_s_place(folder: Path) -> None:
    assert run("bundle", ".", "--out", "all.yaml", cwd=folder).returncode == 0
    assert len(bundle(folder).tree["x-services"]) == 2
    refused = run("bundle", ".", "--out", "pets/openapi.yaml", cwd=folder)
    assert refused.returncode == 2
    assert (folder / "pets" / "openapi.yaml").read_text() == PETS
    assert run("bundle", ".", "--check", cwd=folder).returncode == 2
