"""Summaries, and the text that a service begins with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic
from tests.prose.description import Description, operations, root

SHORTEST, LONGEST = 3, 9
LEAST_WORDS = 8
NO_VERBS = frozenset(
    "a all an any api current default details each every information my new no one the these this user users".split()
)
VERBS = frozenset(
    (
        "access address bypass compress cross decompress discuss dismiss embed express feed focus mention partition pass position press "
        "process provision question reposition seed speed suppress transition bring ping string sing function condition embed"
    ).split()
)
"""Verbs that end like another kind of word."""
LOOKS_LIKE_NO_VERB = re.compile(r"(ing|ion|ed|s|ment|ness|ity)$")


def summaries(description: Description) -> Iterator[Diagnostic]:
    """Each says in three to nine words, beginning with a verb, what no other operation of the service does."""
    told = Counter(str(operation.value.get("summary", "")).casefold() for operation in operations(description))
    for operation in operations(description):
        summary = str(operation.value.get("summary", ""))
        name = operation.value["operationId"]
        for fault in _faults(summary):
            yield operation.finding("summary", f"{name}: the summary {fault}", "summary")
        if summary and told[summary.casefold()] > 1:
            yield operation.finding("summary", f"{name}: another operation has this summary too; tell them apart", "summary")
        if 0 < len(operation.value.get("description", "").split()) < LEAST_WORDS:
            yield operation.finding(
                "short", f"{name}: say more than a summary does: effect, answer, what is needed first", "description"
            )


def _faults(summary: str) -> Iterator[str]:
    words = summary.split()
    if not SHORTEST <= len(words) <= LONGEST:
        yield f"has {len(words)} words; write {SHORTEST} to {LONGEST}"
    if summary.endswith("."):
        yield "ends with a period; drop it"
    if words and not is_imperative(words[0]):
        yield f"begins with {words[0]}; begin with a verb, capitalized, as in 'List …'"


def is_imperative(word: str) -> bool:
    """Whether a word may be a verb that tells somebody to do something. Says yes in doubt."""
    low = word.lower().partition("-")[0]
    if not low.isalpha() or not word[0].isupper() or low in NO_VERBS:
        return False
    return low in VERBS or not LOOKS_LIKE_NO_VERB.search(low)


def overview(description: Description) -> Iterator[Diagnostic]:
    """The service's own text holds a first call that takes the one key."""
    if "info" not in description.value:
        return
    info = root(description).child("info")
    text = info.value.get("description", "")
    if "```" not in text or "$HANZO_API_KEY" not in text:
        yield info.finding("overview", "info.description has no first call; add a ```bash block with $HANZO_API_KEY", "description")
