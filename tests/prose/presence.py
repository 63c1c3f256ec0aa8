"""Is there something to read wherever a reader looks for it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic
from portal_gen.portal.slugs import words
from tests.prose.description import Description
from tests.prose.texts import REQUIRED, Text, texts

MEASURES = frozenset(
    (
        "age bytes capacity cpu delay delta duration expires expiry interval latency memory percent percentage period quota rate ratio "
        "retention score size threshold timeout timestamp ttl uptime usage weight window"
    ).split()
)
"""Names of amounts that leave their unit open."""
UNITS = frozenset("bytes gb hours kb mb min minutes mins ms percent seconds secs days tb at".split())
ENUM_DESCRIPTIONS = "x-enumDescriptions"


def missing(description: Description) -> Iterator[Diagnostic]:
    """Places without a text that must have one."""
    for text in texts(description):
        if text.text.strip():
            yield from _enum_descriptions(text)
        elif text.kind in REQUIRED:
            yield text.spot.finding("missing", f"{text.label} has no description; write one")
        elif text.kind == "property" and (why := _needs_one(text)):
            yield text.spot.finding("missing", f"{text.label} {why}; describe it")
        else:
            yield from _enum_descriptions(text)


def _needs_one(text: Text) -> str:
    schema = text.spot.value
    if len(schema.get("enum", ())) > 1 and ENUM_DESCRIPTIONS not in schema:
        return "is one of several values"
    name = [word.lower() for word in words(text.label.rpartition(".")[2])]
    numeric = re.search("integer|number", str(schema.get("type")))
    if numeric and name and name[-1] in MEASURES and not UNITS & set(name):
        return "is an amount without a unit"
    return "is a moment as a number" if numeric and name and name[-1] in ("at", "date", "time") else ""


def _enum_descriptions(text: Text) -> Iterator[Diagnostic]:
    """Meanings of values that are no values, and values without one."""
    if text.kind not in ("property", "schema", "parameter"):
        return
    schema = text.spot.value.get("schema", text.spot.value)
    told = schema.get(ENUM_DESCRIPTIONS, {})
    if told and set(told) != {str(value) for value in schema.get("enum", ())}:
        yield text.spot.finding("enum", f"{text.label}: {ENUM_DESCRIPTIONS} has other keys than `enum` has values; make them agree")
