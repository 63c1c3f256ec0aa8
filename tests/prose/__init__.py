"""What `openapi/WRITING.md` asks of the descriptions, as far as a machine can tell: `python -m tests.prose SERVICE…` prints it.

A description becomes texts and answers (`walk`); each module of checks is a generator of diagnostics over them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from portal_gen.diagnostics import Diagnostic
from tests.prose import answers, mentions, operations, presence, wording, world
from tests.prose.description import OPENAPI, Description, read

CORPUS = Path(os.environ.get("PORTAL_CORPUS", OPENAPI.parent.parent / "shared" / "corpus")) / "hanzo"
SERVICES = tuple(sorted(path.parent.name for path in OPENAPI.glob("*/openapi.yaml")))
SHARED = tuple(sorted(path.stem for path in (OPENAPI / "shared").glob("*.yaml")))
WRITTEN = 200
"""More characters than this in `info.description` say that somebody has begun to write a service."""

CHECKS: tuple[Callable[[Description], Iterator[Diagnostic]], ...] = (
    presence.missing,
    operations.summaries,
    operations.overview,
    mentions.unknown_operations,
    wording.repeats_the_name,
    wording.duplicates,
    wording.spelling,
    wording.marketing,
    answers.no_success,
    answers.no_error,
    answers.without_example,
    answers.invalid_examples,
    answers.event_streams,
    world.other_worlds,
)


def described(service: str) -> Description:
    """The description of a service, or of `shared/<name>`."""
    name = f"{service}.yaml" if service.startswith("shared/") else f"{service}/openapi.yaml"
    return read(OPENAPI / name)


def is_written(service: str) -> bool:
    """Whether the service has more than the one sentence it began with."""
    return len(described(service).value["info"].get("description", "")) > WRITTEN


def findings(service: str) -> list[Diagnostic]:
    """Everything that the checks have to say, in the order of the file."""
    description = described(service)
    found = [finding for check in CHECKS for finding in check(description)]
    return sorted(found, key=lambda finding: finding.location)
