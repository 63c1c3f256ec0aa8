"""Nothing that a description says can do anything in a page, wherever it says it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from portal_gen.diagnostics import Location, error
from portal_gen.model.content import Encoding, Example, Header, Link, MediaType, RequestBody, Response
from portal_gen.model.document import Document
from portal_gen.model.info import Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag
from portal_gen.model.operation import Badge, Callback, CodeSample, Operation, Parameter
from portal_gen.model.schema import Discriminator, Schema
from portal_gen.model.security import OAuthFlow, SecurityRequirement, SecurityScheme
from portal_gen.portal.catalog import Catalog
from portal_gen.render.markdown import render
from tests.render.support import AT, check, document, draw_all, obj, operation, prop

_CORPUS = Path(os.environ.get("PORTAL_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus"))
_VECTORS = _CORPUS.parent / "vectors" / "spec-injection.json"

OWN = [
    "<script>window.__pwned=1</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    " JaVa\tScript:alert(1)",
    "\x01javascript:alert(1)",
    "https://api.example.com@evil.example/",
    "https://evil.example\\@api.example.com/",
    "//evil.example/x",
    "data:text/html,<script>alert(1)</script>",
    "</code></pre></div></article><h1>gone</h1>",
    "```\n</pre><script>x</script>\n```",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png) <javascript:alert(1)>",
    "<!-- <a href='x'> --> <![CDATA[ <b> ]]> <?php ?>",
    "__proto__",
    "_theme__search",
    "\x00\u2028</script>",
    "{{ config }} {% raw %}",
    "a\r\n# Heading\r\n---\r\nkey: value",
    "*`_[<&>]~|#",
]


def _vectors() -> list[str]:
    if not _VECTORS.is_file():
        return []
    return [vector["payload"] for vector in json.loads(_VECTORS.read_text(encoding="utf-8"))]


PAYLOADS = [*OWN, *_vectors()]


def everywhere(text: str) -> Document:
    """A description that says `text` wherever it can say anything."""
    schema = Schema(
        AT,
        types=("string",),
        format=text,
        title=text,
        description=text,
        default=text,
        enum=(text, "other"),
        enum_descriptions={text: text},
        examples=(text,),
        rules=(("pattern", text), ("x-" + text, text), ("contentMediaType", text), ("$comment", text), ("xml", {text: text})),
        external_docs=ExternalDocs(text, text),
    )
    whole = obj(
        prop(text, schema),
        prop("of", Schema(AT, ref=text)),
        prop("shape", Schema(AT, one_of=(schema, obj(prop(text)), Schema(AT, types=("array",))))),
        required=(text + "!",),
        pattern_properties=((text, schema),),
        discriminator=Discriminator(text, ((text, text), (text, "nowhere")), text),
        applicators=(("not", schema), ("dependentSchemas", ((text, schema),)), (text, schema)),
        dynamic_ref=text,
        const=text,
    )
    example = Example(text, text, text, value={text: text})
    outside = Example("outside", text, text, external_value=text)
    header = Header(text, AT, text, schema=schema, examples=(example,))
    media = MediaType(text, AT, whole, schema, (example, outside), (Encoding(text, text, text, True, True, (header,)),))
    answer = Response(
        text, AT, "", text, (header,), (media,), (Link(text, text, text, text, ((text, text),), text, Server(text, AT)),), text
    )
    places = ("path", "query", "querystring", "header", "cookie")
    parameters = tuple(Parameter(text, place, AT, text, style=text, schema=schema, examples=(example,)) for place in places)  # type: ignore[arg-type]
    requirement = SecurityRequirement(((text, (text,)), ("other", ())))
    base = Operation(
        "operation",
        text,
        "/" + text,
        Location(text, 1, 1),
        text,
        text,
        text,
        (text,),
        True,
        (Server(text, AT, text, text, (ServerVariable(text, text, (text,), text),)),),
        parameters,
        RequestBody(AT, text, True, (media, media)),
        (answer, Response("200", AT, text, text)),
        (),
        (requirement, SecurityRequirement()),
        ExternalDocs(text, text),
        (CodeSample(text, text, text),),
        (Badge(text, text),),
        text,
        text,
        (("x-" + text, {text: text}),),
    )
    full = operation(
        **{name: getattr(base, name) for name in Operation.__slots__ if name not in ("kind", "callbacks")},
        callbacks=(Callback(text, text, (base,)),),
    )
    flow = OAuthFlow(text, text, text, text, text, ((text, text),))
    scheme = SecurityScheme(text, "apiKey", AT, text, text, text, text, text, (flow,), text, text)
    return document(
        [full],
        {text: whole},
        info=Info(text, text, AT, "", text, text, Contact(text, text, text), License(text, text, text)),
        servers=base.servers,
        tags=(Tag(text, AT, text, text, ExternalDocs(text, text)),),
        webhooks=(operation(kind="webhook", path=text, summary=text),),
        security_schemes={text: scheme, "other": SecurityScheme("other", "oauth2", AT, text, flows=(flow,))},
        security=(requirement,),
        external_docs=ExternalDocs(text, text),
        diagnostics=(error(text, text, Location(text, 1, 1)),),
    )


@pytest.mark.parametrize("text", PAYLOADS)
def test_is_inert_in_every_field(text: str) -> None:
    catalog = Catalog(key="KEY", repository="https://example.com/edit/{path}#L{line}")
    for page in draw_all(everywhere(text), catalog):
        assert check(page.html).faults == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_is_inert_as_markdown(text: str) -> None:
    html = render(text)
    assert check(html).faults == []
    assert check(html).ids == []
    assert "<script" not in html


@pytest.mark.parametrize("text", PAYLOADS)
def test_cannot_break_the_twin(text: str) -> None:
    for page in draw_all(everywhere(text)):
        rendered = render(page.markdown)
        assert check(rendered).faults == []
        headings = [line for line in outside_fences(page.markdown) if line.startswith("# ")]
        assert len(headings) == 1
        assert page.markdown.startswith("# ")


def outside_fences(markdown: str) -> list[str]:
    """The lines of a Markdown text that stand in no code fence."""
    lines, fence = [], ""
    for line in markdown.split("\n"):
        mark = line.strip(" ")
        run = mark[: len(mark) - len(mark.lstrip(mark[:1]))] if mark[:1] in ("`", "~") else ""
        if fence:
            fence = "" if run.startswith(fence) and run == mark else fence
        elif len(run) >= 3 and "`" not in mark[len(run) :]:
            fence = run
        else:
            lines.append(line)
    assert not fence
    return lines


def test_images_are_linked_and_not_loaded() -> None:
    html = render("![A cat](https://e.example/cat.png) [![badge](https://e.example/b.svg)](https://e.example/)")
    assert "<img" not in html
    assert '<a href="https://e.example/cat.png" rel="nofollow noopener">A cat</a>' in html
    assert '<a href="https://e.example/" rel="nofollow noopener">badge</a>' in html


def test_unknown_tags_are_shown_as_they_are() -> None:
    assert render("Use <token> here & there") == "<p>Use &lt;token&gt; here &amp; there</p>"


FOLDED = "<details><summary>More</summary>\n\n* one\n\n</details>"


def test_github_flavor() -> None:
    html = render("# T\n\n| a | b |\n|---|:-:|\n| 1 | ~~2~~ |\n\nsee https://e.example/x\n\n" + FOLDED)
    assert "<h3>T</h3>" in html
    assert '<th align="center">b</th>' in html
    assert "<del>2</del>" in html
    assert 'href="https://e.example/x"' in html
    assert "<details><summary>More</summary>" in html


@pytest.mark.parametrize(
    "text", ["> " * 20_000 + "x", "<div>" * 20_000, "[" * 20_000, "*a_ " * 10_000, "`" * 9_999, "|" * 5_000 + "\n" + "|-" * 5_000]
)
def test_long_texts_end(text: str) -> None:
    assert check(render(text)).faults == []
