"""Names in a bundle: the service in front, in the case that generators of clients make good names of.

A name depends on its service and itself alone. Only where two would still be one (their case ignored: files of classes clash too),
both get a digest of where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from portal_gen.portal.slugs import digest

_PART = re.compile(r"[A-Za-z0-9]+")
_K = TypeVar("_K", bound=Hashable)


def pascal(*names: str) -> str:
    """Names as one: `kv`, `cluster.info` is KvClusterInfo; the case inside a word is kept. What has no letter is a digest."""
    words = [word for name in names for word in _PART.findall(name) or ["X" + digest(name)]]
    return "".join(word[0].upper() + word[1:] for word in words)


def camel(*names: str) -> str:
    """As `pascal`, with a small letter at its front: kvListClusters."""
    name = pascal(*names)
    return name[0].lower() + name[1:]


def unique(wanted: Mapping[_K, tuple[str, str]]) -> dict[_K, str]:
    """A name for each key from (name, where it stands), the second of which is unique."""
    counts = Counter(name.lower() for name, _ in wanted.values())
    return {key: name if counts[name.lower()] == 1 else f"{name}_{digest(place)}" for key, (name, place) in wanted.items()}
