"""Regular expressions of ECMA-262: texts made for them match, and matching agrees with another implementation."""

import time
from typing import Any

import jsonschema_rs
import pytest

from portal_gen.examples.matching import matches
from portal_gen.examples.pattern import read
from portal_gen.examples.text import samples, texts

PATTERNS = [
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^\d{3}-\d{2}-\d{4}$",
    r"^(GET|POST)$",
    r"^#[0-9a-fA-F]{6}$",
    r"^v?\d+\.\d+\.\d+(-[\w.]+)?$",
    r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
    r"^\p{L}+$",
    r"^\u0041{2}\x42\cJ?$",
    r"^(?<year>\d{4})-(?<month>0[1-9]|1[0-2])$",
    r"^([ab])c\1$",
    r"^.{10,20}$",
    r"^a{2,}b{0,3}c?$",
    r"^[\w.+-]+$",
    r"^[-a-z]+$",
    r"^\/v1\/[A-Z]\w*$",
    r"\bword\b",
    r"^(?=.*\d)(?=.*[a-z]).{8}$",
    r"^(?!-)[a-z-]{1,63}(?<!-)$",
    r"^$",
    r"",
    r"x|y",
    r"^(a|b(c|d)){2}$",
    r"^[\[\]{}]+$",
    r"^[^a-zA-Z0-9]+$",
    r"^(([a-z]+)\.)+[a-z]+$",
    r"^\$\{[A-Z_]+\}$",
    r"^[\d\-:]+$",
    r"^[A-Za-z0-9+/]{4}={0,2}$",
    r"^arn:[^:]+:[^:]*:[0-9]{12}$",
    r"^[一-龥]{2}$",
]


def agrees(pattern: str, text: str) -> bool:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, offline=True).is_valid(text)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_samples_match(pattern: str) -> None:
    found = list(texts("", "", pattern, 0, None, 0))
    assert found
    assert [text for text in found if not agrees(pattern, text)] == []


TEXTS = ["", "a", "ab", "a-b", "-a", "GET", "123-45-6789", "#00ff7F", "v1.2.3-rc", "ada@example.com", "é", "aca", "2026-11", "x\n"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_matching_agrees(pattern: str) -> None:
    assert [text for text in TEXTS if matches(pattern, text) is not agrees(pattern, text)] == []


LENGTHS = [(r"^[a-z]+$", 30, 30), (r"^[a-z]*$", 0, 0), (r"^(ab)+$", 7, 8), (r"^\w+-\w+$", 40, 50), (r"[a-z]", 9, 9)]


@pytest.mark.parametrize(("pattern", "shortest", "longest"), LENGTHS)
def test_lengths(pattern: str, shortest: int, longest: int) -> None:
    text = next(texts("", "", pattern, shortest, longest, 0))
    assert shortest <= len(text) <= longest
    assert agrees(pattern, text)


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "(?P<x>a)", "\\", "(?i)a", r"\p{Klingon}", "(" * 100 + ")" * 100])
def test_what_cannot_be_read_claims_nothing(pattern: str) -> None:
    assert read(pattern) is None
    assert matches(pattern, "anything")
    assert samples(pattern, 0, 10, 0) == ()


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"^(\w*)*$", r"^([a-z]+|[a-z0-9]+)*$", r"^((a{1,50}){1,50})$"])
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    begin = time.process_time()
    matches(pattern, "a" * 60 + "!")
    next(texts("", "", pattern, 0, None, 0), None)
    assert time.process_time() - begin < 2


NAMES: list[tuple[dict[str, Any], str]] = [
    ({"name": "slug", "pattern": "^[a-z-]+$"}, "an-example"),
    ({"name": "email", "pattern": "@example\\.com$"}, "ada@example.com"),
    ({"name": "id", "pattern": "^usr_[a-z0-9]{4}$"}, "usr_abcd"),
]


@pytest.mark.parametrize(("asked", "text"), NAMES)
def test_a_telling_text_is_kept_where_it_matches(asked: dict[str, Any], text: str) -> None:
    assert next(texts(asked["name"], "", asked["pattern"], 0, None, 0)) == text
