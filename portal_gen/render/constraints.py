"""What a value must be beside its type, as short sentences. One table entry or function for each keyword.

Keywords that nobody knows, and extensions, are shown as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from portal_gen.model.schema import ABSENT, Schema
from portal_gen.render.html import plural
from portal_gen.render.inline import Code, Inline, listed
from portal_gen.render.values import beginning, cut, json_text, shown, shown_all
from portal_gen.spec.tree import Decimal, Json

_RANGES = (
    ("minLength", "maxLength", "character"),
    ("minItems", "maxItems", "item"),
    ("minProperties", "maxProperties", "field"),
)
_NUMERIC = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_WITH_CONTAINS = ("minContains", "maxContains")
_IN_RANGES = frozenset((*_NUMERIC, *_WITH_CONTAINS, *(name for pair in _RANGES for name in pair[:2])))


def constraints(whole: Schema) -> list[Inline]:
    """The sentences for a schema's value, then its default and the author's examples."""
    found: list[Inline] = []
    if whole.rules:
        rules = dict(whole.rules)
        found = [*_ranges(rules), *_numeric(rules), *_each(whole.rules)]
    if whole.default is not ABSENT:
        found.append(("default ", Code(cut(shown(beginning(whole.default))))))
    if whole.examples:
        found.append(
            (
                "example ",
                *listed([Code(cut(text)) for text in shown_all([beginning(value) for value in whole.examples])], last=", "),
            )
        )
    return found


def unknown(whole: Schema) -> list[Inline]:
    """Keywords without a sentence of their own, with their values."""
    return [
        (Code(name), " ", Code(cut(json_text(value), 400)))
        for name, value in whole.rules
        if name not in _SENTENCES and name not in _IN_RANGES
    ]


def _ranges(rules: Mapping[str, Json]) -> Iterator[Inline]:
    for low, high, noun in _RANGES:
        least, most = rules.get(low), rules.get(high)
        if least == 0 and most is not None:
            least = None
        if least is not None or most is not None:
            yield (amount(least, most, noun),)


def amount(least: Json, most: Json, noun: str) -> str:
    """`1 to 64 characters`, `at least 1 item`, `exactly 2 fields`; None where a side is open."""
    if least is not None and least == most:
        return f"exactly {_count(least, noun)}"
    if least is None:
        return f"at most {_count(most, noun)}"
    if most is None:
        return f"at least {_count(least, noun)}"
    return f"{shown(least)} to {_count(most, noun)}"


def _count(number: Json, noun: str) -> str:
    return plural(number, noun) if isinstance(number, int) else f"{shown(number)} {noun}s"


def _numeric(rules: Mapping[str, Json]) -> Iterator[Inline]:
    """Bounds. Before 3.1, `exclusiveMinimum: true` turned `minimum` into an open bound; that is written as a number by now."""
    least, most = rules.get("minimum"), rules.get("maximum")
    above, below = rules.get("exclusiveMinimum"), rules.get("exclusiveMaximum")
    if least is not None and most is not None:
        yield (f"{_number(least)} to {_number(most)}",)
    elif least is not None:
        yield (f"at least {_number(least)}",)
    elif most is not None:
        yield (f"at most {_number(most)}",)
    if above is not None:
        yield (f"more than {_number(above)}",)
    if below is not None:
        yield (f"less than {_number(below)}",)


def _number(value: Json) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cut(json_text(value), 60)
    return value.lexeme if isinstance(value, Decimal) else str(value)


def _each(rules: Sequence[tuple[str, Json]]) -> Iterator[Inline]:
    for name, value in rules:
        sentence = _SENTENCES.get(name)
        if sentence is not None:
            yield from sentence(value)


def _dependent(value: Any) -> Iterator[Inline]:
    if not isinstance(value, Mapping):
        return
    for name, others in value.items():
        if isinstance(others, Sequence) and not isinstance(others, str) and others:
            needed = listed([Code(str(other)) for other in others])
            yield ("with ", Code(str(name)), ", ", *needed, " must be given too")


def _unique(value: Json) -> Iterator[Inline]:
    if value is True:
        yield ("no item twice",)


def _xml(value: Any) -> Iterator[Inline]:
    if not isinstance(value, Mapping) or not value:
        return
    yield ("in XML ", *listed([Code(f"{name}: {shown(item)}") for name, item in value.items()], last=", "))


def _named(words: str, after: str = "") -> Callable[[Json], Iterator[Inline]]:
    def sentence(value: Json) -> Iterator[Inline]:
        yield (words, Code(cut(shown(value), 400)), after) if after else (words, Code(cut(shown(value), 400)))

    return sentence


_SENTENCES: Mapping[str, Callable[[Any], Iterator[Inline]]] = {
    "multipleOf": _named("a multiple of "),
    "pattern": _named("matches "),
    "uniqueItems": _unique,
    "contentMediaType": _named("holds "),
    "contentEncoding": _named("encoded as "),
    "dependentRequired": _dependent,
    "xml": _xml,
    "$id": _named("identified as "),
    "$schema": _named("written for "),
    "$vocabulary": _named("vocabularies "),
    "$anchor": _named("anchor "),
    "$dynamicAnchor": _named("dynamic anchor "),
    "$comment": _named("author’s comment: "),
}
