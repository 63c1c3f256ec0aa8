"""Where the nouns of OpenAPI stand inside each other, as one table.

A walk that follows it knows a schema's `example` from a property that is named `example`, and never looks into data.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

from portal_gen.spec.tree import Map, Seq

Kind: TypeAlias = Literal[
    "document",
    "components",
    "pathItem",
    "operation",
    "callback",
    "requestBody",
    "response",
    "mediaType",
    "encoding",
    "parameter",
    "header",
    "example",
    "link",
    "securityScheme",
    "schema",
]


class Shape(Enum):
    """How the members of one kind stand under a keyword."""

    ONE = "the value itself"
    LIST = "items of a list"
    NAMES = "values of a mapping with free names"
    FIELDS = "values of a mapping in which x- begins an extension"


_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_ONE_SCHEMA = (
    "additionalProperties",
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
    "additionalItems",
)
_NAMED_SCHEMAS = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")

Member: TypeAlias = tuple[Shape, Kind]
_VALUE: Final[dict[str, Member]] = {
    "schema": (Shape.ONE, "schema"),
    "content": (Shape.NAMES, "mediaType"),
    "examples": (Shape.NAMES, "example"),
}
MEMBERS: Final[dict[Kind, dict[str, Member]]] = {
    "document": {
        "paths": (Shape.FIELDS, "pathItem"),
        "webhooks": (Shape.NAMES, "pathItem"),
        "x-webhooks": (Shape.NAMES, "pathItem"),
        "components": (Shape.ONE, "components"),
    },
    "components": {
        "schemas": (Shape.NAMES, "schema"),
        "responses": (Shape.NAMES, "response"),
        "parameters": (Shape.NAMES, "parameter"),
        "requestBodies": (Shape.NAMES, "requestBody"),
        "headers": (Shape.NAMES, "header"),
        "examples": (Shape.NAMES, "example"),
        "links": (Shape.NAMES, "link"),
        "securitySchemes": (Shape.NAMES, "securityScheme"),
        "callbacks": (Shape.NAMES, "callback"),
        "pathItems": (Shape.NAMES, "pathItem"),
        "mediaTypes": (Shape.NAMES, "mediaType"),
    },
    "pathItem": {
        "parameters": (Shape.LIST, "parameter"),
        "additionalOperations": (Shape.NAMES, "operation"),
        **dict.fromkeys(_METHODS, (Shape.ONE, "operation")),
    },
    "operation": {
        "parameters": (Shape.LIST, "parameter"),
        "requestBody": (Shape.ONE, "requestBody"),
        "responses": (Shape.FIELDS, "response"),
        "callbacks": (Shape.NAMES, "callback"),
    },
    "callback": {},
    "requestBody": {"content": (Shape.NAMES, "mediaType")},
    "response": {
        "headers": (Shape.NAMES, "header"),
        "content": (Shape.NAMES, "mediaType"),
        "links": (Shape.NAMES, "link"),
        "schema": (Shape.ONE, "schema"),
    },
    "mediaType": {
        "schema": (Shape.ONE, "schema"),
        "examples": (Shape.NAMES, "example"),
        "itemSchema": (Shape.ONE, "schema"),
        "encoding": (Shape.NAMES, "encoding"),
        "itemEncoding": (Shape.ONE, "encoding"),
        "prefixEncoding": (Shape.LIST, "encoding"),
    },
    "encoding": {
        "headers": (Shape.NAMES, "header"),
        "encoding": (Shape.NAMES, "encoding"),
        "itemEncoding": (Shape.ONE, "encoding"),
        "prefixEncoding": (Shape.LIST, "encoding"),
    },
    "parameter": _VALUE,
    "header": _VALUE,
    "example": {},
    "link": {},
    "securityScheme": {},
    "schema": {
        **dict.fromkeys(_ONE_SCHEMA, (Shape.ONE, "schema")),
        **dict.fromkeys(_NAMED_SCHEMAS, (Shape.NAMES, "schema")),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (Shape.LIST, "schema")),
    },
}


def members(kind: Kind, holder: Map) -> Iterator[tuple[Kind, Map]]:
    """The mappings directly inside `holder`, each with its kind. Values of a wrong type are left out."""
    if kind == "callback":
        yield from _each((Shape.FIELDS, "pathItem"), holder)
        return
    table = MEMBERS[kind]
    for keyword, value in holder.items():
        if keyword in table:
            yield from _each(table[keyword], value)


def _each(member: Member, value: Any) -> Iterator[tuple[Kind, Map]]:
    shape, kind = member
    inside: list[Any] = []
    if shape is Shape.ONE:
        inside = [value]
    elif shape is Shape.LIST and isinstance(value, Seq):
        inside = value
    elif shape is Shape.NAMES and isinstance(value, Map):
        inside = list(value.values())
    elif shape is Shape.FIELDS and isinstance(value, Map):
        inside = [item for name, item in value.items() if not name.startswith("x-")]
    return ((kind, item) for item in inside if isinstance(item, Map))
