"""From operations and values to requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from portal_gen.diagnostics import Location
from portal_gen.model.content import Encoding, Example, MediaType, RequestBody, Response
from portal_gen.model.operation import Operation, Parameter, Place
from portal_gen.model.schema import ABSENT, Absent, NamedSchema, Property, Schema
from portal_gen.model.security import SecurityRequirement, SecurityScheme
from portal_gen.snippets.operation_request import Choice, request_for
from portal_gen.snippets.request import (
    Basic,
    Body,
    Env,
    FileBody,
    FormBody,
    FormPart,
    JsonBody,
    MultipartBody,
    Parts,
    Request,
    TextBody,
)
from portal_gen.snippets.request_access import Access, env_name
from portal_gen.spec.tree import Json

HERE = Location("openapi.yaml")
BASE = "https://api.example.com/v1"
_DEFAULTS: dict[str, tuple[str, bool]] = {
    "path": ("simple", False),
    "query": ("form", True),
    "querystring": ("", False),
    "header": ("simple", False),
    "cookie": ("form", True),
}


def parameter(name: str, place: Place, style: str = "", explode: bool | None = None, **more: Any) -> Parameter:
    """A parameter, required unless told otherwise, with the defaults of its place."""
    usual = _DEFAULTS[place]
    filled = {"required": True, "style": style or usual[0], "explode": usual[1] if explode is None else explode, **more}
    return Parameter(name, place, HERE, **filled)


def called(
    *parameters: Parameter,
    path: str = "/x",
    method: str = "GET",
    base: str = BASE,
    access: Access | None = None,
    given: Mapping[str, Json] | None = None,
    **values: Json,
) -> Request:
    """The request for an operation with these parameters; `given` and `values` by name, whatever their place."""
    operation = Operation("operation", method, path, HERE, parameters=parameters)
    named = {**(given or {}), **values}
    chosen: dict[tuple[Place, str], Json] = {(place, name): named[name] for name in named for place in get_args(Place)}
    return request_for(operation, base, Choice(chosen), access)


def url_of(request: Request) -> str:
    assert len(request.url) == 1
    assert isinstance(request.url[0], str)
    return request.url[0]


@pytest.mark.parametrize("value", ["a/b", "a?b", "a#b", "a%2Fb", "../..", "a\\b", "é x", "a;b=c", "'\"$`"])
def test_values_cannot_leave_their_segment(value: str) -> None:
    request = called(parameter("id", "path"), path="/users/{id}/keys", id=value)
    segments = url_of(request).removeprefix(BASE).split("/")
    assert len(segments) == 4
    assert not set("?#\\ '\"$`;") & set(segments[2])
    assert segments[2] not in (".", "..")


@pytest.mark.parametrize("value", [".", "..", "", [], {}])
def test_values_that_clients_take_out_of_a_path_are_refused(value: Json) -> None:
    request = called(parameter("user_id", "path"), path="/users/{user_id}", user_id=value)
    assert url_of(request) == BASE + "/users/USER_ID"
    assert "{user_id}" in request.notes[0]


def test_dots_made_of_several_values_are_refused_too() -> None:
    parameters = parameter("a", "path"), parameter("b", "path")
    assert url_of(called(*parameters, path="/x/{a}{b}/y", a=".", b=".")) == BASE + "/x/AB/y"
    assert url_of(called(*parameters, path="/x/{a}.{b}/y", a="v", b="1")) == BASE + "/x/v.1/y"
    assert url_of(called(parameter("a", "path", "label"), path="/x/{a}", a=".")) == BASE + "/x/A"


@pytest.mark.parametrize(
    ("name", "word"), [("id", "ID"), ("orderId", "ORDER_ID"), ("user-name", "USER_NAME"), ("é", "VALUE"), ("2fa", "2FA")]
)
def test_unknown_path_values_are_words(name: str, word: str) -> None:
    assert url_of(called(parameter(name, "path"), path="/x/{" + name + "}")) == f"{BASE}/x/{word}"


def test_undeclared_variables_are_words() -> None:
    assert url_of(called(path="/x/{thing}")) == BASE + "/x/THING"


def test_the_author_shows_values() -> None:
    schema = Schema(HERE, types=("integer",), default=7)
    assert url_of(called(parameter("id", "path", schema=schema), path="/x/{id}")) == BASE + "/x/7"
    shown = parameter("id", "path", schema=schema, examples=(Example("a", value="ex"),))
    assert url_of(called(shown, path="/x/{id}")) == BASE + "/x/ex"
    assert url_of(called(shown, path="/x/{id}", id="mine")) == BASE + "/x/mine"
    enumerated = parameter("sort", "query", schema=Schema(HERE, enum=("up", "down")))
    assert url_of(called(enumerated)) == BASE + "/x?sort=up"


def test_optional_parameters_wait_for_a_value() -> None:
    optional = parameter("q", "query", required=False, schema=Schema(HERE, default="d"))
    assert url_of(called(optional)) == BASE + "/x"
    assert url_of(called(optional, q="a b&c?d=e")) == BASE + "/x?q=a%20b%26c%3Fd%3De"


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        ("https://h/p?z=9", "/x", "https://h/p/x?z=9&q=1"),
        ("https://h/", "/x", "https://h/x?q=1"),
        ("https://h", "/x?action=run", "https://h/x?action=run&q=1"),
        ("", "/x", "/x?q=1"),
        ("/api/", "/x", "/api/x?q=1"),
        ("https://h", "/a b/it's", "https://h/a%20b/it's?q=1"),
        ("https://{tenant}.h", "x", "https://{tenant}.h/x?q=1"),
    ],
)
def test_addresses_are_joined_with_one_question_mark(base: str, path: str, url: str) -> None:
    assert url_of(called(parameter("q", "query"), path=path, base=base, q=1)) == url


@pytest.mark.parametrize(
    ("style", "explode", "value", "query"),
    [
        ("form", True, ["a", "b"], "?p=a&p=b"),
        ("form", False, ["a", "b"], "?p=a,b"),
        ("pipeDelimited", False, ["a", "b"], "?p=a%7Cb"),
        ("deepObject", True, {"a": 1}, "?p%5Ba%5D=1"),
        ("form", True, [], ""),
    ],
)
def test_styles_reach_the_query(style: str, explode: bool, value: Json, query: str) -> None:
    assert url_of(called(parameter("p", "query", style, explode), p=value)) == BASE + "/x" + query


def test_reserved_characters_and_content_and_whole_queries() -> None:
    assert url_of(called(parameter("p", "query", allow_reserved=True), p="a/b:c&d=e#")) == BASE + "/x?p=a/b:c%26d=e%23"
    assert url_of(called(parameter("p", "path", allow_reserved=True), path="/{p}", p="a/b:c?")) == BASE + "/a%2Fb:c%3F"
    content = (MediaType("application/json", HERE),)
    assert url_of(called(parameter("p", "query", content=content), p={"a": "b"})) == BASE + "/x?p=%7B%22a%22%3A%20%22b%22%7D"
    assert url_of(called(parameter("p", "querystring", content=content), p=[1])) == BASE + "/x?%5B1%5D"
    form = (MediaType("application/x-www-form-urlencoded", HERE),)
    assert url_of(called(parameter("p", "querystring", content=form), p={"a": ["1", "2"], "b": "&"})) == BASE + "/x?a=1&a=2&b=%26"


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_headers_that_openapi_ignores(name: str) -> None:
    request = called(parameter(name, "header"), given={name: "x"})
    assert (request.headers, request.notes) == ((), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X A", "x"),
        ("X:", "x"),
        ("X\r\nY", "x"),
        ("X", "a\r\nY: b"),
        ("X", "a\nb"),
        ("X", "é"),
        ("Host", "x"),
        ("Content-Length", "1"),
    ],
)
def test_headers_that_cannot_be_sent_are_left_out_and_named(name: str, value: str) -> None:
    request = called(parameter(name, "header"), given={name: value})
    assert request.headers == ()
    assert repr(name) in request.notes[0]


def test_headers() -> None:
    request = called(
        parameter("X-List", "header"),
        parameter("X-Map", "header", explode=True),
        parameter("X-Blank", "header"),
        given={"X-List": ["a b", 1], "X-Map": {"a": True}, "X-Blank": "  x "},
    )
    assert request.headers == (("X-List", ("a b,1",)), ("X-Map", ("a=true",)), ("X-Blank", ("x",)))


def test_cookies_become_one_header() -> None:
    request = called(
        parameter("a", "cookie"),
        parameter("b", "cookie"),
        parameter("c", "cookie", "cookie"),
        a="x y;z",
        b=["1", "2"],
        c="p%20q",
    )
    assert request.headers == (("Cookie", ("a=x%20y%3Bz", "; ", "b=1&b=2", "; ", "c=p%20q")),)
    refused = called(parameter("c", "cookie", "cookie"), c="x; d=e")
    assert refused.headers == ()
    assert "'c'" in refused.notes[0]


def access(*schemes: SecurityScheme, key_env: str = "HANZO_API_KEY") -> Access:
    return Access(
        {scheme.key: scheme for scheme in schemes}, SecurityRequirement(tuple((scheme.key, ()) for scheme in schemes)), key_env
    )


def scheme(type_: str, key: str = "key", **more: Any) -> SecurityScheme:
    return SecurityScheme(key, type_, HERE, **more)


_KEY = Env("HANZO_API_KEY")


@pytest.mark.parametrize(
    ("described", "header"),
    [
        (scheme("http", scheme="bearer"), ("Authorization", ("Bearer ", _KEY))),
        (scheme("http", scheme="Bearer", bearer_format="JWT"), ("Authorization", ("Bearer ", _KEY))),
        (scheme("http", scheme="bearer", bearer_format="OTHER_KEY"), ("Authorization", ("Bearer ", Env("OTHER_KEY")))),
        (scheme("oauth2"), ("Authorization", ("Bearer ", _KEY))),
        (scheme("openIdConnect"), ("Authorization", ("Bearer ", _KEY))),
        (scheme("apiKey", name="X-Key", place="header"), ("X-Key", (_KEY,))),
        (scheme("apiKey", name="sid", place="cookie"), ("Cookie", ("sid=", _KEY))),
        (scheme("http", scheme="Token"), ("Authorization", ("Token ", _KEY))),
    ],
)
def test_access_in_headers(described: SecurityScheme, header: tuple[str, Parts]) -> None:
    assert called(access=access(described)).headers == (header,)


def test_access_in_the_query_stands_last() -> None:
    described = access(scheme("apiKey", name="api[key]", place="query"))
    assert called(access=described).url == (BASE + "/x?api%5Bkey%5D=", _KEY)
    assert called(parameter("q", "query"), access=described, q=1).url == (BASE + "/x?q=1&api%5Bkey%5D=", _KEY)
    both = access(scheme("apiKey", "a", name="a", place="query"), scheme("apiKey", "b", name="b", place="query"))
    assert called(access=both).url == (BASE + "/x?a=", Env("HANZO_A"), "&b=", Env("HANZO_B"))


def test_basic_access_has_two_variables() -> None:
    assert called(access=access(scheme("http", scheme="basic"))).basic == Basic(Env("HANZO_USERNAME"), Env("HANZO_PASSWORD"))


def test_several_keys_have_a_variable_each() -> None:
    request = called(
        access=access(
            scheme("apiKey", "apiKey", name="X-Key", place="header"), scheme("apiKey", "app", name="X-App", place="header")
        )
    )
    assert request.headers == (("X-Key", (Env("HANZO_APIKEY"),)), ("X-App", (Env("HANZO_APP"),)))


def test_a_parameter_that_is_the_key_is_not_sent_twice() -> None:
    described = access(scheme("apiKey", name="X-Key", place="header"))
    assert called(parameter("x-key", "header"), access=described).headers == (("X-Key", (_KEY,)),)
    described = access(scheme("apiKey", name="key", place="query"))
    assert called(parameter("key", "query"), access=described).url == (BASE + "/x?key=", _KEY)


@pytest.mark.parametrize(
    "described", [scheme("mutualTLS"), scheme("http", scheme="digest"), scheme("apiKey", name="X Key", place="header")]
)
def test_access_that_no_header_shows_is_noted(described: SecurityScheme) -> None:
    request = called(access=access(described))
    assert (request.headers, request.basic) == ((), None)
    assert "key" in request.notes[0]


def test_two_schemes_do_not_share_a_header() -> None:
    request = called(access=access(scheme("http", "a", scheme="bearer"), scheme("oauth2", "b")))
    assert request.headers == (("Authorization", ("Bearer ", Env("HANZO_A"))),)
    assert "b" in request.notes[0]


def test_a_scheme_that_is_not_described_is_noted() -> None:
    request = called(access=Access({}, SecurityRequirement((("gone", ()),))))
    assert "gone" in request.notes[0]


@pytest.mark.parametrize(
    ("text", "name"), [("Hanzo AI", "HANZO_AI"), ("é", "API_KEY"), ("4shared", "API_4SHARED"), ("a;rm -rf", "A_RM_RF")]
)
def test_names_of_variables(text: str, name: str) -> None:
    assert env_name(text) == name


def body_of(mime: str, value: Json | Absent, schema: Schema | None = None, *encodings: Encoding, **more: Any) -> Body | None:
    media = MediaType(mime, HERE, schema=schema, encodings=encodings, **more)
    operation = Operation("operation", "POST", "/x", HERE, body=RequestBody(HERE, required=True, content=(media,)))
    return request_for(operation, BASE, Choice(body=value), schemas={"File": _FILE}).body


_FILE = NamedSchema("File", "File", Schema(HERE, types=("string",), format="binary"), HERE)


@pytest.mark.parametrize(
    ("mime", "value", "body"),
    [
        ("application/json", {"a": 1}, JsonBody("application/json", {"a": 1})),
        ("application/json", "text", JsonBody("application/json", "text")),
        ("application/json", None, JsonBody("application/json", None)),
        ("application/merge-patch+json", {}, JsonBody("application/merge-patch+json", {})),
        ("application/x-ndjson", [{"a": 1}, 2], TextBody("application/x-ndjson", '{"a": 1}\n2\n')),
        ("application/json-seq", [1], TextBody("application/json-seq", "\x1e1\n")),
        ("application/xml", "<a/>", TextBody("application/xml", "<a/>")),
        ("application/xml", {"a": 1}, FileBody("application/xml", "body.xml")),
        ("text/plain", "x", TextBody("text/plain", "x")),
        ("text/plain; charset=utf-8", "x", TextBody("text/plain; charset=utf-8", "x")),
        ("image/png", ABSENT, FileBody("image/png", "body.png")),
        ("image/*", ABSENT, FileBody("application/octet-stream", "body.bin")),
        ("application/octet-stream", "photo.jpg", FileBody("application/octet-stream", "photo.jpg")),
        ("*/*", {"a": 1}, JsonBody("application/json", {"a": 1})),
        ("bad\r\nX: y", ABSENT, FileBody("application/octet-stream", "body.bin")),
        (
            "application/x-www-form-urlencoded",
            {"a": [1, 2], "b": {"c": 1}},
            FormBody((("a", "1"), ("a", "2"), ("b", '{"c": 1}'))),
        ),
        ("application/json", ABSENT, None),
        ("multipart/mixed", ["a"], None),
        ("multipart/related", ABSENT, None),
    ],
)
def test_bodies(mime: str, value: Json | Absent, body: Body | None) -> None:
    assert body_of(mime, value) == body


@pytest.mark.parametrize(
    ("text", "types", "body"),
    [
        ('{"a": 1.0}', ("object",), TextBody("application/json", '{"a": 1.0}')),
        ("[1]", ("array", "null"), TextBody("application/json", "[1]")),
        ("{no JSON}", ("object",), JsonBody("application/json", "{no JSON}")),
        ('{"a": 1}', ("object", "string"), JsonBody("application/json", '{"a": 1}')),
        ('{"a": 1}', (), JsonBody("application/json", '{"a": 1}')),
    ],
)
def test_an_example_that_is_json_as_text_is_sent_as_it_is(text: str, types: tuple[str, ...], body: Body) -> None:
    assert body_of("application/json", text, Schema(HERE, types=types)) == body


def test_form_styles() -> None:
    deep = Encoding("m", style="deepObject", explode=True)
    flat = Encoding("l", style="form", explode=False)
    body = body_of("application/x-www-form-urlencoded", {"m": {"a": {"b": 1}}, "l": ["x", "y"]}, None, deep, flat)
    assert body == FormBody((("m[a][b]", "1"), ("l", "x,y")))


def test_multipart_parts() -> None:
    schema = Schema(
        HERE,
        properties=(
            Property("file", Schema(HERE, ref="File"), True),
            Property("files", Schema(HERE, types=("array",), items=Schema(HERE, ref="File")), False),
            Property("cover", Schema(HERE, types=("string",)), False),
            Property("meta", Schema(HERE, types=("object",)), False),
            Property("n", Schema(HERE, types=("integer",)), False),
        ),
    )
    value: Json = {"n": 1, "meta": {"a": 1}, "files": ["a.txt", "b.png"], "cover": "x", "tags": ["t", "u"]}
    body = body_of("multipart/form-data", value, schema, Encoding("cover", "image/jpeg, image/png"))
    assert body == MultipartBody(
        (
            FormPart("file", FileBody("application/octet-stream", "file.bin")),
            FormPart("files", FileBody("text/plain", "a.txt")),
            FormPart("files", FileBody("image/png", "b.png")),
            FormPart("cover", FileBody("image/jpeg", "cover.jpg")),
            FormPart("meta", JsonBody("application/json", {"a": 1})),
            FormPart("n", TextBody("", "1")),
            FormPart("tags", TextBody("", "t")),
            FormPart("tags", TextBody("", "u")),
        )
    )


def test_the_authors_example_is_the_body() -> None:
    assert body_of("application/json", ABSENT, None, examples=(Example("a", value=[1]),)) == JsonBody("application/json", [1])
    written = (Example("a", serialized='{"a" :1.0}'),)
    assert body_of("application/json", ABSENT, None, examples=written) == TextBody("application/json", '{"a" :1.0}')
    assert body_of("application/json", '{"a" :1.0}', None, examples=written) == TextBody("application/json", '{"a" :1.0}')


def answered(*mimes: str, body: Json = None, path: str = "/audio/{id}/speech") -> Request:
    content = tuple(MediaType(mime, HERE) for mime in mimes)
    taken = RequestBody(HERE, content=(MediaType("application/json", HERE),))
    operation = Operation("operation", "POST", path, HERE, body=taken, responses=(Response("200", HERE, content=content),))
    return request_for(operation, BASE, Choice(body=body))


@pytest.mark.parametrize(
    ("mimes", "body", "stream", "download"),
    [
        (("application/json",), None, False, ""),
        (("text/event-stream",), None, True, ""),
        (("application/json", "text/event-stream"), None, False, ""),
        (("application/json", "text/event-stream"), {"stream": True}, True, ""),
        (("application/json",), {"stream": True}, False, ""),
        (("audio/mpeg",), None, False, "speech.mp3"),
        (("application/octet-stream", "text/event-stream"), None, False, "speech.bin"),
        (("application/octet-stream", "application/json"), None, False, ""),
        (("*/*",), None, False, ""),
    ],
)
def test_answers(mimes: tuple[str, ...], body: Json, stream: bool, download: str) -> None:
    request = answered(*mimes, body=body)
    assert (request.stream, request.download) == (stream, download)


def test_downloads_have_harmless_names() -> None:
    assert answered("image/png", path="/{a}/-x/it's").download == "output.png"


def test_methods_are_written_in_capitals() -> None:
    assert called(method="get").method == "GET"
    assert called(method="M-Search").method == "M-Search"
