"""What a plain scalar means: YAML 1.2's core schema, not YAML 1.1."""

from __future__ import annotations

import pytest

from portal_gen.spec import parse
from portal_gen.spec.tree import Decimal
from tests.spec.support import faults_of

VALUES: list[tuple[str, object]] = [
    ("on", "on"),
    ("off", "off"),
    ("yes", "yes"),
    ("no", "no"),
    ("y", "y"),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("tRue", "tRue"),
    ("false", False),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("~", None),
    ("", None),
    ("nil", "nil"),
    ("12", 12),
    ("-12", -12),
    ("+12", 12),
    ("0", 0),
    ("0o17", 15),
    ("0x1F", 31),
    ("0b101", "0b101"),
    ("-0x1F", "-0x1F"),
    ("1_000", "1_000"),
    ("9223372036854775808", 2**63),
    ("-9223372036854776000", -9223372036854776000),
    ("1.10", 1.1),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    (".5", 0.5),
    ("1.", 1.0),
    ("-.5e1", -5.0),
    (".", "."),
    ("-", None),
    ("e3", "e3"),
    ("1e", "1e"),
    ("1.2.3", "1.2.3"),
    ("2024-01-02", "2024-01-02"),
    ("2024-01-02T10:00:00Z", "2024-01-02T10:00:00Z"),
    ("12:30:45", "12:30:45"),
    ("1:30", "1:30"),
    ("=", "="),
    ("inf", "inf"),
    ("nan", "nan"),
    ("NaN", "NaN"),
    ("'12'", "12"),
    ('"true"', "true"),
    ("!!str 12", "12"),
    ("!!int '12'", 12),
    ("!!null ''", None),
    ("!!bool true", True),
]


@pytest.mark.parametrize(("text", "value"), [row for row in VALUES if row[0] != "-"])
def test_value(text: str, value: object) -> None:
    parsed = parse(f"a: {text}", "f.yaml")
    assert parsed.value == {"a": value}
    assert type(parsed.value["a"]) in (type(value), Decimal)
    assert parsed.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "lexeme"),
    [("1.10", "1.10"), ("1e3", "1e3"), (".5", "0.5"), ("+1.5", "1.5"), ("-.5", "-0.5"), ("01.50", "1.50"), ("2.", "2.0")],
)
def test_a_fraction_remembers_how_it_was_written_as_json_can_write_it(text: str, lexeme: str) -> None:
    value = parse(f"a: {text}", "f.yaml").value["a"]
    assert isinstance(value, Decimal)
    assert value.lexeme == lexeme


@pytest.mark.parametrize(("text", "value"), [("0777", 777), ("010", 10), ("-007", -7), ("00", 0)])
def test_a_leading_zero_is_decimal_with_a_warning(text: str, value: int) -> None:
    assert parse(f"a: {text}", "f.yaml").value == {"a": value}
    assert faults_of(f"a: {text}") == [
        f"1:4: number: {text} is {value} in YAML 1.2, not octal; write {value}, or quote it if text is meant"
    ]


@pytest.mark.parametrize("text", [".inf", "-.inf", "+.INF", ".nan", ".NaN"])
def test_what_json_can_not_write_is_refused(text: str) -> None:
    assert faults_of(f"a:\n  - {text}")[0].startswith(f"2:5: number: {text} has no form in JSON; ")


def test_a_number_too_long_for_python_is_a_fault() -> None:
    assert "has 5000 digits" in faults_of("a: " + "9" * 5000)[0]
    assert "has 5000 digits" in faults_of('{"a": ' + "9" * 5000 + "}", "f.json")[0]


@pytest.mark.parametrize("key", ["200", "no", "null", "true", "1.0", "~", "2024-01-02", "0x10", "on"])
def test_a_key_is_the_text_as_written(key: str) -> None:
    assert parse(f"{key}: 1", "f.yaml").value == {key: 1}


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_breaks_of_yaml_1_1_are_characters(character: str) -> None:
    text = f"a: |\n  x{character}y\nb{character}: 'x{character}y'\nc: x{character}y\ue000\nd: \"x{character}y\"\n"
    root = parse(text, "f.yaml").value
    inside = f"x{character}y"
    assert root == {"a": inside + "\n", f"b{character}": inside, "c": inside + "\ue000", "d": inside}
    assert [line for line, _ in root.marks.values()] == [1, 3, 4, 5]
