"""Where each named schema is used: which operation or schema refers to it directly, and at which place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal_gen.model.content import MediaType
from portal_gen.model.document import Document
from portal_gen.model.operation import Operation
from portal_gen.model.schema import Schema
from portal_gen.portal.portal import OperationPage, Use


@dataclass(frozen=True, slots=True)
class Part:
    """A schema that holds another: its key, and where in it."""

    key: str
    place: str

    def with_url(self, url: str) -> Use:
        """The same, once the page of the schema is known."""
        return Use(url, self.place)


@dataclass(frozen=True, slots=True)
class Uses:
    """All direct uses of one schema."""

    operations: tuple[Use, ...]
    schemas: tuple[Part, ...]


def uses(document: Document, pages: Iterable[OperationPage]) -> dict[str, Uses]:
    """The direct uses of every schema that has any, by key, in the order of the pages and of the schemas."""
    operations: dict[str, dict[tuple[str, str], Use]] = {}
    schemas: dict[str, dict[tuple[str, str], Part]] = {}
    for page in pages:
        for place, schema in _operation_schemas(page.operation):
            for key, where in references(schema, place):
                operations.setdefault(key, {})[page.url, where] = Use(page.url, where)
    for holder, named in document.schemas.items():
        for key, where in references(named.schema, ""):
            schemas.setdefault(key, {})[holder, where] = Part(holder, where)
    keys = operations.keys() | schemas.keys()
    return {key: Uses(tuple(operations.get(key, {}).values()), tuple(schemas.get(key, {}).values())) for key in keys}


def _operation_schemas(operation: Operation) -> Iterator[tuple[str, Schema]]:
    for parameter in operation.parameters:
        place = f"{parameter.place} {parameter.name}"
        if parameter.schema:
            yield place, parameter.schema
        yield from _content(parameter.content, place)
    if operation.body:
        yield from _content(operation.body.content, "body")
    for response in operation.responses:
        yield from _content(response.content, response.status)
        for header in response.headers:
            if header.schema:
                yield f"{response.status} {header.name}", header.schema
            yield from _content(header.content, f"{response.status} {header.name}")
    for callback in operation.callbacks:
        for inner in callback.operations:
            for place, schema in _operation_schemas(inner):
                yield f"callback {callback.name} {place}", schema


def _content(content: tuple[MediaType, ...], place: str) -> Iterator[tuple[str, Schema]]:
    for media in content:
        if media.schema:
            yield place, media.schema
        if media.item_schema:
            yield f"{place} · each item", media.item_schema


def references(schema: Schema, place: str) -> Iterator[tuple[str, str]]:
    """Keys that a schema refers to, without following them, with a reader's path to each: `200 · clusters[]`."""
    stack: list[tuple[Schema, str, str]] = [(schema, place, "")]
    while stack:
        found, where, path = stack.pop()
        if found.ref is not None:
            yield found.ref, f"{where} · {path}" if where and path else where or path
        stack.extend((child, where, path + step) for step, child in _children(found, path))


def _children(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    dot = "." if path else ""
    for property_ in schema.properties:
        yield dot + property_.name, property_.schema
    for pattern, child in schema.pattern_properties:
        yield f"{dot}/{pattern}/", child
    if schema.additional_properties:
        yield dot + "*", schema.additional_properties
    if schema.items:
        yield "[]", schema.items
    for index, child in enumerate(schema.prefix_items):
        yield f"[{index}]", child
    for child in (*schema.all_of, *schema.any_of, *schema.one_of):
        yield "", child
    for _, value in schema.applicators:
        for child in [value] if isinstance(value, Schema) else [pair[1] for pair in value]:
            yield "", child
