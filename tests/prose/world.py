"""Examples tell of one world, `openapi/WRITING.md` names it: addresses that belong to nobody, dates in one autumn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from portal_gen.diagnostics import Diagnostic
from tests.prose.description import Description, Spot, root

MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
HOST = re.compile(r"\b(?:https?|wss?|s3|postgres(?:ql)?|rediss?|nats|tls|grpc)://(?:[^\s/@\"']*@)?([\w.-]+)")
DATE = re.compile(r"\b((?:19|20)\d\d)-\d\d-\d\d(?!\d)")
YEARS = frozenset({"2025", "2026", "2027"})
HOSTS = re.compile(
    r"(.*\.)?(example\.(com|org|net)|hanzo\.(ai|id|chat|bot)|svc\.cluster\.local|internal|w3\.org|schema\.org|xmlsoap\.org)"
    r"|localhost|github\.com|raw\.githubusercontent\.com|(10|127|169\.254|172|192|198|203)\.[\d.]+|[\w-]+"
)


def other_worlds(description: Description) -> Iterator[Diagnostic]:
    """Mail addresses and hosts that may be somebody's, and years that are not the world's."""
    for holder, text in _shown(root(description), inside=False):
        for match in MAIL.finditer(text):
            if not re.fullmatch(r"(.*\.)?example\.(com|org|net)", match[1]):
                yield holder.finding("world", f"{match[0]} may be somebody's address; use one at example.com")
        for match in HOST.finditer(text):
            if not HOSTS.fullmatch(match[1]):
                yield holder.finding("world", f"{match[1]} may be somebody's host; use one under example.com")
        for match in DATE.finditer(text):
            if match[1] not in YEARS:
                yield holder.finding(
                    "world", f"{match[0]} lies outside of the examples' world; use a date in October or November 2026"
                )


def _shown(spot: Spot, inside: bool) -> Iterator[tuple[Spot, str]]:
    """Every text in an example, with what holds it."""
    value = spot.value
    if isinstance(value, str):
        return
    keys = list(value) if isinstance(value, Mapping) else list(map(str, range(len(value)))) if isinstance(value, list) else []
    for key in keys:
        child = spot.child(key)
        shown = inside or key == "example" or (key == "value" and isinstance(value, Mapping) and set(value) <= _EXAMPLE)
        if shown and isinstance(child.value, str):
            yield spot, child.value
        yield from _shown(child, shown)


_EXAMPLE = {"summary", "description", "value", "externalValue"}
