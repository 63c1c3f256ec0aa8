"""What the README promises works where nothing is prepared: an empty environment, a clean clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow
DESCRIPTION = """openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {/pets: {get: {operationId: listPets, responses: {'200': {description: fine}}}}}
"""


def call(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command says; it must end well. Nothing of this repository's environment is passed on."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "PYTEST", "COV"))}
    env |= {"NO_MKDOCS_2_WARNING": "1", "CI": "true", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | environment
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{command}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what is committed and changed here."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, REPOSITORY, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    call(sys.executable, "-m", "venv", folder, cwd=folder)
    call(folder / "bin" / "pip", "install", "-q", wheel, cwd=folder)
    return folder / "bin"


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = call(sys.executable, "-m", "zipfile", "-l", wheel, cwd=wheel.parent)
    files = re.findall(r"^(\S+)", names, re.MULTILINE)[1:]
    assert {name.split("/")[0] for name in files} == {
        "portal_gen",
        next(name.split("/")[0] for name in files if ".dist-info" in name),
    }
    for needed in ("portal_gen/frontend/portal.css", "portal_gen/snippets/targets.json", "portal_gen/starter_files/mkdocs.yml"):
        assert needed in files
    kept = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "portal_gen").rglob("*") if path.is_file()}
    assert {name for name in kept if "__pycache__" not in name} <= set(files)


def test_a_site_is_built_from_a_folder_without_any_settings(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "my-descriptions").mkdir()
    (tmp_path / "my-descriptions" / "pets.yaml").write_text(DESCRIPTION)
    call(installed / "portal-gen", "build", "my-descriptions", "--out", "site", cwd=tmp_path)
    (entry,) = json.loads((tmp_path / "site" / "operations.json").read_text())
    assert (tmp_path / "site" / entry["url"] / "index.html").is_file()
    assert sorted(os.listdir(tmp_path)) == ["my-descriptions", "site"]


def test_the_starter_is_built_by_both_commands(installed: Path, tmp_path: Path) -> None:
    call(installed / "portal-gen", "init", "my-portal", cwd=tmp_path)
    project = tmp_path / "my-portal"
    call(installed / "portal-gen", "build", cwd=project)
    assert json.loads((project / "site" / "operations.json").read_text())
    said = call(installed / "python", "-m", "mkdocs", "build", "--strict", "--site-dir", "other", cwd=project)
    assert "WARNING" not in said
    assert (project / "other" / "guide" / "index.html").is_file()
    call(installed / "portal-gen", "check", "--strict", cwd=project)
    assert "portal-gen" in call(installed / "portal-gen", "--version", cwd=project)


def test_the_readme_s_commands_exist_and_a_clean_clone_builds(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    call("git", "clone", "-q", "--no-hardlinks", REPOSITORY, clone, cwd=tmp_path)
    targets = set(re.findall(r"^([a-z]+):", (clone / "Makefile").read_text(), re.MULTILINE))
    promised = set(re.findall(r"`?\bmake ([a-z]+)", (clone / "README.md").read_text() + (clone / "CONTRIBUTING.md").read_text()))
    assert {"serve", "test"} <= promised <= targets
    call("make", "build", cwd=clone)
    assert len(json.loads((clone / "site" / "operations.json").read_text())) > 1900
    assert call("git", "status", "--porcelain", cwd=clone) == ""
    assert (clone / "bench").is_dir() == ("bench" in targets)
