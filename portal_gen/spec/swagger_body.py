"""Body and form parameters of Swagger 2.0 to a request body."""

from __future__ import annotations

from typing import Any

from portal_gen.spec.edit import mapping, place, put, sequence
from portal_gen.spec.schemas import Warn
from portal_gen.spec.swagger_values import Context, content, style, upgrade_schema
from portal_gen.spec.tree import Map, Mark

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


def request_body(parts: list[Map], consumes: list[str], known: Context, warn: Warn) -> Map:
    """The request body that body and form parameters come to. `consumes` names its media types."""
    body = next((part for part in parts if part.get("in") == "body"), None)
    return _form_body(parts, consumes, known, warn) if body is None else _plain_body(body, consumes, known)


def _plain_body(body: Map, consumes: list[str], known: Context) -> Map:
    made = Map(body.file, body.mark)
    for key, value in body.items():
        if key not in ("in", "name", "schema", "type", "x-examples"):
            put(made, key, value, place(body, key))
    mark = place(body, "schema")
    media = Map(body.file, mark)
    if "schema" in body:
        put(media, "schema", body["schema"], mark)
    put(made, "content", content(body, consumes or ["application/json"], media, known), mark)
    return made


def _form_body(parts: list[Map], consumes: list[str], known: Context, warn: Warn) -> Map:
    first = parts[0]
    schema = mapping(first, first.mark, type="object", properties=Map(first.file, first.mark))
    media = mapping(first, first.mark, schema=schema)
    required: list[tuple[Any, Mark]] = []
    encoding = Map(first.file, first.mark)
    for part in parts:
        name = part.get("name")
        if not isinstance(name, str):
            continue
        put(schema["properties"], name, _form_property(part, known), part.mark)
        if part.get("required") is True:
            required.append((name, place(part, "required")))
        written = style(part, "formData", warn)
        if written:
            put(encoding, name, mapping(part, part.mark, style=written[0], explode=written[1]), part.mark)
    if required:
        put(schema, "required", sequence(first, required, required[0][1]), required[0][1])
    if encoding:
        put(media, "encoding", encoding, encoding.mark)
    body = mapping(first, first.mark, content=content(first, _form_types(parts, consumes), media, known))
    if required:
        put(body, "required", True, required[0][1])
    return body


def _form_types(parts: list[Map], consumes: list[str]) -> list[str]:
    if any(part.get("type") == "file" for part in parts):
        return [_MULTIPART]
    return [name for name in consumes if name in (_FORM, _MULTIPART)] or [_FORM]


def _form_property(part: Map, known: Context) -> Map:
    schema = Map(part.file, part.mark)
    for key, value in part.items():
        if key not in ("name", "in", "required", "collectionFormat", "allowEmptyValue"):
            put(schema, key, value, place(part, key))
    upgrade_schema(schema)
    known.made.append(("schema", schema))
    return schema
