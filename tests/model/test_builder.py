"""From raw mappings to the nouns of OpenAPI: what is read, what is inherited, what is left out and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal_gen.errors import PortalError
from portal_gen.model.schema import ABSENT, Schema
from tests.describe import document


def test_an_operation_inherits_parameters_servers_and_security(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        """
        servers: [{url: https://a.example}]
        security: [{key: []}]
        paths:
          /things/{id}:
            servers: [{url: https://b.example}]
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
              - {name: q, in: query, description: of the path, schema: {type: string}}
            get:
              parameters: [{name: q, in: query, description: of the operation, schema: {type: integer}}]
              responses: {'200': {description: Done}}
            put:
              security: []
              servers: [{url: https://c.example}]
              responses: {'200': {description: Done}}
        components: {securitySchemes: {key: {type: http, scheme: bearer}}}
        """,
    )
    get, put = found.operations
    assert [(p.name, p.description) for p in get.parameters] == [("id", ""), ("q", "of the operation")]
    assert [p.name for p in put.parameters] == ["id", "q"]
    assert get.servers[0].url == "https://b.example"
    assert put.servers[0].url == "https://c.example"
    assert get.security[0].schemes == (("key", ()),)
    assert put.security == ()


@pytest.mark.parametrize(
    ("place", "style", "explode"),
    [("path", "simple", False), ("query", "form", True), ("header", "simple", False), ("cookie", "form", True)],
)
def test_style_and_explode_have_the_defaults_of_their_location(tmp_path: Path, place: str, style: str, explode: bool) -> None:
    text = f"""
    paths:
      /x/{{a}}:
        get: {{parameters: [{{name: a, in: {place}, schema: {{}}}}], responses: {{}}}}
    """
    parameter = document(tmp_path, text).operations[0].parameters[0]
    assert (parameter.style, parameter.explode) == (style, explode)


def test_all_methods_of_3_2_are_read(tmp_path: Path) -> None:
    methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]
    items = "\n".join(f"    {method}: {{responses: {{}}}}" for method in methods)
    text = f"paths:\n  /x:\n{items}\n    additionalOperations: {{COPY: {{responses: {{}}}}}}\n"
    found = document(tmp_path, text)
    assert [operation.method for operation in found.operations] == [method.upper() for method in methods] + ["COPY"]


@pytest.mark.parametrize(
    "text",
    [
        "paths: {/x: {x-internal: true, get: {operationId: secret, responses: {}}}}",
        "paths: {/x: {get: {x-internal: true, operationId: secret, responses: {}}}}",
        "webhooks: {secret: {post: {x-internal: true, responses: {}}}}",
        "components: {schemas: {secret: {x-internal: true, type: string}}}",
        "components: {schemas: {A: {properties: {secret: {x-internal: true, type: string}}}}}",
        """
        components:
          schemas: {A: {properties: {hidden: {$ref: '#/components/schemas/secret'}}}, secret: {x-internal: true}}
        """,
        "paths: {/x: {get: {parameters: [{name: secret, in: query, x-internal: true, schema: {}}], responses: {}}}}",
        "tags: [{name: secret, x-internal: true}]\npaths: {/x: {get: {tags: [secret], responses: {}}}}",
        "paths: {/x: {get: {callbacks: {secret: {x-internal: true, '{$url}': {post: {responses: {}}}}}, responses: {}}}}",
        "tags: [{name: secret, x-internal: true}]\nx-tagGroups: [{name: g, tags: [secret]}]",
        "components: {securitySchemes: {secret: {x-internal: true, type: http, scheme: basic}}}",
        "security: [{secret: []}]\ncomponents: {securitySchemes: {secret: {x-internal: true, type: http, scheme: basic}}}",
        "components: {schemas: {A: {items: {$ref: '#/components/schemas/secret'}}, secret: {x-internal: true}}}",
        """
        components:
          schemas:
            A: {properties: {secret: {x-internal: true}}}
            B:
              allOf: [{$ref: '#/components/schemas/A'}]
              required: [secret]
              dependentRequired: {a: [secret], secret: [a]}
              dependentSchemas: {secret: {}}
        """,
        """
        paths:
          /x:
            post:
              requestBody:
                content:
                  multipart/form-data:
                    schema: {properties: {secret: {x-internal: true}}}
                    encoding: {secret: {contentType: a/b}}
              responses: {}
        """,
        """
        components:
          schemas:
            A:
              oneOf: [{$ref: '#/components/schemas/B'}]
              discriminator:
                propertyName: k
                mapping: {b: B, secret: '#/components/schemas/secret', secret2: secret}
                defaultMapping: secret
            B: {type: object}
            secret: {x-internal: true, type: object}
        """,
        """
        paths:
          /x:
            post:
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/A'}
                    examples: {e: {value: {k: [{secret: 1, l: {secret: 2}}]}}}
              responses: {}
        components:
          schemas:
            A: {properties: {k: {items: {allOf: [{$ref: '#/components/schemas/B'}]}}}}
            B:
              properties: {l: {$ref: '#/components/schemas/B'}, secret: {x-internal: true}}
              default: {secret: 3}
              examples: [{secret: 4}]
        """,
        """
        paths:
          /x:
            get:
              responses:
                '200': {description: d, links: {secret: {operationRef: '#/paths/~1y/get'}, b: {$ref: '#/components/links/L'}}}
          /y: {x-internal: true, get: {responses: {}}}
          /z: {get: {x-internal: true, operationId: secret, responses: {}}}
        components: {links: {L: {operationRef: '#/paths/~1z/get', description: secret}}}
        """,
    ],
)
def test_nothing_internal_is_in_the_document(tmp_path: Path, text: str) -> None:
    assert "secret" not in repr(document(tmp_path, text))


def test_an_example_without_what_is_internal_keeps_the_rest(tmp_path: Path) -> None:
    text = """
    components: {schemas: {A: {properties: {s: {x-internal: true}, l: {items: {properties: {s: {x-internal: true}}}}},
      examples: [{s: 1, t: 2, l: [{s: 3, t: 4}, 5]}]}}}
    """
    assert document(tmp_path, text).schemas["A"].schema.examples == ({"t": 2, "l": [{"t": 4}, 5]},)


def test_what_stands_beside_the_reference_of_a_path_counts(tmp_path: Path) -> None:
    (tmp_path / "paths.yaml").write_text(
        "a:\n  description: Shared.\n  summary: Lost\n  servers: [{url: https://a.example}]\n"
        "  parameters: [{name: a, in: query, schema: {}}]\n  get: {responses: {}}\n  put: {summary: Lost, responses: {}}\n"
    )
    text = """
    paths:
      /x:
        $ref: 'paths.yaml#/a'
        summary: Own
        parameters: [{name: b, in: query, schema: {}}]
        put: {summary: Put, responses: {}}
        post: {responses: {}}
    """
    found = document(tmp_path, text).operations
    assert [(operation.method, operation.summary) for operation in found] == [("GET", ""), ("PUT", "Put"), ("POST", "")]
    for operation in found:
        assert (operation.path_summary, operation.path_description) == ("Own", "Shared.")
        assert [parameter.name for parameter in operation.parameters] == ["a", "b"]
        assert operation.servers[0].url == "https://a.example"


def test_a_method_is_described_once(tmp_path: Path) -> None:
    text = "paths: {/x: {get: {responses: {}}, additionalOperations: {GET: {responses: {}}, COPY: {responses: {}}}}}"
    found = document(tmp_path, text)
    assert [operation.method for operation in found.operations] == ["GET", "COPY"]
    assert "`GET` is left out: `get` says it; keep one" in [item.message for item in found.diagnostics]


def test_words_beside_a_reference_hold_over_those_of_its_target(tmp_path: Path) -> None:
    text = """
    paths:
      /x:
        get:
          responses:
            '200': {$ref: '#/components/responses/R', summary: Own, description: Too}
    components:
      responses: {R: {summary: R, description: R, content: {text/plain: {examples: {e: {$ref: '#/components/examples/E', summary: Own}}}}}}
      examples: {E: {summary: E, description: E, value: 1}}
    """
    response = document(tmp_path, text).operations[0].responses[0]
    example = response.content[0].examples[0]
    assert (response.summary, response.description, example.summary, example.description) == ("Own", "Too", "Own", "E")


def test_a_description_is_no_schema(tmp_path: Path) -> None:
    found = document(tmp_path, "components: {schemas: {A: {properties: {whole: {$ref: '#'}}}}}")
    assert list(found.schemas) == ["A"]
    (message,) = [item for item in found.diagnostics if "a whole description" in item.message]
    assert message.location.line == 3


def test_a_parameter_that_is_none_has_a_place(tmp_path: Path) -> None:
    found = document(tmp_path, "paths: {/x: {get: {parameters: [3], responses: {}}}}")
    assert [item.location.line for item in found.diagnostics if "left out" in item.message] == [3]


def test_references_become_keys_and_cycles_stay(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("Leaf: {type: string}\n")
    found = document(
        tmp_path,
        """
        components:
          schemas:
            Node: {properties: {next: {$ref: '#/components/schemas/Node'}, leaf: {$ref: 'other.yaml#/Leaf'}}}
        """,
    )
    node = found.schemas["Node"].schema
    assert [property_.schema.ref for property_ in node.properties] == ["Node", "Leaf"]
    assert found.schemas["Leaf"].schema.types == ("string",)
    assert not found.schemas["Leaf"].component


def test_two_targets_of_one_name_keep_apart(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("components: {schemas: {Pet: {type: integer}}}\n")
    found = document(
        tmp_path,
        """
        components:
          schemas:
            Pet: {properties: {other: {$ref: 'other.yaml#/components/schemas/Pet'}}}
        """,
    )
    assert found.schemas["Pet"].schema.properties[0].schema.ref == "other.Pet"
    assert found.schemas["other.Pet"].schema.types == ("integer",)


def test_every_keyword_of_2020_12_is_kept(tmp_path: Path) -> None:
    text = """
    components:
      schemas:
        S:
          $id: https://example.com/s
          $anchor: here
          $comment: a word to maintainers
          type: [object, 'null']
          format: f
          title: T
          description: D
          default: null
          const: null
          enum: [1, null]
          examples: [1]
          deprecated: true
          readOnly: true
          writeOnly: true
          properties: {a: {type: string}}
          required: [a, b]
          additionalProperties: false
          patternProperties: {^x: true}
          propertyNames: {maxLength: 3}
          unevaluatedProperties: false
          dependentRequired: {a: [b]}
          dependentSchemas: {a: {required: [b]}}
          minProperties: 1
          items: {type: string}
          prefixItems: [{type: string}, {type: integer}]
          contains: {const: 1}
          minContains: 1
          unevaluatedItems: false
          uniqueItems: true
          allOf: [{type: object}]
          anyOf: [{type: object}]
          oneOf: [{type: object}]
          not: {type: string}
          if: {required: [a]}
          then: {required: [b]}
          else: {required: [c]}
          multipleOf: 2
          pattern: ^a
          contentMediaType: application/json
          contentEncoding: base64
          contentSchema: {type: object}
          xml: {name: s}
          x-own: 1
          unheard: of
    """
    schema = document(tmp_path, text).schemas["S"].schema
    assert schema.types == ("object", "null")
    assert schema.nullable
    assert schema.default is None
    assert schema.const is None
    assert schema.enum == (1, None)
    assert schema.additional_properties == Schema(schema.additional_properties.location, boolean=False)  # type: ignore[union-attr]
    kept = {name for name, _ in schema.rules} | {name for name, _ in schema.applicators}
    expected = """$id $anchor $comment propertyNames unevaluatedProperties dependentRequired dependentSchemas minProperties
    contains minContains unevaluatedItems uniqueItems not if then else multipleOf pattern contentMediaType contentEncoding
    contentSchema xml x-own unheard"""
    assert kept == set(expected.split())
    assert schema.rule("multipleOf") == 2
    assert schema.rule("maximum") is ABSENT


FAULTS = [
    ("paths: {/x: {get: {parameters: [{name: a}], responses: {}}}}", "GET /x is left out", "`in` as one of"),
    ("paths: {/x: {get: {parameters: {a: b}, responses: {}}}}", "GET /x is left out", "not a list"),
    ("paths: {/x: {get: [1]}}", "GET /x is left out", "no mapping"),
    ("paths: {/x: {get: {requestBody: {$ref: '#/nowhere'}, responses: {}}}}", "GET /x is left out", "nowhere"),
    ("paths: {/x: {get: {responses: {'200': {content: {a/b: {schema: {$ref: '#/no'}}}}}}}}", "#/no", ""),
    ("paths: {/x: {get: {responses: {'200': {content: {a/b: 1}}}}}}", "GET /x is left out", "is a number, not a mapping"),
    ("paths: {/x: {get: {responses: {'200': Done}}}}", "GET /x is left out", "is text, not a mapping"),
    ("paths: {/x: {get: {requestBody: 1, responses: {}}}}", "GET /x is left out", "is a number, not a mapping"),
    ("paths: {/x: 1}", "`/x` is left out", "is a number, not a mapping"),
    ("paths: {/x: {GET: {responses: {}}}}", "`GET` is not read as a method", "write `get`"),
    ("tags: [{name: a}, {name: a}]", "the tag `a` is declared twice", ""),
    ("tags: [{description: x}]", "a tag has no name", ""),
    ("externalDocs: {description: x}", "`externalDocs` has no `url`", ""),
    ("components: {schemas: {A: 1}}", "a schema is a number", "not a mapping"),
    ("components: {schemas: {A: {enum: x}}}", "`enum` is text, not a list", ""),
    ("components: {schemas: {A: {properties: [a]}}}", "`properties` is a list, not a mapping", ""),
]


@pytest.mark.parametrize(("text", "says", "too"), FAULTS)
def test_a_fault_is_named_with_its_place_and_the_rest_is_kept(tmp_path: Path, text: str, says: str, too: str) -> None:
    good = "\n  /good: {get: {operationId: good, responses: {}}}\n"
    whole = text if text.startswith("paths") else text + "\npaths: {}"
    path_block, rest = whole.split("paths: {", 1)[1].rsplit("}", 1) if whole.startswith("paths") else ("", "")
    written = f"{text}\npaths:{good}" if not text.startswith("paths") else f"paths:{good}  {path_block.lstrip()}\n{rest}"
    found = document(tmp_path, written)
    assert [operation.id for operation in found.operations if operation.id] == ["good"]
    message = "\n".join(str(diagnostic) for diagnostic in found.diagnostics)
    assert says in message
    assert too in message
    assert all(diagnostic.location.line > 1 for diagnostic in found.diagnostics), message
    assert all(";" in diagnostic.message or ":" in diagnostic.message for diagnostic in found.diagnostics)


def test_what_cannot_be_used_at_all_raises(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="components"):
        document(tmp_path, "components: [1]\npaths: {}")


def test_a_name_may_begin_like_an_extension_where_names_are_free(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        """
        paths:
          x-note: {get: {responses: {}}}
          /x:
            get:
              responses:
                x-note: {description: none}
                '200':
                  headers: {x-amz-version-id: {schema: {type: string}}, x-note: no header}
                  content: {x-world/x-3dmf: {}}
                  links: {x-next: {operationId: get}}
        webhooks: {x-hook: {post: {responses: {}}}}
        components:
          schemas: {x-trace: {type: string}}
          securitySchemes: {x-api-key: {type: apiKey, in: header, name: X-Api-Key}}
        """,
    )
    (answer,) = found.operations[0].responses
    assert [header.name for header in answer.headers] == ["x-amz-version-id"]
    assert [media.name for media in answer.content] == ["x-world/x-3dmf"]
    assert [link.name for link in answer.links] == ["x-next"]
    assert [hook.path for hook in found.webhooks] == ["x-hook"]
    assert list(found.schemas) == ["x-trace"]
    assert list(found.security_schemes) == ["x-api-key"]
