"""What is wrong with what a program did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from portal_gen.snippets.request import Request
from tests.snippets.echo import Received
from tests.snippets.programs import Ran
from tests.snippets.wire import differences


def faults_of(request: Request, got: Sequence[Received], ran: Ran, target_id: str, directory: Path) -> Iterator[str]:
    """Every fault of a program: what it sent (`got`), how it ended, what it printed or wrote."""
    if len(got) != 1:
        yield f"{len(got)} requests"
    for received in got[:1]:
        yield from differences(request, received, target_id)
    if ran.error:
        yield ran.error
    elif request.download:
        if (directory / request.download).read_bytes() != b"echo-answer":
            yield "the file does not hold the answer"
    elif request.method != "HEAD" and "echo-answer" not in ran.out:
        yield f"the answer is not in what it printed: {ran.out!r}"
