"""The body of a request, from a media type and a value for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from portal_gen.model.content import Encoding, MediaType
from portal_gen.model.schema import ABSENT, Absent, NamedSchema, Property, Schema
from portal_gen.snippets.json_text import compact_json
from portal_gen.snippets.media import content_type, essence, extension, shape, type_of_file
from portal_gen.snippets.request import Body, FileBody, FormBody, FormPart, JsonBody, MultipartBody, TextBody
from portal_gen.snippets.serialize import form, same, text_of
from portal_gen.spec.tree import Json

Schemas: TypeAlias = Mapping[str, NamedSchema]

_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_. -]*\.[A-Za-z0-9]{1,8}")
_NO_ENCODING = Encoding("")


def resolved(schema: Schema | None, schemas: Schemas) -> Schema | None:
    """The schema itself where a position only refers to it; follows at most ten references."""
    for _ in range(10):
        if schema is None or schema.ref is None or schema.ref not in schemas:
            break
        schema = schemas[schema.ref].schema
    return schema


def schema_value(schema: Schema | None, schemas: Schemas) -> Json | Absent:
    """The value that a schema's author shows: an example, the default, the constant or the first of an enumeration."""
    for candidate in (schema, resolved(schema, schemas)):
        if candidate is None:
            continue
        for shown in (*candidate.examples[:1], candidate.default, candidate.const, *(candidate.enum or ())[:1]):
            if shown is not ABSENT:
                return shown
    return ABSENT


def example_value(media: MediaType, schemas: Schemas) -> Json | Absent:
    """The value that a media type's author shows."""
    for example in media.examples:
        if example.value is not ABSENT:
            return example.value
        if example.serialized is not None:
            return example.serialized
    return schema_value(media.schema, schemas)


def body_for(media: MediaType, value: Json | Absent, schemas: Schemas) -> Body | None:
    """The body that says `value`; None where there is no value and the type needs one."""
    kind = shape(media.name)
    if isinstance(value, str) and any(example.serialized == value for example in media.examples):
        return TextBody(content_type(media.name, "text/plain"), value)  # The author gave the text itself.
    if kind == "json" and isinstance(value, str) and _says_json(value, resolved(media.schema, schemas)):
        return TextBody(content_type(media.name, "application/json"), value)
    if kind == "multipart":
        return MultipartBody(_parts(media, value, schemas))
    if kind == "form":
        return FormBody(tuple(_form_pairs(media, value)))
    if essence(media.name).startswith("multipart/"):
        return None  # No client of a target writes mixed or related parts.
    if kind == "bytes" and not _wildcard_for_json(media.name, value):
        mime = content_type(media.name, "application/octet-stream")
        return FileBody(mime, _file_name(value, "body", mime))
    if isinstance(value, Absent):
        return None
    if kind == "text" and not isinstance(value, str):
        mime = content_type(media.name, "text/plain")
        return FileBody(mime, _file_name(None, "body", mime))
    return _text_body(media.name, kind, value)


def _says_json(text: str, schema: Schema | None) -> bool:
    """Whether an example is JSON as text, since its schema is for no text."""
    if schema is None or not schema.types or "string" in schema.types:
        return False
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def _text_body(mime: str, kind: str, value: Json) -> Body:
    if kind == "text":
        return TextBody(content_type(mime, "text/plain"), text_of(value))
    if kind in ("lines", "sequence") and isinstance(value, Sequence):
        before = "\x1e" if kind == "sequence" else ""
        text = value if isinstance(value, str) else "".join(before + compact_json(item) + "\n" for item in value)
        return TextBody(mime, text)
    if kind in ("lines", "sequence"):
        return TextBody(mime, ("\x1e" if kind == "sequence" else "") + compact_json(value) + "\n")
    return JsonBody(content_type(mime, "application/json"), value)


def _wildcard_for_json(mime: str, value: Json | Absent) -> bool:
    """Whether any type will do and the value is a tree: then JSON does."""
    return "*" in mime and not isinstance(value, str | Absent)


def _file_name(value: Json | Absent, name: str, mime: str) -> str:
    """The author's example where it is the name of a file, else a name made of what the file is for."""
    if isinstance(value, str) and _FILE_NAME.fullmatch(value):
        return value
    return (re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "file") + "." + extension(mime)


def _form_pairs(media: MediaType, value: Json | Absent) -> list[tuple[str, str]]:
    """A form's pairs, by the styles of its encodings; lists repeat their name (section 4.15)."""
    encodings = {encoding.name: encoding for encoding in media.encodings}
    pairs: list[tuple[str, str]] = []
    for name, item in value.items() if isinstance(value, Mapping) else ():
        encoding = encodings.get(name, _NO_ENCODING)
        if isinstance(item, Mapping) and not encoding.style:
            pairs.append((name, compact_json(item)))
            continue
        style = encoding.style or "form"
        explode = encoding.explode if encoding.explode is not None else style == "form"
        pairs += form(name, item, style, explode, same)
    return pairs


def _parts(media: MediaType, value: Json | Absent, schemas: Schemas) -> tuple[FormPart, ...]:
    """The parts: properties in the schema's order, then what the value has besides. Required files need no value."""
    schema = resolved(media.schema, schemas)
    properties = {item.name: item for item in _properties(schema, schemas)}
    values = value if isinstance(value, Mapping) else {}
    encodings = {encoding.name: encoding for encoding in media.encodings}
    parts: list[FormPart] = []
    for name in (*properties, *(name for name in values if name not in properties)):
        encoding = encodings.get(name, _NO_ENCODING)
        item = properties.get(name)
        binary = item is not None and _binary(item.schema, encoding, schemas)
        if name in values:
            parts += _property_parts(name, values[name], encoding, binary)
        elif item is not None and item.required and binary:
            parts += _property_parts(name, None, encoding, True)
    return tuple(parts)


def _properties(schema: Schema | None, schemas: Schemas, depth: int = 0) -> list[Property]:
    """The properties of an object, those of `allOf` too; a property is required where any of them says so."""
    if schema is None or depth > 5:
        return []
    found = {item.name: item for part in schema.all_of for item in _properties(resolved(part, schemas), schemas, depth + 1)}
    found |= {item.name: item for item in schema.properties}
    return list(found.values())


def _binary(schema: Schema | None, encoding: Encoding, schemas: Schemas, depth: int = 0) -> bool:
    """Whether a part holds bytes: 3.0's `format: binary`, 3.1's `contentMediaType`, or a content type that is not text."""
    schema = resolved(schema, schemas)
    if encoding.content_type and shape(_first_type(encoding.content_type)) == "bytes":
        return True
    if schema is None or depth > 5:
        return False
    media = schema.rule("contentMediaType")
    encoded = schema.rule("contentEncoding") is not ABSENT
    if schema.format == "binary" or (isinstance(media, str) and not encoded and shape(media) == "bytes"):
        return True
    inner = (schema.items, *schema.any_of, *schema.one_of, *schema.all_of)
    return any(_binary(item, _NO_ENCODING, schemas, depth + 1) for item in inner if item is not None)


def _first_type(types: str) -> str:
    return types.partition(",")[0].strip()


def _property_parts(name: str, value: Json, encoding: Encoding, binary: bool) -> list[FormPart]:
    mime = content_type(_first_type(encoding.content_type), "")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_part(name, item, mime, binary) for item in value]
    return [_part(name, value, mime, binary)]


def _part(name: str, value: Json, mime: str, binary: bool) -> FormPart:
    if binary:
        path = _file_name(value, name, mime)
        return FormPart(name, FileBody(mime or type_of_file(path), path))
    if isinstance(value, Mapping) or (mime and shape(mime) == "json"):
        return FormPart(name, JsonBody(mime or "application/json", value))
    return FormPart(name, TextBody(mime, text_of(value)))
