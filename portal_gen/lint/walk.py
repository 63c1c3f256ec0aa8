"""Everything of one kind in a document, wherever it stands: what most rules begin with.

What several operations share is met once for each of them; `lint` drops the findings that this repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from portal_gen.model.content import Encoding, Header, MediaType, Response
from portal_gen.model.document import Document
from portal_gen.model.info import Server
from portal_gen.model.operation import Operation
from portal_gen.model.schema import Schema
from portal_gen.spec.tree import Json


def operations(document: Document) -> Iterator[Operation]:
    """Operations, webhooks, and those behind their callbacks."""
    stack = [*document.operations, *document.webhooks]
    for operation in stack:
        yield operation
        stack += (inner for callback in operation.callbacks for inner in callback.operations)


def label(operation: Operation) -> str:
    """How messages name an operation."""
    return f"{operation.method} {operation.path}"


def servers(document: Document) -> Iterator[Server]:
    """Servers of the document, its paths and its operations."""
    yield from document.servers
    for operation in operations(document):
        yield from operation.servers


def responses(document: Document) -> Iterator[Response]:
    """The answers of all operations."""
    for operation in operations(document):
        yield from operation.responses


def headers(document: Document) -> Iterator[Header]:
    """Headers of answers, and of parts of bodies."""
    for response in responses(document):
        yield from response.headers
        yield from _of_parts(response.content)
    for operation in operations(document):
        if operation.body:
            yield from _of_parts(operation.body.content)


def _of_parts(content: Iterable[MediaType]) -> Iterator[Header]:
    stack: list[Encoding] = [encoding for media_type in content for encoding in media_type.encodings]
    for encoding in stack:
        yield from encoding.headers
        stack += encoding.encodings


def media_types(document: Document) -> Iterator[MediaType]:
    """The media types of bodies, answers, parameters and headers."""
    for operation in operations(document):
        for parameter in operation.parameters:
            yield from parameter.content
        if operation.body:
            yield from operation.body.content
        for response in operation.responses:
            yield from response.content
    for header in headers(document):
        yield from header.content


def schemas(document: Document) -> list[Schema]:
    """Every schema object, the inner ones too."""
    found = list(_outer(document))
    for schema in found:
        _add_inner(schema, found)
    return found


def _outer(document: Document) -> Iterator[Schema]:
    for named in document.schemas.values():
        yield named.schema
    for operation in operations(document):
        for parameter in operation.parameters:
            if parameter.schema:
                yield parameter.schema
    for header in headers(document):
        if header.schema:
            yield header.schema
    for media_type in media_types(document):
        if media_type.schema:
            yield media_type.schema
        if media_type.item_schema:
            yield media_type.item_schema


def _add_inner(schema: Schema, found: list[Schema]) -> None:
    """The schemas one level below. Most have none, so each kind is asked for before it is walked."""
    if schema.properties:
        found += [property_.schema for property_ in schema.properties]
    if schema.items:
        found.append(schema.items)
    if schema.additional_properties:
        found.append(schema.additional_properties)
    for several in (schema.all_of, schema.any_of, schema.one_of, schema.prefix_items):
        if several:
            found += several
    if schema.pattern_properties:
        found += [inner for _, inner in schema.pattern_properties]
    for _, value in schema.applicators:
        found += [value] if isinstance(value, Schema) else [inner for _, inner in value]


TYPES = frozenset(["null", "boolean", "integer", "number", "string", "array", "object"])
"""The types of JSON Schema (2020-12, section 6.1.1 of the validation vocabulary)."""


def fits(value: Json, types: tuple[str, ...]) -> bool:
    """Whether a value is of one of these types; true where that cannot be told, since a type is missing or unknown."""
    return not types or not TYPES.issuperset(types) or not _kinds(value).isdisjoint(types)


def _kinds(value: Json) -> frozenset[str]:
    match value:
        case None:
            return frozenset(["null"])
        case bool():
            return frozenset(["boolean"])
        case int():
            return frozenset(["integer", "number"])
        case float():
            return frozenset(["integer", "number"] if value.is_integer() else ["number"])
        case str():
            return frozenset(["string"])
        case list() | tuple():
            return frozenset(["array"])
        case _:
            return frozenset(["object"])


def shown(value: Json) -> str:
    """A value for a message, in JSON's spelling and short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"
