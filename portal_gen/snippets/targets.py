"""The targets that come with the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from portal_gen.snippets.target import Target, read_target


@cache
def targets() -> tuple[Target, ...]:
    """All targets, in the order in which a page offers them."""
    text = files("portal_gen.snippets").joinpath("targets.json").read_text(encoding="utf-8")
    return tuple(read_target(data) for data in json.loads(text))


@cache
def _by_id() -> dict[str, Target]:
    return {target.id: target for target in targets()}


def target(target_id: str) -> Target:
    """One target. Raises KeyError where there is none of that name."""
    return _by_id()[target_id]
