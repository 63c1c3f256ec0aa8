"""One operation and the values chosen for it, as a request."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal_gen.model.operation import Operation, Parameter
from portal_gen.model.schema import ABSENT, Absent
from portal_gen.snippets import serialize
from portal_gen.snippets.media import extension, is_stream, shape
from portal_gen.snippets.parameters import Choice, Draft, content_text, parameter_value
from portal_gen.snippets.request import FIELD_VALUE, TOKEN, Body, Header, JsonBody, Part, Request, combined
from portal_gen.snippets.request_access import Access, Credentials, credentials_for
from portal_gen.snippets.request_body import Schemas, body_for, example_value
from portal_gen.snippets.request_url import url_for
from portal_gen.snippets.serialize import encode, same, text_of
from portal_gen.spec.tree import Json

__all__ = ["Choice", "request_for"]

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
_COOKIE_PIECE = re.compile(r"[!#-:<-\[\]-~]*")


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
    draft = Draft(operation, choice or Choice(), schemas or {}, [])
    credentials = credentials_for(access or Access())
    draft.notes += credentials.notes
    body = _body(draft)
    headers = (*credentials.headers, *_header_parameters(draft, credentials), *_cookies(draft, credentials))
    mimes = _answer_types(operation)
    streams = _streams(mimes, body)
    return Request(
        method=operation.method.upper() if operation.method.islower() else operation.method,
        url=url_for(draft, base_url, credentials),
        headers=combined(headers),
        body=body,
        basic=credentials.basic,
        stream=streams,
        download=_download(operation, mimes, streams),
        notes=tuple(draft.notes),
    )


def _header_parameters(draft: Draft, credentials: Credentials) -> list[Header]:
    taken = {name.lower() for name, _ in credentials.headers}
    headers: list[Header] = []
    for parameter in draft.operation.parameters_in("header"):
        name = parameter.name
        if name.lower() in _IGNORED or name.lower() in taken:
            continue
        value = parameter_value(draft, parameter)
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
        return content_text(parameter.content[0], value)
    return serialize.simple(value, parameter.explode, same).strip(" \t")


def _refusal(name: str, value: str) -> str:
    """Why a header cannot be sent, or nothing."""
    if not TOKEN.fullmatch(name):
        return "this is not a header name"
    if name.lower() in _OF_THE_CLIENT:
        return "the client sets it"
    return "" if FIELD_VALUE.fullmatch(value) else "its value has characters that a header cannot carry"


def _cookies(draft: Draft, credentials: Credentials) -> list[Header]:
    """One Cookie header, or none."""
    taken = {name for name, _ in credentials.cookies}
    parts: list[Part] = []
    for parameter in draft.operation.parameters_in("cookie"):
        value = ABSENT if encode(parameter.name) in taken else parameter_value(draft, parameter)
        if isinstance(value, Absent):
            continue
        text = _cookie_text(parameter, value)
        divided = parameter.style == "cookie" and ";" in text_of(value)
        if text and not divided and all(_COOKIE_PIECE.fullmatch(piece) for piece in text.split("; ")):
            parts += ("; ", text)
        elif text:
            draft.notes.append(f"The cookie {parameter.name!r} is left out: a cookie cannot carry its value.")
    for name, key in credentials.cookies:
        parts += ("; ", name + "=", key)
    return [("Cookie", tuple(parts[1:]))] if parts else []


def _cookie_text(parameter: Parameter, value: Json) -> str:
    if parameter.content:
        return encode(parameter.name) + "=" + encode(content_text(parameter.content[0], value))
    return serialize.cookie(parameter.name, value, parameter.style, parameter.explode)


def _body(draft: Draft) -> Body | None:
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
        draft.notes.append("The body is left out: the description shows nothing that could be sent.")
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


def _download(operation: Operation, mimes: tuple[str, ...], streams: bool) -> str:
    """The name of a file for a binary answer, from the path's last fixed word; empty for answers that can be printed."""
    whole = [mime for mime in mimes if not is_stream(mime)]
    printable = any(shape(mime) != "bytes" or "*" in mime for mime in whole)
    if streams or printable or not whole or operation.method.upper() == "HEAD":
        return ""
    words = [word for word in operation.path.split("/") if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", word)]
    return (words[-1] if words else "output") + "." + extension(whole[0])
