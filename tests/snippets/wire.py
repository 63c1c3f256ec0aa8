"""What a request must look like on the wire, compared with what came. Reads bodies with code of its own."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, quote

from portal_gen.snippets.request import Env, FileBody, FormBody, FormPart, JsonBody, MultipartBody, Parts, Request, TextBody
from portal_gen.spec.tree import Decimal, Json
from tests.snippets.cases import ENVIRONMENT, content_of
from tests.snippets.echo import Received

_TOKEN = re.compile(r'[ \t\r\n]*("(?:[^"\\\x00-\x1f]|\\.)*"|[{}\[\],:]|-?\d[\d.eE+-]*|true|false|null)[ \t\r\n]*')
_UNITS = re.compile(r'\\u([0-9a-fA-F]{4})|\\(["\\/bfnrt])|([^\\]+)')
_NAMED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def differences(request: Request, received: Received, target_id: str) -> Iterator[str]:
    """Every way in which what came is not what was asked for."""
    if received.method != request.method:
        yield f"method {received.method}, not {request.method}"
    address = _filled(request.url, encoded=True)
    wanted = address[address.index("/", len("http://")) :]
    if _one_case(received.target) != _one_case(wanted):
        yield f"target {received.target}, not {wanted}"
    yield from _header_differences(request, received)
    yield from _body_differences(request, received, target_id)


def _one_case(target: str) -> str:
    """A target with its percent-encoded triples in capitals: curl writes small letters, which mean the same.
    Some clients encode brackets, others leave them."""
    target = re.sub(r"[\[\]{}]", lambda match: quote(match[0]), target)
    return re.sub("%[0-9a-f]{2}", lambda match: match[0].upper(), target, flags=re.IGNORECASE)


def _filled(parts: Parts, encoded: bool = False) -> str:
    return "".join(
        (quote(ENVIRONMENT[part.name], safe="") if encoded else ENVIRONMENT[part.name]) if isinstance(part, Env) else part
        for part in parts
    )


def _header_differences(request: Request, received: Received) -> Iterator[str]:
    expected: dict[str, list[str]] = {}
    for name, value in request.headers:
        if not (request.body is not None and name.lower() == "content-type"):
            expected.setdefault(name.lower(), []).append(_filled(value))
    if request.basic:
        pair = f"{_filled((request.basic.user,))}:{_filled((request.basic.password,))}"
        expected["authorization"] = ["Basic " + base64.b64encode(pair.encode()).decode()]
    for name, values in expected.items():
        wanted = ("; " if name == "cookie" else ", ").join(values)
        if received.values(name) != [wanted]:
            yield f"header {name}: {received.values(name)}, not {[wanted]}"


def _body_differences(request: Request, received: Received, target_id: str) -> Iterator[str]:
    body = request.body
    types = received.values("content-type")
    match body:
        case JsonBody(mime, value):
            if types != [mime]:
                yield f"content type {types}, not {mime}"
            sent = list(json_tokens(received.body.decode("utf-8")))
            if sent != list(tree_tokens(value)):
                yield f"JSON {received.body!r}, not {value!r}"
        case TextBody(mime, text):
            if types != [mime] or received.body != text.encode():
                yield f"{types} {received.body!r}, not {mime} {text!r}"
        case FileBody(mime, path):
            if types != [mime] or received.body != content_of(path):
                yield f"{types} {received.body!r}, not {path} as {mime}"
        case FormBody(pairs) if pairs:
            yield from _form_differences(pairs, received, target_id)
        case MultipartBody(parts) if parts:
            yield from _multipart_differences(parts, received, target_id)
        case _:
            if received.body:
                yield f"a body: {received.body!r}"


def _form_differences(pairs: Sequence[tuple[str, str]], received: Received, target_id: str) -> Iterator[str]:
    sent = parse_qsl(received.body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
    # Go's url.Values writes names in alphabetical order, and the values of each name in their own.
    wanted = sorted(pairs, key=lambda pair: pair[0].encode()) if target_id == "go" else list(pairs)
    kinds = [value.partition(";")[0] for value in received.values("content-type")]
    if kinds != ["application/x-www-form-urlencoded"] or sent != wanted:
        yield f"{kinds} {sent}, not {wanted}"


def _multipart_differences(parts: Sequence[FormPart], received: Received, target_id: str) -> Iterator[str]:
    types = received.values("content-type")
    if len(types) != 1 or not types[0].startswith("multipart/form-data; boundary="):
        yield f"content type {types}"
        return
    sent = list(_received_parts(received.body, types[0].partition("boundary=")[2].strip('"')))
    if len(sent) != len(parts):
        yield f"{len(sent)} parts, not {len(parts)}"
    for part, (headers, content) in zip(parts, sent, strict=False):
        if not _same_part(part, headers, content, target_id):
            yield f"part {headers} {content!r}, not {part}"


def _received_parts(body: bytes, boundary: str) -> Iterator[tuple[Mapping[str, str], bytes]]:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    for piece in pieces[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode("utf-8").split("\r\n")]
        yield {name.lower(): value.strip() for name, _, value in lines}, content


def _same_part(part: FormPart, headers: Mapping[str, str], content: bytes, target_id: str) -> bool:
    text = isinstance(part.content, TextBody)
    mime = part.content.mime or ("" if text and not part.filename else "application/octet-stream" if not text else "text/plain")
    parameters = _disposition(headers["content-disposition"])
    filename = part.filename
    if isinstance(part.content, FileBody):
        filename = filename or part.content.path
    elif mime and not filename and target_id == "javascript":
        filename = "blob"  # A part with a type is a Blob for FormData, and a Blob always has a name.
    if isinstance(part.content, FileBody):
        same = content == content_of(part.content.path)
    elif isinstance(part.content, JsonBody):
        same = list(json_tokens(content.decode())) == list(tree_tokens(part.content.value))
    else:
        same = _same_text(content.decode(), part.content.text, not mime and target_id == "javascript")
    return same and parameters == (part.name, filename) and headers.get("content-type", "") == mime


def _same_text(sent: str, wanted: str, form_data: bool) -> bool:
    """FormData turns every line end of a plain field into CR LF (HTML, "constructing the entry list")."""
    return sent == (re.sub(r"\r\n|\r|\n", "\r\n", wanted) if form_data else wanted)


def _disposition(value: str) -> tuple[str, str]:
    """Name and filename. Both spellings of a quote inside are in use: `%22`, and a backslash before it."""
    found = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', value))
    plain = {key: re.sub(r'\\(["\\])', r"\1", text).replace("%22", '"') for key, text in found.items()}
    return plain["name"], plain.get("filename", "")


def json_tokens(text: str) -> Iterator[tuple[str, str]]:
    """A JSON text as tokens: punctuation and numbers as written, strings decoded. Raises ValueError for what is not JSON."""
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"not JSON at {position}: {text!r}")
        position = match.end()
        token = match[1]
        yield ("string", _unescaped(token[1:-1])) if token.startswith('"') else ("token", token)


def _unescaped(text: str) -> str:
    """A string without its escapes, as UTF-16 units: so that a pair of escapes equals the character they make."""
    units = []
    for code, named, plain in _UNITS.findall(text):
        units.append(chr(int(code, 16)) if code else _NAMED.get(named, named) if named else plain)
    return utf16("".join(units))


def utf16(text: str) -> str:
    """Text as a string of UTF-16 units in hexadecimal."""
    return text.encode("utf-16-be", "surrogatepass").hex()


def tree_tokens(value: Json) -> Iterator[tuple[str, str]]:
    """The tokens that a tree must be sent as."""
    if isinstance(value, str):
        yield "string", utf16(value)
    elif isinstance(value, Mapping):
        yield "token", "{"
        for index, (key, item) in enumerate(value.items()):
            yield from (("token", ","),) if index else ()
            yield "string", utf16(key)
            yield "token", ":"
            yield from tree_tokens(item)
        yield "token", "}"
    elif isinstance(value, Sequence):
        yield "token", "["
        for index, item in enumerate(value):
            yield from (("token", ","),) if index else ()
            yield from tree_tokens(item)
        yield "token", "]"
    elif isinstance(value, Decimal):
        yield "token", value.lexeme
    else:
        yield "token", "null" if value is None else str(value).lower()
