"""A request as templates see it: flags to ask and values to print. Nothing here knows a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import quote

from portal_gen.snippets.json_text import Limits, compact_json, faithful
from portal_gen.snippets.request import (
    Basic,
    Body,
    Env,
    FileBody,
    FormBody,
    FormPart,
    JsonBody,
    MultipartBody,
    Part,
    Parts,
    Request,
    TextBody,
    combined,
)

Scope: TypeAlias = dict[str, object]
FORM = "application/x-www-form-urlencoded"
_CURL_WORD = re.compile(r"[A-Za-z0-9._/-]+")
_PARAMETER_ESCAPES = {'"': "%22", "\n": "%0A", "\r": "%0D"}


def view(request: Request, limits: Limits | None, implied: frozenset[str]) -> Scope:
    """What a template may ask of a request.

    `limits` says which JSON the language's own literals carry; `implied` names the bodies whose Content-Type the client
    writes itself: a kind ("form") or a kind and its media type ("native:application/json").
    """
    body = None if isinstance(request.body, FormBody) and not request.body.pairs else request.body
    if isinstance(body, MultipartBody) and not body.parts:
        body = None
    scope: Scope = {
        request.method: True,
        "method": request.method,
        "verb": request.method.lower(),
        "stream": request.stream,
        "download": request.download,
        "body": body is not None,
    }
    scope.update(_address(request.url))
    if request.basic:
        scope.update(_basic(request.basic))
    kind, mime = "", ""
    if body is not None:
        kind, mime, values = _body(body, limits)
        scope[kind] = True
        scope.update(values)
    needed = mime and kind not in implied and kind + ":" + mime not in implied
    headers = _headers(request, (mime,) if needed else ())
    scope["headers"] = headers
    scope["proto"] = any(header["name"] == "__proto__" for header in headers)
    scope["options"] = bool(headers or request.basic or body or request.method != "GET")
    scope["env"] = any(isinstance(part, Env) for part in _parts(request))
    return scope


def _parts(request: Request) -> list[Part]:
    parts = list(request.url)
    for _, value in request.headers:
        parts += value
    if request.basic:
        parts += (request.basic.user, request.basic.password)
    return parts


def _headers(request: Request, content_type: Parts) -> list[Scope]:
    headers = request.headers
    if request.body is not None:
        headers = tuple(header for header in headers if header[0].lower() != "content-type")
    if content_type:
        headers = (*headers, ("Content-Type", content_type))
    if len(headers) > 1:
        headers = combined(headers)
    return [_header(name, value) for name, value in headers]


def _header(name: str, value: Parts) -> Scope:
    """A header; `line` is how curl takes it, to whom a header without a value must be spelled with a semicolon."""
    line = (name + ": ", *value) if any(value) else (name + ";",)
    return {"name": name, "value": joined(value), "line": joined(line)}


def joined(parts: Parts) -> Parts:
    """Parts with neighbouring texts made one."""
    out: list[Part] = []
    for part in parts:
        if out and isinstance(part, str) and isinstance(out[-1], str):
            out[-1] += part
        else:
            out.append(part)
    return tuple(out)


def _address(url: Parts) -> Scope:
    """`url`, whole; `address`, without the keys that are read at run time and stand last in its query; those as `keys`."""
    first = url[0] if url and isinstance(url[0], str) else ""
    scope: Scope = {
        "url": url,
        "address": url,
        "glob": any(character in first for character in "[]{}"),
        "odd": not first.startswith(("http://", "https://")),
    }
    if len(url) < 2:
        return scope
    keys: list[Scope] = []
    address = list(url)
    while len(address) > 1 and isinstance(address[-1], Env) and isinstance(address[-2], str):
        before = address[-2]
        start = max(before.rfind("?"), before.rfind("&"))
        if start < 0 or not before.endswith("=") or start == len(before) - 2:
            break
        keys.insert(0, {"pair": (before[start + 1 :], address[-1])})
        address[-2:] = [before[:start]] if before[:start] else []
    return {**scope, "address": tuple(address), "keys": keys, "url_env": True}


def _basic(basic: Basic) -> Scope:
    return {
        "basic": True,
        "user": (basic.user,),
        "password": (basic.password,),
        "credentials": (basic.user, ":", basic.password),
    }


def _body(body: Body, limits: Limits | None) -> tuple[str, str, Scope]:
    """Kind, media type, and what that kind brings with it."""
    if isinstance(body, JsonBody):
        native = limits is not None and faithful(body.value, limits)
        return "native" if native else "json", body.mime, {"value": body.value}
    if isinstance(body, TextBody):
        return "text", body.mime, {"content": body.text, "nul": "\0" in body.text}
    if isinstance(body, FileBody):
        return "file", body.mime, {"path": _path(body.path), "upload": "@" + _path(body.path)}
    if isinstance(body, FormBody):
        pairs = [_pair(name, value) for name, value in body.pairs]
        return "form", FORM, {"pairs": pairs, "nul": any("\0" in value for _, value in body.pairs)}
    return "multipart", "", _multipart(body.parts)


def _pair(name: str, value: str) -> Scope:
    encoded = quote(name, safe="")
    return {
        "name": name,
        "value": value,
        "named": name != "",
        "line": encoded + "=" + value,
        "encoded": encoded + "=" + quote(value, safe=""),
    }


def _multipart(parts: tuple[FormPart, ...]) -> Scope:
    items = [_part(part) for part in parts]
    return {
        "parts": items,
        "files": any("path" in item for item in items),
        "typed": any("typed" in item or "path" in item for item in items),
        "nul": any("\0" in str(item.get("content", "")) for item in items),
        "equals": any("=" in part.name for part in parts),
    }


def _part(part: FormPart) -> Scope:
    content = part.content
    item: Scope = {"name": part.name, "mime": content.mime, "filename": part.filename}
    if isinstance(content, FileBody):
        item["path"] = _path(content.path)
        item["filename"] = part.filename or content.path.replace("\\", "/").rsplit("/", 1)[-1]
        item["mime"] = content.mime or "application/octet-stream"
    else:
        item["content"] = content.text if isinstance(content, TextBody) else compact_json(content.value)
        if content.mime or part.filename:
            item["typed"] = True
            item["mime"] = content.mime or "text/plain"
    item["disposition"] = _disposition(item)
    item["assignment"] = part.name + "=" + str(item.get("content", ""))
    item["field"] = _curl_field(item)
    return item


def _path(path: str) -> str:
    """A path that no client takes for standard input or an option."""
    return "./" + path if path.startswith("-") else path


def _disposition(item: Mapping[str, object]) -> str:
    """The Content-Disposition of a part, written as browsers write it (HTML, "multipart form data")."""
    text = 'form-data; name="' + _parameter(str(item["name"])) + '"'
    if item["filename"]:
        text += '; filename="' + _parameter(str(item["filename"])) + '"'
    return text


def _parameter(text: str) -> str:
    return "".join(_PARAMETER_ESCAPES.get(character, character) for character in text)


def _curl_field(item: Mapping[str, object]) -> str:
    """A part as the argument of curl's -F: quoted inside, so that `;` and a leading `@` or `<` stay what they are."""
    path, filename, name = item.get("path"), str(item["filename"]), str(item["name"])
    field = name + "=" + ("@" + _curl_word(str(path)) if path is not None else _curl_quoted(str(item["content"])))
    if filename and (path is None or filename != str(path).rsplit("/", 1)[-1]):
        field += ";filename=" + _curl_word(filename)
    return field + ";type=" + str(item["mime"])


def _curl_word(text: str) -> str:
    return text if _CURL_WORD.fullmatch(text) else _curl_quoted(text)


def _curl_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
