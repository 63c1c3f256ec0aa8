"""Every place of a description where prose may stand, with the name that the prose must not merely repeat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, TypeAlias

from tests.prose.description import Description, Spot, components, operations, root

Kind: TypeAlias = Literal[
    "info", "tag", "operation", "parameter", "request body", "response", "header", "schema", "property", "scheme"
]
REQUIRED: frozenset[Kind] = frozenset({"info", "tag", "operation", "parameter", "response", "header", "schema", "scheme"})


@dataclass(frozen=True, slots=True)
class Text:
    """A place for a description. `name` is what is known without it: names, summary, type, format, reason phrase."""

    spot: Spot
    kind: Kind
    label: str
    name: str

    @property
    def text(self) -> str:
        value = self.spot.value.get("description", "") if isinstance(self.spot.value, Mapping) else ""
        return value if isinstance(value, str) else ""


def texts(description: Description) -> Iterator[Text]:
    """In the order of the file; what references lead to is told where it stands."""
    document = root(description)
    if "info" in document.value:
        yield Text(document.child("info"), "info", "info", document.value["info"].get("title", ""))
    for _, tag in document.children("tags"):
        yield Text(tag, "tag", f"tag {tag.value['name']}", tag.value["name"])
    for path, item in document.children("paths"):
        yield from _parameters(item, f"{path}: ")
    for operation in operations(description):
        yield from _operation(operation)
    yield from _components(description)


def _operation(spot: Spot) -> Iterator[Text]:
    name = spot.value["operationId"]
    yield Text(spot, "operation", name, f"{name} {spot.value.get('summary', '')}")
    yield from _parameters(spot, f"{name}: ")
    if "requestBody" in spot.value and "$ref" not in spot.value["requestBody"]:
        body = spot.child("requestBody")
        yield Text(body, "request body", f"{name}: request body", name)
        yield from _content(body, f"{name}: request body")
    for status, response in spot.children("responses"):
        yield from _response(response, f"{name}: {status}", f"{name} {_reason(status)}")


def _reason(status: str) -> str:
    return HTTPStatus(int(status)).phrase if status.isdigit() else status


def _parameters(spot: Spot, before: str) -> Iterator[Text]:
    for _, parameter in spot.children("parameters"):
        yield from _parameter(parameter, before)


def _parameter(spot: Spot, before: str) -> Iterator[Text]:
    if "$ref" in spot.value:
        return
    name = spot.value["name"]
    yield Text(spot, "parameter", f"{before}parameter {name}", f"{name} {_type(spot.value.get('schema'))}")
    if "schema" in spot.value:
        yield from _inside(spot.child("schema"), f"{before}parameter {name}")


def _response(spot: Spot, label: str, name: str) -> Iterator[Text]:
    if "$ref" in spot.value:
        return
    yield Text(spot, "response", label, name)
    for header, value in spot.children("headers"):
        if "$ref" not in value.value:
            yield Text(value, "header", f"{label}: header {header}", f"{header} {_type(value.value.get('schema'))}")
    yield from _content(spot, label)


def _content(spot: Spot, label: str) -> Iterator[Text]:
    for _, media_type in spot.children("content"):
        if "schema" in media_type.value:
            yield from _inside(media_type.child("schema"), label)


def _type(schema: Any) -> str:
    if not isinstance(schema, Mapping):
        return ""
    return f"{schema.get('type', '')} {schema.get('format', '')} {_type(schema.get('items'))}"


def _inside(spot: Spot, label: str) -> Iterator[Text]:
    """The properties of a schema at any depth, without following references."""
    if not isinstance(spot.value, Mapping) or "$ref" in spot.value:
        return
    for name, value in spot.children("properties"):
        if isinstance(value.value, Mapping):
            yield Text(value, "property", f"{label}.{name}", f"{name} {_type(value.value)}")
            yield from _inside(value, f"{label}.{name}")
    for keyword in ("items", "additionalProperties", "not"):
        if keyword in spot.value:
            yield from _inside(spot.child(keyword), label)
    for keyword in ("allOf", "oneOf", "anyOf"):
        for _, value in spot.children(keyword):
            yield from _inside(value, label)


def _components(description: Description) -> Iterator[Text]:
    for name, spot in components(description, "schemas"):
        yield Text(spot, "schema", f"schema {name}", name)
        yield from _inside(spot, name)
    for _, spot in components(description, "parameters"):
        yield from _parameter(spot, "shared ")
    for name, spot in components(description, "responses"):
        yield from _response(spot, f"response {name}", name)
    for name, spot in components(description, "securitySchemes"):
        yield Text(spot, "scheme", f"security scheme {name}", name)
