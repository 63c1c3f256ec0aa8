"""Every operation of whole descriptions, printed for every target, run and compared, with every parameter filled in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal_gen.model.document import Document
from portal_gen.model.operation import Operation, Parameter
from portal_gen.model.schema import ABSENT
from portal_gen.model.security import SecurityRequirement
from portal_gen.snippets.engine import render
from portal_gen.snippets.operation_request import Choice, request_for
from portal_gen.snippets.request import FileBody, MultipartBody, Request
from portal_gen.snippets.request_access import Access
from tests.snippets.checks import faults_of
from tests.snippets.echo import echo_server
from tests.snippets.programs import TOOLS, missing, run_programs

builder = pytest.importorskip("portal_gen.model.builder", reason="the model's builder is not in this tree")
examples = pytest.importorskip("portal_gen.examples", reason="the examples are not in this tree")
spec = pytest.importorskip("portal_gen.spec")

CORPUS = Path(os.environ.get("PORTAL_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
SERVICES = ("chat", "iam", "mq")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}; set PORTAL_CORPUS to a folder that has one"),
]


def _choice(operation: Operation, shown: Any) -> Choice:
    """Values for everything that the operation takes."""
    values = {(item.place, item.name): value for item in operation.parameters if (value := _value(item, shown)) is not ABSENT}
    if operation.body is None or not operation.body.content:
        return Choice(values)
    media = operation.body.content[0]
    return Choice(values, media.name, examples.media_example(media, shown, examples.Mode.REQUEST).value)


def _value(parameter: Parameter, shown: Any) -> Any:
    return ABSENT if parameter.schema is None else shown.value(parameter.schema, examples.Mode.REQUEST, name=parameter.name)


def _requests(document: Document, base: str) -> Iterator[tuple[str, Request]]:
    shown = examples.Examples(document.schemas)
    for number, operation in enumerate(document.operations):
        requirement = operation.security[0] if operation.security else SecurityRequirement()
        access = Access(document.security_schemes, requirement, "API_KEY")
        choice = _choice(operation, shown)
        yield f"o{number}", request_for(operation, f"{base}/t/o{number}", choice, access, document.schemas)


def _files(request: Request) -> list[str]:
    """The files that a request asks for."""
    if isinstance(request.body, FileBody):
        return [request.body.path]
    parts = request.body.parts if isinstance(request.body, MultipartBody) else ()
    return [part.content.path for part in parts if isinstance(part.content, FileBody)]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("target_id", TOOLS)
def test_every_operation_is_sent_as_described(target_id: str, service: str, tmp_path: Path) -> None:
    if missing(target_id):
        pytest.skip(missing(target_id))
    document = builder.build(spec.load(CORPUS / "hanzo" / service / "openapi.yaml"))
    with echo_server() as echo:
        requests = dict(_requests(document, echo.url))
        snippets = {name: render(target_id, request) for name, request in requests.items()}
        programs = {name: snippet.text for name, snippet in snippets.items() if not snippet.cannot}
        files = {path for request in requests.values() for path in _files(request)}
        ran = run_programs(target_id, programs, tmp_path, files)
        faults = []
        for name, program in programs.items():
            got = [item for item in echo.received if item.target.split("/")[2] == name]
            faults += [f"{fault}\n{program}" for fault in faults_of(requests[name], got, ran[name], target_id, tmp_path)]
    assert len(programs) >= len(document.operations) - 3
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])
