"""Nothing of a description is lost: counted by a reader that shares no code with the product, on pages with scripts off."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import corpus
from tests.site.build import built
from tests.site.counting import Both, resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Text(yaml.CSafeLoader):
    """YAML in which dates and words stay strings; statuses become strings below."""


Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class Count:
    """How much was looked for, and what was not found."""

    def __init__(self) -> None:
        self.looked = Counter[str]()
        self.missing: list[str] = []

    def expect(self, what: str, found: bool, where: str) -> None:
        """One thing that must be there."""
        self.looked[what] += 1
        if not found:
            self.missing.append(f"{what}: {where}")


@pytest.fixture(scope="session")
def site(shared_folder: Path) -> Path:
    """H: the published descriptions."""
    return built(corpus("hanzo"), shared_folder, "published")


@pytest.mark.slow
def test_every_parameter_property_value_status_and_description_is_on_a_page_and_in_its_twin(site: Path) -> None:
    operations = {
        (entry["service"], entry["method"], entry["path"]): entry["url"]
        for entry in json.loads((site / "operations.json").read_text())
    }
    schemas = {(entry["service"], entry["name"]): entry["url"] for entry in json.loads((site / "schemas.json").read_text())}
    count = Count()
    for path in sorted(corpus("hanzo").glob("*/openapi.yaml")):
        service, root = path.parent.name, yaml.load(path.read_text(), Text)
        overview = Both(site / "reference" / service)
        for text in overview_texts(root):
            count.expect("description", overview.says(text), f"{service} {text[:60]!r}")
        for name, schema in root.get("components", {}).get("schemas", {}).items():
            page = Both(site / schemas[service, str(name)])
            assert page.headings == 1
            count.expect("schema", page.says(schema.get("description", "")), f"{service} schema {name}")
            look_at_schema(count, root, schema, page, f"{service} schema {name}")
        for where, method, item, operation in every_operation(root):
            page = Both(site / operations[service, method, where])
            assert page.headings == 1
            look_at_operation(count, root, item, operation, page, f"{service} {method} {where}")
    assert not count.missing, f"{len(count.missing)} of {count.looked}:\n" + "\n".join(count.missing[:40])
    assert count.looked["operation"] == 2054
    assert count.looked["schema"] > 700
    assert count.looked["parameter"] > 2000
    assert count.looked["property"] > 5000
    assert count.looked["value"] > 500
    assert count.looked["status"] > 2000


def overview_texts(root: Any) -> Iterator[str]:
    """What the overview must say."""
    yield from filter(None, [root["info"].get("description"), root["info"]["title"], str(root["info"]["version"])])
    for tag in root.get("tags", []):
        yield from filter(None, [tag["name"], tag.get("description")])
    for server in root.get("servers", []):
        yield from filter(None, [server["url"], server.get("description")])
    for name, scheme in root.get("components", {}).get("securitySchemes", {}).items():
        yield from filter(None, [name, scheme.get("description")])


def every_operation(root: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """Path, method, path item, operation."""
    for where, item in root.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield where, method.upper(), item, item[method]


def look_at_operation(count: Count, root: Any, item: Any, operation: Any, page: Both, name: str) -> None:
    """Everything of one operation."""
    count.expect("operation", True, name)
    for key in ("summary", "description"):
        if operation.get(key):
            count.expect("description", page.says(operation[key]), f"{name} {key}")
    for holder in [*item.get("parameters", []), *operation.get("parameters", [])]:
        parameter, _ = resolve(root, holder)
        count.expect("parameter", page.shows(parameter["name"]), f"{name} {parameter['in']} {parameter['name']}")
        if parameter.get("description"):
            count.expect("description", page.says(parameter["description"]), f"{name} {parameter['name']}")
        look_at_schema(count, root, parameter.get("schema", {}), page, f"{name} {parameter['name']}")
    body, _ = resolve(root, operation.get("requestBody", {}))
    look_at_content(count, root, body, page, f"{name} body")
    for status, holder in operation.get("responses", {}).items():
        count.expect("status", page.shows(str(status)), f"{name} {status}")
        response, _ = resolve(root, holder)
        look_at_content(count, root, response, page, f"{name} {status}")
        for header, value in response.get("headers", {}).items():
            count.expect("header", page.shows(header), f"{name} {status} {header}")
            if resolve(root, value)[0].get("description"):
                count.expect("description", page.says(resolve(root, value)[0]["description"]), f"{name} {status} {header}")


def look_at_content(count: Count, root: Any, holder: Any, page: Both, name: str) -> None:
    """A body or an answer: its description, its media types, its own properties in place."""
    if holder.get("description"):
        count.expect("description", page.says(holder["description"]), name)
    for media, value in holder.get("content", {}).items():
        count.expect("media type", page.shows(media), f"{name} {media}")
        schema, _ = resolve(root, value.get("schema", {}))
        look_at_schema(count, root, schema, page, f"{name} {media}")


def look_at_schema(count: Count, root: Any, schema: Any, page: Both, name: str, depth: int = 0) -> None:
    """A schema in place; what it refers to stands on a page of its own."""
    if not isinstance(schema, dict) or (depth and "$ref" in schema):
        return
    schema, _ = resolve(root, schema)
    if schema.get("description") and depth:
        count.expect("description", page.says(schema["description"]), f"{name} {schema['description'][:50]!r}")
    for value in schema.get("enum", []):
        text = json.dumps(value) if not isinstance(value, str) else value
        count.expect("value", page.shows(text), f"{name} {text!r}")
    for key, child in schema.get("properties", {}).items():
        count.expect("property", page.shows(str(key)), f"{name}.{key}")
        look_at_schema(count, root, child, page, f"{name}.{key}", depth + 1)
    for key in ("items", "additionalProperties", "not"):
        look_at_schema(count, root, schema.get(key), page, f"{name}.{key}", depth + 1)
    for key in ("allOf", "anyOf", "oneOf"):
        for child in schema.get(key, []):
            look_at_schema(count, root, child, page, f"{name}.{key}", depth + 1)
