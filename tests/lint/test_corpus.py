"""Rules on descriptions that were not written for them: true findings only, and the fault of each broken file by its name."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from portal_gen.diagnostics import Severity
from portal_gen.lint import lint
from portal_gen.load import check
from portal_gen.model.builder import build
from portal_gen.spec import load

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("PORTAL_CORPUS", ROOT.parent / "shared" / "corpus"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is absent: set PORTAL_CORPUS to look at it")

FAILING = {
    "3.0/fail/duplicateOperationId.yaml": ("duplicate-operation-id", 14),
    "3.0/fail/duplicateParameter.yaml": ("duplicate-parameter", 15),
    "3.0/fail/duplicateRequired.yaml": ("duplicate-required", 8),
    "3.0/fail/hasFlowNotFlows.json": ("security-scheme", 1056),
    "3.0/fail/incorrectSecType.json": ("security-scheme", 1052),
    "3.0/fail/invalidPattern.yaml": ("invalid-pattern", 8),
    "3.0/fail/invalidSchema.json": ("security-scheme", 1052),
    "3.0/fail/invalidSchemaName.json": ("component-name", 1001),
    "3.0/fail/missingPathParam.yaml": ("path-parameters", 8),
    "3.0/fail/missingPathParam2.yaml": ("path-parameters", 8),
    "3.0/fail/apimatic-converted-petstore.json": ("response-description", 41),
    "3.0/fail/gluecon/example2_from_._Different_requestbody.md.yaml": ("no-responses", 7),
    "3.0/fail/gluecon/example1_from_._Improved_serverseverywhere.md.yaml": ("path-parameters", 9),
    "3.1/fail/server_enum_empty.yaml": ("server", 8),
    "3.1/fail/server_enum_unknown.yaml": ("server", 8),
}
PUBLISHED = {
    "unexpected-body": 9,
    "ambiguous-path": 1,
    "duplicate-operation-id": 2,
    "undefined-security-scheme": 1,
    "component-name": 1,
}


def test_the_descriptions_of_this_repository_are_clean() -> None:
    assert [str(found) for found in check([ROOT / "openapi"]).diagnostics if found.severity is not Severity.NOTE] == []


@needs_corpus
@pytest.mark.parametrize("name", FAILING)
def test_the_fault_of_a_broken_file_is_named(name: str) -> None:
    found = lint(build(load(CORPUS / "openapi3-examples" / name)))
    assert FAILING[name] in [(diagnostic.rule, diagnostic.location.line) for diagnostic in found]


@needs_corpus
def test_published_descriptions_have_these_faults_and_no_others() -> None:
    folder = CORPUS / "hanzo"
    documents = (build(load(path, folder)) for path in folder.glob("*/openapi.yaml"))
    assert Counter(found.rule for document in documents for found in lint(document)) == PUBLISHED


@needs_corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("stripe.yaml", {"unexpected-body": 246}),
        ("discord.json", {"unexpected-body": 1}),
        ("openai.yaml", {"value-type": 11, "duplicate-required": 4}),
    ],
)
def test_large_descriptions_have_these_faults_and_no_others(name: str, expected: dict[str, int]) -> None:
    assert Counter(found.rule for found in lint(build(load(CORPUS / name)))) == expected
