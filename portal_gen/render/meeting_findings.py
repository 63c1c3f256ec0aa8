"""Duplicates and shadowed templates in words: counts, with their lists folded."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.portal.matching import names
from portal_gen.portal.meetings import PAIRS, Claim, Meeting, Meetings
from portal_gen.render.catalog_parts import operations
from portal_gen.render.finding import Entry, Finding, Fold
from portal_gen.render.html import plural

_UNDECIDED = {
    "same": "takes the same requests as",
    "overlap": "nothing tells which answers what this takes too:",
    "slash": "only a slash at the end keeps it apart from",
    "case": "only the case of letters keeps it apart from",
}


def meeting_findings(found: Meetings, services: dict[str, str]) -> Iterator[Finding]:
    """At most three: between services at the gateway, inside services, and what only prefixes keep apart."""
    if found.gateway:
        title = f"{plural(len(found.gateway), 'pair')} of operations of different services meet at the gateway"
        yield Finding(title, (), "", (_fold("", found.gateway, public=True),))
    if found.own:
        total = sum(len(pairs) for _, pairs in found.own)
        folds = tuple(_fold(service.name + ": ", pairs) for service, pairs in found.own)
        title = f"{plural(total, 'pair')} of paths inside {plural(len(found.own), 'service')} take the same requests"
        yield Finding(
            title,
            (),
            "A template does not get what a more exact path takes. Where nothing decides, the service itself does.",
            folds,
        )
    if found.bare:
        yield _bare(found.bare, services)


def _fold(name: str, pairs: tuple[Meeting, ...], public: bool = False) -> Fold:
    open_ = sum(not pair.decided for pair in pairs)
    summary = (
        name
        + ("at least " if len(pairs) >= PAIRS else "")
        + plural(len(pairs), "pair")
        + (f", {open_:,} undecided" if open_ else "")
    )
    return Fold(summary, tuple(_entry(pair, public) for pair in sorted(pairs, key=lambda pair: pair.decided)))


def _entry(pair: Meeting, public: bool) -> Entry:
    words = f"{_reason(pair)}, so it wins over" if pair.decided else _UNDECIDED[pair.kind]
    other = pair.second.path + (f" of {pair.second.page.service}" if public and pair.second.page else "")
    return Entry(f"{pair.first.method} {pair.first.path}", pair.first.page.url if pair.first.page else "", f"{words} {other}")


def _reason(pair: Meeting) -> str:
    if pair.second.path.endswith("/*"):
        return "longer" if pair.first.path.endswith("/*") else "no wildcard"
    return "fewer parameters" if names(pair.first.path) else "exact"


def _bare(found: tuple[tuple[Claim, ...], ...], services: dict[str, str]) -> Finding:
    entries = tuple(Entry(f"{claims[0].method} {claims[0].path}", "", ", ".join(_owners(claims, services))) for claims in found)
    return Finding(
        f"{plural(len(found), 'path')} {'is' if len(found) == 1 else 'are'} described by several services",
        (),
        "What stands in front of them keeps them apart: the prefix at the gateway, or the address of the service.",
        (Fold(f"{plural(len(found), 'method and path', 'methods and paths')}, {operations(sum(map(len, found)))}", entries),),
    )


def _owners(claims: tuple[Claim, ...], services: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(services[claim.page.service] for claim in claims if claim.page))
