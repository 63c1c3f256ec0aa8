"""The map of the gateway: every pattern that leads somewhere, who answers, how that is known, and where claims meet.

A line is one pattern with one owner. Lines come from the gateway's configuration, from mounts of the catalog, from servers of the
descriptions and from documented patterns; what several of them say about one pattern and owner is one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

from portal_gen.portal.address import Evidence, GatewayAuth
from portal_gen.portal.catalog import Catalog, DocumentedRoute, Mount, Route
from portal_gen.portal.matching import rest, same_path, shape, specificity, winner
from portal_gen.portal.meetings import Meetings, operation_meetings
from portal_gen.portal.portal import OperationPage, Portal, Service

STRONGEST: tuple[Evidence, ...] = get_args(Evidence)


@dataclass(frozen=True, slots=True)
class Line:
    """A pattern (`/v1/kv/*`, `/v1/models`) that leads to a service.

    `methods` is empty where nothing lists them. `backend` is the service that the configuration names, where it is another.
    `pages` are operations that are reached by it, `unconfirmed` those that only their prefix ties to it.
    """

    path: str
    service: str
    evidence: Evidence
    methods: tuple[str, ...] = ()
    auth: GatewayAuth | None = None
    upstream: str = ""
    source: str = ""
    backend: str = ""
    note: str = ""
    earlier: str = ""
    documented: bool = False
    pages: tuple[OperationPage, ...] = ()
    unconfirmed: tuple[OperationPage, ...] = ()

    @property
    def prefix(self) -> str:
        """The path without its wildcard."""
        return self.path.removesuffix("/*") or "/"

    @property
    def wildcard(self) -> bool:
        """Whether more than one path is meant."""
        return self.path.endswith("/*")


@dataclass(frozen=True, slots=True)
class Overlap:
    """A wildcard, and lines of other services within it: these win, since they say more."""

    general: Line
    specific: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A public address that operations of several services claim. `owner` is whom the configuration names, or empty."""

    method: str
    path: str
    pages: tuple[OperationPage, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A service that a document puts at one prefix and the configuration at another."""

    service: str
    documented: tuple[Line, ...]
    configured: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RouteMap:
    """Everything that is known of the gateway's paths. `documented` keeps the document's order, `lines` that of the paths."""

    lines: tuple[Line, ...]
    documented: tuple[tuple[DocumentedRoute, Line], ...]
    overlaps: tuple[Overlap, ...]
    contested: tuple[Contested, ...]
    moved: tuple[Moved, ...]
    meetings: Meetings
    """Operations whose paths take the same requests."""
    changed: tuple[Line, ...]
    """Lines that an older version of the configuration answers differently."""
    unused: tuple[Line, ...]
    """Lines to a described service under which no operation is documented."""
    unreached: tuple[Service, ...]
    """Services to which no prefix leads."""


def route_map(portal: Portal) -> RouteMap:
    """The map of the portal's gateway; empty where the catalog names none."""
    catalog = portal.catalog
    lines = tuple(_with_pages(_merged(_configured(catalog), _claims(portal)), portal))
    described = {service.id for service in portal.services}
    by_pattern = {(line.path, line.service): line for line in lines}
    known = {service.id for service in catalog.services if service.mounts} | {line.service for line in catalog.gateway.documented}
    return RouteMap(
        lines=lines,
        documented=tuple((route, by_pattern[route.pattern, route.service]) for route in catalog.gateway.documented),
        overlaps=tuple(_overlaps(lines)),
        contested=tuple(_contested(portal)),
        moved=tuple(_moved(lines)),
        meetings=operation_meetings(portal),
        changed=tuple(line for line in lines if line.earlier),
        unused=tuple(line for line in lines if line.service in described and not line.pages and not line.unconfirmed),
        unreached=tuple(service for service in portal.services if catalog.gateway.url and service.id not in known),
    )


def _claims(portal: Portal) -> Iterator[Line]:
    """What is said of patterns outside the configuration's routes, the strongest kind first."""
    for service in portal.catalog.services:
        for mount in service.mounts:
            if mount.evidence != "route":
                yield _of_mount(mount, service.id)
    for found in portal.services:
        for page in found.pages:
            if page.public.evidence == "server" and page.public.prefix:
                yield Line(_under(page.public.prefix), found.id, "server", source=page.public.source)
    for route in portal.catalog.gateway.documented:
        yield Line(route.pattern, route.service, "document", note=route.note, documented=True)


def _configured(catalog: Catalog) -> Iterator[Line]:
    """Routes with the same answer for several methods are one line."""
    mounted = {_under(mount.prefix): s.id for s in catalog.services for mount in s.mounts if mount.evidence == "mount"}
    grouped: dict[Route, list[str]] = defaultdict(list)
    for route in catalog.gateway.routes:
        grouped[replace(route, method="")].append(route.method)
    for route, methods in grouped.items():
        owner = mounted.get(route.path, route.service)
        yield Line(
            path=route.path,
            service=owner,
            evidence="mount" if route.wildcard else "route",
            methods=tuple(methods),
            auth=route.auth,
            upstream=route.upstream,
            source=route.source,
            backend=route.service if route.service != owner else "",
            earlier=route.earlier,
        )


def _of_mount(mount: Mount, service: str) -> Line:
    upstream = _under(mount.upstream) if mount.upstream else ""
    return Line(_under(mount.prefix), service, mount.evidence, mount.methods, mount.auth, upstream, mount.source, note=mount.note)


def _under(prefix: str) -> str:
    return prefix.rstrip("/") + "/*"


def _merged(configured: Iterable[Line], claims: Iterable[Line]) -> list[Line]:
    """The configuration's lines and those that it does not have: a claim adds to its pattern and owner what is not said yet."""
    merged: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in configured:
        merged[line.path, line.service].append(line)
    for claim in sorted(claims, key=lambda claim: STRONGEST.index(claim.evidence)):
        held = merged[claim.path, claim.service]
        held[:] = [_joined(line, claim) for line in held] or [claim]
    return [line for lines in merged.values() for line in lines]


def _joined(line: Line, claim: Line) -> Line:
    return replace(
        line,
        note=line.note or claim.note,
        upstream=line.upstream or claim.upstream,
        documented=line.documented or claim.documented,
    )


def _with_pages(lines: Iterable[Line], portal: Portal) -> list[Line]:
    """The lines in the order of their paths, each with the operations that it leads to."""
    ordered = sorted(lines, key=lambda line: (_key(line.path), line.service, line.methods))
    pages: dict[int, list[OperationPage]] = defaultdict(list)
    unconfirmed: dict[int, list[OperationPage]] = defaultdict(list)
    index = _Index(ordered)
    for service in portal.services:
        for page in service.pages:
            for found in index.of(page):
                (pages if page.public.path else unconfirmed)[found].append(page)
    return [replace(line, pages=tuple(pages[i]), unconfirmed=tuple(unconfirmed[i])) for i, line in enumerate(ordered)]


def _key(path: str) -> list[tuple[bool, str]]:
    """Sorts by segments, a wildcard after everything else at its level."""
    return [(segment == "*", segment) for segment in path.split("/")]


class _Index:
    """Finds the line that leads to an operation."""

    def __init__(self, lines: list[Line]) -> None:
        self.by_path: dict[str, list[int]] = defaultdict(list)
        self.lines = lines
        for index, line in enumerate(lines):
            self.by_path[shape(line.path)].append(index)

    def of(self, page: OperationPage) -> list[int]:
        """Indexes of the lines: one, or none where only the operation itself is known."""
        public = page.public
        if public.evidence is None:
            return []
        path = public.path if public.evidence == "route" else _under(public.prefix or "/")
        owners = (page.service, public.owner)
        found = [i for i in self.by_path[shape(path or "")] if self.lines[i].service in owners]
        listed = [i for i in found if page.operation.method in self.lines[i].methods]
        return (listed or found)[:1]


def _overlaps(lines: tuple[Line, ...]) -> Iterator[Overlap]:
    """For each wildcard the lines of other owners at its prefix or below."""
    for general in lines:
        if general.wildcard:
            within = [line for line in lines if line.service != general.service and line.backend != general.service]
            specific = tuple(line for line in within if line != general and _within(line, general))
            if specific:
                yield Overlap(general, specific)


def _within(line: Line, general: Line) -> bool:
    shares = not line.methods or not general.methods or set(line.methods) & set(general.methods)
    inside = same_path(line.path, general.path) and specificity(line.path) >= specificity(general.path)
    return bool(shares) and (line.path == general.prefix or inside)


def _contested(portal: Portal) -> Iterator[Contested]:
    claims: dict[tuple[str, str], list[OperationPage]] = defaultdict(list)
    for service in portal.services:
        for page in service.pages:
            if page.public.path:
                claims[page.operation.method, shape(page.public.path)].append(page)
    for (method, _), pages in sorted(claims.items()):
        if len({page.service for page in pages}) > 1:
            path = pages[0].public.path or ""
            route = winner(portal.catalog.gateway.routes, method, path)
            yield Contested(method, path, tuple(pages), route.service if route else "")


def _moved(lines: tuple[Line, ...]) -> Iterator[Moved]:
    """Services with a documented prefix that nothing else confirms, and wildcards of the configuration elsewhere."""
    for service in dict.fromkeys(line.service for line in lines):
        own = [line for line in lines if line.service == service and line.wildcard]
        documented = tuple(line for line in own if line.evidence == "document" and not _listed(line, lines))
        configured = tuple(line for line in own if line.evidence == "mount")
        if documented and configured:
            yield Moved(service, documented, configured)


def _listed(line: Line, lines: tuple[Line, ...]) -> bool:
    """Whether the configuration has single routes of the same service under a wildcard."""
    return any(other.service == line.service and other.evidence == "route" and rest(other.path, line.prefix) for other in lines)
