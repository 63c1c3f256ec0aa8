"""The tables of OpenAPI 3.2, section 4.12.6, and what they leave open."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_gen.snippets import serialize
from portal_gen.snippets.serialize import (
    RESERVED_IN_QUERY,
    cookie,
    encode,
    encode_reserved,
    form,
    label,
    matrix,
    path_literal,
    query_text,
    same,
    simple,
)
from portal_gen.spec.tree import Decimal, Json

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
EMPTY = ""
STRING = "blue"
ARRAY: list[Json] = ["blue", "black", "brown"]
OBJECT: dict[str, Json] = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "empty", "string", "array", "object_"),
    [
        ("matrix", False, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        ("matrix", True, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
        ("label", False, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        ("label", True, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        ("simple", False, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        ("simple", True, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ("form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        ("form", True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        ("spaceDelimited", False, None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        ("pipeDelimited", False, None, None, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("deepObject", True, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ],
)
def test_the_table(style: str, explode: bool, empty: str | None, string: str | None, array: str | None, object_: str) -> None:
    values: list[tuple[Json, str | None]] = [(EMPTY, empty), (STRING, string), (ARRAY, array), (OBJECT, object_)]
    for value, expected in values:
        if expected is not None:
            assert _written(style, explode, value) == expected


def _written(style: str, explode: bool, value: Json) -> str:
    if style == "matrix":
        return matrix("color", value, explode, encode)
    if style == "label":
        return label(value, explode, encode)
    if style == "simple":
        return simple(value, explode, encode)
    return query_text(form("color", value, style, explode, encode))


@pytest.mark.parametrize(
    ("explode", "style", "value", "text"),
    [
        (True, "form", ["a b", "c,d", "e&f"], "p=a%20b&p=c%2Cd&p=e%26f"),
        (False, "form", ["a b", "c,d"], "p=a%20b,c%2Cd"),
        (True, "form", [], ""),
        (False, "form", {}, ""),
        (True, "form", [None, "a"], "p=a"),
        (True, "form", True, "p=true"),
        (True, "form", None, "p="),
        (True, "form", Decimal("1.0"), "p=1.0"),
        (True, "form", 9007199254740993, "p=9007199254740993"),
        (True, "form", [{"a": 1}], "p=%7B%22a%22%3A%201%7D"),
        (True, "spaceDelimited", ["a", "b"], "p=a&p=b"),
        (True, "deepObject", {"a": {"b": [1, 2]}, "c": None}, "p%5Ba%5D%5Bb%5D%5B0%5D=1&p%5Ba%5D%5Bb%5D%5B1%5D=2"),
        (True, "deepObject", [{"x": 1}], "p%5B0%5D%5Bx%5D=1"),
        (True, "deepObject", "plain", "p=plain"),
        (True, "form", "a?b=c#d/é'\"+", "p=a%3Fb%3Dc%23d%2F%C3%A9%27%22%2B"),
    ],
)
def test_queries(explode: bool, style: str, value: Json, text: str) -> None:
    assert query_text(form("p", value, style, explode, encode)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("/v1/a:b,c;d@e!$(x)*=?", "/v1/a:b,c;d@e!$(x)*=?"),
        ("a&b+c#d[e]'f", "a%26b%2Bc%23d%5Be%5D%27f"),
        ("100%25 of 5% %zz", "100%25%20of%205%25%20%25zz"),
        ('é"<>\\^`{|}', "%C3%A9%22%3C%3E%5C%5E%60%7B%7C%7D"),
    ],
)
def test_reserved_characters_stay_where_they_are_harmless(text: str, written: str) -> None:
    assert encode_reserved(text, RESERVED_IN_QUERY) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("/a b/", "/a%20b/"), ("/a%2Fb:c@d", "/a%2Fb:c@d"), ("/é?#[", "/%C3%A9%3F%23%5B"), ("/~x'y", "/~x'y"), ("/50%", "/50%25")],
)
def test_path_literals(text: str, written: str) -> None:
    assert path_literal(text) == written


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("form", True, "a b;c", "p=a%20b%3Bc"),
        ("form", False, ["a", "b"], "p=a,b"),
        ("form", True, ["a", "b"], "p=a&p=b"),
        ("cookie", True, ["a", "b"], "p=a; p=b"),
        ("cookie", True, {"a": 1, "b": 2}, "a=1; b=2"),
        ("cookie", False, ["a", "b"], "p=a,b"),
        ("cookie", True, "a%20b", "p=a%20b"),
    ],
)
def test_cookies(style: str, explode: bool, value: Json, text: str) -> None:
    assert cookie("p", value, style, explode) == text


def test_headers_are_not_encoded() -> None:
    assert simple(["a b", "c/d"], False, same) == "a b,c/d"
    assert simple({"a": "é", "b": True}, True, same) == "a=é,b=true"


@given(_TEXTS)
def test_encoding_can_be_undone_and_leaves_only_unreserved_characters(text: str) -> None:
    written = encode(text)
    assert unquote(written) == text
    assert set(written) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%")


@given(st.lists(st.tuples(_TEXTS.filter(bool), _TEXTS), max_size=4))
def test_pairs_survive_a_query(pairs: list[tuple[str, str]]) -> None:
    text = query_text([pair for name, value in pairs for pair in form(name, value, "form", True, encode)])
    assert parse_qsl(text, keep_blank_values=True) == pairs


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert serialize.encode("a\ud800") == "a%EF%BF%BD"
