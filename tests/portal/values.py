"""Small values for tests of the catalog, the gateway and the pages made from them."""

from __future__ import annotations

from dataclasses import replace

from portal_gen.diagnostics import Location
from portal_gen.model.document import Document
from portal_gen.model.info import Info, Server, Tag
from portal_gen.model.operation import Operation
from portal_gen.portal.assemble import Source, assemble
from portal_gen.portal.catalog import Catalog, CatalogService, Gateway, Group, Mount, Route
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import Urls

HERE = Location("openapi/pets/openapi.yaml", 3, 1)
GATEWAY = "https://api.example.com"


def operation(method: str, path: str, *servers: str, id_: str | None = None, tags: tuple[str, ...] = ()) -> Operation:
    """An operation with nothing but its address."""
    found = tuple(Server(url, HERE) for url in servers or ("https://pets.example.com",))
    return Operation("operation", method, path, HERE, id=id_, servers=found, tags=tags)


def service(*mounts: Mount, id_: str = "pets") -> CatalogService:
    """A service of the catalog."""
    return CatalogService(id_, id_.title(), "core", HERE, mounts=mounts)


def catalog(*services: CatalogService, routes: tuple[Route, ...] = (), gateway: str = "") -> Catalog:
    """A catalog with a gateway."""
    groups = (Group("core", "Core"),)
    return Catalog(title="Example", groups=groups, services=services, gateway=Gateway(GATEWAY, gateway, routes))


def document(*operations: Operation, title: str = "Pets") -> Document:
    """A document with these operations, and their tags."""
    tags = tuple(dict.fromkeys(tag for found in operations for tag in found.tags))
    return Document(
        info=Info(title, "1.0.0", HERE),
        location=HERE,
        written_version="3.1.0",
        servers=operations[0].servers if operations else (),
        tags=tuple(Tag(tag, HERE) for tag in tags),
        tag_groups=(),
        operations=tuple(replace(found) for found in operations),
        webhooks=(),
        schemas={},
        security_schemes={},
        security=(),
    )


def portal(found: Catalog, **documents: Document) -> Portal:
    """A portal of these documents, by service id."""
    sources = [Source(id_, f"openapi/{id_}/openapi.yaml", value) for id_, value in documents.items()]
    return assemble(sources, found, Urls())
