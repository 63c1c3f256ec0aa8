"""Names for addresses and anchors, from text that nobody has checked.

A slug holds only `a-z 0-9 - _ .` and is never a name that a file system or this site keeps for itself. Two texts that would get
the same slug are told apart by more of what they are, never by a counter: an address must not depend on the order of a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from hashlib import blake2b
from typing import TypeVar

RESERVED = frozenset(
    ["schemas", "index", "con", "prn", "aux", "nul"] + [f"{device}{digit}" for device in ("com", "lpt") for digit in range(1, 10)]
)
"""Names that a slug never is: `schemas` and `index` stand beside slugs, the others are devices of Windows."""
LONGEST = 96

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+")
_ASCII = re.compile(r"[A-Za-z0-9]+")
_K = TypeVar("_K", bound=Hashable)


def digest(text: str) -> str:
    """Eight characters that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def words(name: str) -> list[str]:
    """The words of an identifier: `getClusterStats` and `get_cluster-stats` are get, Cluster, Stats."""
    return [word for part in _ASCII.findall(name) for word in _WORD.findall(part)]


def slug(name: str) -> str:
    """A slug for `name`: its words in lower case, joined by hyphens; a digest where too little of it can be kept."""
    kept = "-".join(words(name)).lower()
    if not kept or len(kept) > LONGEST:
        kept = (kept[:LONGEST].rstrip("-") + "-" if kept else "x-") + digest(name)
    return f"{kept}-{digest(name)}" if kept in RESERVED else kept


def distinct(candidates: Mapping[_K, tuple[str, ...]]) -> dict[_K, str]:
    """One slug for each key, from its candidates: texts that say ever more, the first that nobody else claims is taken.

    All that share a slug move on to their next candidate together, so the result is the same in any order; keys whose last
    candidates still clash get a digest of that candidate, which must therefore be unique.
    """
    level = dict.fromkeys(candidates, 0)
    while True:
        chosen = {key: slug(texts[min(level[key], len(texts) - 1)]) for key, texts in candidates.items()}
        counts = Counter(chosen.values())
        clashing = [key for key, name in chosen.items() if counts[name] > 1]
        moving = [key for key in clashing if level[key] < len(candidates[key]) - 1]
        if not moving:
            return chosen | {key: f"{chosen[key]}-{digest(candidates[key][-1])}" for key in clashing}
        for key in moving:
            level[key] += 1
