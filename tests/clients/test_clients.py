"""Clients made of `openapi/hanzo.yaml` call what the description says. `make clients` makes them first; it takes minutes."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.generator import CLIENTS, LANGUAGES, SOURCE, generator, missing

WANTED = "PORTAL_CLIENTS" in os.environ
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not WANTED, reason="making clients takes minutes; `make clients` makes and tries them"),
    pytest.mark.skipif(WANTED and bool(missing()), reason=missing()),
]

CALLS = """
import sys
import hanzo_client
configuration = hanzo_client.Configuration(host=sys.argv[1], access_token="the-key")
with hanzo_client.ApiClient(configuration) as client:
    clusters = hanzo_client.KVClustersApi(client)
    clusters.kv_list_clusters_without_preload_content(status="running")
    namespaces = hanzo_client.KVNamespacesApi(client)
    body = hanzo_client.KvCreateNamespaceRequest(name="storefront", max_memory_mb=256, eviction_policy="noeviction")
    namespaces.kv_create_namespace_without_preload_content(body)
"""


@pytest.fixture
def heard() -> Iterator[tuple[str, list[tuple[str, str, str | None, Any]]]]:
    """The address of a server that answers everything with an empty object, and what it was asked."""
    found: list[tuple[str, str, str | None, Any]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found.append((self.command, self.path, self.headers["Authorization"], json.loads(body) if body else None))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", found
    server.shutdown()


def run(*command: str | Path, cwd: Path, **environment: str) -> None:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_generator_finds_no_errors() -> None:
    done = generator("validate", "-i", SOURCE)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Errors:" not in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_is_made(language: str) -> None:
    assert (CLIENTS / language / "README.md").is_file(), "run `make clients`, which makes them first"


def test_the_python_client_calls_what_the_description_says(heard: tuple[str, list[tuple[str, str, str | None, Any]]]) -> None:
    address, found = heard
    run(sys.executable, "-c", CALLS, address, cwd=CLIENTS, PYTHONPATH=str(CLIENTS / "python"))
    assert found == [
        ("GET", "/v1/kv/clusters?status=running", "Bearer the-key", None),
        (
            "POST",
            "/v1/kv/namespaces",
            "Bearer the-key",
            {"name": "storefront", "max_memory_mb": 256, "eviction_policy": "noeviction"},
        ),
    ]


@pytest.mark.skipif(not shutil.which("npm"), reason="there is no npm; install Node.js")
def test_the_typescript_client_has_sound_types() -> None:
    folder = CLIENTS / "typescript-axios"
    run("npm", "install", "--no-audit", "--no-fund", "--no-save", "typescript@5", "axios@1", "@types/node@22", cwd=folder)
    options = (
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2022",
        "--module",
        "es2022",
        "--moduleResolution",
        "bundler",
    )
    run("node_modules/.bin/tsc", *options, "index.ts", cwd=folder)


@pytest.mark.skipif(not shutil.which("go"), reason="there is no go; install it")
def test_the_go_client_compiles(tmp_path: Path) -> None:
    """With a stand-in for the one module it asks for, of which it calls one function: no download is needed."""
    (tmp_path / "go.mod").write_text("module gopkg.in/validator.v2\n\ngo 1.19\n")
    (tmp_path / "validator.go").write_text("package validator\n\nfunc Validate(v interface{}) error { return nil }\n")
    modules = tmp_path / "client.mod"
    modules.write_text((CLIENTS / "go" / "go.mod").read_text() + f"\nreplace gopkg.in/validator.v2 => {tmp_path}\n")
    run("go", "build", f"-modfile={modules}", ".", cwd=CLIENTS / "go", GOFLAGS="-mod=mod", GOWORK="off")


@pytest.mark.skipif(not shutil.which("rustfmt"), reason="there is no rustfmt; install Rust")
def test_the_rust_client_can_be_read() -> None:
    """Every module, by the parser of `rustfmt`. The client is not compiled: that takes nine crates with all they need."""
    command = ["rustfmt", "--edition", "2021", "--check", "-l", str(CLIENTS / "rust" / "src" / "lib.rs")]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, timeout=900)
    assert "error" not in done.stderr.lower(), done.stderr[-4000:]
