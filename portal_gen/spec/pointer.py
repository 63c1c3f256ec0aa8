"""JSON Pointer (RFC 6901) in URI fragments, over a located tree."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from portal_gen.spec.tree import Map, Seq

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")


def tokens(pointer: str) -> list[str]:
    """The reference tokens of a pointer that is percent-decoded already."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def pointer(parts: list[str]) -> str:
    """The canonical text of a pointer: "/components/schemas/a~1b", "" for the whole document."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def decoded(fragment: str) -> str:
    """A URI fragment with its percent-escapes resolved."""
    return unquote(fragment, errors="replace")


def child(value: Any, token: str) -> Any:
    """The member of a container that a token names; KeyError where there is none."""
    if isinstance(value, Map):
        return value[token]
    if isinstance(value, Seq) and _INDEX.match(token) and int(token) < len(value):
        return value[int(token)]
    raise KeyError(token)


def nearest(keys: list[str], token: str, likeness: float = 0.6) -> str:
    """The one of the names that was probably meant, or nothing. `likeness` is between 0 and 1."""
    by_case = [key for key in keys if key.lower() == token.lower()]
    return next(iter(by_case or get_close_matches(token, keys, n=1, cutoff=likeness)), "")
