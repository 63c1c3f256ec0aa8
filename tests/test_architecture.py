"""The house: data flows one way, and each third-party library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "portal_gen"

ORDER = (
    "diagnostics errors spec model lint examples snippets portal load plan resources render site cache readings kept jobs executors swap "
    "build bundle live mkdocs_plugin starter cli __main__"
).split()
"""A module may import from those before it, and from its own package."""

HOMES = {
    "yaml": {"spec"},
    "jinja2": {"render", "mkdocs_plugin"},
    "markupsafe": {"render"},
    "cmarkgfm": {"render"},
    "nh3": {"render"},
    "pygments": {"render"},
    "httpx": {"fetch"},
    "distributed": {"executors"},
    "mkdocs": {"mkdocs_plugin"},
    "watchdog": {"live"},
    "material": set(),
    "properdocs": set(),
    "click": {"cli"},
    "jsonschema_rs": set(),
}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    """The first name below the package: its folder, or the module itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    rank = ORDER.index(room(path))
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "portal_gen":
            continue
        if parts[1:] == ["__version__"]:
            continue
        assert len(parts) > 1, f"{path} imports the package root"
        assert ORDER.index(parts[1]) <= rank, f"{path} imports {name}, which stands after it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_have_one_home(path: Path) -> None:
    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or room(path) in home, f"{path} imports {name}"


def test_every_room_is_in_the_order() -> None:
    rooms = {room(path) for path in MODULES}
    assert rooms == set(ORDER), rooms ^ set(ORDER)


def test_the_code_knows_no_company() -> None:
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".html", ".css", ".mjs", ".json", ".yaml", ".yml", ".md"):
            assert "hanzo" not in path.read_text().lower(), path
