"""One request as a value: what every snippet prints and what a console sends.

A request is finished: its URL is percent-encoded, its parameters are serialised. What only the reader has (keys, passwords)
stands in it as the name of an environment variable. Serialisation is in `serialize`, printing in `engine`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from portal_gen.spec.tree import Json

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A method or a field name (RFC 9110, section 5.6.2)."""
FIELD_VALUE = re.compile(r"(?:[!-~](?:[\t -~]*[!-~])?)?")
"""A field value that every client sends as the same bytes: visible ASCII, blanks only inside (RFC 9110, section 5.5)."""
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Env:
    """The value of an environment variable, read when the snippet runs."""

    name: str

    def __post_init__(self) -> None:
        if not _ENV_NAME.fullmatch(self.name):
            raise ValueError(f"not the name of an environment variable: {self.name!r}")


Part: TypeAlias = str | Env
Parts: TypeAlias = tuple[Part, ...]
"""A text of which some pieces are known only at run time."""
Header: TypeAlias = tuple[str, Parts]


@dataclass(frozen=True, slots=True)
class JsonBody:
    """A JSON text. `value` keeps the order of its members and, as `Decimal`, the lexemes of its numbers."""

    mime: str
    value: Json


@dataclass(frozen=True, slots=True)
class TextBody:
    """A text, sent as UTF-8. Inside a form, `mime` may be empty: an ordinary field."""

    mime: str
    text: str


@dataclass(frozen=True, slots=True)
class FileBody:
    """The bytes of a file on the reader's disk."""

    mime: str
    path: str


@dataclass(frozen=True, slots=True)
class FormBody:
    """`application/x-www-form-urlencoded`: decoded names and values, in order, names may repeat."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of a multipart form. `filename` is what the server sees; for a file, its own name where empty."""

    name: str
    content: TextBody | JsonBody | FileBody
    filename: str = ""


@dataclass(frozen=True, slots=True)
class MultipartBody:
    """`multipart/form-data`; the client chooses the boundary and writes the Content-Type."""

    parts: tuple[FormPart, ...]


Body: TypeAlias = JsonBody | TextBody | FileBody | FormBody | MultipartBody


@dataclass(frozen=True, slots=True)
class Basic:
    """User name and password; joined and base64-encoded at run time (RFC 7617)."""

    user: Part
    password: Part


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `headers` never holds the Content-Type, which the body gives, and has each name once.

    `stream` says that the answer comes in pieces which matter one by one, `download` names a file for a binary answer.
    `notes` says what was left out and why. Raises ValueError for a method, header name or header value that would not
    be sent as it is written.
    """

    method: str
    url: Parts
    headers: tuple[Header, ...] = ()
    body: Body | None = None
    basic: Basic | None = None
    stream: bool = False
    download: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not TOKEN.fullmatch(self.method):
            raise ValueError(f"not a method: {self.method!r}")
        for name, value in self.headers:
            if not TOKEN.fullmatch(name):
                raise ValueError(f"not a header name: {name!r}")
            if not FIELD_VALUE.fullmatch("".join(part if isinstance(part, str) else "x" for part in value)):
                raise ValueError(f"not a value for header {name}: {value!r}")


def combined(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    """Headers with each name once: values joined by a comma, cookies by a semicolon (RFC 9110, section 5.3; RFC 6265)."""
    by_name: dict[str, Header] = {}
    for name, value in headers:
        key = name.lower()
        if key in by_name:
            first, before = by_name[key]
            by_name[key] = (first, (*before, "; " if key == "cookie" else ", ", *value))
        else:
            by_name[key] = (name, value)
    return tuple(by_name.values())
