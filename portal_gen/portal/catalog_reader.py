"""Reads `catalog.yaml`: every fault of the file at once, each at its line.

The tables below are the format; `schemas/catalog.schema.json` says the same to editors, and a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.portal.address import Evidence, GatewayAuth
from portal_gen.portal.catalog import (
    EMPTY,
    Capability,
    Catalog,
    CatalogService,
    Configuration,
    DocumentedRoute,
    Gateway,
    GatewayServer,
    Group,
    Link,
    Mount,
    Organization,
    Package,
    Route,
    Status,
)
from portal_gen.portal.shapes import Flag, Kind, Many, Shape, Text
from portal_gen.spec.source import read, shown

METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY")


@dataclass(frozen=True, slots=True)
class _Row:
    """A route as it is written: several methods share a line."""

    methods: tuple[str, ...]
    path: str
    service: str
    location: Location
    upstream: str = ""
    auth: GatewayAuth | None = None


@dataclass(frozen=True, slots=True)
class _Version:
    """A configuration as it is written: with its routes."""

    name: str
    url: str = ""
    note: str = ""
    routes: tuple[_Row, ...] = ()


def _gateway(
    url: str,
    service: str = "",
    documented: tuple[DocumentedRoute, ...] = (),
    configurations: tuple[_Version, ...] = (),
    servers: tuple[GatewayServer, ...] = (),
) -> Gateway:
    """Routes of all versions, one for each method and path: the later version's, with the earlier answer in words."""
    routes: dict[tuple[str, str], Route] = {}
    for version in configurations:
        for route in _routes(version):
            key = (route.method, route.path)
            routes[key] = _after(routes.get(key), route)
    versions = tuple(Configuration(version.name, version.url, version.note) for version in configurations)
    return Gateway(url, service, tuple(routes.values()), documented, versions, servers)


def _routes(version: _Version) -> Iterator[Route]:
    for row in version.routes:
        for method in row.methods:
            yield Route(method, row.path, row.service, row.upstream or row.path, row.auth, version.name)


def _after(old: Route | None, new: Route) -> Route:
    if old is None or (old.service, old.upstream, old.auth) == (new.service, new.upstream, new.auth):
        return new
    return replace(new, earlier=f"{old.source}: {old.service}, path {old.upstream}, asks for {old.auth or 'not stated'}")


def _one_of(choices: Sequence[str]) -> Text:
    return Text("one of " + ", ".join(choices), choices=tuple(choices))


def _matches(pattern: str, expected: str) -> Text:
    compiled = re.compile(pattern)
    return Text(expected, lambda text: compiled.fullmatch(text) is not None)


TEXT = Text()
ID = _matches(r"[a-z0-9][a-z0-9._-]*", "an id of lower-case letters, digits, `.`, `_` and `-`")
WEB = _matches(r"https?://[^\s/@\\]+(?:/[^\s\\]*)?", "a web address that begins with http:// or https://")
PAGE = _matches(
    r"https?://[^\s/@\\]+(?:/[^\s\\]*)?|[^\s/\\?#:.][^\s\\?#:]*\.md(?:#[^\s\\]*)?",
    "a web address that begins with http:// or https://, or the path of a page that ends in .md",
)
VARIABLE = _matches(r"[A-Za-z_][A-Za-z0-9_]*", "a name of letters, digits and `_`")
PATH = _matches(r"/[^\s?#*\\]*(?<!/)|/", "a path that begins with `/` and does not end in one")
PATTERN = _matches(r"/[^\s?#*\\]*(?<=/)\*|/[^\s?#*\\]*(?<!/)|/", "a path that begins with `/` and may end in `/*`")
METHOD = _one_of(METHODS)
AUTH = _one_of(get_args(GatewayAuth))
EVIDENCE = _one_of(get_args(Evidence))
STATUS = _one_of(get_args(Status))

LINK = Shape("link", Link, {"title": TEXT, "url": PAGE, "description": TEXT}, ("title", "url"), located=True)
GROUP = Shape("group", Group, {"id": ID, "name": TEXT, "description": TEXT}, ("id", "name"))
ORGANIZATION = Shape("organization", Organization, {"id": ID, "url": WEB, "purpose": TEXT, "upstream": TEXT}, ("id",))
_MOUNT: dict[str, Kind] = {
    "prefix": PATH,
    "upstream": PATH,
    "strip": Flag(),
    "evidence": EVIDENCE,
    "source": TEXT,
    "note": TEXT,
}
EARLIER = Shape("mount", Mount, _MOUNT, ("prefix", "evidence"))
MOUNT = Shape(
    "mount",
    Mount,
    _MOUNT | {"methods": Many(METHOD, "a list of methods"), "auth": AUTH, "earlier": EARLIER},
    ("prefix", "evidence"),
)
SERVICE = Shape(
    "service",
    CatalogService,
    {
        "id": ID,
        "name": TEXT,
        "group": ID,
        "organization": ID,
        "endpoint": WEB,
        "description": TEXT,
        "status": STATUS,
        "mounts": Many(MOUNT, "a list of mounts"),
    },
    ("id", "name", "group"),
    located=True,
)
CAPABILITY = Shape(
    "capability",
    Capability,
    {
        "name": TEXT,
        "service": ID,
        "status": STATUS,
        "organization": ID,
        "operations": Many(TEXT, "a list of operation ids"),
        "tags": Many(TEXT, "a list of tags"),
    },
    ("name", "service", "status"),
    located=True,
)
PACKAGE = Shape(
    "package",
    Package,
    {"name": TEXT, "registry": TEXT, "service": ID, "description": TEXT},
    ("name", "registry", "service"),
    located=True,
)
DOCUMENTED = Shape(
    "documented route",
    DocumentedRoute,
    {"pattern": PATTERN, "service": ID, "group": ID, "note": TEXT},
    ("pattern", "service"),
    located=True,
)
ROUTE = Shape(
    "route",
    _Row,
    {"methods": Many(METHOD, "a list of methods"), "path": PATTERN, "service": ID, "upstream": PATTERN, "auth": AUTH},
    ("methods", "path", "service"),
    located=True,
)
CONFIGURATION = Shape(
    "configuration",
    _Version,
    {"name": TEXT, "url": WEB, "note": TEXT, "routes": Many(ROUTE, "a list of routes")},
    ("name",),
)
GATEWAY_SERVER = Shape("server of the gateway", GatewayServer, {"url": WEB, "description": TEXT}, ("url",))
GATEWAY = Shape(
    "gateway",
    _gateway,
    {
        "url": WEB,
        "service": ID,
        "documented": Many(DOCUMENTED, "a list of documented routes"),
        "configurations": Many(CONFIGURATION, "a list of configurations", "name"),
        "servers": Many(GATEWAY_SERVER, "a list of servers", "url"),
    },
    ("url",),
)
CATALOG = Shape(
    "catalog",
    Catalog,
    {
        "title": TEXT,
        "tagline": TEXT,
        "description": TEXT,
        "version": TEXT,
        "key": VARIABLE,
        "key_url": WEB,
        "key_scheme": TEXT,
        "first_call": TEXT,
        "links": Many(LINK, "a list of links", "title"),
        "repository": WEB,
        "groups": Many(GROUP, "a list of groups", "id"),
        "organizations": Many(ORGANIZATION, "a list of organizations", "id"),
        "services": Many(SERVICE, "a list of services", "id"),
        "capabilities": Many(CAPABILITY, "a list of capabilities", "name"),
        "packages": Many(PACKAGE, "a list of packages", "name"),
        "gateway": GATEWAY,
    },
)


def read_catalog(path: Path) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """The catalog in a file, with all that is wrong with it in the order of the text. PortalError where it is no YAML."""
    file = shown(path)
    parsed = read(path, file)
    catalog, faults = build_catalog(parsed.value, file)
    return catalog, (*parsed.diagnostics, *faults)


def build_catalog(tree: object, file: str) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """The catalog in a located tree."""
    faults: list[Diagnostic] = []
    catalog = CATALOG.read(tree, Location(file), faults)
    if not isinstance(catalog, Catalog):
        return EMPTY, tuple(faults)
    services = tuple(_with_methods(service, catalog.gateway.routes) for service in catalog.services)
    catalog = replace(catalog, services=services)
    faults.extend(_references(catalog))
    return catalog, tuple(sorted(faults, key=lambda fault: (fault.location, fault.message)))


def _with_methods(service: CatalogService, routes: tuple[Route, ...]) -> CatalogService:
    return replace(service, mounts=tuple(_mount(mount, routes) for mount in service.mounts))


def _mount(mount: Mount, routes: tuple[Route, ...]) -> Mount:
    """The mount, with methods and auth of the wildcard at its prefix where it does not say them itself."""
    lines = [route for route in routes if route.path == mount.prefix + "/*"] if mount.evidence == "mount" else []
    asked = {route.auth for route in lines}
    methods = mount.methods or tuple(route.method for route in lines)
    return replace(mount, methods=methods, auth=mount.auth or (asked.pop() if len(asked) == 1 else None))


def _references(catalog: Catalog) -> Iterator[Diagnostic]:
    """Names that lead nowhere, and names that are given twice."""
    services = [service.id for service in catalog.services]
    groups = [group.id for group in catalog.groups]
    organizations = [organization.id for organization in catalog.organizations]
    for service in catalog.services:
        yield from _named("group", service.group, groups, service.location)
        yield from _named("organization", service.organization, organizations, service.location)
    naming: tuple[Capability | Package | DocumentedRoute, ...]
    naming = (*catalog.capabilities, *catalog.packages, *catalog.gateway.documented)
    for entry in naming:
        yield from _named("service", entry.service, services, entry.location)
    for capability in catalog.capabilities:
        yield from _named("organization", capability.organization, organizations, capability.location)
    for line in catalog.gateway.documented:
        yield from _named("group", line.group, groups, line.location)


def _named(kind: str, name: str, known: Iterable[str], at: Location) -> Iterator[Diagnostic]:
    known = tuple(known)
    if name and name not in known:
        near = get_close_matches(name, known, 1)
        yield error(
            "catalog-reference",
            f"there is no {kind} `{name}`; " + (f"did you mean `{near[0]}`?" if near else f"add it under `{kind}s`"),
            at,
        )
