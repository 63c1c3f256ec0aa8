"""The formats that JSON Schema and OpenAPI name: for each an example, and how to tell whether a text has it.

Addresses are those that are set aside for documentation: example.com and example.org (RFC 2606), 192.0.2.0/24 (RFC 5737),
2001:db8::/32 (RFC 3849). Nothing here reads a clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from ipaddress import IPv6Address

MOMENT = "2026-11-02T09:30:00Z"
EPOCH_SECONDS = 1793611800
"""MOMENT, in seconds since 1970."""

EXAMPLES: Mapping[str, str] = {
    "date-time": MOMENT,
    "date": MOMENT[:10],
    "time": MOMENT[11:],
    "duration": "PT15M",
    "email": "ada@example.com",
    "idn-email": "ada@example.com",
    "hostname": "host.example.com",
    "idn-hostname": "host.example.com",
    "ipv4": "192.0.2.1",
    "ip": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "cidr": "192.0.2.0/24",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/example",
    "iri-reference": "/example",
    "uri-template": "https://example.com/{id}",
    "uuid": "3f2b8c1e-9d4a-4e7b-8a6c-5d0f1e2b3c4d",
    "json-pointer": "/name",
    "relative-json-pointer": "0/name",
    "regex": "^[a-z]+$",
    "byte": "ZXhhbXBsZQ==",
    "base64": "ZXhhbXBsZQ==",
    "base64url": "ZXhhbXBsZQ",
    "binary": "example",
    "password": "correct horse battery staple",
    "decimal": "19.99",
    "int64": "1",
    "int32": "1",
    "phone": "+12025550123",
    "color": "#3366cc",
    "media-range": "application/json",
    "char": "a",
}

_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_OCTET = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_REFERENCE = r"([!#$&-;=?-Z_a-z~\[\]]|%[0-9A-Fa-f]{2})*"
_SHAPES: Mapping[str, str] = {
    "time": _TIME,
    "duration": r"P(?=[\dT])(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)",
    "email": r'("[^"\s]+"|[^@\s"<>()\[\],;:]+)@(' + _LABEL + r"(\." + _LABEL + r")*|\[[^\]]+\])",
    "hostname": rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*",
    "ipv4": rf"{_OCTET}(\.{_OCTET}){{3}}",
    "uri": rf"[A-Za-z][A-Za-z0-9+.-]*:{_REFERENCE}",
    "uri-reference": _REFERENCE,
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "json-pointer": r"(/([^~/]|~[01])*)*",
}
_MATCHERS = {name: re.compile(shape, re.ASCII) for name, shape in _SHAPES.items()}


def has_format(text: str, name: str) -> bool:
    """Whether a text has a format (JSON Schema Validation, section 7.3); True for a format that is not known here."""
    if name in ("date", "date-time"):
        return _is_date(text[:10]) and (len(text) == 10 if name == "date" else _is_time_part(text[10:]))
    if name == "ipv6":
        return _is_ipv6(text)
    matcher = _MATCHERS.get(name)
    return matcher is None or matcher.fullmatch(text) is not None


def _is_time_part(text: str) -> bool:
    return text[:1] in ("T", "t", " ") and text != "" and _MATCHERS["time"].fullmatch(text[1:]) is not None


def _is_ipv6(text: str) -> bool:
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


INTEGERS: Mapping[str, tuple[int, int]] = {
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
"""Least and greatest value of the formats of numbers in OpenAPI's registry."""
