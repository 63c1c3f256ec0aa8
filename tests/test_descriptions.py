"""The descriptions under `openapi/`: valid where a generator depends on it, neither less nor more than the published surface.

The first half needs this repository and PyYAML only. The second half compares with the surface the descriptions were made from
(`<facts>/surface/<service>.yaml`); it is skipped where PORTAL_FACTS, default `../shared/facts`, does not hold it. Prose is left
to whoever writes it: summaries, descriptions, titles and examples are not compared. What was mended is in `openapi/NOTES.md`.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "openapi"
SURFACE = Path(os.environ.get("PORTAL_FACTS", ROOT.parent / "shared" / "facts")) / "surface"
SERVICES = sorted(path.parent.name for path in OPENAPI.glob("*/openapi.yaml"))
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

each_service = pytest.mark.parametrize("service", SERVICES)
needs_surface = pytest.mark.skipif(not SURFACE.is_dir(), reason=f"{SURFACE} is absent: set PORTAL_FACTS to compare with it")

Fact = tuple[str, ...]


@cache
def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def description(service: str) -> Any:
    return load(OPENAPI / service / "openapi.yaml")


def operations(document: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """(path, method, path item, operation)."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item, item[method]


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping at any depth."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from mappings(child)


def resolve(file: Path, value: Any) -> Any:
    """The value that a chain of Reference Objects ends at; a KeyError or FileNotFoundError where there is none."""
    while isinstance(value, dict) and "$ref" in value:
        name, _, pointer = value["$ref"].partition("#")
        file = (file.parent / name).resolve() if name else file
        value = load(file)
        for token in pointer.split("/")[1:]:
            value = value[token.replace("~1", "/").replace("~0", "~")]
    return value


def responses(document: Any) -> Iterator[tuple[str, Any]]:
    """(where, Response or Reference Object) of the operations and of the components."""
    for path, method, _, operation in operations(document):
        for status, response in operation["responses"].items():
            yield f"{method.upper()} {path} {status}", response
    for name, response in document.get("components", {}).get("responses", {}).items():
        yield f"components/responses/{name}", response


def test_all_operations_are_described() -> None:
    assert len(SERVICES) == 27
    assert sum(1 for service in SERVICES for _ in operations(description(service))) == 1920


@each_service
def test_version_title_and_license(service: str) -> None:
    document = description(service)
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert document["info"]["title"]
    assert document["info"]["version"]
    assert document["info"]["license"] == {"name": "Proprietary", "url": "https://hanzo.ai/terms"}


@each_service
def test_operation_ids_are_unique(service: str) -> None:
    ids = Counter(operation["operationId"].lower() for *_, operation in operations(description(service)))
    assert [name for name, count in ids.items() if count > 1] == []


@each_service
def test_references_resolve(service: str) -> None:
    file = OPENAPI / service / "openapi.yaml"
    references = {mapping["$ref"] for mapping in mappings(load(file)) if isinstance(mapping.get("$ref"), str)}
    for reference in references:
        assert resolve(file, {"$ref": reference}) is not None, reference


@each_service
def test_path_parameters_are_those_of_the_template(service: str) -> None:
    file = OPENAPI / service / "openapi.yaml"
    for path, method, item, operation in operations(load(file)):
        parameters = [resolve(file, p) for p in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        in_path = [p for p in parameters if p["in"] == "path"]
        assert {p["name"] for p in in_path} == set(re.findall(r"\{([^}]+)\}", path)), f"{method.upper()} {path}"
        assert all(p["required"] is True for p in in_path), f"{method.upper()} {path}"


@each_service
def test_tags_are_declared_once(service: str) -> None:
    document = description(service)
    declared = [tag["name"] for tag in document["tags"]]
    assert len(declared) == len(set(declared))
    assert {tag for *_, operation in operations(document) for tag in operation["tags"]} <= set(declared)


@each_service
def test_responses_have_a_description(service: str) -> None:
    assert [where for where, r in responses(description(service)) if "$ref" not in r and not r.get("description", "").strip()] == []


@each_service
def test_security_requirements_name_declared_schemes(service: str) -> None:
    document = description(service)
    requirements = [*document["security"], *(r for *_, o in operations(document) for r in o.get("security", ()))]
    assert {name for r in requirements for name in r} <= set(document["components"]["securitySchemes"])


@each_service
def test_component_keys_are_legal(service: str) -> None:
    keys = [key for section in description(service)["components"].values() for key in section]
    assert [key for key in keys if not re.fullmatch(r"[A-Za-z0-9._-]+", key)] == []


@each_service
def test_no_keyword_of_an_older_version(service: str) -> None:
    """`nullable` and Boolean `exclusiveMinimum` are OpenAPI 3.0. Properties may bear these names: their values are mappings."""
    old = ("nullable", "exclusiveMinimum", "exclusiveMaximum")
    assert [m for m in mappings(description(service)) if any(isinstance(m.get(key), bool) for key in old)] == []


CORE = {
    "bool": re.compile(r"true|false"),
    "null": re.compile(r"null"),
    "int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "float": re.compile(r"-?[0-9]+\.[0-9]+"),
}
ONLY_1_2 = re.compile(r"[-+]?(0o[0-7]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)")


def yaml_faults(node: yaml.Node) -> Iterator[str]:
    """Repeated keys, keys that are no strings, and plain scalars that YAML 1.1 and 1.2 take for different things."""
    if isinstance(node, yaml.MappingNode):
        keys = Counter(key.value for key, _ in node.value)
        yield from (f"repeated key {key} below line {node.start_mark.line + 1}" for key, n in keys.items() if n > 1)
        yield from (f"key {key.value} is no string" for key, _ in node.value if key.tag != "tag:yaml.org,2002:str")
        for pair in node.value:
            yield from (fault for part in pair for fault in yaml_faults(part))
    elif isinstance(node, yaml.SequenceNode):
        yield from (fault for child in node.value for fault in yaml_faults(child))
    elif isinstance(node, yaml.ScalarNode) and not node.style:
        kind = node.tag.rpartition(":")[2]
        same = not ONLY_1_2.fullmatch(node.value) if kind == "str" else kind in CORE and CORE[kind].fullmatch(node.value)
        if not same:
            yield f"line {node.start_mark.line + 1}: quote {node.value}"


@each_service
def test_yaml_reads_the_same_in_1_1_and_1_2(service: str) -> None:
    node = yaml.compose((OPENAPI / service / "openapi.yaml").read_text(encoding="utf-8"), LOADER)
    assert node is not None
    assert list(yaml_faults(node)) == []


# --- the same facts, taken from a surface or from a description -------------------------------------------------------------

PROSE = frozenset({"title", "description", "example", "examples", "deprecated", "externalDocs", "x-enumDescriptions"})


def shape(schema: Any, at: Fact) -> Iterator[Fact]:
    """Every statement of a Schema Object but prose; `nullable` (3.0) counts as one more type."""
    yield (*at, "schema")
    if not isinstance(schema, dict):
        yield (*at, json.dumps(schema))
        return
    for keyword, value in schema.items():
        if keyword not in PROSE:
            yield from statement(keyword, value, (*at, keyword))
    if schema.get("nullable"):
        yield (*at, "type", '"null"')


def statement(keyword: str, value: Any, at: Fact) -> Iterator[Fact]:
    match keyword:
        case "properties":
            for name, child in value.items():
                yield from shape(child, (*at, name))
        case "items" | "additionalProperties" | "not":
            yield from shape(value, at)
        case "allOf" | "oneOf" | "anyOf":
            for index, child in enumerate(value):
                yield from shape(child, (*at, str(index)))
        case "type" | "enum" | "required":
            yield from ((*at, json.dumps(one)) for one in (value if isinstance(value, list) else [value]))
        case "$ref":
            yield (*at, value.rpartition("/")[2])
        case "nullable":
            pass
        case _:
            yield (*at, json.dumps(value, sort_keys=True))


def content(container: Any, at: Fact) -> Iterator[Fact]:
    for media_type, value in container.get("content", {}).items():
        yield (*at, media_type)
        if "schema" in value:
            yield from shape(value["schema"], (*at, media_type))


def parameter(value: Any, at: Fact) -> Iterator[Fact]:
    at = (*at, value["in"], value["name"])
    yield (*at, "required" if value.get("required") else "optional")
    yield from shape(value["schema"], at)


def response(value: Any, at: Fact) -> Iterator[Fact]:
    yield at
    yield from content(value, at)
    for name, header in value.get("headers", {}).items():
        yield from shape(header["schema"], (*at, "header", name))


def operation_facts(file: Path, path: str, method: str, item: Any, operation: Any) -> Iterator[Fact]:
    at = (path, method)
    yield ("operation", *at)
    yield from (("tag", *at, tag) for tag in operation["tags"])
    if "operationId" in operation:
        yield ("operationId", *at, operation["operationId"])
    if "security" in operation:
        yield ("security", *at, json.dumps(operation["security"]))
    for value in (*item.get("parameters", ()), *operation.get("parameters", ())):
        yield from parameter(resolve(file, value), ("parameter", *at))
    if "requestBody" in operation:
        body = resolve(file, operation["requestBody"])
        yield ("requestBody", *at, "required" if body.get("required") else "optional")
        yield from content(body, ("requestBody", *at))
    for status, value in operation["responses"].items():
        yield from response(resolve(file, value), ("response", *at, status))


def facts(file: Path) -> Iterator[Fact]:
    document = load(file)
    yield from (("server", server["url"]) for server in document["servers"])
    yield ("security", json.dumps(document["security"]))
    for found in operations(document):
        yield from operation_facts(file, *found)
    for section, components in document["components"].items():
        yield from (("component", section, name) for name in components)
    for name, schema in document["components"].get("schemas", {}).items():
        yield from shape(schema, ("schemas", name))
    for name, scheme in document["components"]["securitySchemes"].items():
        yield from (("scheme", name, key, value) for key, value in resolve(file, scheme).items() if key != "description")


MENDED: dict[str, dict[Fact, Fact | None]] = {
    "iam": {
        ("operationId", "/api/send-invitation", "post", "ApiController.VerifyInvitation"): (
            *("operationId", "/api/send-invitation", "post"),
            "ApiController.SendInvitation",
        ),
        ("operationId", "/api/sso-logout", "post", "ApiController.SsoLogout"): (
            *("operationId", "/api/sso-logout", "post"),
            "ApiController.SsoLogoutPost",
        ),
        ("security", "/api/get-webhooks", "get", '[{"test_apiKey": []}]'): None,
    }
}
RENAMED = {"232967.<nil>.string": "232967.nil.string"}


def published(service: str) -> set[Fact]:
    """The surface's facts, mended as `openapi/NOTES.md` says."""
    found = set(facts(SURFACE / f"{service}.yaml"))
    found = {mended_union(service, fact) for fact in found}
    mended = MENDED.get(service, {})
    assert mended.keys() <= found
    kept = found - mended.keys() | {fact for fact in mended.values() if fact is not None}
    return {tuple(RENAMED.get(word, word) for word in fact) for fact in kept}


def mended_union(service: str, fact: Fact) -> Fact:
    """The alternatives of two schemas overlap: published as `oneOf`, which nothing meets, they are `anyOf` here."""
    where = {"search": ("response", "/multi-search", "post", "200", "application/json"), "vector": ("schemas", "Condition")}
    at = where.get(service)
    if at and fact[: len(at) + 1] == (*at, "oneOf"):
        return (*at, "anyOf", *fact[len(at) + 1 :])
    return fact


def may_be_added(fact: Fact) -> bool:
    """An id where the surface has none; errors, which the surface leaves out more often than not; names for what many share."""
    error = fact[0] == "response" and fact[3][0] in "45"
    return fact[0] == "operationId" or error or fact[:2] in (("component", "responses"), ("component", "parameters"))


@needs_surface
def test_every_service_of_the_surface_is_described() -> None:
    assert sorted(path.stem for path in SURFACE.glob("*.yaml")) == SERVICES


@needs_surface
@each_service
def test_nothing_of_the_surface_is_lost(service: str) -> None:
    assert sorted(published(service) - set(facts(OPENAPI / service / "openapi.yaml"))) == []


@needs_surface
@each_service
def test_nothing_is_invented(service: str) -> None:
    invented = set(facts(OPENAPI / service / "openapi.yaml")) - published(service)
    assert sorted(fact for fact in invented if not may_be_added(fact)) == []
