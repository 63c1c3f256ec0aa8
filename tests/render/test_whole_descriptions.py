"""Real descriptions: well-formed pages that hold every parameter, field, value, status and description."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.model.content import MediaType
from portal_gen.model.operation import Operation
from portal_gen.model.schema import Schema
from portal_gen.portal.portal import Portal, Service
from portal_gen.render.context import Context
from portal_gen.render.markdown import plain
from portal_gen.render.operation import operation_page
from portal_gen.render.schema_page import schema_page
from portal_gen.render.service import service_page
from portal_gen.render.values import shown
from tests.render.support import check

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("PORTAL_CORPUS", ROOT.parent / "shared" / "corpus"))
SOURCES = [ROOT / "openapi", CORPUS / "hanzo", CORPUS / "discord.json", CORPUS / "stripe.yaml", CORPUS / "openai.yaml"]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.name)
def portal(request: pytest.FixtureRequest) -> Portal:
    source: Path = request.param
    if not source.exists():
        pytest.skip(f"{source} is not there; set PORTAL_CORPUS to the folder with real descriptions")
    return open_portal(source).portal


def step(portal: Portal) -> int:
    """How many pages to go on by."""
    return 12 if len(portal.services) > 1 else 1 + sum(len(service.pages) for service in portal.services) // 12


def own(service: Service, schema: Schema | None) -> Iterator[str]:
    """The words that a page must hold of a body: its own fields, and all below them that has no page of its own."""
    stack = [service.document.schemas[schema.ref].schema if schema and schema.ref else schema]
    while stack:
        found = stack.pop()
        if found is None:
            continue
        yield from [prop.name for prop in found.properties]
        yield from [shown(value) for value in found.enum or ()]
        yield found.description
        inner = [*[prop.schema for prop in found.properties], *found.any_of, *found.one_of, found.items, *found.prefix_items]
        stack += [part for part in inner if part is not None and part.ref is None]


def words(service: Service, operation: Operation) -> Iterator[str]:
    """Everything that an operation's page must hold."""
    yield from (operation.method, operation.path, operation.description)
    for parameter in operation.parameters:
        yield from (parameter.name, parameter.description)
        yield from own(service, parameter.schema)
    contents: list[MediaType] = list(operation.body.content) if operation.body else []
    for response in operation.responses:
        yield from (response.status, response.description)
        yield from [header.name for header in response.headers]
        contents += response.content
    for media in contents:
        yield media.name
        yield from own(service, media.schema)


def said(words: str, text: str) -> bool:
    """Whether every paragraph of a description, or a name as it is, stands in a page's text."""
    return squeezed(words) in text or all(squeezed(plain(part)) in text for part in words.split("\n\n"))


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def test_operations_are_whole(portal: Portal) -> None:
    for service in portal.services:
        for page in service.pages[:: step(portal)]:
            html = operation_page(Context(portal, page.url), service, page).html
            found = check(html)
            assert (page.url, found.faults) == (page.url, [])
            text = squeezed("".join(found.text))
            missing = [word for word in words(service, page.operation) if not said(word, text)]
            assert (page.url, missing) == (page.url, [])


def test_schemas_and_overviews_are_well_formed(portal: Portal) -> None:
    for service in portal.services:
        assert check(service_page(Context(portal, service.url), service).html).faults == []
        for page in list(service.schemas.values())[:: step(portal)]:
            faults = check(schema_page(Context(portal, page.url), service, page).html).faults
            assert (page.url, faults) == (page.url, [])
