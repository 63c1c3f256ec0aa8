"""One operation and the values chosen for it, as a request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from portal_gen.model.content import MediaType
from portal_gen.model.operation import Operation, Parameter, Place
from portal_gen.model.schema import ABSENT, Absent
from portal_gen.snippets import serialize
from portal_gen.snippets.json_text import compact_json
from portal_gen.snippets.media import extension, is_stream, shape
from portal_gen.snippets.request import FIELD_VALUE, TOKEN, Body, Header, JsonBody, Part, Request, combined
from portal_gen.snippets.request_access import Access, Credentials, credentials_for, env_name
from portal_gen.snippets.request_body import Schemas, body_for, example_value, schema_value
from portal_gen.snippets.serialize import encode, encode_reserved, query_text, same, text_of
from portal_gen.spec.tree import Json

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_IGNORED = ("accept", "content-type", "authorization")
"""Header parameters that OpenAPI says to ignore (section 4.12.1)."""
_OF_THE_CLIENT = (
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)
_COOKIE_PIECE = re.compile(r"[!#-+.-:<-\[\]-~-]*")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader or an example fills in: parameter values by place and name, the body's media type and value."""

    values: Mapping[tuple[Place, str], Json] = field(default_factory=dict)
    media: str = ""
    """Name of the body's media type; the first one where empty."""
    body: Json | Absent = ABSENT


@dataclass(slots=True)
class _Draft:
    """A request in the making."""

    operation: Operation
    choice: Choice
    schemas: Schemas
    notes: list[str]


def request_for(
    operation: Operation,
    base_url: str,
    choice: Choice | None = None,
    access: Access | None = None,
    schemas: Schemas | None = None,
) -> Request:
    """The request that calls `operation` at `base_url` (variables replaced; printed as it is, whatever it is).

    Required parameters are in it, and those with a chosen value; where nobody chose, the author's example stands, then a
    word in capitals. What cannot be sent as described is left out and named in the request's notes.
    """
    draft = _Draft(operation, choice or Choice(), schemas or {}, [])
    credentials = credentials_for(access or Access())
    draft.notes += credentials.notes
    body = _body(draft)
    headers = (*credentials.headers, *_header_parameters(draft, credentials), *_cookies(draft, credentials))
    mimes = _answer_types(operation)
    return Request(
        method=operation.method.upper() if operation.method.islower() else operation.method,
        url=_url(draft, base_url, credentials),
        headers=combined(headers),
        body=body,
        basic=credentials.basic,
        stream=_streams(mimes, body),
        download=_download(operation, mimes),
        notes=tuple(draft.notes),
    )


def _value(draft: _Draft, parameter: Parameter) -> Json | Absent:
    """The value to show for a parameter; ABSENT where it is left out."""
    chosen = draft.choice.values.get((parameter.place, parameter.name), ABSENT)
    if not isinstance(chosen, Absent):
        return chosen
    if not (parameter.required or parameter.place == "path"):
        return ABSENT
    for example in parameter.examples:
        if not isinstance(example.value, Absent):
            return example.value
    shown = example_value(parameter.content[0], draft.schemas) if parameter.content else ABSENT
    if isinstance(shown, Absent):
        shown = schema_value(parameter.schema, draft.schemas)
    return placeholder(parameter.name) if isinstance(shown, Absent) else shown


def placeholder(name: str) -> str:
    """A word that stands for a value nobody knows: `order_id` becomes `ORDER_ID`."""
    return env_name(re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)) if name else "VALUE"


def _content_text(media: MediaType, value: Json) -> str:
    """A value in the representation that a parameter's `content` asks for."""
    return value if isinstance(value, str) and shape(media.name) != "json" else compact_json(value)


def _url(draft: _Draft, base_url: str, credentials: Credentials) -> tuple[Part, ...]:
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


def _path(draft: _Draft, template: str) -> str:
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


def _path_text(draft: _Draft, parameter: Parameter | None, name: str) -> str:
    value = ABSENT if parameter is None else _value(draft, parameter)
    if parameter is None or isinstance(value, Absent):
        return placeholder(name)
    encoded = _encoder(parameter, serialize.RESERVED_IN_PATH)
    if parameter.content:
        return encoded(_content_text(parameter.content[0], value))
    if parameter.style == "label":
        return serialize.label(value, parameter.explode, encoded)
    if parameter.style == "matrix":
        return serialize.matrix(name, value, parameter.explode, encoded)
    return serialize.simple(value, parameter.explode, encoded)


def _encoder(parameter: Parameter, reserved: str) -> serialize.Encode:
    return partial(encode_reserved, keep=reserved) if parameter.allow_reserved else encode


def _query(draft: _Draft, taken: set[str]) -> list[str]:
    """The query's pieces, encoded; without those that a key stands for."""
    pieces = [text for parameter in draft.operation.parameters_in("querystring") if (text := _whole_query(draft, parameter))]
    for parameter in draft.operation.parameters_in("query"):
        value = ABSENT if encode(parameter.name) in taken else _value(draft, parameter)
        if isinstance(value, Absent):
            continue
        encoded = _encoder(parameter, serialize.RESERVED_IN_QUERY)
        if parameter.content:
            pairs = [(encode(parameter.name), encoded(_content_text(parameter.content[0], value)))]
        else:
            pairs = serialize.form(parameter.name, value, parameter.style, parameter.explode, encoded)
        pieces.append(query_text(pairs))
    return pieces


def _whole_query(draft: _Draft, parameter: Parameter) -> str:
    """3.2's `querystring`: one value is the whole query."""
    value = _value(draft, parameter)
    if isinstance(value, Absent) or not parameter.content:
        return ""
    media = parameter.content[0]
    if shape(media.name) == "form" and isinstance(value, Mapping):
        return query_text([pair for name, item in value.items() for pair in serialize.form(name, item, "form", True, encode)])
    return encode(_content_text(media, value))


def _header_parameters(draft: _Draft, credentials: Credentials) -> list[Header]:
    taken = {name.lower() for name, _ in credentials.headers}
    headers: list[Header] = []
    for parameter in draft.operation.parameters_in("header"):
        name = parameter.name
        if name.lower() in _IGNORED or name.lower() in taken:
            continue
        value = _value(draft, parameter)
        if isinstance(value, Absent):
            continue
        text = _header_text(parameter, value)
        reason = _refusal(name, text)
        if reason:
            draft.notes.append(f"The header {name!r} is left out: {reason}.")
        else:
            headers.append((name, (text,)))
    return headers


def _header_text(parameter: Parameter, value: Json) -> str:
    if parameter.content:
        return _content_text(parameter.content[0], value)
    return serialize.simple(value, parameter.explode, same).strip(" \t")


def _refusal(name: str, value: str) -> str:
    """Why a header cannot be sent, or nothing."""
    if not TOKEN.fullmatch(name):
        return "this is not a header name"
    if name.lower() in _OF_THE_CLIENT:
        return "the client sets it"
    return "" if FIELD_VALUE.fullmatch(value) else "its value has characters that a header cannot carry"


def _cookies(draft: _Draft, credentials: Credentials) -> list[Header]:
    """One Cookie header, or none."""
    taken = {name for name, _ in credentials.cookies}
    parts: list[Part] = []
    for parameter in draft.operation.parameters_in("cookie"):
        value = ABSENT if encode(parameter.name) in taken else _value(draft, parameter)
        if isinstance(value, Absent):
            continue
        text = _cookie_text(parameter, value)
        if text and all(_COOKIE_PIECE.fullmatch(piece) for piece in text.split("; ")) and ";" not in text_of(value):
            parts += ("; ", text)
        elif text:
            draft.notes.append(f"The cookie {parameter.name!r} is left out: a cookie cannot carry its value.")
    for name, key in credentials.cookies:
        parts += ("; ", name + "=", key)
    return [("Cookie", tuple(parts[1:]))] if parts else []


def _cookie_text(parameter: Parameter, value: Json) -> str:
    if parameter.content:
        return encode(parameter.name) + "=" + encode(_content_text(parameter.content[0], value))
    return serialize.cookie(parameter.name, value, parameter.style, parameter.explode)


def _body(draft: _Draft) -> Body | None:
    """The chosen body, the author's example, or none."""
    if draft.operation.body is None or not draft.operation.body.content:
        return None
    content = draft.operation.body.content
    media = next((item for item in content if item.name == draft.choice.media), content[0])
    value = draft.choice.body
    if isinstance(value, Absent):
        value = example_value(media, draft.schemas)
    if isinstance(value, Absent) and not draft.operation.body.required:
        return None
    body = body_for(media, value, draft.schemas)
    if body is None:
        draft.notes.append("The body is left out: the description shows no example of it.")
    return body


def _answer_types(operation: Operation) -> tuple[str, ...]:
    """The media types of the first good answer that has any."""
    for response in operation.responses:
        if response.status.startswith("2") and response.content:
            return tuple(media.name for media in response.content)
    return ()


def _streams(mimes: tuple[str, ...], body: Body | None) -> bool:
    """Whether the answer comes in pieces: always, or because the body asks for it with `stream`."""
    if not any(is_stream(mime) for mime in mimes):
        return False
    asked = isinstance(body, JsonBody) and isinstance(body.value, Mapping) and body.value.get("stream") is True
    return asked or all(is_stream(mime) for mime in mimes)


def _download(operation: Operation, mimes: tuple[str, ...]) -> str:
    """The name of a file for a binary answer, from the path's last fixed word; empty for answers that can be printed."""
    printable = any(shape(mime) != "bytes" or "*" in mime or is_stream(mime) for mime in mimes)
    if not mimes or printable or operation.method.upper() == "HEAD":
        return ""
    words = [word for word in operation.path.split("/") if re.fullmatch(r"[A-Za-z0-9_-]+", word)]
    return (words[-1].lstrip("-") or "output" if words else "output") + "." + extension(mimes[0])
