"""Every request of `cases`, printed for every target, run by the real client, and compared with what came over the wire."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portal_gen.snippets.engine import render
from portal_gen.snippets.request import JsonBody, Request
from portal_gen.snippets.targets import target
from tests.snippets.cases import CASES
from tests.snippets.checks import faults_of
from tests.snippets.echo import Received, echo_server
from tests.snippets.programs import TOOLS, environment, missing, prepared, run_programs

pytestmark = pytest.mark.slow
CANNOT = {
    "curl": {"json-head", "text-nul", "multipart-equals"},
    "python": set[str](),
    "javascript": {"json-get", "json-head", "method-trace", "header-proto"},
    "go": set[str](),
}


@pytest.mark.parametrize("target_id", TOOLS)
def test_programs_send_what_was_asked_for(target_id: str, tmp_path: Path) -> None:
    if missing(target_id):
        pytest.skip(missing(target_id))
    with echo_server() as echo:
        requests = {name: case(f"{echo.url}/t/{name}") for name, case in CASES.items()}
        snippets = {name: render(target_id, request) for name, request in requests.items()}
        cannot = {name for name, snippet in snippets.items() if snippet.cannot}
        programs = {name: snippet.text for name, snippet in snippets.items() if not snippet.cannot}
        ran = run_programs(target_id, programs, tmp_path)
        faults = []
        for name, program in programs.items():
            got = [item for item in echo.received if item.target.split("/")[2].split("?")[0] == name]
            found = list(faults_of(requests[name], got, ran[name], target_id, tmp_path))
            faults += [f"{name}: {fault}\n{program}" for fault in found]
    assert cannot == CANNOT[target_id]
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)


class _Events:
    """Answers with one event, and with the second only when told to."""

    def __init__(self, chunked: bool) -> None:
        self.chunked = chunked
        self.go_on = threading.Event()

    def __call__(self, connection: socket.socket, request: Received) -> None:
        coding = "Transfer-Encoding: chunked\r\n" if self.chunked else "Connection: close\r\n"
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{coding}\r\n".encode())
        self._send(connection, b"data: first\n\n")
        if self.go_on.wait(10):
            self._send(connection, b"data: second\n\n")
        if self.chunked:
            connection.sendall(b"0\r\n\r\n")

    def _send(self, connection: socket.socket, data: bytes) -> None:
        connection.sendall(b"%x\r\n%s\r\n" % (len(data), data) if self.chunked else data)


@pytest.mark.parametrize("chunked", [True, False], ids=["chunked", "until-closed"])
@pytest.mark.parametrize("target_id", TOOLS)
def test_streams_are_printed_as_they_come(target_id: str, chunked: bool, tmp_path: Path) -> None:
    if missing(target_id):
        pytest.skip(missing(target_id))
    events = _Events(chunked)
    with echo_server(events) as echo:
        request = Request("POST", (echo.url + "/x",), (), JsonBody("application/json", {"stream": True}), stream=True)
        path = prepared(tmp_path) / f"program.{target(target_id).extension}"
        path.write_text(render(target_id, request).text, encoding="utf-8")
        start = {"curl": ["bash"], "python": [sys.executable], "javascript": ["node"], "go": ["go", "run"]}[target_id]
        with subprocess.Popen([*start, str(path)], cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"data: first\n"
            assert not events.go_on.is_set()
            began = time.monotonic()
            events.go_on.set()
            assert b"data: second\n" in process.stdout.read()
            assert process.wait(10) == 0
            assert time.monotonic() - began < 8
