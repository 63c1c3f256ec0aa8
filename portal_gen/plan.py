"""The plan: every page of the portal by URL, as a small value that names what it shows. Making it renders nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from portal_gen.portal.portal import Portal

Kind: TypeAlias = Literal["front", "services", "capabilities", "routes", "service", "list", "operation", "schema", "added"]

_TITLES: dict[Kind, str] = {"front": "Overview", "services": "Reference", "capabilities": "Capabilities", "routes": "Routes"}
"""Of pages that stand in the site's own navigation, as they are called there."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One page. `service` is its service's id; `key` picks the part of a list (its URL), the operation (its slug), the schema (its
    key) or the template that was
    added (its name); `title` is what the site's own navigation calls it."""

    url: str
    kind: Kind
    service: str = ""
    key: str = ""
    title: str = ""

    @property
    def top(self) -> bool:
        """Whether it stands in the site's own navigation: it is about no single service."""
        return not self.service

    @property
    def shell(self) -> str:
        """Which of the theme's shells it fills: a page of the site's navigation has its own, others share that of their depth."""
        return self.url if self.top else f"depth {self.url.count('/')}"


def plan(portal: Portal) -> dict[str, Planned]:
    """Every page in reading order: the catalog's pages, then service by service."""
    return {page.url: page for page in _pages(portal)}


def has_capabilities(portal: Portal) -> bool:
    """Whether there is something to compare: rows of the catalog, or services beside each other."""
    return bool(portal.catalog.capabilities) or len(portal.services) > 1


def _pages(portal: Portal) -> Iterator[Planned]:
    yield _top(portal.urls.page(), "front")
    yield _top(portal.urls.page("services"), "services")
    if has_capabilities(portal):
        yield _top(portal.urls.page("capabilities"), "capabilities")
    if portal.catalog.gateway.url:
        yield _top(portal.urls.page("routes"), "routes")
    for template in portal.added.pages:
        yield Planned(portal.urls.page(template.slug), "added", key=template.name, title=template.title)
    for service in portal.services:
        yield Planned(service.url, "service", service.id)
        for part in service.lists:
            yield Planned(part.url, "list", service.id, part.url)
        for page in service.pages:
            yield Planned(page.url, "operation", service.id, page.slug)
        for key, schema in service.schemas.items():
            yield Planned(schema.url, "schema", service.id, key)
        for url, template in portal.added_to(service).items():
            yield Planned(url, "added", service.id, template.name)


def _top(url: str, kind: Kind) -> Planned:
    return Planned(url, kind, title=_TITLES[kind])
