"""Every rule: what it finds, where and how grave it is, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from portal_gen import lint as package
from portal_gen.diagnostics import Diagnostic
from portal_gen.lint import RULES, lint
from portal_gen.load import check
from tests.describe import HEAD, document

DOCS = Path(__file__).parents[2] / "docs" / "portal-gen" / "checks.md"
NAMES = [rule.__module__.rpartition(".")[2].replace("_", "-") for rule in RULES]


def schema(text: str) -> str:
    """A description of one component, `S`, which stands on line 6."""
    return f"paths: {{}}\ncomponents:\n  schemas:\n    S: {text}\n"


def operation(text: str, path: str = "/x", method: str = "get") -> str:
    """A description of one operation, on line 5."""
    return f"paths:\n  {path}:\n    {method}: {text}\n"


def scheme(text: str) -> str:
    """A description of one security scheme, on line 6."""
    return f"paths: {{}}\ncomponents:\n  securitySchemes:\n    key: {text}\n"


def server(text: str) -> str:
    """A description of one server, on line 4."""
    return f"servers:\n  - {text}\npaths: {{}}\n"


OK = "responses: {'200': {description: Done}}"
CAT = "Cat: {type: object, properties: {name: {type: string}}}"
DOG = "Dog: {type: object, properties: {name: {type: string}, kind: {type: string}}}"
PETS = "Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}"
LINK = "responses: {'200': {description: Done, links: {next: {operationId: %s}}}}"

BAD: list[tuple[str, str, str, int, str]] = [
    # rule, severity, description, line (the head has two), words of the message
    ("license", "warning", "", 2, "exclude each other"),
    ("license", "warning", "", 2, "no name"),
    ("info", "warning", "", 2, "no version"),
    ("info", "warning", "", 2, "`nobody` is no e-mail address"),
    ("server", "error", server("url: 'https://{host}/'"), 4, "`{host}` in `https://{host}/` is not defined"),
    ("server", "warning", server("{url: /, variables: {v: {default: a}}}"), 4, "`v` is not in `/`"),
    ("server", "error", server("{url: '/{v}', variables: {v: {description: x}}}"), 4, "no default"),
    ("server", "warning", server("{url: '/{v}', variables: {v: {default: a, enum: []}}}"), 4, "is empty"),
    ("server", "warning", server("{url: '/{v}', variables: {v: {default: a, enum: [b]}}}"), 4, "not in its `enum`"),
    ("server", "error", server("{description: nowhere}"), 4, "no URL"),
    ("security-scheme", "error", scheme("{type: apiKey, in: header}"), 6, "no `name`"),
    ("security-scheme", "error", scheme("{type: apiKey, name: k, in: body}"), 6, '"body"'),
    ("security-scheme", "error", scheme("{type: http}"), 6, "no `scheme`"),
    ("security-scheme", "error", scheme("{type: basic}"), 6, "unknown type `basic`"),
    ("security-scheme", "error", scheme("{description: x}"), 6, "no `type`"),
    ("security-scheme", "error", scheme("{type: oauth2, flow: implicit}"), 6, "no `flows`"),
    ("security-scheme", "error", scheme("{type: oauth2, flows: {accessCode: {tokenUrl: /t}}}"), 6, "unknown flow `accessCode`"),
    ("security-scheme", "error", scheme("{type: oauth2, flows: {authorizationCode: {tokenUrl: /t}}}"), 6, "no `authorizationUrl`"),
    ("security-scheme", "error", scheme("{type: openIdConnect}"), 6, "no `openIdConnectUrl`"),
    ("undefined-security-scheme", "error", "security:\n  - key: []\npaths: {}", 4, "`key` is not defined"),
    ("undefined-security-scheme", "error", operation(f"{{security: [{{key: []}}], {OK}}}"), 5, "`key` is not defined"),
    (
        "component-name",
        "warning",
        "paths: {}\ncomponents:\n  responses:\n    a b: {description: x}",
        6,
        "`a b` in components.responses",
    ),
    (
        "duplicate-operation-id",
        "error",
        f"paths:\n  /x:\n    get: {{operationId: a, {OK}}}\n    put: {{operationId: a, {OK}}}",
        6,
        "openapi.yaml:5:5",
    ),
    ("ambiguous-path", "warning", f"paths:\n  /{{a}}:\n    get: {{{OK}}}\n  /{{b}}:\n    get: {{{OK}}}", 7, "the same requests"),
    ("ambiguous-path", "note", f"paths:\n  /{{a}}:\n    get: {{{OK}}}\n  /{{b}}:\n    put: {{{OK}}}", 7, "one path"),
    ("path-parameters", "error", operation(f"{{{OK}}}", "/x/{id}"), 5, "no parameter for `{id}`"),
    (
        "path-parameters",
        "error",
        operation(f"{{parameters: [{{name: id, in: path, schema: {{}}}}], {OK}}}"),
        5,
        "not in the path `/x`",
    ),
    (
        "duplicate-parameter",
        "error",
        operation(f"\n      {OK}\n      parameters:\n      - {{name: X-A, in: header}}\n      - {{name: x-a, in: header}}"),
        9,
        "header parameter `x-a` twice",
    ),
    (
        "unexpected-body",
        "note",
        operation(f"{{requestBody: {{content: {{}}}}, {OK}}}", method="delete"),
        5,
        "DELETE /x takes a body",
    ),
    ("no-responses", "warning", operation("{operationId: a}"), 5, "GET /x has no responses"),
    ("response-status", "error", operation("{responses: {2xxx: {description: Done}}}"), 5, "`2xxx` is no status"),
    ("response-status", "error", operation("{responses: {2xx: {description: Done}}}"), 5, "`2xx` is no status"),
    ("response-description", "warning", operation("{responses: {'200': {content: {}}}}"), 5, "`200` has no description"),
    ("link-operation", "warning", operation(f"{{operationId: a, {LINK % 'b'}}}"), 5, "leads to `b`"),
    (
        "media-type-name",
        "warning",
        operation("{responses: {'200': {description: Done, content: {json: {}}}}}"),
        5,
        "`json` is no media type",
    ),
    (
        "example-type",
        "warning",
        operation(f"{{parameters: [{{name: a, in: query, schema: {{type: integer}}, example: one}}], {OK}}}"),
        5,
        'example "one" is not of the type integer',
    ),
    (
        "example-type",
        "warning",
        operation("{responses: {'200': {description: D, content: {application/json: {schema: {type: string}, example: 1}}}}}"),
        5,
        "example 1 is not of the type string",
    ),
    (
        "example-type",
        "warning",
        operation("{responses: {'200': {description: D, headers: {H: {schema: {type: boolean}, example: 'yes'}}}}}"),
        5,
        'example "yes" is not of the type boolean',
    ),
    ("unknown-type", "warning", schema("{type: int}"), 6, "`int` is no type"),
    ("value-type", "warning", schema("{type: string, default: 1}"), 6, "`default` has 1"),
    ("value-type", "warning", schema("{type: integer, const: 1.5}"), 6, "`const` has 1.5"),
    ("value-type", "warning", schema("{type: [string, boolean], enum: [a, true, null]}"), 6, "`enum` has null"),
    ("duplicate-enum-value", "warning", schema("{enum: [a, b, a]}"), 6, 'holds "a" more than once'),
    ("duplicate-required", "warning", schema("{required: [a, a]}"), 6, "names `a` more than once"),
    ("impossible-required", "warning", schema("{additionalProperties: false, required: [a]}"), 6, "`a` is required"),
    ("empty-range", "warning", schema("{type: integer, minimum: 2, maximum: 1}"), 6, "`minimum` 2 is above `maximum` 1"),
    ("empty-range", "warning", schema("{items: {minLength: 2, maxLength: 1}}"), 6, "`minLength` 2"),
    ("empty-range", "warning", schema("{minItems: 2, maxItems: 1}"), 6, "`minItems` 2"),
    ("invalid-pattern", "warning", schema("{pattern: '['}"), 6, "`[` is not a regular expression"),
    ("invalid-pattern", "warning", schema("{pattern: '(a'}"), 6, "missing )"),
    ("invalid-pattern", "warning", schema("{patternProperties: {'*a': {}}}"), 6, "nothing to repeat"),
    ("read-and-write-only", "warning", schema("{properties: {a: {readOnly: true, writeOnly: true}}}"), 6, "both readOnly"),
    (
        "discriminator-property",
        "warning",
        f"paths: {{}}\ncomponents:\n  schemas:\n    {PETS}\n    {CAT}\n    {DOG}",
        6,
        "`Cat` has no property `kind`",
    ),
]
HEADS = {
    words: f"openapi: 3.1.0\ninfo: {info}\npaths: {{}}\n"
    for words, info in {
        "exclude each other": "{title: T, version: '1', license: {name: MIT, identifier: MIT, url: /mit}}",
        "no name": "{title: T, version: '1', license: {url: /mit}}",
        "no version": "{title: T}",
        "`nobody` is no e-mail address": "{title: T, version: '1', contact: {email: nobody}}",
    }.items()
}
"""The heads of rows that have no text, by their words: the fault stands in `info`, on line 2."""

GOOD = [
    server("{url: 'https://{a}.example', variables: {a: {default: x, enum: [x, y]}}}"),
    server("{url: 'https://a.example{base}', variables: {base: {default: ''}}}"),
    scheme("{type: apiKey, name: k, in: cookie}"),
    scheme("{type: http, scheme: bearer}"),
    scheme("{type: mutualTLS}"),
    scheme("{type: openIdConnect, openIdConnectUrl: /o}"),
    scheme("{type: oauth2, flows: {clientCredentials: {tokenUrl: /t}, implicit: {authorizationUrl: /a}}}"),
    scheme("{type: oauth2, flows: {deviceAuthorization: {tokenUrl: /t, deviceAuthorizationUrl: /d}}}"),
    "security: [{}, {key: []}]\n" + scheme("{type: http, scheme: basic}"),
    "security: [{'./shared.yaml#/key': []}]\npaths: {}",
    operation(f"{{operationId: a, {LINK % 'a'}}}"),
    operation(
        f"{{parameters: [{{name: id, in: path, schema: {{}}}}, {{name: id, in: query, schema: {{}}}}], {OK}}}", "/x/{id}.json"
    ),
    operation(f"{{requestBody: {{content: {{}}}}, {OK}}}", method="post"),
    operation("{responses: {1XX: {description: a}, '404': {description: b}, default: {summary: c}}}"),
    operation("{responses: {'200': {description: a, content: {'*/*': {}, text/plain: {schema: {type: integer}, example: '1'}}}}}"),
    operation(f"{{parameters: [{{name: a, in: query, schema: {{type: array}}, example: 'a,b'}}], {OK}}}"),
    operation(f"{{parameters: [{{name: a, in: query, schema: {{type: number}}, example: 1}}], {OK}}}"),
    f"paths:\n  /a/{{id}}:\n    parameters: [{{name: id, in: path, schema: {{}}}}]\n    get: {{{OK}}}\n  /a/b:\n    get: {{{OK}}}",
    """
    paths:
      /x:
        parameters: [{name: q, in: query, schema: {}}]
        get:
          parameters: [{name: q, in: query, schema: {type: string}}]
          responses: {'200': {description: Done}}
          callbacks: {done: {'{$request.body#/url}': {post: {}}}}
    """,
    schema("{type: [integer, 'null'], default: null, enum: [1, 2.0, null]}"),
    schema("{enum: [1, true, '1', null]}"),
    schema("{required: [a], additionalProperties: false, properties: {a: {}}}"),
    schema("{required: [ab], additionalProperties: false, patternProperties: {^a: {}}}"),
    schema("{required: [a], additionalProperties: false, properties: {a: {x-internal: true}}}"),
    schema("{minimum: 1, maximum: 1, minLength: 0, maxLength: 9}"),
    schema("{readOnly: true}"),
    f"paths: {{}}\ncomponents:\n  schemas:\n    {PETS}\n    Cat: {{allOf: [{{$ref: '#/components/schemas/Dog'}}]}}\n    {DOG}",
    f"paths: {{}}\ncomponents:\n  schemas:\n    {PETS}\n    Cat: {{type: object}}\n    {DOG}",
]

PATTERNS = [
    r"^\d{3}-[\w.]+$",
    r"\p{L}+\P{Lu}",
    r"(?<year>\d{4})-\k<year>",
    r"[]|[^]",
    r"[[\]a-z]",
    r"[^[]]",
    r"[\u4e00-\u9fa5\u{1F600}]",
    r"\cJ\i\/\-\x41",
    r"(?<!a)(?<=b+)c",
    r"[\w-.]",
    r"a{,5}",
    r"(a)\1",
]


def found(folder: Path, text: str, head: str = HEAD) -> tuple[Diagnostic, ...]:
    return lint(document(folder, dedent(text), head))


@pytest.mark.parametrize(("rule", "severity", "text", "line", "words"), BAD, ids=lambda value: str(value)[:40])
def test_a_fault_is_found(tmp_path: Path, rule: str, severity: str, text: str, line: int, words: str) -> None:
    head = HEADS.get(words, HEAD)
    diagnostics = [d for d in found(tmp_path, text, head) if d.rule == rule]
    assert [d.severity.value for d in diagnostics] == [severity], diagnostics
    assert words in diagnostics[0].message
    assert ";" in diagnostics[0].message
    assert diagnostics[0].location.line == line
    assert diagnostics[0].location.file.endswith("openapi.yaml")


@pytest.mark.parametrize("text", GOOD, ids=lambda value: value[:60])
def test_what_is_right_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == ()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_that_some_reader_takes_is_left_alone(tmp_path: Path, pattern: str) -> None:
    assert found(tmp_path, schema(f"{{pattern: '{pattern}'}}")) == ()


def test_names_of_swagger_2_are_free(tmp_path: Path) -> None:
    head = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"
    assert found(tmp_path, "paths: {}\ndefinitions: {Page«Pet»: {type: object}}", head) == ()


def test_a_shared_part_is_named_once(tmp_path: Path) -> None:
    text = """
    paths:
      /x: {get: &g {responses: {'200': {$ref: '#/components/responses/Done'}}}, put: *g}
    components:
      responses: {Done: {description: Done, content: {application/json: {schema: {type: strung}}}}}
    """
    assert [d.rule for d in found(tmp_path, text)] == ["unknown-type"]


def test_findings_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    lines = "\n".join(f"    S{i}: {{type: string, default: {i}, readOnly: true, writeOnly: true}}" for i in range(9))
    diagnostics = found(tmp_path, f"paths: {{}}\ncomponents:\n  schemas:\n{lines}\n")
    assert len(diagnostics) == 18
    assert [d.location for d in diagnostics] == sorted(d.location for d in diagnostics)


def test_a_portal_knows_what_lint_finds(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(HEAD + schema("{type: int}"))
    assert "unknown-type" in [d.rule for d in check([tmp_path / "openapi.yaml"]).diagnostics]


def test_every_rule_has_a_row_here() -> None:
    assert {row[0] for row in BAD} == set(NAMES)


def test_every_module_is_a_rule() -> None:
    modules = {path.stem.replace("_", "-") for path in Path(package.__file__).parent.glob("*.py")} - {"--init--", "walk"}
    assert modules == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


def test_every_rule_is_documented_and_every_documented_rule_exists() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(table) == sorted(NAMES)
