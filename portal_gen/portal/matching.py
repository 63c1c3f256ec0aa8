"""How paths are compared: templates by their shape, wildcards by their prefix, and which of several routes wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    return specificity(route.path)


def specificity(path: str) -> tuple[bool, int, int]:
    """How specific a path is among those that take in one request: the greatest wins, and equals are not told apart.

    Two paths without a wildcard that take in the same request have as many segments, so among them the parameters decide.
    """
    return (not path.endswith("/*"), path.count("/"), -len(names(path)))


def same_path(first: str, second: str) -> bool:
    """Whether some path is matched by both: templates, each of which may end in a wildcard."""
    (own, wild), (other, other_wild) = _pattern(first), _pattern(second)
    least = max(len(own) + wild, len(other) + other_wild)
    long_enough = (wild or least == len(own)) and (other_wild or least == len(other))
    return long_enough and all(map(same_segment, own, other))


@lru_cache(maxsize=65536)
def same_segment(first: str, second: str) -> bool:
    """Whether some text is matched by both segments, shapes in which each `{}` is at least one character."""
    if "{}" not in first and "{}" not in second:
        return first == second
    if "{}" in (first, second):
        return bool(first and second)
    return _shared(_tokens(first), _tokens(second))


_ONE, _ANY = "\0", "\1"


def _tokens(segment: str) -> str:
    """The segment with each `{}` as any one character and any number of further ones."""
    return segment.replace("{}", _ONE + _ANY)


def _shared(first: str, second: str) -> bool:
    """Whether two sequences of tokens have a text in common: which tokens of `second` may come next is kept along `first`."""
    states = _skipped({0}, second)
    for token in first:
        if token == _ANY:
            states = set(range(min(states, default=len(second) + 1), len(second) + 1))
        else:
            states = _skipped(set(_after(states, token, second)), second)
    return len(second) in states


def _after(states: set[int], token: str, second: str) -> Iterator[int]:
    """Places in `second` after one more character that `token` allows."""
    for at in states:
        if at < len(second):
            if second[at] == _ANY:
                yield at
            elif token == _ONE or second[at] in (_ONE, token):
                yield at + 1


def _skipped(states: set[int], second: str) -> set[int]:
    """The places, and those behind a token that may stand for nothing."""
    return states | {at + 1 for at in states if at < len(second) and second[at] == _ANY}


def upstream(route: Route, path: str) -> str:
    """The path that the service sees when `path` comes in by this route."""
    if not route.wildcard:
        return renamed(route.upstream, route.path, path)
    tail = "/".join(path.split("/")[route.path.count("/") :])
    return route.upstream.removesuffix("*") + tail if route.upstream.endswith("/*") else route.upstream
