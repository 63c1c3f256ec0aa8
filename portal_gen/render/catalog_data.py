"""What the pages made from the catalog say, as JSON for programs. Equal portals give equal bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from portal_gen.portal.abilities import ABILITIES, abilities
from portal_gen.portal.capabilities import capability_rows
from portal_gen.portal.meetings import Claim, Meeting
from portal_gen.portal.portal import OperationPage, Portal
from portal_gen.portal.routes import Line, route_map
from portal_gen.render.catalog_parts import usual


def routes_json(portal: Portal) -> bytes:
    """The route map: every line, the document's lines in its order, overlaps, and each operation's public address."""
    found = route_map(portal)
    return _bytes(
        {
            "gateway": portal.catalog.gateway.url,
            "configurations": [asdict(version) for version in portal.catalog.gateway.configurations],
            "lines": [_line(line) for line in found.lines],
            "documented": [
                {
                    "pattern": route.pattern,
                    "service": route.service,
                    "group": route.group,
                    "note": route.note,
                    "evidence": line.evidence,
                    "operations": len(line.pages),
                    "unconfirmed": len(line.unconfirmed),
                }
                for route, line in found.documented
            ],
            "overlaps": [
                {"general": _claim(overlap.general), "specific": [_claim(line) for line in overlap.specific]}
                for overlap in found.overlaps
            ],
            "contested": [
                {"method": c.method, "path": c.path, "owner": c.owner or None, "services": [page.service for page in c.pages]}
                for c in found.contested
            ],
            "meetings": [_meeting(pair, "gateway") for pair in found.meetings.gateway]
            + [_meeting(pair, "service") for _, pairs in found.meetings.own for pair in pairs],
            "unreached": [service.id for service in found.unreached],
            "operations": [_address(page) for service in portal.services for page in service.pages],
        }
    )


def capabilities_json(portal: Portal) -> bytes:
    """The capability matrix in the catalog's order, each row with the pages that prove it, and what the descriptions prove."""
    return _bytes({"capabilities": _capabilities(portal), "abilities": _abilities(), "services": _able(portal)})


def _capabilities(portal: Portal) -> list[dict[str, Any]]:
    return [
        {
            "name": row.capability.name,
            "service": row.capability.service,
            "status": row.capability.status,
            "organization": row.capability.organization or None,
            "evidence": usual(row.pages)[0],
            "whole_service": row.whole,
            "file": row.service.file if row.service else None,
            "proof": [_proof(page) for page in row.pages],
        }
        for row in capability_rows(portal)
    ]


def _abilities() -> list[dict[str, Any]]:
    return [{"id": ability.id, "name": ability.name, "rule": ability.rule} for ability in ABILITIES]


def _able(portal: Portal) -> list[dict[str, Any]]:
    """For each service its abilities with the URLs of the pages that prove them."""
    return [
        {
            "service": row.service.id,
            "abilities": [
                {"id": ability.id, "proof": [page.url for page in pages]}
                for ability, pages in zip(ABILITIES, row.cells, strict=True)
                if pages
            ],
        }
        for row in abilities(portal)
    ]


def services_json(portal: Portal) -> bytes:
    """Every service with its place in the catalog."""
    return _bytes(
        {
            "groups": [asdict(group) for group in portal.catalog.groups],
            "organizations": [asdict(organization) for organization in portal.catalog.organizations],
            "packages": [_without(asdict(package), "location") for package in portal.catalog.packages],
            "services": [
                {
                    "id": service.id,
                    "name": service.name,
                    "group": service.group or None,
                    "version": service.document.info.version,
                    "url": service.url,
                    "file": service.file,
                    "operations": len(service.pages),
                    "schemas": len(service.schemas),
                    "evidence": usual(service.pages)[0],
                    "prefix": usual(service.pages)[1] or None,
                    **(_without(asdict(service.entry), "location", "id", "name", "group") if service.entry else {}),
                }
                for service in portal.services
            ],
        }
    )


def _bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key not in keys}


def _line(line: Line) -> dict[str, Any]:
    return {
        **_claim(line),
        "auth": line.auth,
        "upstream": line.upstream or None,
        "backend": line.backend or None,
        "source": line.source,
        "documented": line.documented,
        "earlier": line.earlier or None,
        "note": line.note or None,
        "operations": len(line.pages),
        "unconfirmed": len(line.unconfirmed),
    }


def _claim(line: Line) -> dict[str, Any]:
    return {"path": line.path, "methods": list(line.methods), "service": line.service, "evidence": line.evidence}


def _address(page: OperationPage) -> dict[str, Any]:
    public = page.public
    return {
        "kind": page.operation.kind,
        "service": page.service,
        "title": page.title,
        "method": page.operation.method,
        "path": page.operation.path,
        "direct": list(page.direct),
        "prefix": public.prefix,
        "gateway_path": public.path,
        "evidence": public.evidence,
        "owner": public.owner or None,
        "auth": public.auth,
        "doubt": public.doubt or None,
        "url": page.url,
    }


def _meeting(pair: Meeting, place: str) -> dict[str, Any]:
    return {
        "place": place,
        "kind": pair.kind,
        "method": pair.first.method,
        "decided": pair.decided,
        "first": _claimed(pair.first),
        "second": _claimed(pair.second),
    }


def _claimed(claim: Claim) -> dict[str, Any]:
    page = claim.page
    return {"path": claim.path, "service": page.service if page else None, "url": page.url if page else None}


def _proof(page: OperationPage) -> dict[str, Any]:
    return {"operation_id": page.operation.id, "method": page.operation.method, "path": page.operation.path, "url": page.url}
