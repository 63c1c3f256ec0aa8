"""The reading order of a service: which tags stand where, and how deep."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.describe import portal

LONG = "[" + ", ".join(f"{{name: t{n}, parent: t{n - 1}}}" for n in range(2999, 0, -1)) + ", {name: t0}]"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("[{name: b, parent: a}, {name: a}, {name: c}]", [("a", 0), ("b", 1), ("c", 0)]),
        ("[{name: a}, {name: c, parent: b}, {name: d, parent: a}, {name: b, parent: a}]", [("a", 0), ("d", 1), ("b", 1), ("c", 2)]),
        ("[{name: a, parent: nobody}, {name: b, parent: a}]", [("a", 0), ("b", 0)]),
        ("[{name: a, parent: b}, {name: b, parent: a}, {name: c, parent: a}]", [("a", 0), ("b", 0), ("c", 0)]),
        ("[{name: a, parent: a}]", [("a", 0)]),
        (LONG, [(f"t{n}", n) for n in range(3000)]),
    ],
)
def test_tags_stand_below_their_parents(tags: str, expected: list[tuple[str, int]], tmp_path: Path) -> None:
    found = portal(tmp_path, f"tags: {tags}\npaths: {{}}\n").services[0].sections
    assert [(section.name, section.depth) for section in found] == expected
