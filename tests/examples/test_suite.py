"""JSON-Schema-Test-Suite, draft 2020-12: examples for its schemas, and our own judgment of its instances."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from portal_gen.examples import Examples, Mode
from portal_gen.examples.fits import fits
from portal_gen.model.document import Document
from portal_gen.model.schema import ABSENT
from tests.conftest import CORPUS
from tests.examples.described import document_of

SUITE = CORPUS / "json-schema-suite" / "draft2020-12"
UNLIKE = {"format.json", "vocabulary.json"}
"""Formats are asserted here, and other vocabularies are not read."""

MISSES = {
    # References relative to an $id of their own, which a description's resolver does not have.
    "$dynamicRef points to a boolean schema",
    # Only what a `not` evaluates counts: nothing in the schema itself says which property helps.
    "collect annotations inside a 'not', even if collection is disabled",
}

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=f"{SUITE} is absent: set PORTAL_CORPUS to run the suite")


def groups(keyword: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Groups whose schema does not have the keyword."""
    for path in sorted(SUITE.glob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            if keyword not in json.dumps(group["schema"]):
                yield path, group


def described(schema: Any) -> Document:
    info = {"title": "t", "version": "1"}
    return document_of(json.dumps({"openapi": "3.2.0", "info": info, "components": {"schemas": {"S": schema}}}), ".json")


def test_examples() -> None:
    misses, count = set(), 0
    for _, group in groups('"$ref"'):
        if not any(test["valid"] for test in group["tests"]):
            continue
        count += 1
        document = described(group["schema"])
        value = Examples(document.schemas).value(document.schemas["S"].schema, Mode.RESPONSE)
        judge = jsonschema_rs.Draft202012Validator(group["schema"], offline=True, validate_formats=True)
        if value is ABSENT or not judge.is_valid(json.loads(json.dumps(value))):
            misses.add(group["description"])
    assert count > 250
    assert misses == MISSES


def test_judgment() -> None:
    wrong, count = [], 0
    for path, group in groups('ef"'):
        if path.name in UNLIKE:
            continue
        document = described(group["schema"])
        for test in group["tests"]:
            count += 1
            if fits(test["data"], document.schemas["S"].schema, document.schemas) is not test["valid"]:
                wrong.append((path.name, group["description"], test["description"]))
    assert count > 900
    assert wrong == []
