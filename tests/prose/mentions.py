"""What a text calls an operation is one: `GET /stock` in backticks leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import yaml

from portal_gen.diagnostics import Diagnostic
from tests.prose.description import METHODS, OPENAPI, Description, read
from tests.prose.texts import texts

MENTION = re.compile(r"`(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) (/[^`\s?]*)[^`]*`")
PARAMETER = re.compile(r"\{[^}]*\}")


def unknown_operations(description: Description) -> Iterator[Diagnostic]:
    """Mentions of what no operation of the service, no other service and no route of the gateway answers."""
    own = _operations(description)
    for text in texts(description):
        for method, path in MENTION.findall(" ".join(text.text.split())):
            if not _answers(own, method, path) and not _answers(_elsewhere(), method, path):
                message = f"{text.label}: nothing answers {method} {path}; name an operation by its method and path"
                yield text.spot.finding("mention", message, "description")


def _answers(known: frozenset[tuple[str, str]], method: str, path: str) -> bool:
    """Whether a template is known as it stands, or has a place for each parameter that is filled in."""
    return (method, PARAMETER.sub("{}", path)) in known or any(
        method == other and "{}" in template and re.fullmatch(re.escape(template).replace(r"\{\}", "[^/]+"), path)
        for other, template in known
    )


def _operations(description: Description) -> frozenset[tuple[str, str]]:
    paths = description.value.get("paths", {})
    return frozenset(
        (method.upper(), PARAMETER.sub("{}", path)) for path, item in paths.items() for method in METHODS if method in item
    )


@cache
def _elsewhere() -> frozenset[tuple[str, str]]:
    """The operations of all services, and the routes that the gateway is known to have."""
    described = [_operations(read(path)) for path in sorted(OPENAPI.glob("*/openapi.yaml"))]
    catalog = yaml.safe_load((OPENAPI / "catalog.yaml").read_text(encoding="utf-8"))
    routes = [route for version in catalog["gateway"]["configurations"] for route in version["routes"]]
    return frozenset().union(*described, {(method, route["path"]) for route in routes for method in route["methods"]})
