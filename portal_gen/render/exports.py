"""The portal for programs: lists of everything in it, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from portal_gen.plan import has_capabilities
from portal_gen.portal.portal import OperationPage, Portal, SchemaPage
from portal_gen.render.catalog_data import capabilities_json, routes_json, services_json


def exports(portal: Portal) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Addresses with what makes their bytes."""
    yield "operations.json", lambda: dump([operation_entry(page) for service in portal.services for page in service.pages])
    yield "schemas.json", lambda: dump(_schemas(portal))
    yield "services.json", lambda: services_json(portal)
    if has_capabilities(portal):
        yield "capabilities.json", lambda: capabilities_json(portal)
    if portal.catalog.gateway.url:
        yield "routes.json", lambda: routes_json(portal)


def operation_entry(page: OperationPage) -> dict[str, object]:
    """A line of `operations.json`."""
    operation = page.operation
    return {
        "kind": operation.kind,
        "service": page.service,
        "operation_id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "gateway_path": page.public.path,
        "evidence": page.public.evidence,
        "url": page.url,
        "title": page.title,
        "tags": list(operation.tags),
        "deprecated": operation.deprecated,
    }


def _schemas(portal: Portal) -> list[dict[str, str]]:
    return [schema_entry(page) for service in portal.services for page in service.schemas.values()]


def schema_entry(page: SchemaPage) -> dict[str, str]:
    """A line of `schemas.json`."""
    return {"service": page.service, "name": page.named.name, "url": page.url}


def dump(entries: list[dict[str, object]] | list[dict[str, str]]) -> bytes:
    """A list as JSON, one entry a line, so that two versions of it can be compared."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]\n".encode() if entries else b"[]\n"
