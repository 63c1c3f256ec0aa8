"""Where things stand: the same document as YAML and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portal_gen.spec import parse
from portal_gen.spec.tree import Map, Seq, where
from tests.spec.support import CORPUS, needs_corpus

YAML = """\
a: 1
b:
  - x
  - c: 2
    d: [3, {e: 4}]
ü: "ß"
f: {}
"""
JSON = """\
{
  "a": 1,
  "b": [
    "x",
    {"c": 2,
     "d": [3, {"e": 4}]}],
  "ü": "ß", "f": {}
}
"""


def test_yaml() -> None:
    root = parse(YAML, "f.yaml").value
    assert root.marks == {"a": (1, 1), "b": (2, 1), "ü": (6, 1), "f": (7, 1)}
    assert root["b"].marks == [(3, 5), (4, 5)]
    assert root["b"][1].marks == {"c": (4, 5), "d": (5, 5)}
    assert root["b"][1]["d"].marks == [(5, 9), (5, 12)]
    assert root["f"].mark == (7, 4)
    assert str(where(root["b"][1]["d"][1], "e")) == "f.yaml:5:13"


def test_json() -> None:
    root = parse(JSON, "f.json").value
    assert root.marks == {"a": (2, 3), "b": (3, 3), "ü": (7, 3), "f": (7, 13)}
    assert root["b"].mark == (3, 8)
    assert root["b"].marks == [(4, 5), (5, 5)]
    assert root["b"][1].marks == {"c": (5, 6), "d": (6, 6)}
    assert root["b"][1]["d"].marks == [(6, 12), (6, 15)]
    assert root["f"].mark == (7, 18)


def test_both_forms_are_one_value() -> None:
    assert parse(YAML, "f.yaml").value == parse(JSON, "f.json").value == parse(JSON, "f").value == parse(JSON, "f.yaml").value


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_line_breaks_and_byte_order_mark(breaks: str) -> None:
    text = "\ufeffa: 1\nb:\n  c: 2\n".replace("\n", breaks)
    for given in (text, text.encode()):
        root = parse(given, "f.yaml").value
        assert root == {"a": 1, "b": {"c": 2}}
        assert root["b"].marks == {"c": (3, 3)}


def every_place(value: Any) -> list[tuple[int, int]]:
    if isinstance(value, Map):
        assert list(value.marks) == list(value)
        return [value.mark, *value.marks.values(), *(mark for item in value.values() for mark in every_place(item))]
    if isinstance(value, Seq):
        assert len(value.marks) == len(value)
        return [value.mark, *value.marks, *(mark for item in value for mark in every_place(item))]
    return []


@needs_corpus
def test_a_large_json_file_equals_the_standard_library_and_every_key_stands_where_it_says() -> None:
    text = (CORPUS / "discord.json").read_text(encoding="utf-8")
    root = parse(text, "discord.json").value
    assert root == json.loads(text)
    lines = text.split("\n")
    assert len(every_place(root)) > 10_000

    def check(value: Any) -> None:
        if isinstance(value, Map):
            for key, (line, column) in value.marks.items():
                assert lines[line - 1][column - 1 :].startswith(json.dumps(key, ensure_ascii=False))
        for item in value.values() if isinstance(value, Map) else value if isinstance(value, Seq) else ():
            check(item)

    check(root)


@needs_corpus
def test_yaml_and_json_of_a_large_file_are_one_value() -> None:
    root = parse((CORPUS / "openai.yaml").read_bytes(), "openai.yaml").value
    assert parse(json.dumps(root), "openai.json").value == root
