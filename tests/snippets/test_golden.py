"""What is printed changes only on purpose."""

from __future__ import annotations

import difflib

import pytest

from tests.snippets.golden import COMMAND, FOLDER, goldens

FILES = goldens()


@pytest.mark.parametrize("name", FILES)
def test_programs_are_printed_as_before(name: str) -> None:
    before = (FOLDER / name).read_bytes().decode("utf-8")
    changes = list(difflib.unified_diff(before.split("\n"), FILES[name].split("\n"), "before", "now", lineterm="", n=6))
    assert not changes, f"{name} changed; if that is meant, run: {COMMAND}\n" + "\n".join(changes[:60])


def test_no_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES), f"run: {COMMAND}, and delete what it does not write"
