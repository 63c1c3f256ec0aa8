"""What a pasted text asks for: a curl line, a line of a log, an address or a path, read as method, host, path and query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import unquote

from portal_gen.portal.catalog_reader import METHODS

_WORD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+""", re.DOTALL)
_QUOTED = re.compile(r"""\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'""", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
_TAKES_VALUE = re.compile(
    r"-[AbcdDeEFHKmoTuwx]|--(?:header|data[a-z-]*|json|form|form-string|user|user-agent|cookie|cookie-jar|referer|output|upload-file|"
    r"max-time|connect-timeout|proxy|retry|write-out|cacert|cert|key)"
)
_SENDS = re.compile(r"-d.*|-F.*|--data.*|--json.*|--form.*", re.DOTALL)

Values: TypeAlias = tuple[tuple[str, str], ...]
"""Names with their values, in order."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was read of a text. `method` and `host` are empty where it does not say them; `path` is as written, without its query."""

    method: str
    host: str
    path: str
    query: Values = ()


def read(text: str) -> Request:
    """What a text asks for. A curl line's method is that of its options; elsewhere it is the word before the address."""
    words = [_unquoted(word) for word in _WORD.findall(re.sub(r"\\\r?\n", " ", text))]
    if words and words[0] == "curl":
        method, address = _of_curl(words[1:])
    else:
        method, address = _of_words(" ".join(words).split())
    return _request(method, address)


def _unquoted(word: str) -> str:
    return _QUOTED.sub(lambda found: found[1] or re.sub(r"\\(.)", r"\1", found[2] or "") or found[3] or "", word)


def _of_curl(words: list[str]) -> tuple[str, str]:
    """Method and address of a curl line. A body makes it POST, unless an option names the method."""
    said = sends = address = ""
    rest = iter(words)
    for word in rest:
        if word in ("-X", "--request"):
            said = next(rest, "").upper()
        elif word in ("-I", "--head", "-G", "--get", "-T", "--upload-file"):
            said = said or {"i": "HEAD", "h": "HEAD", "g": "GET"}.get(word.strip("-")[0].lower(), "PUT")
            if word in ("-T", "--upload-file"):
                next(rest, "")
        elif word == "--url":
            address = next(rest, "")
        elif word.startswith("-X"):
            said = word[2:].upper()
        elif word.startswith("-"):
            sends = "POST" if _SENDS.fullmatch(word) else sends
            if _TAKES_VALUE.fullmatch(word):
                next(rest, "")
        else:
            address = address or word
    return said or sends or "GET", address


def _of_words(words: list[str]) -> tuple[str, str]:
    for word, following in pairwise(words):
        if word.upper() in METHODS and re.search("[/.]", following):
            return word.upper(), following
    return "", next((word for word in words if "/" in word), words[0] if words else "")


def _request(method: str, address: str) -> Request:
    """The address in parts. What begins with neither a scheme nor a host with a dot is a path."""
    found = _ADDRESS.fullmatch(address)
    host, path, query = found.groups("") if found else ("", address, "")
    if "://" not in address and not re.search("[.:]", host):
        host, path = "", (host and "/" + host) + path
    host = re.sub(r":(80|443)$", "", host.lower())
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return Request(method, host, path or "/", tuple((_plain(name), _plain(value)) for name, _, value in pairs))


def _plain(text: str) -> str:
    return unquote(text.replace("+", " "))
