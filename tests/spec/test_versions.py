"""Which descriptions can be read, and what is said of those that can not."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal_gen.errors import PortalError
from tests.spec.support import loaded

REST = "\ninfo: {title: T, version: '1'}\npaths: {}\n"


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ('swagger: "2.0"', "2.0"),
        ("openapi: 3.0.0", "3.0.0"),
        ("openapi: 3.0.4", "3.0.4"),
        ("openapi: 3.1.1", "3.1.1"),
        ('openapi: "3.1"', "3.1"),
        ("openapi: 3.2.0", "3.2.0"),
        ("openapi: 3.0.0-rc2", "3.0.0-rc2"),
    ],
)
def test_known(tmp_path: Path, line: str, version: str) -> None:
    result = loaded(tmp_path, line + REST)
    assert (result.written_version, result.diagnostics) == (version, ())
    assert result.root["openapi"] == "3.2.0"
    assert "swagger" not in result.root


@pytest.mark.parametrize(("line", "version"), [("openapi: 3.0", "3.0"), ("openapi: 3.1", "3.1"), ("swagger: 2.0", "2.0")])
def test_a_number_is_taken_with_a_warning(tmp_path: Path, line: str, version: str) -> None:
    result = loaded(tmp_path, line + REST)
    key = line.split(":")[0]
    assert result.written_version == version
    assert [item.message for item in result.diagnostics] == [f'{key} is a number here; quote it: {key}: "{version}"']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("openapi: 4.0.0", "1:1: openapi: 4.0.0 is not known, 2.0, 3.0, 3.1 and 3.2 can be read; "),
        ('openapi: "3.9"', "1:1: openapi: 3.9 is not known"),
        ("openapi: 4.0", "1:1: openapi: 4.0 is not known"),
        ("openapi: 3.20", "1:1: openapi: 3.20 is not known"),
        ("openapi: 3", "1:1: openapi: 3 is not known"),
        ("openapi: true", '1:1: openapi is not a text; give a version such as "3.1.0"'),
        ("openapi: [3.1.0]", "1:1: openapi is not a text; "),
        ('swagger: "1.2"', "1:1: swagger: 1.2 is not known"),
        ("info: {title: T}", '1:1: there is no openapi field; add openapi: "3.1.0"'),
        ("[1, 2]", "1:1: the file holds no mapping; "),
        ("only text", "1:1: the file holds no mapping; "),
        ("---\n", "1:1: the file holds no mapping; "),
        ("openapi: 3.1.0\npaths: [a]", "2:1: paths is not a mapping; "),
    ],
)
def test_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(PortalError) as stop:
        loaded(tmp_path, text)
    assert expected in str(stop.value.diagnostics[0])
    assert str(stop.value.diagnostics[0]).startswith((tmp_path / "api.yaml").as_posix())


@pytest.mark.parametrize(("info", "line"), [("", 1), ("info: {version: '1'}", 2), ("info: text", 2), ("info: {title: ' '}", 2)])
def test_a_missing_title_is_a_warning(tmp_path: Path, info: str, line: int) -> None:
    result = loaded(tmp_path, f"openapi: 3.1.0\n{info}\npaths: {{}}")
    assert [(item.severity, item.rule, item.location.line) for item in result.diagnostics] == [("warning", "info", line)]


def test_a_missing_file(tmp_path: Path) -> None:
    from portal_gen.spec import load

    with pytest.raises(PortalError, match="there is no such file; correct the path"):
        load(tmp_path / "none.yaml")
    with pytest.raises(PortalError, match="there is no such file; correct the path"):
        load(tmp_path)
