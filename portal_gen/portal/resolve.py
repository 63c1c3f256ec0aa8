"""From a request to the operations that answer it: a curl line, a line of a log, an address or a path.

`frontend/resolve.mjs` does the same in a page; examples that both are held against keep them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import unquote

from portal_gen.portal.address import Evidence
from portal_gen.portal.matching import names
from portal_gen.portal.portal import OperationPage, Portal
from portal_gen.portal.request_text import Request, Values, read

How: TypeAlias = Evidence | Literal["direct"]
"""How an address is known; direct: it is at a server of the service's own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An operation that takes a request: how its address is known, the template that matched, and the values of its parameters."""

    page: OperationPage
    how: How
    template: str
    values: Values


@dataclass(frozen=True, slots=True)
class Resolved:
    """The best answers. `other_method`: none of them takes the request's method. `other_host`: nothing is known of its host."""

    request: Request
    answers: tuple[Answer, ...]
    other_method: bool = False
    other_host: bool = False


def resolve(portal: Portal, text: str) -> Resolved:
    """The operations that answer what a text asks for, the gateway's addresses before all others."""
    request = read(text)
    found = _best(portal, request)
    elsewhere = not found and bool(request.host) and request.host not in _hosts(portal)
    if elsewhere:
        found = _best(portal, Request(request.method, "", request.path))
    same = [answer for answer in found if request.method in ("", answer.page.operation.method)]
    return Resolved(request, tuple(same or found), bool(found) and not same, elsewhere and bool(found))


def _best(portal: Portal, request: Request) -> list[Answer]:
    """Answers at confirmed addresses of the gateway, where there are any; else at servers and below documented prefixes."""
    pages = [page for service in portal.services for page in service.pages if page.operation.kind == "operation"]
    gateway = _bare(portal.catalog.gateway.url)
    public = [found for page in pages for found in _at(page, request, _public(page, gateway))]
    if public:
        return _most_exact(public)
    others = [found for page in pages for found in _at(page, request, _others(page, gateway))]
    return _most_exact(others)


def _at(page: OperationPage, request: Request, addresses: Iterator[tuple[How, str, str]]) -> list[Answer]:
    """The first of an operation's addresses (how it is known, host, template) that matches."""
    for how, base, template in addresses:
        values = _match(base + template if request.host else template, request.host + request.path)
        if values is not None:
            return [Answer(page, how, template, values)]
    return []


def _public(page: OperationPage, gateway: str) -> Iterator[tuple[How, str, str]]:
    if page.public.path and page.public.evidence:
        yield page.public.evidence, gateway, page.public.path


def _others(page: OperationPage, gateway: str) -> Iterator[tuple[How, str, str]]:
    """Servers of its own, its path as written, what only a document's prefix stands for."""
    for address in page.direct:
        host, slash, path = _bare(address).partition("/")
        yield "direct", host, slash + path
    yield "direct", "", page.operation.path
    if page.public.evidence == "document" and page.public.prefix:
        yield "document", gateway, page.public.prefix + page.operation.path


def _hosts(portal: Portal) -> set[str]:
    addresses = {address for service in portal.services for page in service.pages for address in page.direct}
    return {_bare(address).partition("/")[0] for address in (*addresses, portal.catalog.gateway.url)}


def _bare(address: str) -> str:
    """An address without its scheme and without a slash at its end, its host in lower case."""
    host, slash, path = re.sub("^https?://", "", address.rstrip("/"), flags=re.IGNORECASE).partition("/")
    return host.lower() + slash + path


def _match(template: str, path: str) -> Values | None:
    parts = re.split(r"\{[^{}]*\}", template)
    found = re.fullmatch("([^/]+)".join(map(re.escape, parts)), path)
    return tuple(zip(names(template), map(unquote, found.groups()), strict=True)) if found else None


def _most_exact(found: list[Answer]) -> list[Answer]:
    """Of the answers with one method those with the fewest parameters."""
    least: dict[str, int] = {}
    for answer in found:
        method, number = answer.page.operation.method, len(answer.values)
        least[method] = min(least.get(method, number), number)
    return [answer for answer in found if len(answer.values) == least[answer.page.operation.method]]
