"""What is said about fields: how often, in which words, and what not, since another one says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from portal_gen.diagnostics import Diagnostic, Location, Severity
from portal_gen.spec.faults import printable
from portal_gen.spec.field_rules import LEVELS, rules_of, versions_of
from portal_gen.spec.field_tables import MEANT, REMEDIES, TITLES, TYPES
from portal_gen.spec.pointer import nearest
from portal_gen.spec.tree import Decimal, Map, Seq

RULES: Final = ("unknown-field", "field-type", "missing-field", "malformed-url", "unknown-type")
LIMIT: Final = 50
"""How many findings of one rule in one file are told one by one."""
_GUESSES: Final = 200
"""How many unknown names are compared with the known ones: that takes up to a millisecond each."""
_ECHOES: Final = {
    "unknown-field": frozenset(["type", "upgrade"]),
    "field-type": frozenset(["type", "schema-type", "ref", "upgrade", "security", "structure", "info", "tag"]),
    "missing-field": frozenset(["parameter"]),
}
"""Rules of those who read the description, that at the same place mean the same fault."""
WORDS: Final = {
    type(None): "empty",
    bool: "a boolean",
    str: "text",
    **dict.fromkeys((int, float, Decimal), "a number"),
    Map: "a mapping",
    Seq: "a list",
}
"""What a value is, for messages."""
URLS: Final = frozenset(["uri", "absolute", "template"])
"""Types that hold an address."""


class Findings:
    """Findings of one description, of which nobody has to read a thousand that are alike."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._count: Counter[tuple[str, Severity, str]] = Counter()
        self._likes: dict[tuple[str, str, int], str] = {}
        self._end: dict[tuple[str, Severity, str], Location] = {}

    def say(self, rule: str, message: str, place: Location, severity: Severity = Severity.WARNING) -> None:
        """Remember a finding, or beyond LIMIT that there was one."""
        key = (rule, severity, place.file)
        self._count[key] += 1
        self._end[key] = max(place, self._end.get(key, place))
        if self._count[key] <= LIMIT:
            self._found.append(Diagnostic(severity, rule, printable(message), place))

    def like(self, kind: str, key: str, level: int) -> str:
        """The field that was probably meant, or nothing. In schemas since 3.1, where any keyword is one, only the nearest."""
        known = (kind, key, level)
        if known not in self._likes and len(self._likes) < _GUESSES:
            likeness = 0.85 if kind == "schema" and level >= 31 else 0.6
            self._likes[known] = nearest(list(rules_of(kind, level)), key, likeness)
        return self._likes.get(known, "")

    def all(self) -> tuple[Diagnostic, ...]:
        """The findings, with a last word for those that were too much to tell."""
        more = [
            Diagnostic(severity, rule, f"and {count - LIMIT} more of the kind `{rule}`; correct those above first", self._end[key])
            for key, count in self._count.items()
            if count > LIMIT
            for rule, severity, _ in [key]
        ]
        return (*self._found, *more)


def unsaid(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, each once, without those of this module that another one makes at the same place."""
    kept = list(dict.fromkeys(found))
    said = {(item.location, item.rule) for item in kept if item.rule not in RULES}
    return [item for item in kept if not any((item.location, rule) in said for rule in _ECHOES.get(item.rule, ()))]


def unknown(kind: str, key: str, level: int, like: str) -> str:
    """A field that a version does not know, and what to do about it. `like` is the known field that it resembles, if any."""
    what = "keyword of OpenAPI {} schemas" if kind == "schema" else f"field of {TITLES[kind]} in OpenAPI {{}}"
    what = what.format(LEVELS[level])
    versions = versions_of(kind, key)
    later = [other for other in versions if other > level]
    if later:
        return f"`{key}` is no {what}, but since {LEVELS[later[0]]}; write the description in that version, or remove it"
    if versions:
        return f"`{key}` is no {what} any more; {REMEDIES.get((kind, key), 'remove it')}"
    meant = MEANT.get((kind, key)) or like
    return f"`{key}` is no {what}; " + (f"did you mean `{meant}`?" if meant else "remove it, or let its name begin with x-")


def remedy(form: str, value: Any) -> str:
    """What to do about a value of a wrong type."""
    if value is None:
        return "fill it or remove it"
    if form in ("text", *URLS) and not isinstance(value, Map | Seq):
        return "quote it"
    if form == "flag" and value in ("true", "false"):
        return "write it without quotes"
    return "correct it"


def no_type(name: str) -> str:
    """A name of a type that is none."""
    return f"`{name}` is no type; write one of {', '.join(sorted(TYPES[31]))}"
