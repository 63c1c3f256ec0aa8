"""Descriptions and a catalog that say hostile things wherever they can say anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import VECTORS

ELSEWHERE = (
    "live ",
    "location.hash",
    "window.postMessage",
    "problem+json",
    "$ref",
    "whole YAML file",
    "x-internal",
    "schema.pattern",
)
"""Fields that no static page has; references and whole files are held by the tests of bad input."""


def vectors() -> dict[str, Any]:
    """Vectors by id, those that a page can hold; each payload once, since it is put into every place anyway."""
    found = json.loads((VECTORS / "spec-injection.json").read_text())
    once = {vector["payload"]: vector["id"] for vector in reversed(found) if not vector["field"].startswith(ELSEWHERE)}
    return {vector["id"]: vector for vector in found if vector["id"] in once.values()}


def operation(id_: str, payload: str) -> dict[str, Any]:
    """An operation that says the payload in every place."""
    schema = {
        "title": payload,
        "description": payload,
        "type": "object",
        "required": [payload],
        "properties": {
            payload: {"type": "string", "description": payload, "default": payload, "enum": [payload, "b"], "title": payload}
        },
        "patternProperties": {payload: {"examples": [payload], "pattern": payload, "format": payload}},
        "externalDocs": {"url": payload, "description": payload},
        "xml": {"name": payload, "namespace": payload},
        "x-own": payload,
    }
    media = {
        "schema": schema,
        "examples": {payload: {"summary": payload, "description": payload, "value": payload}, "far": {"externalValue": payload}},
    }
    return {
        "operationId": f"{id_}{payload}",
        "summary": payload,
        "description": payload,
        "tags": [payload],
        "externalDocs": {"url": payload, "description": payload},
        "servers": [
            {
                "url": payload,
                "description": payload,
                "variables": {"v": {"default": payload, "enum": [payload], "description": payload}},
            }
        ],
        "parameters": [
            {
                "name": payload,
                "in": where,
                "description": payload,
                "schema": {"type": "string", "default": payload},
                "example": payload,
            }
            for where in ("query", "header", "cookie")
        ],
        "requestBody": {"description": payload, "content": {"application/json": media, payload: {"schema": {"enum": [payload]}}}},
        "responses": {
            "200": {
                "description": payload,
                "headers": {payload: {"description": payload, "schema": {"type": "string"}}},
                "content": {"application/json": media},
                "links": {payload: {"operationRef": payload, "description": payload, "parameters": {payload: payload}}},
            },
            f"4{payload}": {"summary": payload, "description": payload},
        },
        "callbacks": {
            payload: {
                payload: {"post": {"summary": payload, "description": payload, "responses": {"200": {"description": payload}}}}
            }
        },
        "security": [{payload: [payload]}, {"oauth": [payload]}],
        "x-codeSamples": [{"lang": payload, "label": payload, "source": payload}],
        "x-badges": [{"name": payload, "color": payload}],
        "x-own": {payload: payload},
    }


def description(found: dict[str, Any]) -> dict[str, Any]:
    """One description with an operation and a schema for each vector, and each payload in the overview's own places."""
    payloads = {id_: vector["payload"] for id_, vector in found.items()}
    every = json.loads((VECTORS / "spec-injection.json").read_text())
    first = {vector["field"]: vector["payload"] for vector in reversed(every)}
    flow = {
        "authorizationUrl": first["securitySchemes.*.flows.*.authorizationUrl"],
        "tokenUrl": first["securitySchemes.*.flows.*.tokenUrl"],
        "scopes": {payload: payload for payload in payloads.values()},
    }
    schemes: dict[str, Any] = {
        payload: {"type": "http", "scheme": payload, "description": payload} for payload in payloads.values()
    }
    schemes["oauth"] = {"type": "oauth2", "flows": {"authorizationCode": flow}}
    schemes["oidc"] = {"type": "openIdConnect", "openIdConnectUrl": "javascript:window.__pwned=1"}
    schemes["key"] = {"type": "apiKey", "in": "header", "name": first["securitySchemes.*.name (apiKey header)"]}
    return {
        "openapi": "3.2.0",
        "info": {
            "title": first["info.title"],
            "version": first["info.version"],
            "summary": first["info.summary"],
            "description": "\n\n".join(payloads.values()),
            "termsOfService": first["info.termsOfService"],
            "contact": {key: first[f"info.contact.{key}"] for key in ("name", "url", "email")},
            "license": {"name": "L", "url": first["info.license.url"], "identifier": first["info.license.identifier"]},
            "x-logo": {key: first[f"info.x-logo.{key}"] for key in ("url", "href", "altText", "backgroundColor")},
        },
        "externalDocs": {"url": first["externalDocs.url"], "description": "D"},
        "servers": [{"url": payload, "name": payload, "description": payload} for payload in payloads.values()],
        "tags": [
            {"name": payload, "summary": payload, "description": payload, "externalDocs": {"url": payload}}
            for payload in payloads.values()
        ],
        "x-tagGroups": [{"name": payload, "tags": [payload]} for payload in payloads.values()],
        "paths": {f"/v/{id_}/{payload}": {"post": operation(id_, payload)} for id_, payload in payloads.items()},
        "webhooks": {
            payload: {"post": {"summary": payload, "responses": {"200": {"description": payload}}}} for payload in payloads.values()
        },
        "components": {
            "securitySchemes": schemes,
            "schemas": {
                **{
                    f"{id_}{payload}": {
                        "title": payload,
                        "description": payload,
                        "properties": {payload: {"$ref": "#/components/schemas/Plain", "description": payload}},
                    }
                    for id_, payload in payloads.items()
                },
                "Plain": {"description": "d", "properties": {"__proto__": {"type": "string"}}},
            },
        },
    }


def catalog(payload: str, second: str) -> dict[str, Any]:
    """A catalog that says the payload in every free text, and the second where an address is wanted."""
    return {
        "title": payload,
        "tagline": payload,
        "description": payload,
        "version": payload,
        "links": [{"title": payload, "url": second, "description": payload}],
        "key": "A_KEY",
        "key_url": second,
        "repository": second + "{path}{line}",
        "groups": [{"id": "g", "name": payload, "description": payload}],
        "organizations": [{"id": "o", "url": second, "purpose": payload, "upstream": payload}],
        "services": [
            {
                "id": "hostile",
                "name": payload,
                "group": "g",
                "organization": "o",
                "endpoint": second,
                "description": payload,
                "mounts": [
                    {"prefix": "/v1/h", "upstream": "/", "strip": True, "evidence": "mount", "source": payload, "note": payload}
                ],
            }
        ],
        "capabilities": [{"name": payload, "service": "hostile", "status": "Existing", "organization": "o"}],
        "packages": [{"name": payload, "registry": payload, "service": "hostile", "description": payload}],
        "gateway": {
            "url": "https://gate.example",
            "service": "hostile",
            "documented": [{"pattern": "/v1/h/*", "service": "hostile", "group": "g", "note": payload}],
        },
    }


def write(folder: Path) -> Path:
    """The whole source: one service from all vectors, one whose description is harmless, a catalog."""
    for name, value in (
        ("hostile", description(vectors())),
        (
            "calm",
            {
                "openapi": "3.1.0",
                "info": {"title": "Calm", "version": "1"},
                "paths": {"/a": {"get": {"operationId": "calmA", "responses": {"200": {"description": "d"}}}}},
            },
        ),
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "openapi.json").write_text(json.dumps(value))
    hostile = '"><img src=x onerror=window.__pwned=1></title><script>window.__pwned=1</script>{{ 7*7 }}'
    (folder / "catalog.yaml").write_text(json.dumps(catalog(hostile, "javascript:window.__pwned=1//")))
    return folder
