"""What goes over the wire is counted as a browser asks for it."""

from __future__ import annotations

import gzip
import http.client
from pathlib import Path

import pytest

from bench.server import Sent, serving
from bench.weight import kind, summed, weigh

TEXT = "<!doctype html><title>t</title>" + "text " * 1000

PAGE = """<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="../a.css"><p>text</p>
<script src="../a.js"></script><img src="http://other.invalid/i.png"><img src="gone.png">"""

SCRIPT = "new Worker('/assets/javascripts/workers/search.1.min.js')"
WORKER = "fetch('/search/search_index.json'); fetch('http://third.invalid/x').catch(() => 0)"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/reference/kv/", "document"),
        ("/index.html", "document"),
        ("/assets/stylesheets/main.css", "styles"),
        ("/assets/portal/portal.mjs", "scripts"),
        ("/assets/javascripts/workers/search.2c21.min.js", "search"),
        ("/search/search_index.json", "search"),
        ("/sitemap.xml", "sitemap"),
        ("/operations.json", "other"),
    ],
)
def test_kinds(path: str, expected: str) -> None:
    assert kind(path) == expected


def test_search_and_sitemap_are_apart() -> None:
    found = summed("x", (Sent("/x/", 200, 5), Sent("/sitemap.xml", 200, 70), Sent("/a.css", 404, 3)), ("https://other.invalid/",))
    assert (found.to_read, found.total, found.requests, found.missing) == (8, 78, 4, ("/a.css",))


def test_text_is_compressed_and_noted(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(TEXT)
    with serving(tmp_path) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
        connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        connection.request("GET", "/../conftest.py")
        assert connection.getresponse().status == 404
        connection.close()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode() == TEXT
    assert server.sent[0] == Sent("/", 200, len(body))


@pytest.mark.browser
def test_a_page_with_everything(tmp_path: Path) -> None:
    for name, text in {
        "op/index.html": PAGE,
        "a.css": "p {color: red}",
        "a.js": SCRIPT,
        "assets/javascripts/workers/search.1.min.js": WORKER,
        "search/search_index.json": "{}",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (found,) = weigh(tmp_path, ["op/index.html"])
    assert set(found.kinds) == {"document", "styles", "scripts", "images", "search"}
    assert found.kinds["scripts"] == len(gzip.compress(SCRIPT.encode(), 6))
    assert found.missing == ("/op/gone.png",)
    assert sorted(found.foreign) == ["http://other.invalid/i.png", "http://third.invalid/x"]
    assert found.requests == 8
