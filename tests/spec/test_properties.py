"""For any text: either a value with places, or a PortalError that says what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_gen.diagnostics import Diagnostic
from portal_gen.errors import PortalError
from portal_gen.spec import Loaded, RefFault, load, parse
from portal_gen.spec.kinds import MEMBERS
from portal_gen.spec.tree import Map, Seq

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12)
YAML_CHARACTERS = list("ab:-?[]{},&*!|>'\"%@#~<=0.\n\t\\ ü\u2028")


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_as_the_standard_library_does(value: Any, indent: int | None, escaped: bool) -> None:
    text = json.dumps([value], indent=indent, ensure_ascii=escaped)
    assert parse(text, "f.json").value == [value]
    assert parse(text, "f.json").diagnostics == ()


def outcome(text: str | bytes, file: str) -> Sequence[Diagnostic]:
    """The findings about a text; any exception but PortalError fails the test."""
    try:
        return parse(text, file).diagnostics
    except PortalError as fault:
        return fault.diagnostics


@given(st.text(alphabet=st.sampled_from(YAML_CHARACTERS), max_size=40), st.sampled_from(["f.yaml", "f.json"]))
def test_any_text(text: str, file: str) -> None:
    for item in outcome(text, file):
        assert item.location.line >= 1
        assert item.location.column >= 1
        assert "; " in item.message


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    assert all("; " in item.message for item in outcome(data, "f"))


WORDS = [
    *sorted({key for table in MEMBERS.values() for key in table}),
    *(
        "nullable",
        "example",
        "examples",
        "enum",
        "type",
        "in",
        "name",
        "format",
        "a",
        "/a",
        "x-nullable",
        "$ref",
        "$id",
        "$anchor",
    ),
    *(
        "exclusiveMinimum",
        "minimum",
        "discriminator",
        "mapping",
        "consumes",
        "produces",
        "collectionFormat",
        "host",
        "basePath",
    ),
    *("host", "basePath", "$ref", "$id", "$anchor", "schemes", "flow", "securityDefinitions", "securitySchemes"),
]
REFS = st.sampled_from(
    ["#/a", "#", "api.yaml", "#/definitions/a", "#/components/schemas/a", "#/paths/~1a", "#a", "x.yaml", "#/parameters/a"]
)
CHOICES = ["body", "formData", "query", "file", "array", "string", "binary", "oauth2", "basic", "multi", "tsv"]
PARTS = st.recursive(
    SCALARS | REFS | st.sampled_from(CHOICES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
        | st.fixed_dictionaries({"$ref": REFS}, optional={"nullable": st.just(True), "$id": TEXTS})
    ),
    max_leaves=25,
)


def references(value: Any) -> Iterator[Map]:
    """Every mapping with a reference; on the way, every key and item must have a place."""
    if isinstance(value, Map):
        assert set(value.marks) == set(value)
        if "$ref" in value:
            yield value
        for item in value.values():
            yield from references(item)
    elif isinstance(value, Seq):
        assert len(value.marks) == len(value)
        for item in value:
            yield from references(item)
    else:
        assert not isinstance(value, dict | list)


def remedy(loaded: Loaded, holder: Map) -> str:
    """What to do about a reference; empty where it leads somewhere."""
    try:
        loaded.resolver.resolve(holder)
    except RefFault as fault:
        return fault.diagnostic.message.partition("; ")[2] or "no remedy"
    return ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from([("swagger", "2.0"), ("openapi", "3.0.0"), ("openapi", "3.1.0"), ("openapi", "3.2.0")]),
    st.dictionaries(st.sampled_from(WORDS), PARTS, max_size=6),
    st.dictionaries(st.sampled_from(WORDS), PARTS, max_size=3),
)
def test_any_description(tmp_path: Path, version: tuple[str, str], parts: dict[str, Any], item: dict[str, Any]) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(json.dumps({version[0]: version[1], **parts, "paths": {"/a": item}}))
    result = load(path)
    assert result.root["openapi"] == "3.2.0"
    for holder in references(result.root):
        assert remedy(result, holder) != "no remedy"
