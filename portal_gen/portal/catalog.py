"""The catalog: what is true of many services together and stands in no description.

Groups, services with their organization and endpoint, what is known of the gateway, capabilities, packages. Read from
`catalog.yaml`; without one, `EMPTY` serves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from portal_gen.diagnostics import Location
from portal_gen.portal.address import Evidence, GatewayAuth

Status: TypeAlias = Literal["Existing", "Updated", "New"]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over services."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the front page sends a reader. `url` is a web address, or the path of a hand-written page under the site's docs."""

    title: str
    url: str
    location: Location
    description: str = ""

    @property
    def page(self) -> str:
        """The path of the hand-written page; empty where the link leads elsewhere."""
        return "" if self.url.startswith(("http://", "https://")) else self.url


@dataclass(frozen=True, slots=True)
class Organization:
    """Who keeps the code of a service, and which upstream projects it descends from."""

    id: str
    url: str = ""
    purpose: str = ""
    upstream: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the gateway's configuration. `path` may hold `{name}` and a wildcard tail `/*`; `service` may be one that has
    no description here. `upstream` is the path that the service sees. `earlier` is an older answer, in words, or empty."""

    method: str
    path: str
    service: str
    upstream: str
    auth: GatewayAuth | None = None
    source: str = ""
    earlier: str = ""

    @property
    def wildcard(self) -> bool:
        """Whether the path ends in `/*`."""
        return self.path.endswith("/*")


@dataclass(frozen=True, slots=True)
class Mount:
    """A prefix of the gateway that leads to a service: `strip` says whether the prefix is cut before the service sees the path
    (None: not known). `methods` are those the configuration lists; empty: it does not say.

    evidence: mount = a wildcard of the configuration; route = only single paths of it; server, document as for addresses.
    """

    prefix: str
    evidence: Evidence
    upstream: str | None = None
    strip: bool | None = None
    methods: tuple[str, ...] = ()
    auth: GatewayAuth | None = None
    source: str = ""
    note: str = ""
    earlier: Mount | None = None
    """Another answer in an older version of the configuration."""


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
    status: Status | Literal[""] = ""
    mounts: tuple[Mount, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentedRoute:
    """A line of the platform's document: this pattern leads to that service. Shown even where no operation lies under it."""

    pattern: str
    service: str
    location: Location
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Capability:
    """A row of the capability matrix. `operations` (ids) and `tags` pick what proves it; both empty: all of the service."""

    name: str
    service: str
    status: Status
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
    location: Location
    description: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A version of the gateway's configuration: how its routes name it as their source, and where it can be read."""

    name: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GatewayServer:
    """An address of the gateway: production, or a copy of it for tests."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The address in front of the services. `service` is the one whose description documents the gateway's own paths."""

    url: str = ""
    service: str = ""
    routes: tuple[Route, ...] = ()
    """Of all configurations, each method and path once: a later configuration's answer replaces an earlier one's."""
    documented: tuple[DocumentedRoute, ...] = ()
    configurations: tuple[Configuration, ...] = ()
    servers: tuple[GatewayServer, ...] = ()
    """All addresses of the gateway, `url` among them; empty: it is the only one."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The whole catalog."""

    title: str = ""
    tagline: str = ""
    """Heading of the front page; empty: its counts."""
    description: str = ""
    version: str = ""
    key: str = ""
    """Name of the environment variable that holds the caller's key; empty: derived per description."""
    key_url: str = ""
    """Where a reader gets a key."""
    key_scheme: str = ""
    """Reference to the security scheme of the key (`shared/auth.yaml#/components/securitySchemes/bearerAuth`)."""
    first_call: str = ""
    """The operation that the front page shows, as `service/operationId`."""
    links: tuple[Link, ...] = ()
    """Where the front page sends a reader, the first as a button."""
    repository: str = ""
    """Web address of the repository that holds the descriptions, for "edit this page"; `{path}` and `{line}` are filled in."""
    gateway: Gateway = Gateway()
    groups: tuple[Group, ...] = ()
    services: tuple[CatalogService, ...] = ()
    organizations: tuple[Organization, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    packages: tuple[Package, ...] = ()

    def service(self, id_: str) -> CatalogService | None:
        """The service with this id, if the catalog has it."""
        return next((service for service in self.services if service.id == id_), None)

    def organization(self, id_: str) -> Organization | None:
        """The organization with this id, if the catalog has it."""
        return next((organization for organization in self.organizations if organization.id == id_), None)


EMPTY = Catalog()
