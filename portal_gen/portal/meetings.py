"""Where two claims take the same request, or nearly: duplicates, templates over literals, twins by slash or case.

Claims are compared by what they match, not by how they look: two meet if some path is matched by both. All claims of one method
stand in a tree by segment, so that a claim is compared with its neighbors only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeAlias

from portal_gen.portal.matching import same_segment, shape, specificity
from portal_gen.portal.portal import OperationPage, Portal, Service

PAIRS = 20_000
"""Pairs that are found, of one service and of the gateway: n paths can meet in n² pairs."""
LOOKED_AT = 10 * PAIRS
"""Pairs that are looked at for those between services."""

MeetingKind: TypeAlias = Literal["same", "overlap", "slash", "case"]
"""same: one method and path. overlap: some paths are matched by both. slash, case: they differ in a last slash or in case only."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A method on a path, which may be a template and may end in `/*`. `page` is the operation that makes the claim."""

    method: str
    path: str
    page: OperationPage | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two claims. `decided`: the first is more specific and wins what both match; else nothing tells them apart."""

    kind: MeetingKind
    first: Claim
    second: Claim
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Meetings:
    """Every meeting of operations: at the gateway between services, inside each service on its own paths, and what only the prefixes
    of services keep apart."""

    gateway: tuple[Meeting, ...]
    own: tuple[tuple[Service, tuple[Meeting, ...]], ...]
    bare: tuple[tuple[Claim, ...], ...]
    """Claims of several services that are one method and path without the gateway's prefixes."""


def operation_meetings(portal: Portal) -> Meetings:
    """What meets among the operations of a portal."""
    public = [Claim(page.operation.method, page.public.path, page) for page in _operations(portal) if page.public.path]
    own = ((service, meetings(_own_claims(service))) for service in portal.services)
    return Meetings(
        gateway=tuple(found for found in meetings(public, LOOKED_AT) if _services(found) > 1)[:PAIRS],
        own=tuple((service, found) for service, found in own if found),
        bare=tuple(_bare(portal)),
    )


def meetings(claims: Iterable[Claim], most: int = PAIRS) -> tuple[Meeting, ...]:
    """The pairs that meet, in the order of the claims; no more than `most`."""
    return tuple(islice(_meetings(claims), most))


def _meetings(claims: Iterable[Claim]) -> Iterator[Meeting]:
    by_method: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_method[claim.method].append(claim)
    for same in by_method.values():
        yield from _overlaps(same)
        yield from _twins(same)


def _operations(portal: Portal) -> Iterator[OperationPage]:
    return (page for service in portal.services for page in service.pages if page.operation.kind == "operation")


def _own_claims(service: Service) -> list[Claim]:
    return [Claim(page.operation.method, page.operation.path, page) for page in service.pages if page.operation.kind == "operation"]


def _services(found: Meeting) -> int:
    return len({claim.page.service for claim in (found.first, found.second) if claim.page})


def _bare(portal: Portal) -> Iterator[tuple[Claim, ...]]:
    alike: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for service in portal.services:
        for claim in _own_claims(service):
            alike[claim.method, shape(claim.path)].append(claim)
    for claims in alike.values():
        if len({claim.page.service for claim in claims if claim.page}) > 1:
            yield tuple(claims)


_END, _LOOSE = "/", "/*"
"""No segments: those hold no slash."""


@dataclass(slots=True)
class _Node:
    """A place in the tree: claims that end here, wildcards that begin here, segments below, those with parameters apart.

    `order` is its place among its siblings. `after` finds those of `fixed` that have a fixed segment below them, that claims end at
    (`_END`), or that more than one segment may follow (`_LOOSE`): of very many siblings a template looks only at these."""

    order: int = 0
    here: list[Claim] = field(default_factory=list)
    wild: list[Claim] = field(default_factory=list)
    fixed: dict[str, _Node] = field(default_factory=dict)
    open: dict[str, _Node] = field(default_factory=dict)
    after: dict[str, dict[int, _Node]] = field(default_factory=dict)

    def add(self, claim: Claim, segments: Sequence[str], wildcard: bool) -> None:
        """Put a claim into the tree."""
        node, above = self, None
        for segment in segments:
            template = "{}" in segment
            if above:
                above.after.setdefault(_LOOSE if template else segment, {})[node.order] = node
            below = node.open if template else node.fixed
            if segment not in below:
                below[segment] = _Node(len(below))
            above, node = None if template or not segment else node, below[segment]
        if above:
            above.after.setdefault(_LOOSE if wildcard else _END, {})[node.order] = node
        (node.wild if wildcard else node.here).append(claim)

    def meeting(self, segments: Sequence[str], wildcard: bool) -> Iterator[Claim]:
        """Claims in the tree that some path has in common with these segments."""
        if segments:
            yield from self.wild
            for child in self._along(segments, wildcard):
                yield from child.meeting(segments[1:], wildcard)
        elif wildcard:
            yield from self.wild
            for child in (*self.fixed.values(), *self.open.values()):
                yield from child._all()
        else:
            yield from self.here

    def _along(self, segments: Sequence[str], wildcard: bool) -> Iterator[_Node]:
        segment, then = segments[0], segments[1] if len(segments) > 1 else _LOOSE if wildcard else _END
        if segment == "{}" and then != _LOOSE and "{}" not in then:
            found = self.after.get(then, {}) | self.after.get(_LOOSE, {})
            yield from (found[order] for order in sorted(found))
        elif "{}" in segment:
            yield from (node for label, node in self.fixed.items() if same_segment(label, segment))
        elif segment in self.fixed:
            yield self.fixed[segment]
        yield from (node for label, node in self.open.items() if same_segment(label, segment))

    def _all(self) -> Iterator[Claim]:
        yield from self.here
        yield from self.wild
        for child in (*self.fixed.values(), *self.open.values()):
            yield from child._all()


def _overlaps(claims: Iterable[Claim]) -> Iterator[Meeting]:
    root = _Node()
    for claim in claims:
        wildcard = claim.path.endswith("/*")
        segments = shape(claim.path.removesuffix("/*")).split("/")
        for other in root.meeting(segments, wildcard):
            yield _meeting(other, claim)
        root.add(claim, segments, wildcard)


def _meeting(earlier: Claim, later: Claim) -> Meeting:
    if shape(earlier.path) == shape(later.path):
        return Meeting("same", earlier, later)
    ranks = specificity(earlier.path), specificity(later.path)
    first, second = (later, earlier) if ranks[1] > ranks[0] else (earlier, later)
    return Meeting("overlap", first, second, decided=ranks[0] != ranks[1])


def _twins(claims: Iterable[Claim]) -> Iterator[Meeting]:
    """Claims that one slash at the end or the case of letters keeps apart."""
    alike: dict[str, list[Claim]] = defaultdict(list)
    shapes: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        written = shape(claim.path)
        key = written.lower().rstrip("/")
        shapes[key].add(written)
        for other in alike[key] if len(shapes[key]) > 1 else ():
            if shape(other.path) != written:
                same_case = shape(other.path).rstrip("/") == written.rstrip("/")
                yield Meeting("slash" if same_case else "case", other, claim)
        alike[key].append(claim)
