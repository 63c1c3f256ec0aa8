"""The descriptions say what `openapi/WRITING.md` asks for. Services that nobody has written yet are skipped by name."""

from __future__ import annotations

import pytest

from tests.prose import CORPUS, SERVICES, SHARED, described, findings, is_written
from tests.prose.wording import borrowed

WRITTEN = [service for service in SERVICES if is_written(service)]
UNWRITTEN = [service for service in SERVICES if service not in WRITTEN]


def shown(found: list[object]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize("service", WRITTEN)
def test_written_services_keep_the_rules(service: str) -> None:
    assert shown([*findings(service)]) == ""


@pytest.mark.parametrize("name", SHARED)
def test_shared_components_keep_the_rules(name: str) -> None:
    assert shown([*findings(f"shared/{name}")]) == ""


@pytest.mark.parametrize("service", [*WRITTEN, *(f"shared/{name}" for name in SHARED)])
def test_no_sentence_is_borrowed(service: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"{CORPUS} is absent; set PORTAL_CORPUS")
    assert shown([*borrowed(described(service), CORPUS)]) == ""


def test_all_services_are_written() -> None:
    if UNWRITTEN:
        pytest.skip(f"{len(UNWRITTEN)} of {len(SERVICES)} services have no prose yet: {', '.join(UNWRITTEN)}")
    assert len(WRITTEN) == 27
