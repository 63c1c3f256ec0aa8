"""What a reader should know before building on a prefix, each finding with its facts and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from portal_gen.portal.portal import Portal, Service
from portal_gen.portal.routes import Contested, Line, Moved, Overlap, RouteMap
from portal_gen.render.catalog_parts import evidence_text, operations
from portal_gen.render.finding import Entry, Finding, Fold
from portal_gen.render.html import plural
from portal_gen.render.meeting_findings import meeting_findings

MANY = 6
"""More lines than this are summed up by owner."""


def findings(portal: Portal, found: RouteMap) -> tuple[Finding, ...]:
    """Every finding, those that change who answers first."""
    names = {service.id: service.name for service in portal.services}
    return (
        *(_overlap(overlap, names) for overlap in sorted(found.overlaps, key=lambda overlap: len(overlap.specific) > MANY)),
        *(_contested(contested, names) for contested in found.contested),
        *(_moved(moved, names) for moved in found.moved),
        *meeting_findings(found.meetings, names),
        *_unused(found.unused, names),
        *_undescribed(found, names),
        *_doubts(portal.services),
        *_changed(found.changed),
        *_unaddressed(portal, found),
    )


def _overlap(overlap: Overlap, names: dict[str, str]) -> Finding:
    owners = Counter(line.service for line in overlap.specific)
    if len(overlap.specific) > MANY:
        said = f"{plural(len(overlap.specific), 'line')} of {plural(len(owners), 'other service')}, in the tree below: they win"
        facts = [(overlap.general.prefix + "/…", "", said)]
    else:
        facts = [(line.path, line.service, _listed(line.methods) + ": it says more, so it wins") for line in overlap.specific]
    facts.append((overlap.general.path, overlap.general.service, f"takes the rest ({evidence_text(overlap.general.evidence)})"))
    documenting = {page.service for line in overlap.specific for page in line.pages if page.service != line.service}
    told = ", ".join(names[id_] for id_ in sorted(documenting))
    return Finding(
        f"{overlap.general.prefix} has {len(owners) + 1} owners",
        tuple(facts),
        f"Some of what is answered there is documented by {told}." if told else "",
    )


def _contested(contested: Contested, names: dict[str, str]) -> Finding:
    owner = names.get(contested.owner, contested.owner)
    return Finding(
        f"{contested.method} {contested.path} is claimed by several services",
        tuple((page.title, page.service, "claims it") for page in contested.pages),
        f"The configuration sends it to {owner}." if owner else "Nothing says who answers.",
    )


def _listed(methods: Iterable[str]) -> str:
    return ", ".join(methods) or "methods not listed"


def _moved(moved: Moved, names: dict[str, str]) -> Finding:
    facts = [(line.path, line.service, "document only") for line in moved.documented]
    facts += [(line.path, line.service, "gateway configuration") for line in moved.configured]
    return Finding(
        f"{names.get(moved.service, moved.service)} is documented at one prefix and configured at another",
        tuple(facts),
        "A key is sent to configured addresses only.",
    )


def _unused(unused: tuple[Line, ...], names: dict[str, str]) -> Iterator[Finding]:
    """Documented patterns without an operation, each with the configuration's lines below it."""
    for line in unused:
        if line.documented:
            below = [other for other in unused if other.path.startswith(line.prefix + "/") and other != line]
            routes = sum(len(other.methods) for other in below)
            said = f"{plural(routes, 'route')} in the configuration" if routes else evidence_text(line.evidence)
            yield Finding(
                f"{line.path} leads to {names.get(line.service, line.service)}, and no operation is documented under it",
                ((line.path, line.service, said),),
                "The line is true; what it takes and answers is not described.",
            )


def _undescribed(found: RouteMap, names: dict[str, str]) -> Iterator[Finding]:
    """Lines of the configuration under which nothing is described, by their service."""
    lines = [line for line in found.lines if line.evidence in ("route", "mount") and not line.pages and not line.unconfirmed]
    by_service = {
        service: [line for line in lines if line.service == service] for service in sorted({line.service for line in lines})
    }
    if lines:
        folds = tuple(
            Fold(
                f"{names.get(service, service + ', not described here')}: {plural(len(own), 'line')}",
                tuple(_line(line) for line in own),
            )
            for service, own in by_service.items()
        )
        title = f"{plural(len(lines), 'line')} of the configuration lead{'s' if len(lines) == 1 else ''} to no operation"
        yield Finding(title, (), "They are routed; no description tells what they take and answer.", folds)


def _line(line: Line) -> Entry:
    return Entry(line.path, "", _listed(line.methods))


def _doubts(services: tuple[Service, ...]) -> Iterator[Finding]:
    """Addresses that something speaks against, by service."""
    for service in services:
        doubted = [page for page in service.pages if page.public.doubt and page.public.path]
        if not doubted:
            continue
        kinds = groupby(sorted(doubted, key=lambda page: _kind(page.public.doubt)), key=lambda page: _kind(page.public.doubt))
        groups = [(kind, list(pages)) for kind, pages in kinds]
        facts = tuple((operations(len(pages)), "", f"for example: {pages[0].public.doubt}") for _, pages in groups)
        yield Finding(
            f"{service.name}: something speaks against {operations(len(doubted))}", facts, "Each says so on its own page."
        )


def _kind(doubt: str) -> str:
    """The words that doubts of one kind share."""
    return " ".join(doubt.split()[:3])


def _changed(changed: tuple[Line, ...]) -> Iterator[Finding]:
    if changed:
        facts = tuple(
            (line.path, line.service, f"now {line.upstream}, {line.auth or 'not stated'}; {line.earlier}") for line in changed
        )
        yield Finding(
            f"{plural(len(changed), 'line')} changed between two versions of the configuration",
            facts,
            "The later version holds. Which one is live is not known.",
        )


def _unaddressed(portal: Portal, found: RouteMap) -> Iterator[Finding]:
    for service in found.unreached:
        without = sum(page.public.evidence is None for page in service.pages)
        endpoint = service.entry.endpoint if service.entry else ""
        yield Finding(
            f"No prefix leads to {service.name}",
            (("without a gateway address", service.id, f"{without:,} of {operations(len(service.pages))}"),),
            f"Call {endpoint} or the servers of its description." if endpoint else "",
        )
