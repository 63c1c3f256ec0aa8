"""The URL of a request: path and query of an operation, encoded, and the keys that belong in the query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote

from portal_gen.model.operation import Parameter
from portal_gen.model.schema import ABSENT, Absent
from portal_gen.snippets import serialize
from portal_gen.snippets.media import shape
from portal_gen.snippets.parameters import Draft, content_text, parameter_value, placeholder
from portal_gen.snippets.request import Part
from portal_gen.snippets.request_access import Credentials
from portal_gen.snippets.serialize import encode, encode_reserved, query_text

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def url_for(draft: Draft, base_url: str, credentials: Credentials) -> tuple[Part, ...]:
    base, _, base_query = base_url.partition("?")
    template, _, fixed_query = draft.operation.path.partition("?")
    if draft.operation.kind == "operation":
        base = base.rstrip("/") + _path(draft, template)
    pieces = [base_query, encode_reserved(fixed_query, serialize.RESERVED_IN_QUERY + "&+")]
    pieces += _query(draft, {name for name, _ in credentials.query})
    text = "&".join(piece for piece in pieces if piece)
    parts: list[Part] = [base + "?" + text if text else base]
    for name, key in credentials.query:
        parts += (("&" if text or len(parts) > 1 else "?") + name + "=", key)
    return tuple(parts if len(parts) == 1 else (str(parts[0]) + str(parts[1]), *parts[2:]))


def _path(draft: Draft, template: str) -> str:
    """The path, segment by segment: no value can become an empty segment, `.` or `..`, which clients take out of a path."""
    parameters = {parameter.name: parameter for parameter in draft.operation.parameters_in("path")}
    segments = []
    for segment in template.split("/"):
        text = _segment(segment, lambda name: _path_text(draft, parameters.get(name), name))
        if _VARIABLE.search(segment) and unquote(text) in ("", ".", ".."):
            draft.notes.append(f"No client can send {text!r} for {segment} in a path; a placeholder stands there.")
            text = _segment(segment, placeholder)
        segments.append(text)
    path = "/".join(segments)
    return path if path.startswith("/") else "/" + path


def _segment(segment: str, written: Callable[[str], str]) -> str:
    """A segment with its variables replaced by `written(name)`."""
    pieces = _VARIABLE.split(segment)
    return "".join(written(piece) if index % 2 else serialize.path_literal(piece) for index, piece in enumerate(pieces))


def _path_text(draft: Draft, parameter: Parameter | None, name: str) -> str:
    value = ABSENT if parameter is None else parameter_value(draft, parameter)
    if parameter is None or isinstance(value, Absent):
        return placeholder(name)
    encoded = _encoder(parameter, serialize.RESERVED_IN_PATH)
    if parameter.content:
        return encoded(content_text(parameter.content[0], value))
    if parameter.style == "label":
        return serialize.label(value, parameter.explode, encoded)
    if parameter.style == "matrix":
        return serialize.matrix(name, value, parameter.explode, encoded)
    return serialize.simple(value, parameter.explode, encoded)


def _encoder(parameter: Parameter, reserved: str) -> serialize.Encode:
    return partial(encode_reserved, keep=reserved) if parameter.allow_reserved else encode


def _query(draft: Draft, taken: set[str]) -> list[str]:
    """The query's pieces, encoded; without those that a key stands for."""
    pieces = [text for parameter in draft.operation.parameters_in("querystring") if (text := _whole_query(draft, parameter))]
    for parameter in draft.operation.parameters_in("query"):
        value = ABSENT if encode(parameter.name) in taken else parameter_value(draft, parameter)
        if isinstance(value, Absent):
            continue
        encoded = _encoder(parameter, serialize.RESERVED_IN_QUERY)
        if parameter.content:
            pairs = [(encode(parameter.name), encoded(content_text(parameter.content[0], value)))]
        else:
            pairs = serialize.form(parameter.name, value, parameter.style, parameter.explode, encoded)
        pieces.append(query_text(pairs))
    return pieces


def _whole_query(draft: Draft, parameter: Parameter) -> str:
    """3.2's `querystring`: one value is the whole query."""
    value = parameter_value(draft, parameter)
    if isinstance(value, Absent) or not parameter.content:
        return ""
    media = parameter.content[0]
    if shape(media.name) == "form" and isinstance(value, Mapping):
        return query_text([pair for name, item in value.items() for pair in serialize.form(name, item, "form", True, encode)])
    return encode(content_text(media, value))
