"""What is wrong with a text, said with its place and a remedy, all of it at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from portal_gen.errors import PortalError
from portal_gen.spec import load, parse
from portal_gen.spec.source import MAX_BYTES
from tests.spec.support import faults_of

YAML: list[tuple[str, str]] = [
    ("a: 1\nb: 2\na: 3", "3:1: duplicate-key: the key 'a' stands on line 1 too, and only this one counts; remove one of them"),
    ("a: 1\n---\nb: 2", "2:1: documents: the file holds more than one document; "),
    ("a: !foo b", "1:4: tag: the tag !foo is not part of YAML's core schema; remove it"),
    ("a: !!python/object/apply:os.system [ls]", "1:4: tag: the tag !!python/object/apply:os.system is not part"),
    ("a: !!binary aGk=", "1:4: tag: the tag !!binary is not part"),
    ("a: !!set {b}", "1:4: tag: the tag !!set is not part"),
    ("a: !e!x y", "1:4: tag: an undeclared tag; "),
    ("a: !!int x", "1:4: tag: 'x' is not what !!int says; "),
    ("a: *b", "1:4: alias: an alias of an anchor that is not defined above; "),
    ("a: &x 1\nb: &x 2", "2:4: alias: the anchor is defined above already; "),
    ("a: &x\n  b: *x", "2:3: alias: an alias inside its own anchor never ends; use a $ref"),
    ("? [a]\n: 1", "1:3: key: a mapping or list as a key has no form in JSON; "),
    ("a: b: c", "1:5: syntax: a second colon in a value, or wrong indentation; "),
    ("\ta: 1", "1:1: syntax: a tab, "),
    ("a: [1\nb: 2", "2:2: syntax: "),
    ('a: "\\ud83d\\ude00"', "1:7: syntax: half of a surrogate pair as an escape; write the character itself"),
    ("a: 1\nb: x\x07y", "2:5: syntax: the character U+0007 is not allowed in YAML; "),
    ("a: {<<: 1}", "1:5: merge: << is not part of YAML 1.2"),
    ("", "1:1: empty: the file is empty; "),
    ("# only a comment\n", "1:1: empty: the file is empty; "),
]
JSON: list[tuple[str, str]] = [
    ('{"a": 1,\n "a": 2}', "2:2: duplicate-key: the key 'a' stands on line 1 too, and only this one counts; "),
    ('{"a": 1, // x\n "b": 2}', "1:10: syntax: JSON has no comments; "),
    ('{\n  # x\n "b": 2}', "2:3: syntax: JSON has no comments; "),
    ('{"a": [1, 2,]}', "syntax: a comma after the last item; remove it"),
    ('{"a": 1,\n}', "syntax: a comma after the last item; remove it"),
    ('{"a": NaN}', "1:7: number: NaN has no form in JSON; give a number"),
    ('{"a": [-Infinity]}', "1:8: number: -Infinity has no form in JSON; "),
    ('{"a": 1e400}', "1:7: number: 1e400 is beyond what most readers can hold; "),
    ('{"a": "\\ud83d"}', "1:7: escape: an escape that is half of a surrogate pair; "),
    ('{"\\udc00": 1}', "1:2: escape: an escape that is half of a surrogate pair; "),
    ('{"a": 1} x', "1:10: syntax: more text after the end of the JSON value; remove it"),
    ('{"a": [1', "syntax: the file ends in the middle of a value; complete it"),
    ('{"a" 1}', "1:6: syntax: expecting ':' delimiter; correct the JSON here"),
    ("{'a': 1}", "1:2: syntax: expecting property name"),
]


@pytest.mark.parametrize(("text", "expected"), YAML)
def test_yaml(text: str, expected: str) -> None:
    assert faults_of(text)[0].startswith(expected)


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_json(text: str, expected: str) -> None:
    found = faults_of(text, "f.json")
    assert len(found) == 1
    assert expected in found[0]


def test_all_faults_come_at_once_in_the_order_of_the_text() -> None:
    found = faults_of("a: .nan\nb: !x 1\na: 0777\nc: [*d]\n")
    assert [line.split(": ")[0] for line in found] == ["4:5"]
    found = faults_of("a: .nan\nb: !x 1\na: 0777\nc: &d [*d]\n")
    assert [line.split(": ")[:2] for line in found] == [
        ["1:4", "number"],
        ["2:4", "tag"],
        ["3:1", "duplicate-key"],
        ["3:4", "number"],
        ["4:4", "alias"],
    ]


def test_a_stop_carries_the_faults_that_were_found_before(tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    path.write_text("info: 0777\ninfo: .inf\npaths: {}\n")
    with pytest.raises(PortalError) as stop:
        load(path)
    assert [item.rule for item in stop.value.diagnostics] == ["version", "number", "duplicate-key", "number"]


def test_after_a_duplicate_key_the_rest_is_read_and_the_last_counts() -> None:
    assert parse("a: 1\na: 2\nb: 3", "f.yaml").value == {"a": 2, "b": 3}
    assert parse('{"a": 1, "a": 2, "b": 3}', "f.json").value == {"a": 2, "b": 3}


def test_surrogate_pairs_of_json() -> None:
    assert parse('{"\\ud83d\\ude00": "\\ud83d\\ude00\\n"}', "f.json").value == {"😀": "😀\n"}
    assert parse('{"\\ud83d\\ude00": "\\ud83d\\ude00\\n"}', "f.yaml").value == {"😀": "😀\n"}


def test_json_keeps_numbers_exactly() -> None:
    value = parse('{"a": 123456789012345678901234567890, "b": 1.10, "c": -0, "d": 1E2}', "f.json").value
    assert value["a"] == 123456789012345678901234567890
    assert (value["b"].lexeme, value["c"], value["d"].lexeme) == ("1.10", 0, "1E2")


@pytest.mark.parametrize("text", ["[]", "{}", '[[], {}, "", [""]]', '{"": {"": []}}', '{"a": "}]:,\\"{"}', "[null, true, false]"])
def test_small_json(text: str) -> None:
    import json

    assert parse(text, "f.json").value == json.loads(text)


def test_flow_style_is_yaml_when_the_file_says_so() -> None:
    assert parse("{a: 1, b: [x, y],}", "f.yaml").value == {"a": 1, "b": ["x", "y"]}
    assert faults_of("{a: 1}", "f.json")[0].startswith("1:2: syntax: ")


def test_a_json_name_does_not_keep_yaml_from_being_read() -> None:
    assert parse("a: 1", "f.json").value == {"a": 1}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1".encode("utf-16"), "1:1: encoding: the file is encoded in UTF-16; save it as UTF-8"),
        ("a: 1".encode("utf-16-le"), "1:1: encoding: the file is encoded in UTF-16 or UTF-32; save it as UTF-8"),
        (b"\x7fELF\x02\x00\x00", "1:1: encoding: the file is not text; "),
        (b"a: 1\nb\xc3\xbc: \xff", "2:5: encoding: byte 0xFF is not UTF-8; "),
        (b" " * (MAX_BYTES + 1), "1:1: size: the file has 67,108,865 bytes, the limit is 67,108,864; "),
    ],
)
def test_bytes(data: bytes, expected: str) -> None:
    assert faults_of(data)[0].startswith(expected)


def test_merge_keys_are_merged_with_a_note() -> None:
    text = "base: &b {x: 1, y: 2}\nother: &o {y: 5, z: 6}\na:\n  y: 3\n  <<: [*b, *o]\nc: {<<: *b}\nd: {'<<': 1}"
    parsed = parse(text, "f.yaml")
    assert parsed.value["a"] == {"x": 1, "y": 3, "z": 6}
    assert parsed.value["a"].marks["x"] == (1, 11)
    assert parsed.value["c"] == {"x": 1, "y": 2}
    assert parsed.value["d"] == {"<<": 1}
    assert [(item.severity, item.location.line) for item in parsed.diagnostics] == [("note", 5)]


BOMBS = {
    "flow lists": "[" * 3000,
    "closed flow lists": "[" * 3000 + "]" * 3000,
    "flow mappings": "{a: " * 3000,
    "block lists": "- " * 3000 + "a",
    "explicit keys": "? " * 3000 + "a",
    "a little too deep": "[" * 201 + "]" * 201,
    "very deep": "- " * 500_000 + "a",
}


@pytest.mark.parametrize("file", ["f.yaml", "f.json"])
@pytest.mark.parametrize("name", BOMBS)
def test_nesting_is_limited(name: str, file: str) -> None:
    start = time.monotonic()
    found = faults_of(BOMBS[name], file)
    assert time.monotonic() - start < 10
    assert "nested more than 200 deep" in found[-1] or file == "f.json"
    assert ": syntax: " in found[-1] or ": depth: " in found[-1]


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("depth", [201, 3000, 200_000])
def test_nesting_of_json_is_limited(opens: str, closes: str, depth: int) -> None:
    found = faults_of(opens * depth + "1" + closes * depth, "f.json")
    assert "depth: values are nested more than 200 deep" in found[-1]
    assert int(found[-1].split(":")[1]) == 200 * len(opens) + 1


def test_two_hundred_levels_are_read() -> None:
    for file in ("f.yaml", "f.json"):
        value = parse("[" * 200 + "]" * 200, file).value
        depth = 0
        while value:
            value, depth = value[0], depth + 1
        assert depth == 199


def test_aliases_of_aliases_are_limited() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    start = time.monotonic()
    found = faults_of("\n".join(lines))
    assert time.monotonic() - start < 1
    assert "alias: the aliases come to more than 1,000,000 values; " in found[-1]


def test_aliases_share_one_value() -> None:
    value = parse("a: &x {b: [1]}\nc: *x\nd: &y 5\ne: *y", "f.yaml").value
    assert value["c"] is value["a"]
    assert value["e"] == 5
