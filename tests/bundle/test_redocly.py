"""What Redocly CLI is told to ignore is known by name: `make redocly` lints, this compares the list with the descriptions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY
from tests.documentation import table

FILES = sorted((REPOSITORY / "openapi").glob("*/openapi.yaml"))
BUNDLE = REPOSITORY / "openapi" / "hanzo.yaml"
IGNORED: dict[str, dict[str, list[str]]] = yaml.safe_load((REPOSITORY / ".redocly.lint-ignore.yaml").read_text(encoding="utf-8"))
REDOCLY = os.environ.get("PORTAL_REDOCLY") or shutil.which("redocly")


@cache
def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer in a fragment leads to; a KeyError where there is nothing."""
    for token in pointer.removeprefix("#/").split("/"):
        value = value[int(token) if isinstance(value, list) else token.replace("~1", "/").replace("~0", "~")]
    return value


def test_all_that_is_ignored_is_there() -> None:
    assert IGNORED.keys() <= {path.relative_to(REPOSITORY).as_posix() for path in (*FILES, BUNDLE)}
    for name, rules in IGNORED.items():
        for pointers in rules.values():
            assert len(set(pointers)) == len(pointers)
            for pointer in pointers:
                assert at(load(REPOSITORY / name), pointer) is not None, f"{name}{pointer}"


def test_the_notes_list_every_rule_with_its_numbers() -> None:
    parts, bundle = Counter[str](), Counter[str]()
    for name, rules in IGNORED.items():
        counted = bundle if name == "openapi/hanzo.yaml" else parts
        counted.update({rule: len(pointers) for rule, pointers in rules.items()})
    notes = (REPOSITORY / "openapi" / "NOTES.md").read_text(encoding="utf-8")
    told = {row[0].strip("`"): (int(row[1]), int(row[2])) for row in table(notes.partition("## What Redocly finds")[2])}
    assert told == {rule: (parts[rule], bundle[rule]) for rule in parts | bundle}


def test_unused_components_are_not_used() -> None:
    """The findings of one rule, found again without Redocly."""
    unused = set()
    for path in FILES:
        references = set(re.findall(r"#/components/schemas/([^'\"\s]+)", path.read_text(encoding="utf-8")))
        names = set(load(path)["components"]["schemas"]) - references
        unused |= {(path.relative_to(REPOSITORY).as_posix(), f"#/components/schemas/{name}") for name in names}
    rule = "no-unused-components"
    assert unused == {(name, one) for name, rules in IGNORED.items() if name != "openapi/hanzo.yaml" for one in rules.get(rule, ())}


@pytest.mark.slow
@pytest.mark.skipif(not REDOCLY, reason="there is no redocly; `npm install --global @redocly/cli@2`, or name it in PORTAL_REDOCLY")
def test_redocly_finds_nothing_else() -> None:
    assert REDOCLY
    command = [REDOCLY, "lint", "--max-problems=1000", *map(str, FILES), str(BUNDLE)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-4000:]
    assert not re.search(r"\b[1-9]\d* (?:error|warning)s?\b", output), output[-4000:]
    ignored = sum(len(pointers) for rules in IGNORED.values() for pointers in rules.values())
    assert f"{ignored} problems are explicitly ignored" in output
