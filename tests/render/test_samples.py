"""Requests that pages show where a description does not name a host."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.render.shell import Shell
from portal_gen.site import Site

NOTE = "The description names no host: put yours in place of server.example."


@pytest.mark.parametrize(
    ("servers", "address", "assumed"),
    [
        ("", "https://server.example/pots", True),
        ("servers: []", "https://server.example/pots", True),
        ("servers: [{url: /}]", "https://server.example/pots", True),
        ("servers: [{url: /v1/}]", "https://server.example/v1/pots", True),
        ("servers: [{url: v1}]", "https://server.example/v1/pots", True),
        ("servers: [{url: //api.shop.test/v1}]", "https://api.shop.test/v1/pots", False),
        ("servers: [{url: 'https://api.shop.test'}]", "https://api.shop.test/pots", False),
        (
            "servers: [{url: '{scheme}://api.shop.test', variables: {scheme: {default: http}}}]",
            "http://api.shop.test/pots",
            False,
        ),
    ],
)
def test_a_request_has_a_host_and_says_where_it_is_assumed(tmp_path: Path, servers: str, address: str, assumed: bool) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(
        textwrap.dedent(f"""\
        openapi: 3.1.0
        info: {{title: Shop, version: '1'}}
        {servers}
        paths: {{/pots: {{get: {{operationId: listPots, responses: {{'200': {{description: fine}}}}}}}}}}
        """)
    )
    site = Site(open_portal(path).portal, lambda url: Shell(("", "content", "")))
    page = site.page("reference/shop/list-pots/")
    assert f"curl {address}\n" in page.markdown
    assert (NOTE in page.html) is assumed
    assert (NOTE in page.markdown) is assumed
