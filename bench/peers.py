"""The peer: neoteroi-mkdocs on the same MkDocs and Material, a page for each description, in a venv of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.inputs import WORK, Input

VENV = WORK / "peer"
NAME = "neoteroi-mkdocs"
REQUIREMENTS = (f"{NAME}==1.2.0", f"mkdocs=={version('mkdocs')}", f"mkdocs-material=={version('mkdocs-material')}")

_EXTENSIONS = ["pymdownx.details", "pymdownx.superfences", {"pymdownx.tabbed": {"alternate_style": True}}]


def install() -> Path:
    """The peer's `mkdocs`, installed where it is not there yet in these versions."""
    stamp, wanted = VENV / ".installed", "\n".join(REQUIREMENTS)
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS], check=True)
        stamp.write_text(wanted)
    return VENV / "bin" / "mkdocs"


def project(folder: Path, given: Input, details: bool = False) -> Path:
    """An MkDocs project: a page for each description, an index and an overview.

    `details` turns on what the peer's manual recommends (tabs and folding), which costs it twice the time.
    """
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    docs.mkdir(parents=True)
    names = [_name(path, given) for path in given.files]
    for name, path in zip(names, given.files, strict=True):
        (docs / f"{name}.md").write_text(f"# {name}\n\n[OAD({path})]\n")
    (docs / "index.md").write_text("# Reference\n\nSee the [overview](overview.md).\n")
    (docs / "overview.md").write_text("# Overview\n\n" + "".join(f"* [{name}]({name}.md)\n" for name in names))
    (folder / "mkdocs.yml").write_text(json.dumps(_settings(details)))
    return folder


def check_pages(site: Path, given: Input) -> None:
    """RuntimeError where the peer did not make a page of each description: a comparison with it would mean nothing."""
    lacking = [path for path in given.files if not _has_operations(site / _name(path, given) / "index.html")]
    if lacking:
        raise RuntimeError(f"the peer made no page of {', '.join(map(str, lacking))}")


def _has_operations(page: Path) -> bool:
    return page.is_file() and "Response" in page.read_text()


def _name(path: Path, given: Input) -> str:
    return path.parent.name if given.path.is_dir() else path.stem


def _settings(details: bool) -> dict[str, Any]:
    return {
        "site_name": "Peer",
        "theme": {"name": "material", "font": False},
        "plugins": [{"search": {}}, {"neoteroi.mkdocsoad": {"use_pymdownx": details}}],
        "markdown_extensions": _EXTENSIONS if details else [],
    }
