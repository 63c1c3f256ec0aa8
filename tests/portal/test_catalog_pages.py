"""Front page, services, capabilities and routes: on small values, and on the project's own 27 descriptions."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from portal_gen.model.builder import build
from portal_gen.portal.address import Evidence
from portal_gen.portal.assemble import Source, assemble
from portal_gen.portal.capabilities import capability_faults, capability_rows
from portal_gen.portal.catalog import Capability, DocumentedRoute, Link, Mount, Route
from portal_gen.portal.catalog_reader import read_catalog
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import Portal
from portal_gen.portal.routes import Line, route_map
from portal_gen.portal.urls import Urls
from portal_gen.render.capabilities_page import capabilities_page
from portal_gen.render.catalog_data import capabilities_json, routes_json, services_json
from portal_gen.render.context import Context
from portal_gen.render.front_page import front_page
from portal_gen.render.routes_page import routes_page
from portal_gen.render.services_page import services_page
from portal_gen.spec.load import load
from tests.portal.values import HERE, catalog, document, operation, portal, service

ROOT = Path(__file__).parents[2]
PAGES = {"": front_page, "services/": services_page, "capabilities/": capabilities_page, "routes/": routes_page}


@pytest.fixture(scope="module")
def hanzo() -> Portal:
    found, _ = read_catalog(ROOT / "openapi" / "catalog.yaml")
    sources = [Source(id_, str(path.relative_to(ROOT)), build(load(path))) for id_, path in descriptions(ROOT / "openapi")]
    return assemble(sources, found, Urls())


def small(*routes: Route, mounts: tuple[Mount, ...] = ()) -> Portal:
    """Two services behind one gateway: chats at /v1/chat/*, models at single paths."""
    found = catalog(service(*mounts, id_="chats"), service(id_="models"), routes=routes)
    return portal(
        found,
        chats=document(operation("POST", "/talk", id_="talk"), title="Chats"),
        models=document(operation("POST", "/v1/chat/complete", id_="complete", tags=("A",)), title="Models"),
    )


MOUNT = Mount("/v1/chat", "mount", "/", True)
WILD = Route("POST", "/v1/chat/*", "chats", "/*", "jwt", "config 2", "config 1: models, path /*")
EXACT = Route("POST", "/v1/chat/complete", "models", "/v1/chat/complete", "key", "config 2")


def claims(lines: tuple[Line, ...]) -> list[tuple[str, str, Evidence, int]]:
    """Lines without what the configuration says of them."""
    return [(line.path, line.service, line.evidence, len(line.pages)) for line in lines]


def test_a_longer_path_overlaps_a_wildcard_of_another_service() -> None:
    found = route_map(small(WILD, EXACT, mounts=(MOUNT,)))
    assert claims(found.lines) == [("/v1/chat/complete", "models", "route", 1), ("/v1/chat/*", "chats", "mount", 1)]
    assert [(o.general.path, [line.path for line in o.specific]) for o in found.overlaps] == [("/v1/chat/*", ["/v1/chat/complete"])]
    assert [line.path for line in found.changed] == ["/v1/chat/*"]


def test_methods_that_do_not_meet_do_not_overlap() -> None:
    found = route_map(small(WILD, replace(EXACT, method="GET"), mounts=(MOUNT,)))
    assert found.overlaps == ()


def test_a_documented_line_stays_visible_without_an_operation() -> None:
    base = small(EXACT)
    gateway = replace(base.catalog.gateway, documented=(DocumentedRoute("/v1/bills/*", "chats", HERE, note="Chats (bills)"),))
    found = portal(replace(base.catalog, gateway=gateway), chats=document(title="Chats"))
    map_ = route_map(found)
    assert claims(map_.unused) == [("/v1/bills/*", "chats", "document", 0)]
    html = routes_page(Context(found, "routes/")).html
    assert "/v1/bills/*" in html
    assert "no operation documented" in html


def test_a_capability_needs_proof_that_exists() -> None:
    base = small()
    rows = (
        Capability("All", "models", "New", HERE),
        Capability("Some", "models", "New", HERE, tags=("A",), operations=("gone",)),
        Capability("None", "chats", "New", HERE, tags=("B",)),
    )
    found = replace(base, catalog=replace(base.catalog, capabilities=rows))
    assert [len(row.pages) for row in capability_rows(found)] == [1, 1, 0]
    assert [fault.message.split(";")[0] for fault in capability_faults(found)] == [
        "`models` has no operation `gone` with operations",
        "`chats` has no tag `B` with operations",
        "no operation proves the capability `None`",
    ]


def test_words_of_the_catalog_are_never_markup() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    base = small(WILD, mounts=(replace(MOUNT, note=evil),))
    found = replace(
        base.catalog,
        title=evil,
        tagline=evil,
        description=evil,
        links=(Link(evil, "https://example.com", HERE, evil), Link(evil + evil, "guide.md", HERE, evil)),
        services=tuple(replace(entry, name=evil, description=evil) for entry in base.catalog.services),
        groups=tuple(replace(group, name=evil, description=evil) for group in base.catalog.groups),
        capabilities=(Capability(evil, "models", "New", HERE),),
    )
    evil_portal = portal(found, chats=document(operation("POST", "/talk")), models=document(operation("GET", "/m")))
    for url, page in PAGES.items():
        made = page(Context(evil_portal, url))
        assert "<img" not in made.html
        assert "\\<img" in made.markdown or "<img" not in made.markdown


def test_every_page_of_hanzo_shows_what_the_catalog_says(hanzo: Portal) -> None:
    front, services_, capabilities, routes = (page(Context(hanzo, url)) for url, page in PAGES.items())
    total = sum(len(found.pages) for found in hanzo.services)
    assert f"<span>{len(hanzo.services)} services,</span> <span>{total:,} operations,</span> <span>one key.</span>" in front.html
    assert front.html.count("<li>") == len(hanzo.services)
    assert f"<h1>{hanzo.catalog.tagline}</h1>" in front.html
    for found in hanzo.catalog.links:
        assert f'href="{found.page.removesuffix("index.md").removesuffix(".md").rstrip("/")}/"' in front.html
    assert capabilities.html.count("<tr data-s=") == 27
    for organization in hanzo.catalog.organizations:
        assert f"@{organization.id}" in services_.html
    for package in hanzo.catalog.packages:
        assert package.name in services_.html
    documented = routes.html.partition('id="documented"')[2].partition("</section>")[0]
    assert re.findall(r'<th scope="row"><code>([^<]*)', documented) == [line.pattern for line in hanzo.catalog.gateway.documented]
    assert routes.html.count('data-ev="') > total * 0.8
    assert len(gzip.compress(routes.html.encode())) < 250_000


def test_every_link_of_the_pages_leads_to_a_page(hanzo: Portal) -> None:
    known = {page.url for found in hanzo.services for page in found.pages} | {found.url for found in hanzo.services}
    known |= {"services/", "capabilities/", "routes/", "services.json", "capabilities.json", "routes.json", "routes/index.md"}
    known |= {hanzo.urls.document(link.page) for link in hanzo.catalog.links}  # a strict build checks that these exist
    for url, page in PAGES.items():
        html = page(Context(hanzo, url)).html
        for link in re.findall(r'href="([^"]*)"', html):
            if link.startswith("#"):
                assert f'id="{link[1:]}"' in html
            elif "://" not in link:
                assert _joined(url, link) in known, link


def _joined(base: str, link: str) -> str:
    parts = [part for part in base.split("/") if part]
    for part in link.split("/")[: -1 if link.endswith("/") else None]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts) + ("/" if link.endswith("/") and parts else "")


def test_the_known_overlaps_of_hanzo_are_told(hanzo: Portal) -> None:
    found = route_map(hanzo)
    assert [service.id for service in found.unreached] == ["gateway", "auto"]
    chat = next(overlap for overlap in found.overlaps if overlap.general.path == "/v1/chat/*")
    assert [(line.path, line.service) for line in chat.specific] == [("/v1/chat", "cloud"), ("/v1/chat/completions", "cloud")]
    assert [moved.service for moved in found.moved] == ["visor"]
    assert "/v1/billing/*" in [line.path for line in found.unused]
    completions = next(line for line in found.lines if line.path == "/v1/chat/completions")
    assert [page.service for page in completions.pages] == ["gateway"]


def test_every_capability_of_hanzo_is_proved(hanzo: Portal) -> None:
    assert list(capability_faults(hanzo)) == []


@pytest.mark.parametrize(
    ("service_", "evidence"),
    [("kv", "server"), ("chat", "mount"), ("flow", "document"), ("iam", "document"), ("mq", "server"), ("auto", None)],
)
def test_the_evidence_of_hanzo_s_addresses(hanzo: Portal, service_: str, evidence: Evidence | None) -> None:
    found = hanzo.service(service_)
    assert {page.public.evidence for page in found.pages} == {evidence}
    for page in found.pages:
        assert (page.public.path is None) == (evidence in ("document", None))
        assert f"/v1/{service_}/v1/{service_}" not in (page.public.path or "")


def test_json_is_deterministic_and_complete(hanzo: Portal) -> None:
    for make in (routes_json, capabilities_json, services_json):
        assert make(hanzo) == make(hanzo)
    routes = json.loads(routes_json(hanzo))
    assert len(routes["operations"]) == sum(len(found.pages) for found in hanzo.services)
    assert len(routes["documented"]) == 26
    assert [row["name"] for row in json.loads(capabilities_json(hanzo))["capabilities"]] == [
        row.name for row in hanzo.catalog.capabilities
    ]
    assert len(json.loads(services_json(hanzo))["services"]) == 27
