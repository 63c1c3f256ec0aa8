"""The catalog's reader, its JSON Schema and its page in the docs say the same; Hanzo's catalog is whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from portal_gen.portal.catalog import Catalog
from portal_gen.portal.catalog_reader import CATALOG, build_catalog, read_catalog
from portal_gen.portal.shapes import Many, Shape, Text
from portal_gen.spec.source import parse

ROOT = Path(__file__).parents[2]
HANZO = ROOT / "openapi" / "catalog.yaml"
SCHEMA: dict[str, Any] = json.loads((ROOT / "portal_gen" / "schemas" / "catalog.schema.json").read_text())
DOCS = (ROOT / "docs" / "portal-gen" / "catalog.md").read_text()


def faults(text: str) -> list[str]:
    """What is wrong with a catalog, as it is printed."""
    return [str(fault) for fault in build_catalog(parse(text, "catalog.yaml").value, "catalog.yaml")[1]]


@pytest.fixture(scope="module")
def hanzo() -> Catalog:
    catalog, found = read_catalog(HANZO)
    assert not found
    return catalog


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = """\
title: Example
grops: []
groups:
- {id: core, name: Core}
- {id: core, name: Again}
organizations: none
services:
- {id: pets, name: Pets, group: cor, organisation: acme}
- {id: Dogs, name: Dogs, group: core}
- {id: cats, group: core}
- {id: fish, name: 4.0, group: core, endpoint: "javascript:x"}
capabilities:
- {name: Walks, service: dog, status: Maybe}
- {name: Naps, service: pet, status: New}
gateway:
  url: https://api.example.com
  configurations:
  - name: one
    routes:
    - {methods: [GET, FETCH], path: v1, service: pets}
"""
    assert faults(text) == [
        "catalog.yaml:2:1: `grops` is no key of a catalog; did you mean `groups`?",
        "catalog.yaml:5:3: the id `core` is given twice; the first holds, rename or remove this one",
        "catalog.yaml:6:1: `none` stands where a list of organizations is expected; write a list of organizations",
        "catalog.yaml:8:3: there is no group `cor`; did you mean `core`?",
        "catalog.yaml:8:38: `organisation` is no key of a service; did you mean `organization`?",
        "catalog.yaml:9:4: `Dogs` stands where an id of lower-case letters, digits, `.`, `_` and `-` is expected; "
        "write an id of lower-case letters, digits, `.`, `_` and `-`",
        "catalog.yaml:10:3: this service has no `name`; add it",
        "catalog.yaml:11:14: `4.0` stands where text is expected; put it in quotes",
        "catalog.yaml:11:38: `javascript:x` stands where a web address that begins with http:// or https:// is expected; "
        "write a web address that begins with http:// or https://",
        "catalog.yaml:13:31: `Maybe` stands where one of Existing, Updated, New is expected; write one of Existing, Updated, New",
        "catalog.yaml:14:3: there is no service `pet`; did you mean `pets`?",
        "catalog.yaml:20:23: `FETCH` stands where one of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE, QUERY is expected; "
        "write one of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE, QUERY",
        "catalog.yaml:20:31: `v1` stands where a path that begins with `/` and may end in `/*` is expected; "
        "write a path that begins with `/` and may end in `/*`",
    ]


def test_a_catalog_must_be_a_mapping() -> None:
    catalog, found = build_catalog(parse("- 1", "catalog.yaml").value, "catalog.yaml")
    assert catalog == Catalog()
    assert len(found) == 1


def test_a_later_configuration_holds_and_the_earlier_answer_is_kept() -> None:
    text = """\
gateway:
  url: https://api.example.com
  configurations:
  - {name: one, routes: [{methods: [GET, POST], path: '/v1/a/*', service: a, upstream: '/*', auth: none}]}
  - {name: two, routes: [{methods: [GET], path: '/v1/a/*', service: b, upstream: '/v1/a/*', auth: jwt}]}
"""
    catalog, _ = build_catalog(parse(text, "catalog.yaml").value, "catalog.yaml")
    assert [(r.method, r.service, r.source, r.earlier) for r in catalog.gateway.routes] == [
        ("GET", "b", "two", "one: a, path /*, asks for none"),
        ("POST", "a", "one", ""),
    ]


def test_a_mount_takes_methods_and_auth_from_the_wildcard_at_its_prefix() -> None:
    text = """\
groups: [{id: core, name: Core}]
services:
- {id: a, name: A, group: core, mounts: [{prefix: /v1/a, upstream: /, strip: true, evidence: mount}]}
gateway:
  url: https://api.example.com
  configurations: [{name: one, routes: [{methods: [GET, POST], path: '/v1/a/*', service: a, upstream: '/*', auth: jwt}]}]
"""
    catalog, _ = build_catalog(parse(text, "catalog.yaml").value, "catalog.yaml")
    mount = catalog.services[0].mounts[0]
    assert (mount.methods, mount.auth) == (("GET", "POST"), "jwt")


def test_hanzo_s_catalog_fits_the_schema() -> None:
    jsonschema_rs.validator_for(SCHEMA).validate(parse(HANZO.read_text(), "catalog.yaml").value)


@pytest.mark.parametrize("change", [{"grops": []}, {"services": [{"id": "a"}]}, {"key_url": "x"}, {"gateway": {"url": "ftp://x"}}])
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, Any]) -> None:
    assert not jsonschema_rs.validator_for(SCHEMA).is_valid(change)
    assert faults(json.dumps(change))


def test_reader_schema_and_docs_know_the_same_keys() -> None:
    assert list(_differences(CATALOG, SCHEMA, "catalog")) == []


def _differences(kind: object, schema: dict[str, Any], at: str) -> list[str]:
    """Where the reader's tables and the schema disagree, and keys that the docs do not name."""
    if isinstance(kind, Many):
        return _differences(kind.item, schema["items"], at + "[]")
    if isinstance(kind, Text) and kind.choices:
        return [] if list(kind.choices) == schema["enum"] else [f"{at}: choices"]
    if not isinstance(kind, Shape):
        return []
    found = [] if set(kind.keys) == set(schema["properties"]) else [f"{at}: keys"]
    found += [] if set(kind.required) == set(schema.get("required", [])) else [f"{at}: required"]
    found += [f"{at}.{key}: not in the docs" for key in kind.keys if f"| `{key}` |" not in DOCS]
    for key, inner in kind.keys.items():
        found += _differences(inner, schema["properties"][key], f"{at}.{key}")
    return found


def test_the_whole_document_is_in_the_catalog(hanzo: Catalog) -> None:
    assert len(hanzo.services) == len(hanzo.capabilities) == 27
    assert (len(hanzo.organizations), len(hanzo.packages), len(hanzo.gateway.documented)) == (10, 3, 26)
    statuses = [capability.status for capability in hanzo.capabilities]
    assert [statuses.count(status) for status in ("New", "Updated", "Existing")] == [11, 2, 14]


def test_mounts_of_hanzo_agree_with_the_wildcards_of_the_configuration(hanzo: Catalog) -> None:
    wildcards = {route.path: route.upstream for route in hanzo.gateway.routes if route.wildcard}
    for service in hanzo.services:
        for mount in service.mounts:
            if mount.evidence == "mount":
                assert wildcards[mount.prefix + "/*"] == (mount.upstream or "").rstrip("/") + "/*"
