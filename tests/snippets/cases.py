"""Requests that printing programs gets wrong: one for each way of being wrong that is known, and some plain ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from portal_gen.snippets.request import (
    Basic,
    Body,
    Env,
    FileBody,
    FormBody,
    FormPart,
    Header,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
)
from portal_gen.spec.tree import Decimal, Json

Case: TypeAlias = Callable[[str], Request]
"""The request for a base URL, which ends without a slash."""

FILES = {
    "hello.txt": b"hello from a file\n",
    'it\'s; a,b "c".txt': b"odd name\n",
    "photo.png": bytes(range(256)) * 3,
    "@at.txt": b"at\n",
}
"""Files that the programs find in their directory."""
ENVIRONMENT = {"API_KEY": "a/b+c&d=e%20f\"g'h$i", "API_USERNAME": "ann", "API_PASSWORD": "p:w'd$1"}
"""Variables that the programs find, awkward on purpose."""

_AWKWARD = {
    "quotes": 'it\'s "quoted" and \'\' "" `ticked`',
    "backslash": "a\\b \\\\ \\n \\u0041 \\' \\\" ends\\",
    "shell": "$HOME ${HOME} $(id) `id` !! !$ $batch",
    "newlines": "one\ntwo\n\nthree\n",
    "carriage": "one\r\ntwo\rthree",
    "tabs": "a\tb\x0bc\x0cd\x08e\x1bf\x7fg",
    "unicode": "é ü 漢字 🎉 ñ ß ﬁ",
    "invisible": "a\u200bb\u202ec\ufeffd\u2028e\u2029f\u00a0g\u00adh\U000e0041i\U000f0000j\ue000k",
    "interpolation": "#{1+1} #{x} %PATH% %d %s %% {{x}} ${x} <%= x %> \\(x)",
    "markup": "</script><b>&amp;&#39;</b><!-- -->",
    "at": "@hello.txt",
    "less": "<hello.txt",
    "dash": "-X",
    "semicolon": "v;type=text/html;filename=x",
    "blank": " lead and trail ",
}


def _send(
    body: Body | None, method: str = "POST", path: str = "/x", headers: tuple[Header, ...] = (), basic: Basic | None = None
) -> Case:
    return lambda base: Request(method, (base + path,), headers, body, basic)


def _json(value: Json, mime: str = "application/json", method: str = "POST") -> Case:
    return _send(JsonBody(mime, value), method)


def _text(text: str, mime: str = "text/plain") -> Case:
    return _send(TextBody(mime, text))


def _form(*pairs: tuple[str, str]) -> Case:
    return _send(FormBody(pairs))


def _parts(*parts: FormPart) -> Case:
    return _send(MultipartBody(parts))


def _field(name: str, text: str, mime: str = "") -> FormPart:
    return FormPart(name, TextBody(mime, text))


def _get(path: str) -> Case:
    return _send(None, "GET", path)


def _header(*headers: tuple[str, str]) -> Case:
    return _send(None, "GET", "/x", tuple((name, (value,)) for name, value in headers))


def _call(method: str, url: tuple[Part, ...], headers: tuple[Header, ...] = (), body: Body | None = None) -> Case:
    return lambda base: Request(method, (base + str(url[0]), *url[1:]), headers, body)


def _nested(depth: int) -> Json:
    value: Json = "deep"
    for _ in range(depth):
        value = {"a": [value]}
    return value


_JSON: dict[str, Case] = {
    "json": _json({"model": "zen", "messages": [{"role": "user", "content": "Hello"}], "stream": False, "stop": None, "n": 1}),
    "json-large": _json({"input": ["a sentence that takes some room on its line"] * 4, "options": {"a": True, "b": {"c": []}}}),
    "json-integers": _json({"a": 9007199254740991, "b": 9007199254740993, "c": -9007199254740993, "d": 10**30, "e": 0}),
    "json-safe-integers": _json({"a": 9007199254740991, "b": -9007199254740991, "c": 0}),
    "json-decimals": _json([Decimal(x) for x in ("1.0", "1e2", "1E+2", "0.5", "-0.0", "1.10", "0.00001", "1e400", "12.25")]),
    "json-point-zero": _json({"a": Decimal("1.0"), "b": Decimal("-0.0"), "c": Decimal("123456.0")}),
    "json-fractions": _json([Decimal(x) for x in ("0.5", "12.25", "0.0001", "123456789.123456", "-3.75")]),
    "json-many-digits": _json({"pi": Decimal("3.141592653589793238"), "tenth": Decimal("0.10000000000000000555")}),
    "json-proto": _json({"__proto__": {"a": 1}, "constructor": 1, "toString": None}),
    "json-index-keys": _json({"b": 1, "10": 2, "1": 3, "01": 4, "-1": 5}),
    "json-empty": _json({"object": {}, "list": [], "string": "", "nested": [{}, [], [[]], {"a": {}}]}),
    "json-constants": _json({"true": True, "false": False, "null": None, "list": [True, False, None]}),
    "json-root-object": _json({}),
    "json-root-list": _json([]),
    "json-root-null": _json(None),
    "json-root-true": _json(True),
    "json-root-false": _json(False),
    "json-root-string": _json("hello"),
    "json-root-zero": _json(0),
    "json-odd-keys": _json({"": 1, "it's": 2, 'a"b': 3, "$x": 4, "a b": 5, "é": 6, "a\\": 7, "a\nb": 8}),
    "json-nul": _json({"nul": "a\0b", "controls": "".join(map(chr, range(32)))}),
    "json-surrogate": _json({"half": "a\ud800b", "\udfff": 1}),
    "json-deep": _json(_nested(30)),
    "json-awkward-all": _json(dict(_AWKWARD)),
    "json-merge-patch": _json({"name": None, "tags": []}, "application/merge-patch+json", "PATCH"),
    "json-scim": _json({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}, "application/scim+json"),
    "json-charset": _json({"a": "é"}, "application/json; charset=utf-8"),
    "json-put": _json({"a": 1}, method="PUT"),
    "json-delete": _json({"ids": [1, 2]}, method="DELETE"),
    "json-get": _json({"query": "x"}, method="GET"),
    "json-head": _json({"query": "x"}, method="HEAD"),
    "json-query-method": _json({"query": "x"}, method="QUERY"),
}
_TEXT: dict[str, Case] = {
    "text-empty": _text(""),
    "text-xml": _text('<?xml version="1.0"?>\n<a b="c">it\'s &amp; é</a>\n', "application/xml"),
    "text-ndjson": _text('{"a":1}\n{"b":"é"}\n', "application/x-ndjson"),
    "text-json-as-written": _text('{"a" :1.0}\n', "application/json"),
    "text-nul": _text("a\0b"),
    "text-line-feed": _text("\n"),
    "text-quote": _text("'"),
    "text-backslash": _text("\\"),
}
_FORM: dict[str, Case] = {
    "form": _form(("grant_type", "client_credentials"), ("scope", "read write")),
    "form-repeated": _form(("b", "1"), ("a", "2"), ("b", "3"), ("b", "1")),
    "form-empty-value": _form(("a", ""), ("b", "x")),
    "form-empty-name": _form(("", "x=1 &"), ("b", "y")),
    "form-reserved": _form(("a", "1&b=2"), ("c", "3+4 5%20"), ("d", "é=#?/")),
    "form-odd-names": _form(("filter[a][b]", "1"), ('it\'s="x"', "2"), ("é ü&", "3"), ("@hello.txt", "4")),
    "form-none": _form(),
    "form-one-line-feed": _form(("a", "one\ntwo")),
}
_MULTIPART: dict[str, Case] = {
    "multipart-text": _parts(_field("a", "1"), _field("b", "two words")),
    "multipart-repeated": _parts(_field("a", "1"), _field("a", "2"), _field("a", "1")),
    "multipart-file": _parts(_field("model", "x"), FormPart("file", FileBody("text/plain", "hello.txt"))),
    "multipart-binary": _parts(FormPart("file", FileBody("image/png", "photo.png"), "other name.png")),
    "multipart-two-files": _parts(FormPart("f[]", FileBody("", "hello.txt")), FormPart("f[]", FileBody("image/png", "photo.png"))),
    "multipart-odd-file": _parts(FormPart("f", FileBody("text/plain", 'it\'s; a,b "c".txt'), "it's.txt")),
    "multipart-at-file": _parts(FormPart("f", FileBody("text/plain", "@at.txt"))),
    "multipart-json": _parts(
        FormPart("meta", JsonBody("application/json", {"a": [1, 'it\'s; "x" \\'], "b": Decimal("1.0")})), _field("b", "x")
    ),
    "multipart-typed": _parts(
        _field("a", '@x; "y" \\', "text/plain"), _field("b", "<hello.txt", "text/css"), _field("c", "\\", "text/plain")
    ),
    "multipart-typed-name": _parts(FormPart("a", TextBody("text/csv", "a,b\n1,2\n"), "data; x.csv")),
    "multipart-odd-names": _parts(_field('it\'s "x"', "1"), _field("é", "2"), _field("a b;c", "3")),
    "multipart-equals": _parts(_field("a=b", "1")),
    "multipart-empty": _parts(_field("a", "")),
    "multipart-none": _parts(),
}
_URL: dict[str, Case] = {
    "url": _get(""),
    "url-query": _get("/x?q=a%20b%26c&p=100%25&r=%3Fz%3D9%3F"),
    "url-repeated": _get("/x?a=1&a=2&a=1"),
    "url-empty-values": _get("/x?a=&b&c="),
    "url-reserved": _get("/x?fields=a,b;c:d@e/f?g!$()*"),
    "url-plus": _get("/x?a=1%2B2&b=c%20d"),
    "url-encoded-slash": _get("/files/a%2Fb%3Fc%23d%25e"),
    "url-quotes": _get("/x%27y%22z/%60?q=%27%22%5C%24HOME%60"),
    "url-path-literals": _get("/a:b/@c/$d/!e/(f)/*g/+h/,i/;j/=k/~l/&m"),
    "url-apostrophe": _get("/it's"),
    "url-dots": _get("/a..b/.c/d./..%2Ff"),
    "url-unicode": _get("/%C3%A9/%F0%9F%8E%89?q=%E6%BC%A2"),
    "url-brackets": _get("/x?a[0]=1&b={c}"),
    "url-deep": _get("/x?filter%5Ba%5D%5Bb%5D=1"),
}
_HEADERS: dict[str, Case] = {
    "header-empty": _header(("X-Empty", ""), ("X-Full", "x")),
    "header-twice": _header(("X-Multi", "a"), ("X-Other", "o"), ("x-multi", "b")),
    "header-odd": _header(("X-Odd", "\"quoted\" 'string' $HOME `id` \\ %d #x // ; , @y")),
    "header-proto": _header(("__proto__", "x"), ("constructor", "y")),
    "header-names": _header(("x_under.score", "1"), ("X-Tick`s", "2"), ("!#$%&'*+-.^_|~", "3")),
    "header-cookie": _header(("Cookie", "a=b%20c; d=e")),
    "header-cookies": _header(("Cookie", "a=1"), ("Cookie", "b=2")),
    "header-agent": _header(("User-Agent", "snippets/1.0 (it's)"), ("Accept", "application/vnd.x+json;q=0.9, */*")),
    "header-with-body": _call(
        "POST", ("/x",), (("content-type", ("text/plain",)), ("If-Match", ('"a"',))), JsonBody("application/json", {})
    ),
}
_METHODS: dict[str, Case] = {
    "method-" + method.lower(): _send(None, method)
    for method in ("HEAD", "DELETE", "PUT", "POST", "PATCH", "OPTIONS", "QUERY", "PROPFIND", "TRACE", "M-SEARCH")
}
_BEARER: Header = ("Authorization", ("Bearer ", Env("API_KEY")))
_OBJECT = JsonBody("application/json", {"a": 1})
_ACCESS: dict[str, Case] = {
    "access-bearer": _call("GET", ("/x",), (_BEARER,)),
    "access-bearer-json": _call("POST", ("/x",), (_BEARER,), _OBJECT),
    "access-header": _call("GET", ("/x",), (("X-Key", (Env("API_KEY"),)),)),
    "access-around": _call("GET", ("/x",), (("X-A", ("a=", Env("API_KEY"), "tail")), ("X-B", ("it's $", Env("API_KEY"), "\\")))),
    "access-query": _call("GET", ("/x?key=", Env("API_KEY"))),
    "access-query-more": _call("POST", ("/x?a=1&api%5Bkey%5D=", Env("API_KEY"), "&user=", Env("API_USERNAME")), (), _OBJECT),
    "access-cookie": _call("GET", ("/x",), (("Cookie", ("a=b", "; ", "key=", Env("API_KEY"))),)),
    "access-basic": lambda base: Request("GET", (base + "/x",), basic=Basic(Env("API_USERNAME"), Env("API_PASSWORD"))),
    "access-basic-form": lambda base: Request(
        "POST", (base + "/x",), (("X-A", ("b",)),), FormBody((("a", "b"),)), Basic(Env("API_USERNAME"), Env("API_PASSWORD"))
    ),
}
_OTHERS: dict[str, Case] = {
    "file": _send(FileBody("image/png", "photo.png"), "PUT"),
    "file-odd": _send(FileBody("application/octet-stream", 'it\'s; a,b "c".txt')),
    "file-at": _send(FileBody("application/octet-stream", "@at.txt")),
    "download": lambda base: Request(
        "POST", (base + "/speech",), (), JsonBody("application/json", {"a": 1}), download="speech.mp3"
    ),
    "download-odd": lambda base: Request("GET", (base + "/x",), download="it's here.bin"),
    "stream": lambda base: Request("POST", (base + "/x",), (), JsonBody("application/json", {"stream": True}), stream=True),
}
CASES: dict[str, Case] = {
    **_JSON,
    **{"json-" + name: _json({"s": text, text: [text]}) for name, text in _AWKWARD.items()},
    **_TEXT,
    **{"text-" + name: _text(text) for name, text in _AWKWARD.items()},
    **_FORM,
    **{"form-" + name: _form((name, text), (text, "1")) for name, text in _AWKWARD.items()},
    **_MULTIPART,
    **{"multipart-" + name: _parts(_field("a", text), _field("b", text, "text/plain")) for name, text in _AWKWARD.items()},
    **_URL,
    **_HEADERS,
    **_METHODS,
    **_ACCESS,
    **_OTHERS,
}
