"""How OpenAPI writes parameters (3.2, sections 4.12.3 to 4.12.6; RFC 6570): the only place where values become URL text.

Every function takes a value and returns finished text, or pairs of it. Lists and mappings lose members that are null
(RFC 6570, section 2.3: undefined); what is nested deeper than a style can say is written as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote

from portal_gen.snippets.json_text import compact_json, lexeme
from portal_gen.spec.tree import Json

Pair: TypeAlias = tuple[str, str]
Encode: TypeAlias = Callable[[str], str]

_TRIPLE_OR_TEXT = re.compile(r"(%[0-9A-Fa-f]{2})|[^%]+|%")
RESERVED_IN_QUERY = ":/?@!$()*,;="
"""RFC 3986's reserved characters, without those that are not allowed in a query (`#[]`), that would end the value or read as
a blank there (`&+`), and the apostrophe, which browsers encode."""
RESERVED_IN_PATH = ":@!$&()*+,;="
_PATH_LITERALS = "/:@!$&'()*+,;=~"


def encode(text: str, keep: str = "") -> str:
    """Percent-encode everything but RFC 3986's unreserved characters and `keep`. Half surrogate pairs become U+FFFD."""
    return quote(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), safe=keep + "~")


def encode_reserved(text: str, keep: str) -> str:
    """The same for `allowReserved`: percent-encoded triples stay too (RFC 6570, section 3.2.3)."""
    return "".join(match[1] or encode(match[0], keep) for match in _TRIPLE_OR_TEXT.finditer(text))


def path_literal(text: str) -> str:
    """The fixed text of a path template, as it can stand in a URL."""
    return encode_reserved(text, _PATH_LITERALS)


def same(text: str) -> str:
    """No encoding: headers, and bodies that a client encodes."""
    return text


def text_of(value: Json) -> str:
    """A value as plain text; numbers by their lexeme, lists and mappings as JSON."""
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return ""
    return lexeme(value) if isinstance(value, int | float) else compact_json(value)


def items_of(value: Json, encoded: Encode) -> list[str] | None:
    """The members of a list, encoded; None for anything else."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [encoded(text_of(item)) for item in value if item is not None]
    return None


def members_of(value: Json, encoded: Encode) -> list[Pair] | None:
    """The members of a mapping, encoded; None for anything else."""
    if isinstance(value, Mapping):
        return [(encoded(name), encoded(text_of(item))) for name, item in value.items() if item is not None]
    return None


def simple(value: Json, explode: bool, encoded: Encode) -> str:
    """`simple`: `a,b` and `k,v` or, exploded, `k=v`. For path and header parameters."""
    return _joined(value, ",", explode, encoded)


def label(value: Json, explode: bool, encoded: Encode) -> str:
    """`label`: a dot, then members divided by commas or, exploded, by dots."""
    return "." + _joined(value, "." if explode else ",", explode, encoded)


def matrix(name: str, value: Json, explode: bool, encoded: Encode) -> str:
    """`matrix`: `;name=value`, exploded once for each member."""
    items, members = items_of(value, encoded), members_of(value, encoded)
    if explode and items is not None:
        pairs = [(encoded(name), item) for item in items]
    elif explode and members is not None:
        pairs = members
    else:
        pairs = [(encoded(name), _joined(value, ",", False, encoded))]
    return "".join(f";{key}={text}" if text else f";{key}" for key, text in pairs)


def _joined(value: Json, divider: str, explode: bool, encoded: Encode) -> str:
    items, members = items_of(value, encoded), members_of(value, encoded)
    if items is not None:
        return divider.join(items)
    if members is not None:
        return divider.join(f"{key}={text}" if explode else f"{key}{divider}{text}" for key, text in members)
    return encoded(text_of(value))


_DIVIDERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def form(name: str, value: Json, style: str, explode: bool, encoded: Encode) -> list[Pair]:
    """`form`, `spaceDelimited`, `pipeDelimited` and `deepObject`: pairs for a query or a form. An empty list has none."""
    if style == "deepObject" and not isinstance(value, str):
        return _deep(name, value, encoded)
    items, members = items_of(value, encoded), members_of(value, encoded)
    if items is None and members is None:
        return [(encoded(name), encoded(text_of(value)))]
    if explode:
        return members if members is not None else [(encoded(name), item) for item in items or ()]
    flat = items if items is not None else [text for member in members or () for text in member]
    divider = _DIVIDERS.get(style, ",")
    # A comma stands for itself in a URL; blank and bar do not.
    return [(encoded(name), (divider if divider == "," else encoded(divider)).join(flat))] if flat else []


def _deep(name: str, value: Json, encoded: Encode) -> list[Pair]:
    """`name[key]=value`, further brackets for what is nested; members of lists by their index."""
    if isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        inner = [(str(index), item) for index, item in enumerate(value)]
    else:
        return [(encoded(name), encoded(text_of(value)))]
    return [pair for key, item in inner if item is not None for pair in _deep(f"{name}[{key}]", item, encoded)]


def query_text(pairs: Sequence[Pair]) -> str:
    """Encoded pairs as a query, without the question mark."""
    return "&".join(f"{name}={value}" for name, value in pairs)


def cookie(name: str, value: Json, style: str, explode: bool) -> str:
    """A cookie parameter as a piece of the Cookie header: `form`, or 3.2's `cookie`, which encodes nothing."""
    if style == "cookie":
        return "; ".join(f"{key}={text}" for key, text in form(name, value, "form", explode, same))
    return query_text(form(name, value, "form", explode, encode))
