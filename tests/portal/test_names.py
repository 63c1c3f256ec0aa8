"""What pages are called and where they stand."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_gen.errors import PortalError
from portal_gen.portal.discovery import descriptions, service_id
from portal_gen.portal.slugs import RESERVED, distinct, slug
from portal_gen.portal.titles import operation_title
from portal_gen.portal.urls import Urls, relative
from portal_gen.render.context import Context
from portal_gen.render.schema_page import schema_page
from tests.describe import document, portal


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("getClusterStats", "get-cluster-stats"),
        ("get_cluster-stats", "get-cluster-stats"),
        ("ApiController.AddUser", "api-controller-add-user"),
        ("parseHTTPHeader", "parse-http-header"),
        ("S3Bucket", "s3-bucket"),
        ("GET /keys/{key}", "get-keys-key"),
        ("search", "search"),
        ("assets", "assets"),
        ("404", "404"),
    ],
)
def test_slugs_are_words(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    "name", ["../../../../tmp/pwned", "CON", "__proto__", "schemas", "", "日本語", "x" * 500, '" onfocus="', "."]
)
def test_slugs_are_safe_names(name: str) -> None:
    found = slug(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", found)
    assert found not in RESERVED
    assert len(found) <= 110


@given(st.text())
def test_any_text_has_a_safe_slug(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug(name))
    assert slug(name) not in RESERVED


def test_a_clash_is_settled_by_more_of_what_it_is_in_any_order() -> None:
    candidates = {1: ("add user", "add user post /a"), 2: ("addUser", "addUser post /b"), 3: ("list", "list get /")}
    expected = {1: "add-user-post-a", 2: "add-user-post-b", 3: "list"}
    for order in permutations(candidates):
        assert distinct({key: candidates[key] for key in order}) == expected


def test_clashes_that_nothing_settles_get_a_digest() -> None:
    found = distinct({1: ("a", "a!"), 2: ("A", "a?")})
    assert len(set(found.values())) == 2


@given(st.lists(st.text(max_size=4), max_size=6, unique=True))
def test_slugs_never_meet(names: list[str]) -> None:
    found = distinct({name: (name, f"again {name}", f"unique {name!r}") for name in names})
    assert len(set(found.values())) == len(names)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("reference/kv/get-key/", "reference/kv/", "../"),
        ("reference/kv/get-key/", "reference/kv/get-key/", "./"),
        ("reference/kv/", "reference/kv/schemas/key/#name", "schemas/key/#name"),
        ("", "services/", "services/"),
        ("reference/kv/", "", "../../"),
        ("reference/kv/get.html", "reference/kv/index.html", "index.html"),
        ("reference/kv/get.html", "index.html", "../../index.html"),
        ("reference/kv/get-key/", "reference/kv/get-key/index.md", "index.md"),
    ],
)
def test_links_are_relative(source: str, target: str, expected: str) -> None:
    assert relative(source, target) == expected


def test_twins_stand_beside_their_pages() -> None:
    assert Urls().twin("a/b/") == "a/b/index.md"
    assert Urls(directory=False).twin("a/b.html") == "a/b.md"
    assert Urls().file("") == "index.html"


@pytest.mark.parametrize(
    ("operation", "title"),
    [
        ("{operationId: getClusterStats, summary: Read the figures}", "Read the figures"),
        ("{operationId: getClusterStats}", "Get cluster stats"),
        ("{operationId: 'x\" onmouseover=\"1'}", 'x" onmouseover="1'),
        ("{}", "GET /x"),
        ("{operationId: '  ', summary: ' '}", "GET /x"),
    ],
)
def test_titles_come_from_summary_then_id_then_path(tmp_path: Path, operation: str, title: str) -> None:
    found = document(tmp_path, f"paths: {{/x: {{get: {operation}}}}}")
    assert operation_title(found.operations[0]) == title


def test_a_folder_is_its_service_folders_else_its_files(tmp_path: Path) -> None:
    (tmp_path / "kv").mkdir()
    (tmp_path / "kv" / "openapi.json").write_text("{}")
    (tmp_path / "loose.yaml").write_text("{}")
    assert [id_ for id_, _ in descriptions(tmp_path)] == ["kv"]
    (tmp_path / "kv" / "openapi.json").unlink()
    assert [id_ for id_, _ in descriptions(tmp_path)] == ["loose"]
    assert [id_ for id_, _ in descriptions(tmp_path / "loose.yaml")] == ["loose"]
    (tmp_path / "loose.yaml").unlink()
    with pytest.raises(PortalError, match="no description here; put"):
        descriptions(tmp_path)


def test_the_service_of_a_file_is_its_stem_or_its_folder() -> None:
    assert service_id(Path("/x/kv/openapi.yaml")) == "kv"
    assert service_id(Path("/x/kv/swagger.json")) == "kv"
    assert service_id(Path("/x/stripe.yaml")) == "stripe"


def test_tags_make_a_tree_and_groups_order_it(tmp_path: Path) -> None:
    found = portal(
        tmp_path,
        """
        tags: [{name: b}, {name: a, summary: Letter A}, {name: a1, parent: a}, {name: loop, parent: loop}, {name: empty}]
        paths:
          /1: {get: {tags: [a1], responses: {}}}
          /2: {get: {tags: [b, a], responses: {}}}
          /3: {get: {tags: [undeclared], responses: {}}}
          /4: {get: {responses: {}}}
        webhooks: {sent: {post: {responses: {}}}}
        """,
    ).services[0]
    assert [(s.title, s.depth, len(s.pages)) for s in found.sections] == [
        ("b", 0, 1),
        ("Letter A", 0, 1),
        ("a1", 1, 1),
        ("loop", 0, 0),
        ("empty", 0, 0),
        ("undeclared", 0, 1),
        ("Operations", 0, 1),
        ("Webhooks", 0, 1),
    ]
    assert [page.operation.path for page in found.pages] == ["/2", "/1", "/3", "/4", "sent"]


def test_a_long_description_without_tags_is_ordered_by_its_paths(tmp_path: Path) -> None:
    paths = [f"/v1/{noun}/{number}" for noun in ("accounts", "charges") for number in range(7)]
    text = "paths:\n" + "".join(f"  {path}: {{get: {{responses: {{}}}}}}\n" for path in [*paths, "/v1/{id}"])
    found = portal(tmp_path, text).services[0]
    assert [(s.title, s.anchor, len(s.pages)) for s in found.sections] == [
        ("/accounts", "path-accounts", 7),
        ("/charges", "path-charges", 7),
        ("/v1", "path-v1", 1),
    ]


def test_addresses_that_clash_depend_neither_on_lines_nor_on_folders(tmp_path: Path) -> None:
    text = """
    paths:
      /Case: {get: {responses: {}}}
      /case: {get: {responses: {}}}
      /case/: {get: {responses: {}}}
    components: {schemas: {A: {}, a: {}}}
    """
    found = []
    for name, above in (("one", "\n"), ("two", "x-more: 1\nx-lines: 2\n")):
        (tmp_path / name).mkdir()
        service = portal(tmp_path / name, above + dedent(text)).services[0]
        found.append([page.url for page in service.pages] + [schema.url for schema in service.schemas.values()])
    assert found[0] == found[1]
    assert len(set(found[0])) == 5
    assert all(re.fullmatch(r"reference/test/(operation-get-case|schemas/schema-a)-[0-9a-f]{8}/", url) for url in found[0])


def test_one_that_is_used_as_a_whole_is_listed_without_a_place(tmp_path: Path) -> None:
    text = "components: {schemas: {A: {type: object}, B: {allOf: [{$ref: '#/components/schemas/A'}]}}}"
    made = portal(tmp_path, text)
    found = made.services[0].schemas["A"]
    page = schema_page(Context(made, found.url), made.services[0], found)
    assert page.markdown.count("- [B](../b/)\n") == 1
    assert "<code></code>" not in page.html


def test_schemas_know_who_uses_them_and_where(tmp_path: Path) -> None:
    found = portal(
        tmp_path,
        """
        paths:
          /1:
            get:
              parameters: [{name: p, in: query, schema: {$ref: '#/components/schemas/A'}}]
              responses:
                '200': {description: '', content: {a/b: {schema: {properties: {list: {items: {$ref: '#/components/schemas/A'}}}}}}}
        components: {schemas: {A: {type: string}, B: {properties: {a: {$ref: '#/components/schemas/A'}}}}}
        """,
    ).services[0]
    assert {use.place for use in found.schemas["A"].used_by} == {"query p", "200 · list[]"}
    assert [(use.url, use.place) for use in found.schemas["A"].part_of] == [("reference/test/schemas/b/", "a")]


@pytest.mark.parametrize(
    ("path", "with_directories", "without"),
    [
        ("guide.md", "guide/", "guide.html"),
        ("guides/start.md#a-key", "guides/start/#a-key", "guides/start.html#a-key"),
        ("guides/index.md", "guides/", "guides/index.html"),
        ("guides/README.md", "guides/", "guides/index.html"),
        ("index.md", "", "index.html"),
    ],
)
def test_hand_written_pages_have_the_addresses_that_mkdocs_gives(path: str, with_directories: str, without: str) -> None:
    assert Urls().document(path) == with_directories
    assert Urls(directory=False).document(path) == without
