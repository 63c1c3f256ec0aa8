"""Duplicates, shadowed templates and twins: the tree finds what trying every path finds."""

from __future__ import annotations

import itertools
import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from portal_gen.load import open_portal
from portal_gen.portal.matching import same_path
from portal_gen.portal.meetings import PAIRS, Claim, meetings, operation_meetings
from portal_gen.portal.routes import route_map
from portal_gen.render.context import Context
from portal_gen.render.routes_page import routes_page
from tests.portal.test_abilities import ROOT
from tests.portal.values import catalog, document, operation, portal, service

WORDS = tuple("".join(letters) for length in (1, 2, 3) for letters in itertools.product("ab.", repeat=length))
PATHS = tuple(
    "/" + "/".join(parts)
    for length in (1, 2, 3)
    for parts in itertools.product(*([("", *WORDS)] * min(length, 2)), *([("", "a")] * (length - 2)))
)
SEGMENTS = st.sampled_from(("a", "b", "ab", "{x}", "{y}", "a{x}", "{x}b", "{x}.{y}", "a{x}b"))
PATTERNS = st.builds(
    lambda parts, end: "/" + "/".join(parts) + end, st.lists(SEGMENTS, min_size=1, max_size=2), st.sampled_from(("", "", "/*", "/"))
).filter(lambda path: path.count("/") <= 3)


@cache
def tried(pattern: str) -> frozenset[str]:
    """Every path of a small world that a pattern takes in, by regular expression."""
    written = re.escape(pattern.removesuffix("/*")).replace(r"\{x\}", "[^/]+").replace(r"\{y\}", "[^/]+")
    expression = re.compile(written + ("/.*" if pattern.endswith("/*") else ""))
    return frozenset(path for path in PATHS if expression.fullmatch(path))


def better(one: str, other: str) -> bool:
    """The rule as the page states it: no wildcard before a wildcard, longer before shorter, fewer parameters before more."""
    if one.endswith("/*") != other.endswith("/*"):
        return other.endswith("/*")
    if one.count("/") != other.count("/"):
        return one.count("/") > other.count("/")
    return one.count("{") < other.count("{")


@given(st.lists(PATTERNS, max_size=7))
def test_the_tree_finds_what_trying_every_path_finds(patterns: list[str]) -> None:
    claims = [Claim("GET", path) for path in patterns]
    found = [pair for pair in meetings(claims) if pair.kind in ("same", "overlap")]
    expected = [{one, two} for one, two in itertools.combinations(patterns, 2) if tried(one) & tried(two)]
    assert sorted(sorted(pair) for pair in expected) == sorted(sorted({pair.first.path, pair.second.path}) for pair in found)
    for pair in found:
        first, second = pair.first.path, pair.second.path
        assert not better(second, first)
        assert pair.decided == (pair.kind == "overlap" and better(first, second))


@given(PATTERNS, PATTERNS)
def test_two_paths_meet_if_some_path_is_matched_by_both(one: str, other: str) -> None:
    assert same_path(one, other) == same_path(other, one) == bool(tried(one) & tried(other))


def told(*paths: str) -> list[tuple[str, str, str, bool]]:
    """Kinds, paths and decisions."""
    claims = (Claim(method, path) for method, _, path in (written.partition(" ") for written in paths))
    return [(pair.kind, pair.first.path, pair.second.path, pair.decided) for pair in meetings(claims)]


def test_kinds() -> None:
    assert told("GET /flows/{id}", "GET /flows/count", "POST /flows/all") == [("overlap", "/flows/count", "/flows/{id}", True)]
    assert told("GET /a/{x}/c", "GET /a/b/{y}") == [("overlap", "/a/{x}/c", "/a/b/{y}", False)]
    assert told("GET /{x}.{y}", "GET /{x}a{y}") == [("overlap", "/{x}.{y}", "/{x}a{y}", False)]
    assert told("GET /a/{x}", "GET /a/{y}") == [("same", "/a/{x}", "/a/{y}", False)]
    assert told("GET /a", "GET /a/") == [("slash", "/a", "/a/", False)]
    assert told("GET /get-Messages", "GET /get-messages") == [("case", "/get-Messages", "/get-messages", False)]
    assert told("GET /a/*", "GET /a/b/*", "GET /a") == [("overlap", "/a/b/*", "/a/*", True)]


def test_paths_that_all_meet_are_not_looked_at_pair_by_pair() -> None:
    """A description may have 100,000 of them: five billion pairs."""
    same = [Claim("GET", f"/a/{{x{n}}}") for n in range(30_000)]
    assert len(meetings(same)) == PAIRS
    twins = [Claim("GET", f"/{n}/a" + "/" * (n % 2)) for n in range(30_000)]
    assert meetings(twins) == ()
    near = [Claim("GET", f"/b{n}/c{n}") for n in range(20_000)] + [Claim("GET", f"/{{x}}/a{n}") for n in range(20_000)]
    assert meetings(near) == ()
    assert len(meetings([Claim("GET", "/a" + "/" * (n % 2)) for n in range(300)])) == PAIRS


def test_services_meet_at_the_gateway_only_where_their_addresses_do() -> None:
    at = "https://api.example.com/v1"
    one, two = operation("GET", "/{id}", at), operation("GET", "/count", at)
    near = operation("GET", "/{id}", "https://near.example.com")
    found = operation_meetings(
        portal(catalog(service(id_="a"), service(id_="b"), service(id_="c")), a=document(one), b=document(two), c=document(near))
    )
    assert [(p.first.path, p.second.path, p.decided) for p in found.gateway] == [("/v1/count", "/v1/{id}", True)]
    assert [[claim.page.service for claim in claims if claim.page] for claims in found.bare] == [["a", "c"]]
    assert found.own == ()


def test_the_project_s_own_paths() -> None:
    hanzo = open_portal(ROOT / "openapi").portal
    found = route_map(hanzo).meetings
    operations = [page for service_ in hanzo.services for page in service_.pages]
    assert len(found.bare) >= 252
    assert len({(page.service, page.operation.method, page.operation.path) for page in operations}) == len(operations)
    assert [service_.id for service_, pairs in found.own if any(not pair.decided for pair in pairs)] == ["chat", "paas"]
    html = routes_page(Context(hanzo, "routes/")).html
    for said in ("252 methods and paths", "Chat: 19 pairs, 5 undecided", "No prefix leads to Auto", "No prefix leads to Gateway"):
        assert said in html
