"""The capability matrix: each row of the catalog with the operations that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.portal.catalog import Capability, Organization
from portal_gen.portal.portal import OperationPage, Portal, Service


@dataclass(frozen=True, slots=True)
class Row:
    """A capability with its service (None where no description has it) and its proof. `whole`: the whole service proves it."""

    capability: Capability
    service: Service | None
    organization: Organization | None
    pages: tuple[OperationPage, ...]
    whole: bool


def capability_rows(portal: Portal) -> tuple[Row, ...]:
    """The rows in the catalog's order."""
    services = {service.id: service for service in portal.services}
    return tuple(_row(capability, services.get(capability.service), portal) for capability in portal.catalog.capabilities)


def capability_faults(portal: Portal) -> Iterator[Diagnostic]:
    """Rows that nothing proves, and tags and operation ids that the service does not have."""
    for row in capability_rows(portal):
        if row.service is not None:
            yield from _strangers(row.capability, row.service)
        if not row.pages:
            message = f"no operation proves the capability `{row.capability.name}`; name tags or operations of a described service"
            yield error("catalog-proof", message, row.capability.location)


def _row(capability: Capability, service: Service | None, portal: Portal) -> Row:
    pages = tuple(page for page in service.pages if _proves(page, capability)) if service else ()
    whole = not capability.tags and not capability.operations
    return Row(capability, service, portal.catalog.organization(capability.organization), pages, whole)


def _proves(page: OperationPage, capability: Capability) -> bool:
    if not capability.tags and not capability.operations:
        return True
    return page.operation.id in capability.operations or any(tag in capability.tags for tag in page.operation.tags)


def _strangers(capability: Capability, service: Service) -> Iterator[Diagnostic]:
    ids = {page.operation.id for page in service.pages}
    tags = {tag for page in service.pages for tag in page.operation.tags}
    strangers = [("operation", id_) for id_ in capability.operations if id_ not in ids]
    strangers += [("tag", tag) for tag in capability.tags if tag not in tags]
    for kind, name in strangers:
        message = f"`{service.id}` has no {kind} `{name}` with operations; correct it, or remove it from this row"
        yield error("catalog-proof", message, capability.location)
