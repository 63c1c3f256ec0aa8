"""Requests as programs: those that the author wrote, then one for each language that the snippets know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from portal_gen.examples import Mode, media_example
from portal_gen.model.operation import Operation, Place
from portal_gen.model.schema import ABSENT, Absent
from portal_gen.model.security import SecurityRequirement
from portal_gen.portal.portal import OperationPage
from portal_gen.render.authentication import key_name
from portal_gen.render.html import esc
from portal_gen.render.scope import Scope
from portal_gen.snippets.engine import html, print_request
from portal_gen.snippets.operation_request import Choice, request_for
from portal_gen.snippets.request import FileBody, Request
from portal_gen.snippets.request_access import Access
from portal_gen.snippets.request_body import example_value, schema_value
from portal_gen.snippets.targets import targets
from portal_gen.spec.tree import Json

ASSUMED = "https://server.example"
"""Stands for the host of an API whose description names none: its server is then relative to where the description lies (OpenAPI 3.1,
section 4.8.1.1), which only its publisher knows."""
_NO_HOST = "The description names no host: put yours in place of server.example."
_ABSOLUTE = re.compile("[A-Za-z][A-Za-z0-9+.-]*://|[{]")


class RequestSample(NamedTuple):
    """A program that sends the request: as text and as HTML, with the name of its language."""

    label: str
    lang: str
    text: str
    html: str
    notes: tuple[str, ...] = ()
    """Sentences for the foot, as plain text."""
    by_hand: bool = False


def request_samples(scope: Scope, page: OperationPage) -> Iterator[RequestSample]:
    """Samples in the order of their tabs. A webhook is sent by the service: only what its author wrote is shown."""
    operation = page.operation
    for sample in operation.code_samples:
        yield RequestSample(sample.label or sample.lang, sample.lang, sample.source, esc(sample.source), ("Written by hand",), True)
    request = page_request(scope, page)
    if request is None:
        return
    notes = (*_made(scope, operation, request), *request.notes)
    for target in targets():
        snippet = print_request(target, request)
        yield RequestSample(target.label, target.lang, snippet.text, html(snippet), notes)


def _made(scope: Scope, operation: Operation, request: Request) -> Iterator[str]:
    """That the body is not the author's."""
    if operation.body is None or request.body is None or isinstance(request.body, FileBody):
        return
    told = media_example(operation.body.content[0], scope.reading.examples, Mode.REQUEST)
    if told.generated and told.value is not ABSENT:
        yield "Body generated from the schema"


def page_request(scope: Scope, page: OperationPage) -> Request | None:
    """The request that the page shows; None where it cannot be sent as described."""
    operation = page.operation
    if operation.kind == "webhook":
        return None
    base, assumed = _with_host(base_url(page) or "")
    access = Access(scope.service.document.security_schemes, _requirement(operation), key_name(scope.context.portal, scope.service))
    try:
        request = request_for(operation, base, _choice(scope, operation), access, scope.reading.schemas)
    except ValueError:
        return None
    return replace(request, notes=(_NO_HOST, *request.notes)) if assumed else request


def base_url(page: OperationPage) -> str | None:
    """What stands before the operation's path in its best known address: the gateway's, else the service's own."""
    path = page.operation.path
    for url in ((page.public.url,) if page.public.url else ()) + page.direct:
        if url.endswith(path):
            return url.removesuffix(path)
    return None


def _with_host(base: str) -> tuple[str, bool]:
    """The address with a host that stands for one where it has none, and whether that is so."""
    if base.startswith("//"):
        return f"https:{base}", False
    if _ABSOLUTE.match(base):
        return base, False
    return (f"{ASSUMED}/{base.lstrip('/')}" if base else ASSUMED), True


def _requirement(operation: Operation) -> SecurityRequirement:
    """The first way in that needs a key, else the first."""
    ways = operation.security
    return next((way for way in ways if way.schemes), ways[0] if ways else SecurityRequirement())


def _choice(scope: Scope, operation: Operation) -> Choice:
    values = dict(_values(scope, operation))
    if operation.body is None or not operation.body.content:
        return Choice(values)
    media = operation.body.content[0]
    return Choice(values, media.name, media_example(media, scope.reading.examples, Mode.REQUEST).value)


def _values(scope: Scope, operation: Operation) -> Iterator[tuple[tuple[Place, str], Json]]:
    """Values for required parameters that no word in capitals can stand for: objects, and what is written as a media type."""
    for parameter in operation.parameters:
        schema = parameter.content[0].schema if parameter.content else parameter.schema
        if schema is None or parameter.examples or not parameter.required:
            continue
        if schema_value(schema, scope.reading.schemas) is not ABSENT:
            continue
        if parameter.content and example_value(parameter.content[0], scope.reading.schemas) is not ABSENT:
            continue
        found = scope.reading.examples.value(schema, Mode.REQUEST, name=parameter.name)
        if isinstance(found, Mapping) or (parameter.content and not isinstance(found, Absent)):
            yield (parameter.place, parameter.name), found
