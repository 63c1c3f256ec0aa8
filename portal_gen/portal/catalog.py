"""The catalog: what is true of many services together and stands in no description.

Groups, services with their organization and endpoint, what is known of the gateway, capabilities, packages. Read from
`catalog.yaml`; without one, `EMPTY` serves.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal_gen.diagnostics import Location
from portal_gen.portal.address import GatewayAuth


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over services."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """Who keeps the code of a service, and which upstream projects it descends from."""

    id: str
    url: str = ""
    purpose: str = ""
    upstream: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the gateway's configuration. `path` may hold `{name}` and a wildcard tail `/*`; `service` may be a service that
    has no description here. `upstream` is the path that the service sees."""

    method: str
    path: str
    service: str
    upstream: str
    auth: GatewayAuth | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A prefix of the gateway that leads to a service: `strip` says whether the prefix is cut before the service sees the path
    (None: not known). `methods` are those the configuration lists; empty: it does not say."""

    prefix: str
    upstream: str | None
    strip: bool | None
    evidence: str
    methods: tuple[str, ...] = ()
    auth: GatewayAuth | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CatalogService:
    """A service as the catalog knows it."""

    id: str
    name: str
    group: str
    location: Location
    description: str = ""
    organization: str = ""
    endpoint: str = ""
    status: str = ""
    mounts: tuple[Mount, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentedRoute:
    """A line of the platform's document: this pattern leads to that service. Shown even where no operation lies under it."""

    pattern: str
    service: str
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Capability:
    """A row of the capability matrix. `proof` picks operations: operation ids, tags or a path prefix; empty: all of the service."""

    name: str
    service: str
    status: str
    location: Location
    organization: str = ""
    operations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A published client library."""

    name: str
    registry: str
    service: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The address in front of the services. `key` is the environment variable that holds the caller's key."""

    url: str = ""
    routes: tuple[Route, ...] = ()
    documented: tuple[DocumentedRoute, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """The whole catalog."""

    title: str = ""
    description: str = ""
    version: str = ""
    key: str = ""
    """Name of the environment variable that holds the caller's key; empty: derived per description."""
    key_url: str = ""
    """Where a reader gets a key."""
    repository: str = ""
    """Web address of the repository that holds the descriptions, for "edit this page"; `{path}` and `{line}` are filled in."""
    gateway: Gateway = Gateway()
    groups: tuple[Group, ...] = ()
    services: tuple[CatalogService, ...] = ()
    organizations: tuple[Organization, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    packages: tuple[Package, ...] = ()


EMPTY = Catalog()
