"""What is written is read back as it was: by this package's parser, by PyYAML (YAML 1.1), and in the layout that is meant."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.spec import parse
from portal_gen.spec.emit import WIDTH, to_yaml
from portal_gen.spec.tree import Decimal

LONG = "word " * 30 + "end"
TRICKY = """\
y|No|off|~|null|NULL|true|=|<<|1|0x1F|0o17|017|0b1|1_000|1e3|.5|5.|-.inf|.NaN|2020-01-01|190:20:30|a: b|a #b|a:|- a|? a|: a|--- a|...
-|*a|&a|!a|@a|`a|%a|{a}|[a]|"a"|'a'|it's|a"b| a|a |#a|,a|>|\\|||a,b|http://x/?a=b#c|a:b|200|1.10|+1|é|中文|\u2028|\x7f|\x85|\t|a\tb|\ufeff\
""".replace("\n", "|").split("|")
LINES = [
    "a\nb",
    "a\nb\n",
    "a\n\nb\n",
    "\na",
    " a\nb",
    "a\nb\n\n",
    "a\n  b\n",
    "a \nb",
    "\n",
    "a\n\tb",
    "a\n b\n" + LONG,
    f"{LONG}\n\n\n{LONG}\n- x",
    f"{LONG}\n",
    "---\na",
    "# a\n# b",
]


def read(text: str) -> list[Any]:
    """The value by YAML 1.2 and by YAML 1.1."""
    return [parse(text, "file.yaml").value, yaml.load(text, yaml.CSafeLoader)]


@pytest.mark.parametrize("text", [*TRICKY, *LINES, LONG, "  ".join([LONG, LONG])])
def test_texts_are_read_back(text: str) -> None:
    tree = {"a": text, "list": [text, {"b": text, "c": [text]}, [text]], text: 1}
    assert read(to_yaml(tree)) == [tree, tree]


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("ab \n#:-'\"|>\t0.e", max_size=260))
def test_any_text_is_read_back(text: str) -> None:
    assert read(to_yaml({"key": [text]})) == [{"key": [text]}] * 2


@pytest.mark.parametrize("lexeme", ["1.10", "0.0", "-1.5", "1e3", "1E-3", "1.5e+300", "2.50E7"])
def test_numbers_stay_numbers(lexeme: str) -> None:
    ours, theirs = (found["n"] for found in read(to_yaml({"n": Decimal(lexeme)})))
    assert ours == theirs == float(lexeme)
    assert isinstance(theirs, float)
    if "e" not in lexeme.lower():
        assert ours.lexeme == lexeme


def test_the_layout() -> None:
    tree = {
        "openapi": "3.1.0",
        "count": 3,
        "none": None,
        "yes": True,
        "empty": [{}, []],
        "responses": {"200": {"description": "Don't: quote"}},
        "tags": ["A", {"name": "B", "text": LONG}, ["C", "D"]],
        "text": "First\n\n- second\n",
    }
    assert (
        to_yaml(tree)
        == """\
openapi: 3.1.0
count: 3
none: null
'yes': true
empty:
  - {}
  - []
responses:
  '200':
    description: 'Don''t: quote'
tags:
  - A
  - name: B
    text: >-
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word end
  - - C
    - D
text: |
  First

  - second
"""
    )


def test_lines_are_short_where_a_text_allows() -> None:
    deep: Any = f"{LONG}\n\n{LONG}"
    for _ in range(10):
        deep = {"key": deep}
    assert max(map(len, to_yaml(deep).splitlines())) <= WIDTH
