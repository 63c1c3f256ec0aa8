"""What the requests of a page say where the author gave no values, and where a description does not name a host."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.render.context import Context
from portal_gen.render.samples import page_request
from portal_gen.render.scope import Scope
from portal_gen.render.shell import Shell
from portal_gen.site import Site
from tests.describe import portal

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


@pytest.mark.parametrize(
    ("parameter", "query"),
    [
        ("style: deepObject, schema: {type: object, required: [a], properties: {a: {type: integer, minimum: 3}}}", "q%5Ba%5D=3"),
        (
            "content: {application/json: {schema: {type: object, required: [a], properties: {a: {const: x}}}}}",
            "q=%7B%22a%22%3A%20%22x%22%7D",
        ),
        ("content: {application/json: {schema: {type: boolean}}}", "q=true"),
        ("style: deepObject, schema: {type: object}, example: {b: 1}", "q%5Bb%5D=1"),
        ("style: deepObject, schema: {type: object, default: {c: 1}}", "q%5Bc%5D=1"),
        ("schema: {type: string}", "q=Q"),
        ("schema: {type: array, items: {type: integer}}", "q=Q"),
    ],
)
def test_values_that_no_word_can_stand_for_are_made(tmp_path: Path, parameter: str, query: str) -> None:
    text = f"""
    servers: [{{url: https://a.example}}]
    paths: {{/x: {{get: {{parameters: [{{name: q, in: query, required: true, {parameter}}}], responses: {{}}}}}}}}
    """
    made = portal(tmp_path, text)
    service = made.services[0]
    request = page_request(Scope(Context(made, service.pages[0].url), service), service.pages[0])
    assert request is not None
    assert "".join(part if isinstance(part, str) else "" for part in request.url).endswith(f"?{query}")
