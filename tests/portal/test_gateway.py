"""What the gateway's address of an operation is, and how it is known."""

from __future__ import annotations

import pytest

from portal_gen.portal.address import PublicAddress
from portal_gen.portal.catalog import EMPTY, Catalog, DocumentedRoute, Gateway, Mount, Route
from portal_gen.portal.gateway import public_address
from portal_gen.portal.matching import winner
from portal_gen.portal.origin import below, origin, plain
from tests.portal.values import GATEWAY, HERE, catalog, operation, service

CUT = Mount("/v1/pets", "mount", "/", True, ("GET", "POST"), "jwt", "config 1")
KEPT = Mount("/v1/pets", "mount", "/v1/pets", False, source="config 1")
DOCUMENT = Mount("/v1/pets", "document")


def test_nothing_is_known_without_a_gateway() -> None:
    assert public_address(operation("GET", "/cats"), None, EMPTY) == PublicAddress()


def test_a_route_names_the_operation_by_what_the_service_sees() -> None:
    routes = (Route("GET", "/v1/pets/{name}", "pets", "/api/cats/{name}", "key", "config 1"),)
    found = public_address(operation("GET", "/cats/{catId}", "https://pets.example.com/api"), service(CUT), catalog(routes=routes))
    assert (found.evidence, found.path, found.auth, found.owner) == ("route", "/v1/pets/{catId}", "key", "pets")
    assert found.url == GATEWAY + "/v1/pets/{catId}"


def test_a_route_of_the_owner_may_be_written_as_the_public_path() -> None:
    routes = (Route("GET", "/v1/cats", "pets", "/internal"),)
    assert public_address(operation("GET", "/v1/cats"), service(), catalog(routes=routes)).evidence == "route"


def test_a_route_of_another_service_says_nothing_of_this_one() -> None:
    routes = (Route("GET", "/cats", "dogs", "/cats"),)
    assert public_address(operation("GET", "/cats"), service(), catalog(routes=routes)).evidence is None


def test_the_gateway_documents_what_another_service_answers() -> None:
    routes = (Route("POST", "/v1/chat", "models", "/v1/chat", "key"),)
    found = public_address(operation("POST", "/v1/chat"), service(id_="edge"), catalog(routes=routes, gateway="edge"))
    assert (found.evidence, found.owner) == ("route", "models")


def test_the_gateway_s_paths_that_only_a_wildcard_takes_have_no_address() -> None:
    routes = (Route("GET", "/v1/dns/*", "dns", "/v1/dns/*"),)
    found = public_address(operation("GET", "/v1/dns/zones"), service(id_="edge"), catalog(routes=routes, gateway="edge"))
    assert (found.evidence, found.path) == (None, None)
    assert "GET /v1/dns/* to dns" in found.doubt


@pytest.mark.parametrize(
    ("mount", "path", "server", "public"),
    [
        (CUT, "/cats/{id}", "https://pets.example.com", "/v1/pets/cats/{id}"),
        (CUT, "/cats", "https://pets.example.com/api", "/v1/pets/api/cats"),
        (CUT, "/", "https://pets.example.com", None),
        (KEPT, "/v1/pets/cats", "https://pets.example.com", "/v1/pets/cats"),
        (KEPT, "/cats", "https://pets.example.com/v1/pets/", "/v1/pets/cats"),
        (KEPT, "/cats", "https://pets.example.com", None),
        (KEPT, "/v1/petshop", "https://pets.example.com", None),
        (Mount("/v1/auth", "mount", "/v1", True), "/v1/users", "https://pets.example.com", "/v1/auth/users"),
        (Mount("/v1/auth", "mount", "/v1", True), "/api/users", "https://pets.example.com", None),
        (Mount("/v1", "route", "/v1", False), "/v1/cats", "https://pets.example.com", None),
    ],
)
def test_a_mount_reaches_what_lies_under_its_upstream(mount: Mount, path: str, server: str, public: str | None) -> None:
    found = public_address(operation("GET", path, server), service(mount), catalog())
    assert found.path == public
    assert found.evidence == ("mount" if public else "document")


def test_a_mount_may_list_fewer_methods() -> None:
    found = public_address(operation("DELETE", "/cats"), service(CUT), catalog())
    assert (found.evidence, found.methods) == ("mount", ("GET", "POST"))
    assert found.doubt == "the configuration lists GET, POST for /v1/pets/*, not DELETE"


def test_a_more_specific_route_of_another_service_takes_a_path_from_a_mount() -> None:
    routes = (Route("POST", "/v1/pets/cats", "models", "/v1/cats"), Route("POST", "/v1/pets/*", "pets", "/*"))
    taken = public_address(operation("POST", "/cats"), service(CUT), catalog(routes=routes))
    other = public_address(operation("GET", "/cats"), service(CUT), catalog(routes=routes))
    assert (taken.path, other.path) == (None, "/v1/pets/cats")


def test_a_server_under_the_gateway_is_an_address() -> None:
    found = public_address(operation("PUT", "/cats", "https://pets.example.com", GATEWAY + "/v1/pets/"), None, catalog())
    assert (found.evidence, found.path, found.prefix, found.doubt) == ("server", "/v1/pets/cats", "/v1/pets", "")


def test_a_prefix_is_never_doubled() -> None:
    by_server = public_address(operation("GET", "/v1/pets/cats", GATEWAY + "/v1/pets"), service(), catalog())
    by_mount = public_address(operation("GET", "/v1/pets/cats"), service(CUT), catalog())
    assert by_server.path == by_mount.path == "/v1/pets/cats"
    assert "already begins with /v1/pets" in by_server.doubt
    assert "already begins with /v1/pets" in by_mount.doubt


def test_what_the_configuration_says_against_a_server_is_told() -> None:
    routes = (Route("GET", "/v1/search/*", "search", "/*"),)
    taken = public_address(operation("GET", "/search/cats", GATEWAY + "/v1"), service(), catalog(routes=routes))
    assert taken.doubt == "the configuration sends GET /v1/search/* to search"
    servers = ("https://pets.example.com", GATEWAY + "/v1/pets")
    kept = public_address(
        operation("GET", "/cats", *servers),
        service(KEPT),
        catalog(routes=(Route("GET", "/v1/pets/*", "cloud", "/v1/pets/*", "jwt"),)),
    )
    assert (kept.evidence, kept.auth) == ("server", "jwt")
    assert kept.doubt == "the configuration hands /v1/pets/cats to the service, the description says /cats"


def test_a_documented_prefix_gives_no_address() -> None:
    documented = (DocumentedRoute("/v1/animals/*", "pets", HERE, note="Pets (animals)"),)
    found = public_address(
        operation("GET", "/cats"),
        service(DOCUMENT),
        Catalog(gateway=Gateway(GATEWAY, documented=documented)),
    )
    assert (found.evidence, found.path, found.url, found.prefix) == ("document", None, None, "/v1/animals")


@pytest.mark.parametrize("path", ["@canary.invalid/x", "cats", "/../admin", "/%2E%2e/x", "/a\\b", "/a?b", "/a#b", "/a\tb", "/./a"])
def test_a_path_that_would_change_the_address_gets_none(path: str) -> None:
    found = public_address(operation("GET", path, GATEWAY + "/v1"), service(CUT), catalog())
    assert (found.path, found.url) == (None, None)
    assert not plain(path)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//",
        "https://api.example.com@canary.invalid",
        "https://api.example.com.canary.invalid",
        "https://api.example.com:443@canary.invalid:8443/",
        "https://api.example.com\\@canary.invalid/",
        "https://canary.invalid\\.api.example.com",
        "https://\u0430pi.example.com",
        "https://api.example.com.",
        "http://api.example.com",
        "//api.example.com",
        "//canary.invalid",
        "/\\canary.invalid/",
        "https:api.example.com",
        "https:///api.example.com",
        "https://api.example.com:8443",
        "https://api.example.com:x",
        "https://user@api.example.com",
        "https://@api.example.com",
        "https://api.exa\tmple.com",
        " https://api.example.com",
        "https://api.example.com?/v1",
        "https://api.example.com/v1#x",
        "https://api.example.com/v1/..",
        "https://api.example.com/{tenant}",
        "https://api%2eexample.com",
        "https://x.canary.invalid?.example.com",
        "https://[::1",
        "",
    ],
)
def test_an_unclear_server_is_not_under_the_gateway(address: str) -> None:
    assert below(address, GATEWAY) is None


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://api.example.com", ""),
        ("https://API.Example.COM:443/v1/", "/v1"),
        ("HTTPS://api.example.com/v1/kv", "/v1/kv"),
    ],
)
def test_a_server_under_the_gateway_has_a_path(address: str, path: str) -> None:
    assert below(address, GATEWAY) == path


def test_a_gateway_may_have_a_path_itself() -> None:
    assert below("https://api.example.com/edge/v1", "https://api.example.com/edge/") == "/v1"
    assert below("https://api.example.com/edgy", "https://api.example.com/edge") is None


def test_a_host_is_compared_in_its_ascii_form() -> None:
    assert origin("https://\u0430pi.example.com") == ("https", "xn--pi-6kc.example.com", 443)
    assert origin("https://API.example.com") == origin(GATEWAY)
    assert origin("https://api.example.com.") == ("https", "api.example.com.", 443)


def test_exact_beats_template_beats_wildcard_and_longer_beats_shorter() -> None:
    routes = [Route("GET", path, path, path) for path in ("/v1/*", "/v1/a/*", "/v1/a/{x}", "/v1/a/b")]
    won = {path: winner(routes, "GET", path) for path in ("/v1/a/b", "/v1/a/c", "/v1/a/c/d", "/v1/z", "/v1")}
    assert [route.path if route else None for route in won.values()] == ["/v1/a/b", "/v1/a/{x}", "/v1/a/*", "/v1/*", None]
    assert winner(routes, "POST", "/v1/a/b") is None
