"""Values of a description as text: in chips, rules and examples."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from portal_gen.spec.tree import Decimal, Json

_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""One for all, since `json.dumps` makes a new one for each call that asks for anything."""
LONGEST_EXAMPLE = 60_000
"""Characters of an example that are shown."""


def json_text(value: Json, indent: int | None = None, level: int = 0) -> str:
    """A value as JSON; numbers as their author wrote them. With `indent`, over several lines."""
    if type(value) is str:  # most are, and asking for the others takes longer
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return value.lexeme
    if isinstance(value, Mapping):
        items = [f"{encode_basestring(str(key))}: {json_text(item, indent, level + 1)}" for key, item in value.items()]
        return _wrapped("{", "}", items, indent, level)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _wrapped("[", "]", [json_text(item, indent, level + 1) for item in value], indent, level)
    return _ENCODER.encode(value)


def _wrapped(start: str, end: str, items: list[str], indent: int | None, level: int) -> str:
    if not items:
        return start + end
    if indent is None:
        return start + ", ".join(items) + end
    pad = "\n" + " " * indent * (level + 1)
    return start + pad + ("," + pad).join(items) + "\n" + " " * indent * level + end


def shown(value: Json) -> str:
    """A value for a chip: a string without its quotes, unless they are needed to see it."""
    if isinstance(value, str):
        return value if value and value == value.strip() else json_text(value)
    return json_text(value)


def shown_all(values: Sequence[Json]) -> list[str]:
    """Values side by side: strings keep their quotes where other types stand among them that look the same."""
    texts = [shown(value) for value in values]
    if len(set(texts)) == len(texts):
        return texts
    return [json_text(value) for value in values]


def beginning(value: Any, items: int = 80, characters: int = 200) -> Any:
    """As much of a value as the beginning of its text shows, so that long ones are not written only to be cut."""
    if isinstance(value, str):
        return value if len(value) <= characters else value[:characters]
    if isinstance(value, Mapping):
        return {key: beginning(value[key], items, characters) for key in islice(value, items)}
    return [beginning(item, items, characters) for item in value[:items]] if isinstance(value, list | tuple) else value


def bounded(text: str) -> str:
    """An example's text; one that nobody would read to its end is cut, and how much is missing is said."""
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE]}\n… {len(text) - LONGEST_EXAMPLE:,} more characters"


def cut(text: str, limit: int = 160) -> str:
    """Text of bounded length."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
