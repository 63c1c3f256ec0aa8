"""Which function draws which page, and what pages of one service share while they are drawn."""

from __future__ import annotations

from typing import assert_never

from portal_gen.plan import Planned
from portal_gen.portal.portal import OperationPage, Portal, Service
from portal_gen.render.added import Addition
from portal_gen.render.capabilities_page import capabilities_page
from portal_gen.render.context import Context, Page
from portal_gen.render.front_page import front_page
from portal_gen.render.lists import list_page
from portal_gen.render.navigation import NavParts, folder, nav_parts
from portal_gen.render.operation import operation_page
from portal_gen.render.routes_page import routes_page
from portal_gen.render.schema_page import schema_page
from portal_gen.render.service import first_call, first_call_card, service_page
from portal_gen.render.services_page import services_page

_KEPT = 6
"""Navigations that are kept: those of one service and a second one, as pages are drawn service by service."""


class Renderer:
    """Draws the pages of one portal. The same page is always the same: what is kept here only saves work."""

    def __init__(self, portal: Portal) -> None:
        self._services = {service.id: service for service in portal.services}
        self._operations = {(service.id, page.slug): page for service in portal.services for page in service.pages}
        self._navigation: dict[tuple[str, str], NavParts] = {}
        self._addition = Addition(portal)

    def page(self, context: Context, planned: Planned) -> Page:
        """A planned page, without the theme around it."""
        match planned.kind:
            case "front":
                return front_page(context, self._request_card(context))
            case "services":
                return services_page(context)
            case "capabilities":
                return capabilities_page(context)
            case "routes":
                return routes_page(context)
            case "service":
                service = self._services[planned.service]
                end = self._addition.end(context, "service", service)
                return end.below(service_page(context, service, end.html))
            case "list":
                service = self._services[planned.service]
                return list_page(context, service, next(part for part in service.lists if part.url == planned.key))
            case "operation":
                service, operation = self._services[planned.service], self._operations[planned.service, planned.key]
                end = self._addition.end(context, "operation", service, operation)
                return end.below(operation_page(context, service, operation, end.html))
            case "schema":
                service = self._services[planned.service]
                schema = service.schemas[planned.key]
                end = self._addition.end(context, "schema", service, schema)
                return end.below(schema_page(context, service, schema, end.html))
            case "added":
                if planned.top:
                    return self._addition.page(context, planned.key)
                return self._addition.service_page(context, planned.key, self._services[planned.service])
            case _:
                assert_never(planned.kind)

    def navigation(self, context: Context, planned: Planned) -> str:
        """The side navigation of the page's service; empty for pages that stand in the site's own."""
        return self.nav_parts(context, planned).html(planned.url) if planned.service else ""

    def nav_parts(self, context: Context, planned: Planned) -> NavParts:
        """What that is joined from, made once for all pages of a service that stand in one folder."""
        place = (planned.service, folder(planned.url))
        if place not in self._navigation:
            if len(self._navigation) >= _KEPT:
                del self._navigation[next(iter(self._navigation))]
            self._navigation[place] = nav_parts(context.portal, self._services[planned.service], planned.url)
        return self._navigation[place]

    def _request_card(self, context: Context) -> str:
        found = self._first(context.portal)
        return first_call_card(context, *found) if found else ""

    def _first(self, portal: Portal) -> tuple[Service, OperationPage] | None:
        """The operation that the catalog names as the first call, else the easiest of the first service that has one."""
        wanted = portal.catalog.first_call
        for service in portal.services:
            for page in service.pages:
                if wanted and f"{service.id}/{page.operation.id}" == wanted:
                    return service, page
        found = ((service, first_call(service)) for service in portal.services)
        return next(((service, page) for service, page in found if page), None)
