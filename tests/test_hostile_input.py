"""Bombs: nothing that a description holds costs more than a bounded part of memory and time, or ends in a traceback."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.measured import built

HEAD = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
SECONDS = 120
"""For a build of many bombs at once on a busy machine; alone each takes seconds."""
BYTES = 1_000_000_000
LARGEST_PAGE = 16_000_000


def document(schema: Any, named: Any = None, description: str = "d") -> dict[str, Any]:
    """A description with one operation that takes and gives a value."""
    content = {"application/json": {"schema": schema}}
    answers = {"200": {"description": "d", "content": content}}
    operation = {"operationId": "a", "description": description, "requestBody": {"content": content}, "responses": answers}
    return {**HEAD, "paths": {"/a": {"post": operation}}, "components": {"schemas": named or {}}}


def around(keyword: str, inner: Any) -> dict[str, Any]:
    """A schema that holds another under a keyword."""
    if keyword in ("allOf", "anyOf", "oneOf"):
        return {keyword: [inner]}
    return {"properties": {"p": inner}} if keyword == "properties" else {keyword: inner}


KEYWORDS = ("allOf", "anyOf", "oneOf", "items", "properties", "not", "additionalProperties")
TEXT = {"type": "string"}


def ref(number: int) -> dict[str, str]:
    """A reference to one of the named schemas."""
    return {"$ref": f"#/components/schemas/S{number}"}


def chain(keyword: str, length: int) -> dict[str, Any]:
    """Named schemas that each hold the next."""
    named = {f"S{n}": around(keyword, {"$ref": f"#/components/schemas/S{n + 1}"}) for n in range(length)}
    return document({"$ref": "#/components/schemas/S0"}, {**named, f"S{length}": TEXT})


def doubled(keyword: str, length: int = 24) -> dict[str, Any]:
    """Named schemas that each hold the next twice: 2^length when written out."""
    named = {}
    for n in range(length):
        below = {"$ref": f"#/components/schemas/S{n + 1}"}
        one = around(keyword, below)
        named[f"S{n}"] = {**one, "if": below, "then": below} if not isinstance(one.get(keyword), list) else {keyword: [below] * 2}
    return document({"$ref": "#/components/schemas/S0"}, {**named, f"S{length}": TEXT})


def nested(keyword: str) -> dict[str, Any]:
    """As deep as a text may be."""
    inner: dict[str, Any] = TEXT
    for _ in range(90):
        inner = around(keyword, inner)
    return document({"$ref": "#/components/schemas/A"}, {"A": inner})


def schemas() -> Iterator[tuple[str, Any]]:
    for keyword in KEYWORDS:
        yield f"chain-{keyword}", chain(keyword, 120)
        yield f"double-{keyword}", doubled(keyword)
        yield f"nested-{keyword}", nested(keyword)


def long_chains() -> Iterator[tuple[str, Any]]:
    """So long that what is done anew for each schema along its whole chain takes minutes."""
    for keyword in ("allOf", "anyOf", "not"):
        yield f"chain-{keyword}", chain(keyword, 1000)
    named: dict[str, Any] = {f"S{n}": {"allOf": [ref(n + 1)], "properties": {f"p{n}": TEXT}} for n in range(1000)}
    yield "inherited", document(ref(0), {**named, "S1000": {"properties": {"z": TEXT}}})


def tangles() -> Iterator[tuple[str, Any]]:
    """Schemas that lead to each other, by one keyword or by two in turn."""
    wide = {f"S{n}": {"oneOf": [ref(other) for other in range(300)]} for n in range(300)}
    yield "tangle", document(ref(0), wide)
    bases = {f"S{n}": {"allOf": [ref(n + 300)], "properties": {f"p{n}": TEXT}} for n in range(300)}
    unions = {f"S{n + 300}": {"anyOf": [ref((n + 1) % 300)]} for n in range(300)}
    yield "cycle", document(ref(0), {**bases, **unions})


def sizes() -> Iterator[tuple[str, Any]]:
    yield "values", document({"enum": [f"value-{n}" for n in range(10_000)]})
    yield "properties", document({"properties": {f"property_{n}": TEXT for n in range(5000)}})
    yield "name", document({"properties": {"n" * 1_000_000: TEXT}})
    yield "variants", document({"oneOf": [{"title": f"V{n}", "properties": {f"p{n}": TEXT}} for n in range(1000)]})
    yield "example", document({"type": "array", "example": [{"a": n, "b": "x" * 20} for n in range(20_000)]})
    inner: Any = TEXT
    for _ in range(5):
        inner = {"properties": {f"p{n}": inner for n in range(8)}}
    yield "tree", document(inner)
    parameters = [{"name": f"p{n}", "in": "query", "schema": TEXT} for n in range(2000)]
    yield "parameters", {**HEAD, "paths": {"/a": {"get": {"parameters": parameters, "responses": {"200": {"description": "d"}}}}}}
    answers = {str(n): {"$ref": "#/components/responses/R"} for n in range(200, 400)}
    shared = {"description": "d", "content": {"application/json": {"schema": {"properties": {f"p{n}": TEXT for n in range(100)}}}}}
    yield "answers", {**HEAD, "paths": {"/a": {"get": {"responses": answers}}}, "components": {"responses": {"R": shared}}}


BLOCKS = "# Head\n\nSome *text* with `code` and [a link](https://x.example/).\n\n* item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
MARKDOWN = {
    "long": BLOCKS * 100_000,
    "open": "[" * 50_000,
    "links": "[a](" * 50_000,
    "images": "![" * 50_000,
    "brackets": "[" * 50_000 + "]" * 50_000,
    "quotes": ">" * 50_000 + "x",
    "lists": "* " * 20_000 + "x",
    "indented": "\n".join("  " * n + "* x" for n in range(1000)),
    "stars": "*a **a " * 10_000,
    "ticks": "".join("e" + "`" * n for n in range(300)),
    "table": "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n" + "|\n" * 5000,
    "tags": "<div>" * 20_000,
    "references": "[a]: /u\n" * 5000 + "[a]" * 5000,
    "comments": "<!--" * 20_000 + "<?" * 20_000 + "<![CDATA[" * 5000,
    "addresses": "www.a.b_" * 10_000,
}


def texts() -> Iterator[tuple[str, Any]]:
    for name, text in MARKDOWN.items():
        yield name, document(TEXT, description=text)


PATTERNS = (
    "^(a+)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a|aa)+$",
    "^(a{1,1000}){1,1000}$",
    "(((((a{100}){100}){100}){100}){100})",
    "(?=(a+)+b)a*",
    "^(?:.*a){30}$",
    "[",
    "(" * 5000 + ")" * 5000,
    "a" * 1_000_000,
    "(a?){1500}a{1500}",
)


def patterns() -> Iterator[tuple[str, Any]]:
    for n, pattern in enumerate(PATTERNS):
        yield f"pattern{n}", document({"type": "string", "pattern": pattern, "minLength": 30, "example": "a" * 60})
        names = {"patternProperties": {pattern: TEXT}, "propertyNames": {"pattern": pattern}, "minProperties": 2}
        yield f"names{n}", document({"type": "object", **names, "example": {"a" * 60: "x"}})


def numbers() -> Iterator[tuple[str, Any]]:
    for size in ("10" * 200, "1e400", "1000000000"):
        for n, rule in enumerate(
            (
                '{"type": "string", "minLength": N}',
                '{"type": "string", "maxLength": N}',
                '{"type": "array", "minItems": N}',
                '{"type": "array", "maxItems": N}',
                '{"type": "array", "contains": {}, "minContains": N}',
                '{"type": "object", "minProperties": N}',
                '{"type": "integer", "minimum": N}',
                '{"type": "number", "multipleOf": N}',
                '{"default": N, "examples": [N], "enum": [N]}',
            )
        ):
            yield f"n{n}-{len(size)}", json.dumps(document("@")).replace('"@"', rule.replace("N", size))


GROUPS = {
    "schemas": schemas,
    "chains": long_chains,
    "tangles": tangles,
    "sizes": sizes,
    "texts": texts,
    "patterns": patterns,
    "numbers": numbers,
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory a process took")
@pytest.mark.parametrize("group", GROUPS)
def test_bombs_become_pages_of_bounded_size_in_bounded_time_and_memory(group: str, tmp_path: Path) -> None:
    names = []
    (tmp_path / "in").mkdir()
    for name, found in GROUPS[group]():
        names.append(name.lower())
        (tmp_path / "in" / f"{name.lower()}.json").write_text(found if isinstance(found, str) else json.dumps(found))
    status, said, memory, seconds = built(tmp_path / "in", tmp_path / "site")
    assert "Traceback" not in said, said[-3000:]
    assert status == 0, said
    assert sorted(path.name for path in (tmp_path / "site" / "reference").iterdir()) == sorted(names)
    assert memory < BYTES
    assert seconds < SECONDS
    assert max(path.stat().st_size for path in tmp_path.glob("site/**/*.html")) < LARGEST_PAGE


@pytest.mark.slow
@pytest.mark.parametrize("keyword", KEYWORDS)
def test_what_is_nested_a_thousand_deep_is_refused_with_a_place(keyword: str, tmp_path: Path) -> None:
    before, _, after = json.dumps(document("@")).partition('"@"')
    opening, _, closing = json.dumps(around(keyword, "@")).partition('"@"')
    (tmp_path / "a.json").write_text(before + opening * 1000 + "{}" + closing * 1000 + after.replace('"@"', "{}"))
    status, said, _, _ = built(tmp_path / "a.json", tmp_path / "site")
    assert status == 2
    assert "a.json:1:" in said
    assert "deep" in said
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory a process took")
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_200_megabytes_are_refused_unread(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(200_000_000)
    status, said, memory, _ = built(tmp_path / name, tmp_path / "site")
    assert status == 2
    assert f"{name}:1:1: the file has 200,000,000 bytes" in said
    assert memory < 150_000_000
