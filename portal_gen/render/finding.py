"""What a finding of the route map is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a folded list: a path, the page that it leads to (empty where there is none), and words."""

    term: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A list that is folded under its count."""

    summary: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`facts` are (what, service id or empty, words)."""

    title: str
    facts: tuple[tuple[str, str, str], ...]
    consequence: str
    folds: tuple[Fold, ...] = ()
