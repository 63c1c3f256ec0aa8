"""String and JSON literals, read back by the languages themselves."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_gen.snippets.json_text import (
    WIDTH,
    Limits,
    Span,
    compact_json,
    faithful,
    json_text,
    lexeme,
    spread,
)
from portal_gen.snippets.quote import INVISIBLE
from portal_gen.snippets.targets import target
from portal_gen.spec.tree import Decimal, Json
from tests.snippets.wire import json_tokens, tree_tokens

_ODD = st.sampled_from(
    list("'\"\\`$!#%{}()<>&|;@-~ \n\r\t\x0b\x7f\x80\xa0\xad\u200b\u2028\u202e\ufeff\U0001f389\U000f0000é\\\\uxnN0")
)
TEXTS = st.text(st.one_of(_ODD, st.characters(exclude_categories=["Cs"])), max_size=30)
NO_NUL = TEXTS.map(lambda text: text.replace("\0", ""))
LEXEMES = st.from_regex(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)
NUMBERS: st.SearchStrategy[Json] = st.one_of(
    st.integers(), LEXEMES.map(lambda text: Decimal(text) if re.search("[.eE]", text) or text == "-0" else int(text))
)
KEYS = st.one_of(TEXTS, st.sampled_from(["__proto__", "constructor", "1", "01", "", "true"]))
TREES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, st.text(st.characters(), max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=12,
)
NODE = shutil.which("node")


@pytest.mark.parametrize(
    ("target_id", "text", "literal"),
    [
        ("curl", "plain-word_1.txt", "plain-word_1.txt"),
        ("curl", "", "''"),
        ("curl", "-X", "'-X'"),
        ("curl", "=x", "'=x'"),
        ("curl", "~", "'~'"),
        ("curl", "a b", "'a b'"),
        ("curl", "it's", "'it'\\''s'"),
        ("curl", "$HOME `id` \\ !", "'$HOME `id` \\ !'"),
        ("curl", "one\ntwo", "'one\ntwo'"),
        ("curl", "x\n", "'x\n'"),
        ("python", 'a"b\\', '"a\\"b\\\\"'),
        ("python", "\n\r\t\0\x7f\xa0", '"\\n\\r\\t\\x00\\x7f\\xa0"'),
        ("python", "\u200b\u2028\U000f0000é🎉", '"\\u200b\\u2028\\U000f0000é🎉"'),
        ("python", "{x} %s", '"{x} %s"'),
        ("javascript", "${x} `y`", '"${x} `y`"'),
        ("javascript", "\u2028\U000f0000", '"\\u2028\\udb80\\udc00"'),
        ("go", "\0\x7f\ufeff\U000f0000", '"\\u0000\\u007f\\ufeff\\U000f0000"'),
        ("go", "half \ud800", '"half \ufffd"'),
    ],
)
def test_strings_are_quoted(target_id: str, text: str, literal: str) -> None:
    assert target(target_id).string(text) == literal


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_python_reads_its_literals_back(text: str) -> None:
    for quoting in (target("python").string, target("python").raw):
        literal = quoting(text)
        assert ast.literal_eval(literal) == text
        assert "\n" not in literal
        assert not re.search(f"[{INVISIBLE}]", literal)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NO_NUL, min_size=10, max_size=60))
def test_shells_read_their_literals_back(texts: Sequence[str]) -> None:
    script = "printf '%s\\0' " + " ".join(map(target("curl").string, texts))
    for shell in ("bash", "sh"):
        out = subprocess.run([shell], input=script.encode(), capture_output=True, check=True).stdout
        assert out.decode().split("\0")[:-1] == list(texts)


def _node(expression: str) -> Json:
    """What a JavaScript expression is, through JSON."""
    program = f"process.stdout.write(JSON.stringify({expression}))"
    assert NODE is not None
    out = subprocess.run([NODE, "--input-type=module"], input=program.encode(), capture_output=True, check=True).stdout
    value: Json = json.loads(out)
    return value


@pytest.mark.skipif(NODE is None, reason="node is not on this machine")
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=20, max_size=60))
def test_javascript_reads_its_literals_back(texts: Sequence[str]) -> None:
    for quoting in (target("javascript").string, target("javascript").raw):
        assert _node("[" + ",".join(map(quoting, texts)) + "]") == list(texts)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("go") is None, reason="go is not on this machine")
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=200, max_size=400))
def test_go_reads_its_literals_back(tmp_path_factory: pytest.TempPathFactory, texts: Sequence[str]) -> None:
    items = "".join(f"\t{target('go').string(text)},\n" for text in texts)
    path = Path(tmp_path_factory.mktemp("go")) / "main.go"
    source = 'package main\n\nimport (\n"encoding/json"\n"os"\n)\n\nfunc main() {\nall := []string{\n'
    path.write_text(source + items + "}\njson.NewEncoder(os.Stdout).Encode(all)\n}\n", encoding="utf-8", newline="")
    assert json.loads(subprocess.run(["go", "run", str(path)], capture_output=True, check=True).stdout) == list(texts)


def _spread(value: Json, target_id: str) -> str:
    out: list[Span] = []
    spread(value, target(target_id).dialect, 0, 0, out)
    return "".join(text for _, text in out)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_json_says_what_the_tree_says(value: Json) -> None:
    for text in (json_text(value), json_text(value, 4), compact_json(value)):
        assert list(json_tokens(text)) == list(tree_tokens(value))
        assert not re.search(f"[{INVISIBLE.replace(chr(0) + '-' + chr(31), '')}]", text)
    assert "\n" not in compact_json(value)


def _limits(target_id: str) -> Limits:
    limits = target(target_id).limits
    assert limits is not None
    return limits


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_python_literals_that_count_as_faithful_are(value: Json) -> None:
    if faithful(value, _limits("python")):
        written = json.dumps(ast.literal_eval(_spread(value, "python")), allow_nan=False)
        assert list(json_tokens(written)) == list(tree_tokens(value))


@pytest.mark.skipif(NODE is None, reason="node is not on this machine")
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TREES, min_size=20, max_size=40))
def test_javascript_literals_that_count_as_faithful_are(values: Sequence[Json]) -> None:
    kept = [value for value in values if faithful(value, _limits("javascript"))]
    written = _node("[" + ",".join(f"JSON.stringify({_spread(value, 'javascript')})" for value in kept) + "]")
    assert isinstance(written, list)
    for value, text in zip(kept, written, strict=True):
        assert list(json_tokens(text)) == list(tree_tokens(value))


@pytest.mark.parametrize(
    ("value", "python", "javascript"),
    [
        (9007199254740991, True, True),
        (-9007199254740991, True, True),
        (9007199254740992, True, False),
        (10**15, True, True),
        (10**40, True, False),
        (Decimal("1.0"), True, False),
        (Decimal("0.5"), True, True),
        (Decimal("-0.25"), True, True),
        (Decimal("1.10"), False, False),
        (Decimal("1e2"), False, False),
        (Decimal("0.0001"), True, True),
        (Decimal("0.00001"), False, False),
        (Decimal("123456789012.345"), True, True),
        (Decimal("1234567890123.4567"), False, False),
        (Decimal("-0"), False, False),
        ({"1": 1}, True, False),
        ({"01": 1, "-1": 1, "a": 1}, True, True),
        ({"__proto__": 1}, True, True),
        ([None], True, True),
        (None, False, True),
        ("\ud800", False, False),
        ({"\ud800": 1}, False, False),
        ([[]], True, True),
    ],
)
def test_what_literals_carry(value: Json, python: bool, javascript: bool) -> None:
    assert (faithful(value, _limits("python")), faithful(value, _limits("javascript"))) == (python, javascript)


def test_deep_trees_are_left_to_json() -> None:
    value: Json = 1
    for _ in range(40):
        value = [value]
    assert not faithful(value, _limits("python"))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("1.10"), "1.10"),
        (Decimal("1e400"), "1e400"),
        (Decimal("-0"), "-0"),
        (Decimal("inf"), "null"),
        (Decimal(".5"), "0.5"),
        (Decimal("1."), "1.0"),
        (float("nan"), "null"),
        (2**64, "18446744073709551616"),
        (0.5, "0.5"),
    ],
)
def test_numbers_keep_their_lexeme(number: int | float, text: str) -> None:
    assert lexeme(number) == text


def _width(text: str) -> int:
    return max(len(line) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": [True, None]}, '{"a": 1, "b": [true, null]}'),
        ({}, "{}"),
        ([], "[]"),
        ([{}, []], "[{}, []]"),
        ({"key": "x" * 60}, '{\n  "key": "' + "x" * 60 + '"\n}'),
        ([["y" * 30], ["z" * 30]], '[\n  ["' + "y" * 30 + '"],\n  ["' + "z" * 30 + '"]\n]'),
    ],
)
def test_json_is_laid_out(value: Json, text: str) -> None:
    assert json_text(value) == text


@pytest.mark.parametrize("filler", [0, 1, 2])
def test_a_line_is_full_at_its_width(filler: int) -> None:
    text = json_text(["x" * (WIDTH - 5 + filler)])
    assert ("\n" in text) == (filler > 1)
    assert _width(text) <= WIDTH + 1
