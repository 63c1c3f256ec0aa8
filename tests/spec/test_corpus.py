"""Real descriptions are read without a word; broken ones never end in anything but a PortalError."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from portal_gen.diagnostics import Severity
from portal_gen.errors import PortalError
from portal_gen.spec import load
from tests.spec.support import CORPUS, needs_corpus

pytestmark = needs_corpus


def files(*patterns: str) -> list[Path]:
    found = {path for pattern in patterns for path in CORPUS.glob(pattern)}
    return sorted(path for path in found if path.suffix in (".yaml", ".yml", ".json") and path.stat().st_size)


def is_description(path: Path) -> bool:
    return any(line.lstrip("\ufeff \"'{").startswith(("openapi", "swagger")) for line in path.read_text("utf-8").splitlines())


GOOD = [
    *files("hanzo/**/openapi.yaml", "hanzo/*.yaml", "stripe.yaml", "openai.yaml", "discord.json"),
    *(path for path in files("openapi3-examples/*/pass/**/*") if is_description(path)),
]


@pytest.mark.parametrize("path", [path for path in GOOD if is_description(path)], ids=lambda path: str(path.relative_to(CORPUS)))
def test_good(path: Path) -> None:
    result = load(path, CORPUS)
    assert [str(item) for item in result.diagnostics if item.severity is Severity.ERROR] == []
    assert result.root["openapi"] == "3.2.0"


@pytest.mark.parametrize(
    "path",
    files("openapi3-examples/*/fail/**/*", "openapi3-examples/*/malicious/**/*"),
    ids=lambda path: str(path.relative_to(CORPUS)),
)
def test_bad(path: Path) -> None:
    start = time.monotonic()
    try:
        found = load(path).diagnostics
    except PortalError as stop:
        found = stop.diagnostics
        assert found
    assert time.monotonic() - start < 10
    assert all(item.location.file and item.location.line >= 1 and "; " in item.message for item in found)


def test_the_collector_is_on_again_after_loading() -> None:
    assert gc.isenabled()
    load(CORPUS / "discord.json")
    assert gc.isenabled()
    with pytest.raises(PortalError):
        load(CORPUS / "none.yaml")
    assert gc.isenabled()


def test_a_large_description_is_read_in_reasonable_time() -> None:
    start = time.process_time()
    load(CORPUS / "stripe.yaml")
    assert time.process_time() - start < 5
