"""How things are said: not the name again, not twice, in American English, without praise, in our own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portal_gen.diagnostics import Diagnostic, Location, Severity
from portal_gen.portal.slugs import words
from tests.prose.description import Description, operations
from tests.prose.texts import Text, texts

LEAST_NEW_WORDS = 2
SHARE_OF_DUPLICATES = 0.01
RUN = 8
"""Words in a row that no two texts have in common by chance."""
STOP = frozenset(
    (
        "a an and any are as at be been being belongs by can certain current data did do does field for from get gets given had "
        "has have how id identifier identifiers if in info information into is it its list may must name no not object of on "
        "one or parameter property provided request requested response result results return returned returns set sets so "
        "specific specified such than that the their them then there these they this those to type unique use used uses using "
        "value values was were when where which whom whose will with you your"
    ).split()
)
CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+", re.DOTALL)
BRITISH = re.compile(
    r"\b(\w*(?:isation|ising|ised|ise)s?|\w*(?:colour|behaviour|favour|honour|neighbour|labour|flavour|humour)\w*|centres?|metres?|litres?|"
    r"catalogues?|dialogues?|licences?|defences?|offences?|cancelled|cancelling|labelled|labelling|modelled|modelling|travelled|"
    r"signalled|signalling|channelled|fulfil|grey|cheques?|programmes?|whilst|amongst|learnt|analyse[ds]?|analysing|catalogued|"
    r"artefacts?|enrol|judgement|ageing|tyres?)\b",
    re.IGNORECASE,
)
NOT_BRITISH = frozenset(
    (
        "advertise advertised advertising advise advised advising arise arising chose comprise comprised comprising compromise compromised "
        "concise devise disguise enterprise enterprises excise exercise exercised exercises expertise franchise improvise likewise "
        "otherwise noise poise praise praised precise premise premises promise promised promises raise raised raises raising revise "
        "revised revises revising rise rises rising supervise supervised supervises surprise surprised televise treatise wise merchandise "
        "cruise bruise paraphrase unadvised uncompromised unsupervised"
    ).split()
)
MARKETING = re.compile(
    r"\b(seamless(?:ly)?|powerful|robust|effortless(?:ly)?|blazing|cutting-edge|world-class|best-in-class|enterprise-grade|"
    r"production-ready|state-of-the-art|supercharge\w*|empower\w*|leverag\w+|unlock the|simply|easily|just|lightning|revolutionary|"
    r"game-chang\w+|intuitive|hassle-free|next-generation|rich set)\b",
    re.IGNORECASE,
)


def told(description: Description) -> Iterator[Text]:
    return (text for text in texts(description) if text.text.strip())


def prose(text: str) -> str:
    """A text without code, which is nobody's wording."""
    return CODE.sub(" ", text)


def repeats_the_name(description: Description) -> Iterator[Diagnostic]:
    """Texts that say little more than the name, the summary and the type beside them."""
    for text in told(description):
        new = new_words(text.text, text.name)
        if len(new) < LEAST_NEW_WORDS:
            yield text.spot.finding("repeats", f"{text.label}: {text.text!r} says the name again; say what it means", "description")


def new_words(text: str, name: str) -> set[str]:
    """The stems in a text that are neither in the name nor common words."""
    return {_stem(word) for word in words(text) if word.lower() not in STOP} - {_stem(word) for word in words(name)}


def _stem(word: str) -> str:
    """Enough of a word that `created` and `creation` are one."""
    return re.sub("(es|s|ed|ing)$", "", word.lower())[:5]


def duplicates(description: Description) -> Iterator[Diagnostic]:
    """Texts that stand at more than one place, where they are more than a hundredth of all."""
    same: dict[str, list[Text]] = defaultdict(list)
    for text in told(description):
        same[" ".join(text.text.casefold().split())].append(text)
    again = [(text, group[0]) for group in same.values() for text in group[1:]]
    if len(again) > SHARE_OF_DUPLICATES * sum(map(len, same.values())):
        for text, first in again:
            message = f"{text.label} is described like {first.label}; tell them apart, or make them one component"
            yield text.spot.finding("duplicate", message, "description")


def _all(description: Description) -> Iterator[tuple[str, Location]]:
    for text in told(description):
        yield text.text, text.spot.at("description")
    for operation in operations(description):
        yield str(operation.value.get("summary", "")), operation.at("summary")


def spelling(description: Description) -> Iterator[Diagnostic]:
    """British forms."""
    yield from _matches(description, "spelling", BRITISH, "write it the American way", NOT_BRITISH)


def marketing(description: Description) -> Iterator[Diagnostic]:
    """Praise, and words that make a reader feel slow."""
    yield from _matches(description, "marketing", MARKETING, "leave it out", frozenset())


def _matches(
    description: Description, rule: str, pattern: re.Pattern[str], remedy: str, except_for: frozenset[str]
) -> Iterator[Diagnostic]:
    for text, location in _all(description):
        for match in pattern.finditer(prose(text)):
            if match[0].lower() not in except_for:
                yield Diagnostic(Severity.WARNING, rule, f"{match[0]!r}; {remedy}", location)


def borrowed(description: Description, corpus: Path) -> Iterator[Diagnostic]:
    """Texts that have eight words in a row in common with somebody else's."""
    known = runs_of(corpus)
    for text, location in _all(description):
        common = sorted(set(runs(text)) & known)
        if common:
            yield Diagnostic(
                Severity.WARNING, "borrowed", f"{' '.join(common[0])!r} stands elsewhere; say it in your own words", location
            )


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every eight words in a row."""
    found = re.findall(r"[a-z0-9]+", prose(text).lower())
    return zip(*(found[start:] for start in range(RUN)), strict=False)


@cache
def runs_of(corpus: Path) -> frozenset[tuple[str, ...]]:
    """The runs of all prose in the descriptions of a folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    documents = (yaml.load(path.read_text(encoding="utf-8"), loader) for path in sorted(corpus.rglob("*.yaml")))
    return frozenset(run for document in documents for text in _prose_in(document) for run in runs(text))


def _prose_in(value: Any) -> Iterator[str]:
    children: Iterable[Any] = ()
    if isinstance(value, dict):
        yield from (value[key] for key in ("description", "summary") if isinstance(value.get(key), str))
        children = value.values()
    elif isinstance(value, list):
        children = value
    for child in children:
        yield from _prose_in(child)
