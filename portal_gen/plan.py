"""The plan: every page of the portal by URL, as a small value that names what it shows. Making it renders nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from portal_gen.portal.portal import Portal

Kind: TypeAlias = Literal["front", "services", "capabilities", "routes", "service", "operation", "schema"]

TOP: dict[Kind, str] = {"front": "Overview", "services": "Reference", "capabilities": "Capabilities", "routes": "Routes"}
"""Pages that stand in the site's own navigation, with their titles there."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One page. `service` is its service's id; `key` picks the operation (its slug) or schema (its key)."""

    url: str
    kind: Kind
    service: str = ""
    key: str = ""

    @property
    def shell(self) -> str:
        """Which of the theme's shells it fills: a page of the site's navigation has its own, others share that of their depth."""
        return self.url if self.kind in TOP else f"depth {self.url.count('/')}"


def plan(portal: Portal) -> dict[str, Planned]:
    """Every page in reading order: the catalog's pages, then service by service."""
    return {page.url: page for page in _pages(portal)}


def has_capabilities(portal: Portal) -> bool:
    """Whether there is something to compare: rows of the catalog, or services beside each other."""
    return bool(portal.catalog.capabilities) or len(portal.services) > 1


def _pages(portal: Portal) -> Iterator[Planned]:
    yield Planned(portal.urls.page(), "front")
    yield Planned(portal.urls.page("services"), "services")
    if has_capabilities(portal):
        yield Planned(portal.urls.page("capabilities"), "capabilities")
    if portal.catalog.gateway.url:
        yield Planned(portal.urls.page("routes"), "routes")
    for service in portal.services:
        yield Planned(service.url, "service", service.id)
        for page in service.pages:
            yield Planned(page.url, "operation", service.id, page.slug)
        for key, schema in service.schemas.items():
            yield Planned(schema.url, "schema", service.id, key)
