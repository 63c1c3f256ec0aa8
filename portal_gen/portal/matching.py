"""How paths are compared: templates by their shape, wildcards by their prefix, and which of several routes wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from portal_gen.portal.catalog import Route

_NAME = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=16384)
def shape(path: str) -> str:
    """A template without its names: `/keys/{key}` and `/keys/{id}` have one shape."""
    return _NAME.sub("{}", path)


def names(path: str) -> list[str]:
    """The parameters of a template, in order."""
    return _NAME.findall(path)


def renamed(template: str, written: str, own: str) -> str:
    """`template` with the parameters called as `own` calls them: `written` is of its shape, with the names of template."""
    calls = dict(zip(names(written), names(own), strict=False))
    return _NAME.sub(lambda found: "{" + calls.get(found[1], found[1]) + "}", template)


def rest(path: str, prefix: str) -> str | None:
    """What of `path` stands behind `prefix`, with its slash; None where it is not below it. `/` has everything below it."""
    base = prefix.rstrip("/")
    return path[len(base) :] if path.startswith(base + "/") and len(path) > len(base) + 1 else None


def reaches(route: Route, path: str) -> bool:
    """Whether the route's path takes in `path`: segment by segment, `{name}` any one segment, `/*` at least one more."""
    pattern, wildcard = _pattern(route.path)
    segments = _segments(path)
    if len(segments) < len(pattern) + wildcard or (len(segments) > len(pattern) and not wildcard):
        return False
    return all(part in ("{}", own) for part, own in zip(pattern, segments, strict=False))


@lru_cache(maxsize=4096)
def _pattern(path: str) -> tuple[tuple[str, ...], bool]:
    """The segments of a route's path before its wildcard, and whether it has one."""
    return tuple(shape(path.removesuffix("/*")).split("/")), path.endswith("/*")


@lru_cache(maxsize=4096)
def _segments(path: str) -> tuple[str, ...]:
    return tuple(shape(path).split("/"))


def winner(routes: Iterable[Route], method: str, path: str) -> Route | None:
    """The route that answers: an exact path before a template, a template before a wildcard, a longer wildcard before a shorter."""
    found = [route for route in routes if route.method == method and reaches(route, path)]
    return max(found, key=rank, default=None)


def rank(route: Route) -> tuple[bool, int, int]:
    """How specific a route is; the greatest wins."""
    return (not route.wildcard, -len(names(route.path)), route.path.count("/"))


def upstream(route: Route, path: str) -> str:
    """The path that the service sees when `path` comes in by this route."""
    if not route.wildcard:
        return renamed(route.upstream, route.path, path)
    tail = "/".join(path.split("/")[route.path.count("/") :])
    return route.upstream.removesuffix("*") + tail if route.upstream.endswith("/*") else route.upstream
