"""What the tests of `portal_gen.spec` share."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest

from portal_gen.errors import PortalError
from portal_gen.spec import Loaded, Parsed, load, parse

CORPUS = Path(os.environ.get("PORTAL_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}; set PORTAL_CORPUS")


def faults_of(text: str | bytes, file: str = "f.yaml") -> list[str]:
    """Every finding about a text as `line:column: rule: message`, whether it stops or not."""
    try:
        found = parse(text, file).diagnostics
    except PortalError as stop:
        found = stop.diagnostics
    return [f"{item.location.line}:{item.location.column}: {item.rule}: {item.message}" for item in found]


def read(text: str, file: str = "f.yaml") -> Parsed:
    """Parse an indented text."""
    return parse(dedent(text), file)


def write(folder: Path, **texts: str) -> Path:
    """Write files (`a__b` is a/b, each .yaml) and return the path of the one named `api`."""
    for name, text in texts.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder / "api.yaml"


def loaded(folder: Path, text: str, **others: str) -> Loaded:
    """Load one description written as indented text, with other files beside it."""
    return load(write(folder, api=text, **others), folder)
