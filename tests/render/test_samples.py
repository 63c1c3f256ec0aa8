"""What the requests of a page say where the author gave no values, and where a description does not name a host."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.render.context import Context
from portal_gen.render.operation import operation_page
from portal_gen.render.samples import page_request
from portal_gen.render.schema_page import schema_page
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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}", True),
        ("application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: string}}}}", True),
        ("application/json: {schema: {type: object}, example: {a: 1}}", False),
        ("application/json: {schema: {type: object, example: {a: 1}}}", False),
        ("application/octet-stream: {schema: {type: string, format: binary}}", False),
    ],
)
def test_a_body_that_is_not_the_authors_says_so(tmp_path: Path, content: str, said: bool) -> None:
    text = f"""
    servers: [{{url: https://a.example}}]
    paths: {{/x: {{post: {{requestBody: {{required: true, content: {{{content}}}}}, responses: {{}}}}}}}}
    """
    made = portal(tmp_path, text)
    service = made.services[0]
    page = operation_page(Context(made, service.pages[0].url), service, service.pages[0])
    assert page.html.count('<div class="pg-card__f"><span>Body generated from the schema</span></div>') == (4 if said else 0)
    assert page.markdown.count("\nBody generated from the schema.\n") == said


@pytest.mark.parametrize(("example", "said"), [("", "Generated from the schema"), (", example: {a: b}", "Written by hand")])
def test_the_page_of_a_schema_says_whose_example_it_shows(tmp_path: Path, example: str, said: str) -> None:
    made = portal(tmp_path, f"components: {{schemas: {{A: {{type: object, properties: {{a: {{type: string}}}}{example}}}}}}}")
    service = made.services[0]
    page = schema_page(Context(made, service.schemas["A"].url), service, service.schemas["A"])
    assert f"<span>{said}</span>" in page.html
