"""Three small pages, whole, beside their Markdown twins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal_gen.model.content import Example, Header, MediaType, RequestBody, Response
from portal_gen.model.document import Document
from portal_gen.model.operation import Operation, Parameter
from portal_gen.model.schema import Schema
from portal_gen.model.security import SecurityRequirement, SecurityScheme
from portal_gen.render.context import Page
from tests.render.support import AT, STRING, check, document, draw_all, obj, prop

FOLDER = Path(__file__).parent / "goldens"
RENEW = "make golden"
NAMES = ("service", "operation", "schema")


def pets() -> Document:
    """A description with one operation and one schema."""
    kind = Schema(AT, types=("string",), enum=("cat", "dog"), description="What it is.")
    pet = obj(
        prop("id", Schema(AT, types=("integer",), read_only=True, rules=(("minimum", 1),)), required=True),
        prop("kind", kind),
        prop("parents", Schema(AT, types=("array",), items=Schema(AT, ref="Pet"))),
        required=("id",),
        description="A pet that lives here.",
    )
    body = RequestBody(AT, "", True, (MediaType("application/json", AT, Schema(AT, ref="Pet")),))
    example = Example("missing", "Nobody there", value={"error": "no such pet"})
    answers = (
        Response(
            "404",
            AT,
            "",
            "No such pet.",
            (),
            (MediaType("application/json", AT, STRING, None, (example,)),),
            (),
            "shared/errors.yaml",
        ),
        Response("200", AT, "", "The pet as it is now.", (Header("ETag", AT, "Its version.", schema=STRING),), body.content),
    )
    operation = Operation(
        "operation",
        "PUT",
        "/pets/{id}",
        AT,
        id="putPet",
        summary="Change a pet",
        description="Writes what it is given.\n\n* whole\n* not in parts",
        tags=("pets",),
        parameters=(Parameter("id", "path", AT, "Its `id`.", True, schema=STRING),),
        body=body,
        responses=answers,
        security=(SecurityRequirement((("bearer", ()),)),),
    )
    scheme = SecurityScheme("bearer", "http", AT, "A key of yours.", scheme="bearer")
    return document([operation], {"Pet": pet}, security_schemes={"bearer": scheme}, security=operation.security)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["html", "md"])
def test_page_is_as_it_was(name: str, suffix: str) -> None:
    page: Page = draw_all(pets())[NAMES.index(name)]
    text = page.html + "\n" if suffix == "html" else page.markdown
    path = FOLDER / f"{name}.{suffix}"
    if os.environ.get("PORTAL_GOLDEN") == "renew":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"the page has changed; if it should have: {RENEW}"


@pytest.mark.parametrize("page", draw_all(pets()), ids=NAMES)
def test_page_is_well_formed(page: Page) -> None:
    assert check(page.html).faults == []
    assert {at for _, at, _ in page.toc} <= set(check(page.html).ids)
