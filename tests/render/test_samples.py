"""What the requests of a page say where the author gave no values."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal_gen.render.context import Context
from portal_gen.render.samples import page_request
from portal_gen.render.scope import Scope
from tests.describe import portal


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
