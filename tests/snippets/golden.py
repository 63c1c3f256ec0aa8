"""The printed programs as they are kept: one file for each target, and one with HTML. Run as a module, it writes them anew."""

from __future__ import annotations

from pathlib import Path

from portal_gen.snippets.engine import html, render
from portal_gen.snippets.targets import targets
from tests.snippets.cases import CASES

FOLDER = Path(__file__).parent / "golden"
COMMAND = "make golden"
BASE = "https://api.example.com/v1"
HTML_CASES = ("json", "multipart-file", "access-bearer-json", "json-markup", "text-carriage", "json-head", "json-constants")


def goldens() -> dict[str, str]:
    """Name and content of every file."""
    requests = {name: case(BASE) for name, case in CASES.items()}
    files = {
        f"{target.id}.txt": "".join(f"=== {name}\n{render(target.id, request).text}\n" for name, request in requests.items())
        for target in targets()
    }
    pages = [f"=== {target.id} {name}\n{html(render(target.id, requests[name]))}\n" for target in targets() for name in HTML_CASES]
    return {**files, "html.txt": "".join(pages)}


def write() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in goldens().items():
        (FOLDER / name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    write()
