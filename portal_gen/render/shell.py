"""The theme's page, drawn once with markers and cut at them: filling it is joining strings.

The theme draws a page whose title, description, addresses and content are markers. What stands between the markers is the
same for every page of that depth, so a page is the pieces with its own values between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Hole(StrEnum):
    """What differs from page to page. Each value is HTML that is finished for the place where the marker stands."""

    TITLE = "title"
    DESCRIPTION = "description"
    CANONICAL = "canonical"
    HEAD = "head"
    NAVIGATION = "navigation"
    CONTENT = "content"


_PREFIX = "pgHole0"
_MARKER = re.compile(rf"{_PREFIX} ([A-Za-z]+) 0pgHole")
CANONICAL = f"https://{_PREFIX}{Hole.CANONICAL}0pgHole.invalid/"


def marker(hole: Hole) -> str:
    """The text that stands for a hole while the theme draws: letters and digits, which no template escapes.

    The spaces keep a minifier from taking the quotes off an attribute, into which anything may be filled later.
    """
    return f"{_PREFIX} {hole} 0pgHole"


@dataclass(frozen=True, slots=True)
class Shell:
    """A drawn page in pieces: text, hole, text, hole, …, text."""

    pieces: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with `values` in its holes; KeyError for a hole without a value."""
        parts = list(self.pieces)
        for index in range(1, len(parts), 2):
            parts[index] = values[parts[index]]
        return "".join(parts)

    @property
    def holes(self) -> frozenset[str]:
        """The holes that the theme drew."""
        return frozenset(self.pieces[1::2])


def cut(html: str) -> Shell:
    """A drawn page, cut at its markers."""
    return Shell(tuple(_MARKER.split(html.replace(CANONICAL, marker(Hole.CANONICAL)))))
