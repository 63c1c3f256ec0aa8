"""Snippets as values: text and pieces, HTML, what cannot be sent, and what a target's data may not be."""

from __future__ import annotations

import re
from html import unescape

import pytest

from portal_gen.snippets.engine import html, render
from portal_gen.snippets.request import (
    Env,
    FileBody,
    FormBody,
    FormPart,
    JsonBody,
    MultipartBody,
    Parts,
    Request,
    TextBody,
    combined,
)
from portal_gen.snippets.targets import target, targets
from portal_gen.snippets.template import TemplateError, Words, condition, parsed
from tests.snippets.cases import CASES

IDS = tuple(target.id for target in targets())
_WORDS = Words(frozenset({"if"}), frozenset({"nil"}), "//")
URL: Parts = ("https://api.example.com/x",)


def test_targets_are_told_apart() -> None:
    assert IDS == ("curl", "python", "javascript", "go")
    assert [(item.label, item.extension) for item in targets()] == [
        ("curl", "sh"),
        ("Python", "py"),
        ("JavaScript", "mjs"),
        ("Go", "go"),
    ]
    assert all(item.lang and item.needs for item in targets())
    with pytest.raises(KeyError):
        target("cobol")


@pytest.mark.parametrize("target_id", IDS)
def test_pieces_make_the_text(target_id: str) -> None:
    for case in CASES.values():
        snippet = render(target_id, case("https://api.example.com/it's/$x"))
        assert "".join(text for _, text in snippet.spans) == snippet.text
        assert snippet.text.endswith("\n")
        assert not snippet.text.endswith("\n\n")
        assert snippet.cannot or "example.com" in snippet.text


@pytest.mark.parametrize("target_id", IDS)
def test_html_is_the_text_and_nothing_else(target_id: str) -> None:
    for case in CASES.values():
        snippet = render(target_id, case("https://api.example.com"))
        page = html(snippet)
        tags = re.findall(r"<[^>]*>", page)
        assert set(tags) <= {"</span>", *(f'<span class="{name}">' for name in ("s2", "mi", "k", "kc", "nv", "c1"))}
        assert unescape(re.sub(r"<[^>]*>", "", page)) == snippet.text
        assert "\r" not in page


def test_kinds_of_pieces() -> None:
    request = Request("POST", URL, (("Authorization", ("Bearer ", Env("KEY"))),), JsonBody("application/json", {"a": [1, None]}))
    assert ("name", "$KEY") in render("curl", request).spans
    pieces = render("python", request).spans
    assert {("keyword", "import"), ("string", '"a"'), ("number", "1"), ("constant", "None")} <= set(pieces)
    assert ("string", '"KEY"') in pieces


@pytest.mark.parametrize(
    ("target_id", "request_", "because"),
    [
        ("curl", Request("HEAD", URL, (), TextBody("text/plain", "x")), "HEAD"),
        ("curl", Request("POST", URL, (), TextBody("text/plain", "a\0b")), "NUL"),
        ("curl", Request("POST", URL, (), FormBody((("a", "\0"),))), "NUL"),
        ("curl", Request("POST", URL, (), MultipartBody((FormPart("a", TextBody("", "\0")),))), "NUL"),
        ("curl", Request("POST", URL, (), MultipartBody((FormPart("a=", TextBody("", "x")),))), "equals"),
        ("javascript", Request("GET", URL, (), JsonBody("application/json", {})), "GET"),
        ("javascript", Request("TRACE", URL), "refuses"),
    ],
)
def test_what_a_client_cannot_send_is_said(target_id: str, request_: Request, because: str) -> None:
    snippet = render(target_id, request_)
    assert because in snippet.cannot
    assert snippet.spans == (("comment", snippet.text),)
    assert snippet.text.count("\n") == 1


_ADDRESSES = (
    "/v1",
    "",
    "-o/tmp/x",
    "@file",
    "ftp://x/{a}",
    "https://{tenant}.example.com",
    "a'b\"c\\d$(e)`f`\n",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("url", _ADDRESSES)
@pytest.mark.parametrize("target_id", IDS)
def test_any_address_is_one_literal(target_id: str, url: str) -> None:
    snippet = render(target_id, Request("GET", (url,)))
    assert ("string", target(target_id).string(url)) in snippet.spans


def test_an_address_is_no_option_of_curl() -> None:
    assert render("curl", Request("GET", ("-o/tmp/x",))).text == "curl --url '-o/tmp/x'\n"
    assert render("curl", Request("GET", ("https://{a}.example.com/[1]",))).text.startswith("curl --globoff 'https://{a}")


def test_a_file_is_no_option_and_no_standard_input_of_curl() -> None:
    assert "@./- " not in render("curl", Request("POST", URL, (), FileBody("image/png", "-"))).text
    assert "--data-binary @./-\n" in render("curl", Request("POST", URL, (), FileBody("image/png", "-"))).text


def test_headers_are_combined() -> None:
    headers = (("X-A", ("1",)), ("Cookie", ("a=1",)), ("x-a", (Env("K"),)), ("cookie", ("b=2",)))
    assert combined(headers) == (("X-A", ("1", ", ", Env("K"))), ("Cookie", ("a=1", "; ", "b=2")))


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET IT", ()),
        ("", ()),
        ("GET", (("X A", ("x",)),)),
        ("GET", (("", ("x",)),)),
        ("GET", (("X:", ("x",)),)),
        ("GET", (("@file", ("x",)),)),
        ("GET", (("X", ("a\r\nY: b",)),)),
        ("GET", (("X", ("a\nb",)),)),
        ("GET", (("X", (" a",)),)),
        ("GET", (("X", ("é",)),)),
        ("GET", (("X", (Env("K"), "\n")),)),
        ("GET", (("X\n", ("a",)),)),
    ],
)
def test_requests_that_would_not_be_sent_as_written_do_not_exist(method: str, headers: tuple[tuple[str, Parts], ...]) -> None:
    with pytest.raises(ValueError, match="not a"):
        Request(method, URL, headers)


@pytest.mark.parametrize("name", ["", "1A", "A-B", "A B", "A$", "é", "A\n"])
def test_variables_have_harmless_names(name: str) -> None:
    with pytest.raises(ValueError, match="environment"):
        Env(name)


_UNBALANCED = (
    "{{#if a}}",
    "{{/if}}",
    "{{else}}",
    "{{#each a}}{{/if}}",
    "{{#each a}}{{else}}{{/each}}",
    "{{#if a}}{{else}}{{else}}{{/if}}",
)


@pytest.mark.parametrize("source", _UNBALANCED)
def test_templates_must_match(source: str) -> None:
    with pytest.raises(TemplateError):
        parsed(source, _WORDS)


def test_conditions() -> None:
    assert condition("A !B|C") == ((("A", True),), (("B", False), ("C", True)))
