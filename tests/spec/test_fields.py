"""What the specification of a version does not know, or not in that type, is named; what it knows is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal_gen.diagnostics import Diagnostic, Location, Severity, error, warning
from portal_gen.load import check
from portal_gen.spec.field_faults import LIMIT, RULES, unsaid
from portal_gen.spec.field_rules import LEVELS, rules_of, versions_of
from portal_gen.spec.field_tables import ALTERNATIVES, FIELDS, MEANT, READ_ANYWAY, REMEDIES, SAID_IF_EMPTY, TITLES
from tests.spec.support import CORPUS, loaded, needs_corpus, write

ROOT = Path(__file__).parents[2]
VERSIONS = ("2.0", "3.0.3", "3.1.1", "3.2.0")


def described(version: str, body: str) -> str:
    """A description whose body begins on line 3."""
    key = "swagger" if version == "2.0" else "openapi"
    return f"{key}: '{version}'\ninfo: {{title: T, version: '1'}}\n{body}"


def fields(folder: Path, version: str, body: str) -> list[Diagnostic]:
    return list(loaded(folder, described(version, body)).fields)


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{item.location.line}:{item.location.column} {item.rule}: {item.message}" for item in found]


def operation(text: str) -> str:
    """An operation, whose fields begin at 3:22."""
    return f"paths: {{/x: {{get: {{{text}}}}}}}"


def component(section: str, text: str) -> str:
    """One component `C`, whose fields begin on line 6."""
    return f"paths: {{}}\ncomponents:\n  {section}:\n    C: {text}"


def definition(text: str) -> str:
    """The schema `C` of Swagger 2.0, on line 5."""
    return f"paths: {{}}\ndefinitions:\n  C: {text}\n"


OK = "responses: {'200': {description: D}}"
Bad = tuple[str, str, str]
UNKNOWN: list[Bad] = [
    ("3.0.3", "paths: {}\nserver: []", "4:1 unknown-field: `server` is no field of a description in OpenAPI 3.0; did you mean `servers`?"),
    ("3.1.1", "overlays: {}\npaths: {}", "3:1 unknown-field: `overlays` is no field of a description in OpenAPI 3.1; remove it, or let"),
    ("3.0.3", "paths: {}\nwebhooks: {}", "4:1 unknown-field: `webhooks` is no field of a description in OpenAPI 3.0, but since 3.1;"),
    ("3.1.1", "paths: {}\n$self: a", "4:1 unknown-field: `$self` is no field of a description in OpenAPI 3.1, but since 3.2;"),
    ("3.0.3", "paths: {}\nhost: a", "4:1 unknown-field: `host` is no field of a description in OpenAPI 3.0 any more; write `servers`"),
    ("2.0", "paths: {}\ncomponents: {}", "4:1 unknown-field: `components` is no field of a description in OpenAPI 2.0, but since 3.0;"),
    ("3.0.3", operation(f"requestbody: {{}}, {OK}"), "3:20 unknown-field: `requestbody` is no field of an operation in OpenAPI 3.0; did you mean `requestBody`?"),
    ("2.0", operation(f"requestBody: {{}}, {OK}"), "3:20 unknown-field: `requestBody` is no field of an operation in OpenAPI 2.0, but since 3.0;"),
    ("3.1.1", operation("responses: {'200': {description: D, schema: {}}}"), "3:56 unknown-field: `schema` is no field of a response in OpenAPI 3.1 any more; write it under `content` and a media type"),
    ("3.1.1", "paths: {/x: {query: {}}}", "3:14 unknown-field: `query` is no field of a path in OpenAPI 3.1, but since 3.2;"),
    ("3.0.3", component("parameters", "{name: a, in: query, type: string}"), "6:29 unknown-field: `type` is no field of a parameter in OpenAPI 3.0 any more; write it in `schema`"),
    ("3.1.1", component("securityDefinitions", "{}"), "5:3 unknown-field: `securityDefinitions` is no field of `components` in OpenAPI 3.1; did you mean `securitySchemes`?"),
    ("3.1.1", component("examples", "{vlaue: 1}"), "6:9 unknown-field: `vlaue` is no field of an example in OpenAPI 3.1; did you mean `value`?"),
    ("3.1.1", component("links", "{operationId: a, param: {}}"), "6:25 unknown-field: `param` is no field of a link in OpenAPI 3.1; did you mean `parameters`?"),
    ("3.1.1", component("securitySchemes", "{type: oauth2, flows: {deviceAuthorization: {scopes: {}}}}"), "6:31 unknown-field: `deviceAuthorization` is no field of `flows` in OpenAPI 3.1, but since 3.2;"),
    ("3.0.3", component("schemas", "{const: 1}"), "6:9 unknown-field: `const` is no keyword of OpenAPI 3.0 schemas, but since 3.1;"),
    ("3.0.3", component("schemas", "{propertys: {}}"), "6:9 unknown-field: `propertys` is no keyword of OpenAPI 3.0 schemas; did you mean `properties`?"),
    ("3.1.1", component("schemas", "{propertes: {}}"), "6:9 unknown-field: `propertes` is no keyword that is known; did you mean `properties`?"),
    ("2.0", definition("{nullable: true}"), "5:7 unknown-field: `nullable` is no keyword of OpenAPI 2.0 schemas, but since 3.0;"),
    ("3.0.3", component("schemas", "{$ref: '#/components/schemas/C/x', nullable: true}"), "6:43 unknown-field: `nullable` beside `$ref` counts only since OpenAPI 3.1; wrap the reference in `allOf`"),
    ("3.1.1", component("parameters", "{$ref: '#/x', required: true}"), "6:22 unknown-field: `required` beside `$ref` counts for nothing; move it to what is referred to"),
    ("3.1.1", component("requestBodies", "{content: {a/b: {$ref: '#/x'}}}"), "6:25 unknown-field: `$ref` is no field of a media type in OpenAPI 3.1;"),
    ("3.1.1", "paths: {}\ntags: [{name: a, parent: b}]", "4:18 unknown-field: `parent` is no field of a tag in OpenAPI 3.1, but since 3.2;"),
    ("3.1.1", "paths: {}\nservers: [{url: /, variables: {a: {default: b, $ref: c}}}]", "4:48 unknown-field: `$ref` is no field of a variable of a server in OpenAPI 3.1; remove it"),
]  # fmt: skip
MISTYPED: list[Bad] = [
    ("3.0.3", "paths: {}\nexternalDocs: {url: 7}", "4:16 field-type: `url` is a number, not a URL; quote it"),
    ("3.1.1", "paths: {}\ntags: {a: b}", "4:1 field-type: `tags` is a mapping, not a list; correct it"),
    ("3.1.1", "paths: {}\ntags: [a]", "4:8 field-type: `an item of tags` is text, not a mapping; correct it"),
    ("3.1.1", "paths: {}\nsecurity: [{a: b}]", "4:13 field-type: `a` is text, not a list; correct it"),
    ("3.1.1", "paths: {}\nsecurity: [{a: [1]}]", "4:17 field-type: `a` holds a number, not text; quote it"),
    ("3.1.1", operation(f"deprecated: 'true', {OK}"), "3:20 field-type: `deprecated` is text, not true or false; write it without quotes"),
    ("3.1.1", operation(f"summary: , {OK}"), "3:20 field-type: `summary` is empty, not text; fill it or remove it"),
    ("3.1.1", operation(f"tags: [1.10], {OK}"), "3:27 field-type: `tags` holds a number, not text; quote it"),
    ("3.1.1", component("responses", "text"), "6:5 field-type: `responses.C` is text, not a mapping; correct it"),
    ("3.1.1", component("callbacks", "{'{$url}': text}"), "6:9 field-type: `{$url}` is text, not a mapping; correct it"),
    ("3.0.3", component("schemas", "{type: [string, 'null']}"), "6:9 field-type: `type` is a list, not text; correct it"),
    ("3.0.3", component("schemas", "{items: true, type: array}"), "6:9 field-type: `items` is a boolean, not a mapping; correct it"),
    ("3.0.3", component("schemas", "{minimum: 1, exclusiveMinimum: 1}"), "6:21 field-type: `exclusiveMinimum` is a number, not true or false; correct it"),
    ("3.1.1", component("schemas", "{properties: {a: {required: true}}}"), "6:26 field-type: `required` is a boolean, not a list; correct it"),
    ("3.1.1", component("schemas", "{maxLength: -1}"), "6:9 field-type: `maxLength` is -1, not a count; write a whole number from 0 up"),
    ("3.1.1", component("schemas", "{minItems: 1.5}"), "6:9 field-type: `minItems` is 1.5, not a count; write a whole number from 0 up"),
    ("3.1.1", component("schemas", "{maxItems: 1e400}"), "6:9 field-type: `maxItems` is 1e400, not a count; write a whole number from 0 up"),
    ("3.1.1", component("schemas", "{discriminator: kind}"), "6:9 field-type: `discriminator` is text, not a mapping; correct it"),
    ("2.0", definition("{discriminator: {propertyName: a}}"), "5:7 field-type: `discriminator` is a mapping, not text; correct it"),
    ("3.1.1", component("headers", "{$ref: 1}"), "6:9 field-type: `$ref` is a number, not text; write a reference such as '#/components/…'"),
    ("3.1.1", "paths: {}\nservers: [{url: /, variables: {a: {default: 443}}}]", "4:36 field-type: `default` is a number, not text; quote it"),
]  # fmt: skip
MISSING: list[Bad] = [
    ("3.0.3", "components: {}", "1:1 missing-field: a description has no `paths`; add it"),
    ("3.1.1", "tags: []", "1:1 missing-field: a description has no `paths`, `webhooks` or `components`; add it"),
    ("3.1.1", component("parameters", "{name: a, schema: {}}"), "6:8 missing-field: a parameter has no `in`; add it"),
    ("3.1.1", component("parameters", "{name: a, in: query}"), "6:8 missing-field: a parameter has no `schema` or `content`; add it"),
    ("3.1.1", component("parameters", "{name: a, in: path, schema: {}}"), "6:8 missing-field: a path parameter is always required; write `required: true`"),
    ("3.1.1", component("parameters", "{name: a, in: path, required: false, schema: {}}"), "6:28 missing-field: a path parameter is always required; write `required: true`"),
    ("3.1.1", component("headers", "{description: a}"), "6:8 missing-field: a header has no `schema` or `content`; add it"),
    ("3.1.1", component("requestBodies", "{description: a}"), "6:8 missing-field: a request body has no `content`; add it"),
    ("3.1.1", component("schemas", "{discriminator: {mapping: {}}}"), "6:24 missing-field: a discriminator has no `propertyName`; add it"),
    ("3.1.1", component("securitySchemes", "{type: oauth2, flows: {password: {tokenUrl: a}}}"), "6:41 missing-field: a flow has no `scopes`; add it"),
    ("3.0.3", component("schemas", "{type: array}"), "6:9 missing-field: an array has no `items`; say what it holds"),
    ("2.0", operation(f"parameters: [{{name: a, in: query}}], {OK}"), "3:33 missing-field: a parameter has no `type`; add it"),
    ("2.0", operation(f"parameters: [{{name: a, in: body}}], {OK}"), "3:33 missing-field: a parameter has no `schema`; add it"),
]  # fmt: skip
URLS: list[Bad] = [
    ("3.1.1", "paths: {}\nservers: [{url: a b}]", "4:12 malformed-url: `a b` is no URL, since it has a space; correct it"),
    ("3.0.3", "paths: {}\nexternalDocs: {url: 'ht<p://a'}", "4:16 malformed-url: `ht<p://a` is no URL, since it has `<`; correct it"),
    ("3.1.1", "paths: {}\nexternalDocs: {url: '{a}'}", "4:16 malformed-url: `{a}` is no URL, since it has `{`; correct it"),
    ("3.1.1", "paths: {}\njsonSchemaDialect: a/b", "4:1 malformed-url: `a/b` has no scheme; write the whole URI, as https://…"),
    ("3.0.3", component("schemas", "{xml: {namespace: a}}"), "6:15 malformed-url: `a` has no scheme; write the whole URI, as https://…"),
]  # fmt: skip
TYPES: list[Bad] = [
    ("3.0.3", component("schemas", "{type: int}"), "6:5 unknown-type: `int` is no type; write one of array, boolean,"),
    ("3.1.1", component("schemas", "{items: {type: [str]}}"), "6:9 unknown-type: `str` is no type; write one of array, boolean,"),
    ("3.0.3", "paths: {/x: {parameters: [{name: a, in: query, schema: {type: int}}]}}", "3:48 unknown-type: `int` is no type;"),
    ("2.0", operation(f"parameters: [{{name: a, in: query, type: int}}], {OK}"), "3:54 unknown-type: `int` is no type;"),
]


@pytest.mark.parametrize(("version", "body", "expected"), UNKNOWN + MISTYPED + MISSING + URLS + TYPES)
def test_a_fault_is_named_once_and_where_it_is(tmp_path: Path, version: str, body: str, expected: str) -> None:
    found = told(fields(tmp_path, version, body))
    assert len(found) == 1, found
    assert found[0].startswith(expected), found[0]
    assert "; " in found[0]


GOOD: list[tuple[str, str]] = [
    ("2.0", "host: a\nbasePath: /\nschemes: [http]\nconsumes: [a/b]\nproduces: [a/b]\npaths: {}\nx-a: 1"),
    ("2.0", operation("parameters: [{name: a, in: formData, type: file}], responses: {'200': {description: D, schema: {}, examples: {a/b: 1}}}")),
    ("2.0", operation(f"parameters: [{{name: a, in: query, type: array, items: {{type: array, items: {{type: integer}}}}}}], {OK}")),
    ("2.0", definition("{discriminator: kind, required: [kind], properties: {kind: {type: string}}, x-nullable: true}")),
    ("2.0", "paths: {}\nsecurityDefinitions: {a: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: {b: c}}}"),
    ("3.0.3", component("schemas", "{type: object, nullable: true, properties: {$ref: {type: string}, x-a: {type: string}, type: {type: array, items: {}}}}")),
    ("3.0.3", component("schemas", "{exclusiveMinimum: true, minimum: 1.5, additionalProperties: false, example: {unknown: 1}, default: null}")),
    ("3.0.3", component("headers", "{schema: {}, allowEmptyValue: false, allowReserved: true}")),
    ("3.0.3", component("schemas", "{xml: {namespace: 'urn:a'}, externalDocs: {url: ../a}}")),
    ("3.1.1", component("schemas", "{type: [string, 'null'], const: null, examples: [1], anything: {goes: 1}, items: true, $defs: {a: false}}")),
    ("3.1.1", component("schemas", "{$ref: '#/components/schemas/C', description: D, nullable: 1}")),
    ("3.1.1", component("responses", "{$ref: '#/x', description: D, summary: S, x-a: 1}")),
    ("3.1.1", component("callbacks", "{'{$url}': {post: {}}, x-a: text}")),
    ("3.1.1", "paths: {x-a: text}\nservers: [{url: 'https://{a}/b', variables: {a: {default: b, enum: [b]}}}]\nwebhooks: {a: {post: {}}}"),
    ("3.1.1", "webhooks: {}"),
    ("3.1.1", component("x-things", "text")),
    ("3.2.0", "paths: {/x: {query: {responses: {'200': {summary: S}}}, additionalOperations: {LINK: {}}}}\n$self: https://a/b"),
    ("3.2.0", component("mediaTypes", "{itemSchema: {}, prefixEncoding: [{contentType: a/b}], examples: {a: {dataValue: 1, serializedValue: '1'}}}")),
    ("3.2.0", "paths: {}\ntags: [{name: a, summary: S, parent: b, kind: nav}]"),
    ("3.2.0", component("parameters", "{name: a, in: querystring, content: {a/b: {$ref: '#/components/mediaTypes/M', description: D}}}")),
]  # fmt: skip


@pytest.mark.parametrize(("version", "body"), GOOD)
def test_what_a_version_knows_is_no_fault(tmp_path: Path, version: str, body: str) -> None:
    assert told(fields(tmp_path, version, body)) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", [kind for kind in FIELDS if kind != "document"])
def test_every_object_may_be_extended(kind: str, version: str) -> None:
    level = next(level for level, name in LEVELS.items() if version.startswith(name))
    assert not [name for name in rules_of(kind, level) if name.startswith("x-")]


def test_severities(tmp_path: Path) -> None:
    """Lost content is an error, what is read all the same a warning; what only other tools pass over is a note."""
    body = component("schemas", "\n      required: true\n      items: []\n      description: 1\n      propertes: {}")
    found = {item.message.split("`")[1]: item.severity for item in fields(tmp_path, "3.1.1", body)}
    expected = (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.NOTE)
    assert found == dict(zip(("required", "items", "description", "propertes"), expected, strict=True))


def test_files_that_references_lead_to_are_looked_at(tmp_path: Path) -> None:
    result = loaded(tmp_path, described("3.1.1", "paths: {/x: {$ref: 'other.yaml#/a'}}"), other="a:\n  get:\n    sumary: S\n")
    assert [(Path(item.location.file).name, item.location.line) for item in result.fields] == [("other.yaml", 3)]


def test_a_thousand_faults_are_not_told_one_by_one(tmp_path: Path) -> None:
    body = "paths: {}\n" + "".join(f"key{index}: 1\n" for index in range(1000))
    found = fields(tmp_path, "3.1.1", body)
    assert len(found) == LIMIT + 1
    assert found[-1].message == f"and {1000 - LIMIT} more of the kind `unknown-field`; correct those above first"
    assert found[-1].location.line == 1003


def test_many_notes_hide_no_warning(tmp_path: Path) -> None:
    parameters = "".join(f"    P{index}: {{$ref: '#/x', description: D}}\n" for index in range(LIMIT + 9))
    found = fields(
        tmp_path, "3.0.3", f"paths: {{}}\ncomponents:\n  parameters:\n{parameters}    Q: {{$ref: '#/x', required: true}}\n"
    )
    assert [item.severity for item in found].count(Severity.NOTE) == LIMIT + 1
    assert [item.message.split("`")[1] for item in found if item.severity is Severity.WARNING] == ["required"]


HERE = Location("f.yaml", 3, 1)


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (warning("type", "said; so", HERE), False),
        (error("schema-type", "said; so", HERE), False),
        (warning("type", "said; so", Location("f.yaml", 3, 2)), True),
        (warning("component-name", "other; so", HERE), True),
    ],
)
def test_what_another_says_of_a_place_is_not_said_again(other: Diagnostic, kept: bool) -> None:
    own = error("field-type", "own; so", HERE)
    assert unsaid([own, other, own]) == ([own, other] if kept else [other])


@pytest.mark.parametrize(
    "body",
    [
        operation(f"tags: 1, {OK}"),
        operation(f"deprecated: maybe, {OK}"),
        operation(f"summary: [a], {OK}"),
        operation(f"parameters: [{{name: a}}], {OK}"),
        operation("responses: {'200': text}"),
        "paths: {/x: text}",
        "paths: {}\ncomponents: {schemas: {C: text}}",
        "paths: {}\ncomponents: {schemas: {C: {type: object, enum: a}}}",
        "paths: {}\ncomponents: {schemas: {C: {minimum: 1, exclusiveMinimum: true}}}",
    ],
)
def test_one_fault_is_one_finding(tmp_path: Path, body: str) -> None:
    found = check([write(tmp_path, api=described("3.1.1", body))], tmp_path).diagnostics
    places = [item.location for item in found if item.severity is not Severity.NOTE]
    assert places
    assert len(places) == len(set(places)), [str(item) for item in found]


def test_tables_name_what_there_is() -> None:
    """No remedy or exception for a field or an object that the tables do not have."""
    assert set(TITLES) == set(FIELDS)
    assert all(versions_of(kind, name) for kind, name in {*REMEDIES, *READ_ANYWAY, *SAID_IF_EMPTY})
    assert all(not versions_of(kind, name) and versions_of(kind, meant) for (kind, name), meant in MEANT.items())
    assert all(versions_of(kind, name) for kind, names in ALTERNATIVES.items() for name in names)


def test_every_rule_is_documented() -> None:
    text = (ROOT / "docs" / "portal-gen" / "checks.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in text] == []


def test_the_descriptions_of_this_repository_are_clean() -> None:
    assert [str(item) for item in check([ROOT / "openapi"]).diagnostics if item.rule in RULES] == []


BROKEN = {
    "3.0/fail/comp_pathitems.yaml": ("unknown-field", 6),
    "3.0/fail/fuzz1/08944052-e09d-4bea-9a57-dfdd285050cc.yaml": ("field-type", 19),
    "3.0/fail/fuzz1/17a43534-e7c9-4023-b2a9-19101955da9b.yaml": ("field-type", 8),
    "3.0/fail/fuzz1/18fad628-44d6-41cd-b6d1-29a05c9582dd.yaml": ("field-type", 8),
    "3.0/fail/fuzz1/331be1bf-781d-407f-93d6-1f4b390ae32b.yaml": ("missing-field", 1),
    "3.0/fail/fuzz1/32fdf814-65ca-4c79-83b4-16743c8deb68.yaml": ("missing-field", 16),
    "3.0/fail/fuzz1/39a5dbd7-b0c2-42f6-8b80-c9a9faec9260.yaml": ("malformed-url", 5),
    "3.0/fail/fuzz1/df7ff33b-a99f-4c9c-b79a-049e1a16cd81.yaml": ("field-type", 4),
    "3.0/fail/gluecon/example1_from_._Different_parameters.md.yaml": ("unknown-type", 10),
    "3.0/fail/gluecon/example2_from_._New_links.md.yaml": ("missing-field", 10),
    "3.0/fail/info_summary.yaml": ("unknown-field", 4),
    "3.0/fail/license_identifier.yaml": ("unknown-field", 7),
    "3.0/fail/openapi-ui/openapi-ui.yaml": ("unknown-field", 31),
    "3.1/fail/no_containers.yaml": ("missing-field", 1),
    "3.1/fail/unknown_container.yaml": ("unknown-field", 5),
}


@needs_corpus
@pytest.mark.parametrize("name", BROKEN)
def test_the_fault_of_a_broken_file_is_named(name: str) -> None:
    path = CORPUS / "openapi3-examples" / name
    assert BROKEN[name] in [(item.rule, item.location.line) for item in check([path]).diagnostics]


TRUE = {
    "3.0/pass/gluecon/example1_from_._Different_requestbody.md.yaml": [
        "16:11 unknown-field: `examples` is no field of a parameter"
    ],
    "3.0/pass/server_enum_empty.yaml": ["1:1 missing-field: a description has no `paths`"],
    "3.0/pass/server_enum_unknown.yaml": ["1:1 missing-field: a description has no `paths`"],
}


@needs_corpus
def test_valid_files_have_true_findings_only() -> None:
    folder = CORPUS / "openapi3-examples"
    files = [path for version in ("3.0", "3.1") for path in (folder / version / "pass").rglob("*") if path.name != "LICENSE"]
    found = {path: told([item for item in check([path]).diagnostics if item.rule in RULES]) for path in files if path.is_file()}
    short = {
        path.relative_to(folder).as_posix(): [line.split(" in OpenAPI")[0].split(";")[0] for line in lines]
        for path, lines in found.items()
        if lines
    }
    assert short == TRUE


@needs_corpus
@pytest.mark.parametrize("name", ["stripe.yaml", "discord.json", "openai.yaml", "hanzo"])
def test_published_descriptions_have_no_findings(name: str) -> None:
    path = CORPUS / name
    files = sorted(path.glob("*/openapi.yaml")) if path.is_dir() else [path]
    assert [str(item) for file in files for item in check([file]).diagnostics if item.rule in RULES] == []
