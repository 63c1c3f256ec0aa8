"""What the project's own pages say holds for the program: commands are run, tables are compared with what they describe."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from portal_gen import cli
from portal_gen.examples import pattern
from portal_gen.examples.text import MOST
from portal_gen.load import open_portal
from portal_gen.mkdocs_plugin.plugin import PortalConfig
from portal_gen.model import builder, schema_builder
from portal_gen.portal.abilities import ABILITIES
from portal_gen.portal.added import Added, Template
from portal_gen.render import markdown, rows, schema_page, scope, values
from portal_gen.render.exports import exports
from portal_gen.render.html import segment
from portal_gen.render.shell import Shell
from portal_gen.resources import assets, templates
from portal_gen.site import Site
from portal_gen.spec import parse, scalars, source, yaml_text
from tests.conftest import REPOSITORY, run
from tests.documentation import GUIDES, PAGES, Command, blocks, code, commands, page, sections, table, write_files

README = REPOSITORY / "README.md"
WITH_COMMANDS = [README, *sorted(PAGES.glob("*.md")), *sorted(GUIDES.glob("*.md"))]
MARK = "=== the next command ==="
MAIN = "from portal_gen.cli import main; main(prog_name='portal-gen')"
DESCRIPTION = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://api.example.com/v1/pets}]
paths:
  /cats:
    get: {operationId: getCats, tags: [cats], responses: {'200': {description: Cats.}}}
components:
  schemas:
    Cat: {type: string}
"""


# ---- console blocks ----


def shell(lines: list[str], folder: Path) -> list[str]:
    """What each of some lines prints, run one after the other in one shell."""
    programs = folder / ".programs"
    programs.mkdir()
    program = programs / "portal-gen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{MAIN}" "$@"\n')
    program.chmod(0o755)
    script = f"\necho '{MARK}'\n".join(lines)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_MKDOCS_2_WARNING": "1", "COLUMNS": "80"}
    done = subprocess.run(
        ["bash"],
        input=script,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.split(f"{MARK}\n")


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.stem)
def test_commands_print_what_the_page_says(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    told: list[Command] = [c for block in blocks(text) if block.language == "console" and block.run for c in commands(block)]
    if not told:
        pytest.skip("the page has no command")
    write_files(text, tmp_path)
    if path.parent == GUIDES:
        shutil.copytree(REPOSITORY / "openapi", tmp_path / "openapi")
    (tmp_path / "my-descriptions").mkdir()
    (tmp_path / "my-descriptions" / "pets.yaml").write_text(DESCRIPTION)
    printed = shell([command.line for command in told], tmp_path)
    for command, output in zip(told, printed, strict=True):
        assert output.strip() == command.output.strip(), f"$ {command.line}"


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.stem)
def test_every_command_stands_in_a_console_block(path: Path) -> None:
    for block in blocks(path.read_text(encoding="utf-8")):
        assert block.language == "console" or not re.search(r"^\$ ", block.text, re.MULTILINE), block.text
        assert block.language != "console" or block.text.startswith("$ "), block.text


# ---- the command line ----


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_option_of_a_command_is_documented(name: str) -> None:
    told = sections(page("command-line"))[f"`portal-gen {name}`"]
    usage = next(block.text for block in blocks(told) if block.language == "text")
    documented = {word for row in table(told) for span in code(row[0]) for word in re.findall(r"--[a-z-]+", span)}
    options = [parameter for parameter in cli.main.commands[name].params if isinstance(parameter, click.Option)]
    assert documented == {option.opts[0] for option in options}
    for option in options:
        assert option.opts[0] in usage
        if isinstance(option.type, click.Choice):
            assert [f"{option.opts[0]} {choice}" for choice in option.type.choices] == [
                span for row in table(told) for span in code(row[0]) if span.startswith(option.opts[0])
            ]


def test_every_command_is_documented() -> None:
    told = {heading[len("`portal-gen ") : -1] for heading in sections(page("command-line")) if heading.startswith("`portal-gen ")}
    assert told == set(cli.main.commands)


# ---- settings ----


def test_the_options_of_the_plugin_are_documented() -> None:
    rows_ = table(sections(page("configuration"))["Options"])
    assert [code(row[0])[0] for row in rows_] == [name for name, _ in PortalConfig._schema]
    assert PortalConfig().source in code(rows_[0][1])


def test_the_settings_of_the_page_are_those_of_the_starter() -> None:
    told = parse(next(blocks(page("configuration"))).text, "page.yml").value
    starter = parse((Path(cli.__file__).parent / "starter_files" / "mkdocs.yml").read_text(), "starter.yml").value
    for palette in starter["theme"]["palette"]:
        del palette["toggle"]
    assert told.pop("site_url")
    assert told == starter


def test_supported_versions_are_those_of_the_package() -> None:
    told = dict(table(sections(page("configuration"))["Supported versions"]))
    text = (REPOSITORY / "pyproject.toml").read_text()
    for name, package in (("MkDocs", "mkdocs"), ("Material for MkDocs", "mkdocs-material")):
        least, below = re.findall(rf'"{package}>=([\d.]+),<([\d.]+)"', text)[0]
        assert told[name] == f"{least} or later, before {below}"
    assert re.findall(r'"properdocs>=([\d.]+)', text)[0] in told["ProperDocs"]
    assert re.findall(r'requires-python = ">=([\d.]+)"', text)[0] in told["Python"]


def test_serve_watches_the_description_and_what_it_refers_to(tmp_path: Path) -> None:
    """The pages about `serve` say so."""
    from mkdocs.config import load_config

    (tmp_path / "docs").mkdir()
    (tmp_path / "catalog.yaml").write_text("title: T\n")
    (tmp_path / "part.yaml").write_text("{type: string}\n")
    (tmp_path / "pets.yaml").write_text(DESCRIPTION.replace("{type: string}", "{$ref: part.yaml}"))
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\ntheme: {name: material, font: false}\nplugins: [{portal_gen: {source: pets.yaml}}]\n"
    )
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins["portal_gen"].on_config(config)
    watched = {Path(found).name for found in config.watch}
    assert {"pets.yaml", "part.yaml", "catalog.yaml"} <= watched


# ---- descriptions ----


def test_values_are_read_as_the_page_says() -> None:
    for written, value in table(sections(page("descriptions"))["YAML"]):
        for word in [*code(written), *([""] if "nothing" in written else [])]:
            found = parse(f"key: {word}\n", "file.yaml")
            read = found.value["key"]
            if value.startswith("text"):
                assert read == word
                assert ("with an error" in value) == bool(found.diagnostics)
            elif value.startswith("the number"):
                number = re.findall(r"the number ([\w.]+)", value)[0]
                assert (getattr(read, "lexeme", None) or str(read)) == number
                assert ("with a warning" in value) == bool(found.diagnostics)
            else:
                assert read is {"true": True, "null": None}[value]


def test_limits_are_those_of_the_program() -> None:
    told = {row[0]: row[1] for row in table(sections(page("descriptions"))["Limits"])}
    from portal_gen.portal import lists, meetings, slugs
    from portal_gen.render import catalog_parts

    expected = {
        "Size of a file": f"{source.MAX_BYTES // 2**20} MiB",
        "Nesting": f"{yaml_text.MAX_DEPTH}",
        "Values": f"{yaml_text.MAX_EXPANDED:,}",
        "Digits": f"{scalars.MAX_DIGITS:,}",
        "Characters of one": f"{markdown.LONGEST:,}",
        "Levels": f"{rows.DEPTH_IN_PLACE + 1}",
        "Named schemas inside": f"{scope.LEVELS_OF_NAMED}",
        "Schemas inside": f"{scope.LEVELS}",
        "Rows of a page": f"{scope.ROWS_AT_MOST:,}",
        "Headings and operations": f"{lists.WHOLE:,}",
        "Entries of one list": f"{catalog_parts.LISTED:,}",
        "Pairs of paths": f"{meetings.PAIRS:,}",
        "Operations that a schema": f"{schema_page.USES:,}",
        "Characters of a value": f"{values.LONGEST_EXAMPLE:,}",
        "Characters of a `pattern`": f"{pattern.LONGEST:,}",
        "Characters of a generated": f"{MOST:,}",
        "Characters of a name": f"{slugs.LONGEST}",
    }
    assert len(told) == len(expected)
    for beginning, limit in expected.items():
        assert next(value for name, value in told.items() if name.startswith(beginning)).startswith(limit)


def test_fields_that_are_read_are_documented() -> None:
    told = {span for row in table(sections(page("descriptions"))["Fields that begin with x-"]) for span in code(row[0])}
    assert told >= {*builder._KNOWN, *schema_builder._ENUM_DESCRIPTIONS}
    package = Path(cli.__file__).parent
    text = "".join(path.read_text() for room in ("model", "spec") for path in (package / room).glob("*.py"))
    for field in told:
        assert f'"{field}"' in text, field


# ---- pages ----

ANCHORED = """\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pets/{id}:
    post:
      operationId: post
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: 'filter[a]', in: query, schema: {type: integer}}
        - {name: X-Key, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                user: {type: object, properties: {email: {type: string}}}
                state: {type: string, enum: [open, closed]}
                tags: {type: array, items: {type: object, properties: {key: {type: string}}}}
          text/csv: {schema: {type: string}}
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string}}}
            encoding: {file: {contentType: image/png}}
      responses:
        '200':
          description: Done.
          headers: {X-Left: {schema: {type: integer}}}
          links: {owner: {operationId: post}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/csv: {schema: {type: string}}
        default: {description: Fault.}
      callbacks:
        done:
          '{$request.query.limit}':
            post:
              requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}
              responses: {'200': {description: Done.}}
  /other: {get: {operationId: other, tags: [pets], security: [{key: []}], responses: {'200': {description: Done.}}}}
servers: [{url: https://api.example.com}]
webhooks: {born: {post: {responses: {'200': {description: Done.}}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


INTERNAL = """\
openapi: 3.1.0
info: {title: I, version: '1'}
servers: [{url: https://x.example.com}, {url: https://unseen1.example.com, x-internal: true}]
paths:
  /unseen2:
    x-internal: true
    get: { responses: {'200': {description: ok}}}
  /a:
    get:
      operationId: shown
      parameters: [{name: unseen3, in: query, x-internal: true, schema: {type: string}}]
      responses:
        '200': {description: ok, headers: {unseen4: {x-internal: true, schema: {type: string}}}, content: {text/unseen5: {x-internal: true, schema: {type: string}}, application/json: {schema: {$ref: '#/components/schemas/S'}, examples: {unseen6: {x-internal: true, value: 1}, b: {value: {k: 1}}}}}}
        '500': {x-internal: true, description: unseen7}
    post: {operationId: unseen8, x-internal: true, responses: {'200': {description: ok}}}
components:
  securitySchemes: {unseen9: {x-internal: true, type: http, scheme: bearer}}
  schemas: {S: {type: object, properties: {unseenA: {x-internal: true, type: string}, k: {type: integer}}}, unseenB: {x-internal: true, type: string}}
"""


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder's portal without a theme, by address."""
    site = Site(open_portal(folder).portal, lambda url: Shell(("", "content", "")))
    return {address: site.get(address).decode() for address in site.addresses()}


def test_nothing_internal_is_in_any_file(tmp_path: Path) -> None:
    """The contract and the page about security say so; every kind of object that may be marked is marked here."""
    (tmp_path / "pets.yaml").write_text(INTERNAL)
    found = contents(tmp_path)
    assert "reference/pets/shown/index.html" in found
    assert INTERNAL.count("unseen") == INTERNAL.count("x-internal")
    assert [address for address, text in found.items() if "unseen" in text] == []


def test_anchors_are_those_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(ANCHORED)
    ids = {found for html in contents(tmp_path).values() for found in re.findall(r'\bid="([^"]+)"', html)}
    told = {span for row in table(sections(page("pages"))["Anchors"]) for span in code(row[0])}
    assert told - ids == set()
    assert segment("filter[a]") in page("pages")


def test_addresses_are_made_as_the_page_says(tmp_path: Path) -> None:
    answers = "responses: {'200': {description: Done.}}"
    (tmp_path / "pets.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
        f"  /pets/{{id}}: {{get: {{operationId: getPet, {answers}}}, delete: {{{answers}}}}}\n"
        f"  /pets: {{put: {{operationId: get_pet, {answers}}}}}\nwebhooks: {{born: {{post: {{{answers}}}}}}}\n"
    )
    urls = set(contents(tmp_path))
    made = re.findall(r"become\s+`([a-z-]+)` and `([a-z-]+)`", sections(page("pages"))["How addresses are made"])[0]
    assert {f"reference/pets/{name}/index.html" for name in (*made, "delete-pets-id", "webhook-born")} <= urls


def test_words_for_evidence_are_those_of_the_pages() -> None:
    from portal_gen.render.address_box import EVIDENCE

    told = table(sections(page("pages"))["How an address of the gateway is known"])
    assert {code(row[1])[0]: row[0] for row in told} == {key: words for key, (_, words) in EVIDENCE.items()}


@pytest.mark.slow
def test_messages_about_links_are_those_of_the_page(tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    description = tmp_path / "openapi" / "hello"
    description.rename(tmp_path / "openapi" / "pets")
    (tmp_path / "openapi" / "catalog.yaml").unlink()
    (tmp_path / "openapi" / "pets" / "openapi.yaml").write_text(
        ANCHORED.replace("operationId: other", "operationId: getPet").replace("/other", "/other/{id}")
    )
    good, bad = (next(b.text for b in blocks(page("linking")) if b.language == kind) for kind in ("markdown", "text"))
    written = [re.findall(r"`((?:op|schema|service):[^`]+)` (?:has no anchor `([^`]+)`)?", line)[0] for line in bad.splitlines()]
    places = [int(re.findall(r":(\d+):", line)[0]) for line in bad.splitlines()]
    columns = [int(re.findall(r":\d+:(\d+):", line)[0]) for line in bad.splitlines()]
    lines = [""] * max(places)
    for (target, anchor), line, column in zip(written, places, columns, strict=True):
        lines[line - 1] = "[" + "x" * (column - 4) + "](" + target + (f"#{anchor}" if anchor else "") + ")"
    (tmp_path / "docs" / "guide.md").write_text("\n".join(lines) + "\n")
    (tmp_path / "docs" / "good.md").write_text(good.replace("path.id", "responses"))
    done = run("build", cwd=tmp_path, NO_MKDOCS_2_WARNING="1")
    assert [line for line in done.stderr.splitlines() if "guide.md" in line] == bad.splitlines()
    assert "good.md" not in done.stderr


# ---- the contract ----

CATALOG = """\
groups: [{id: core, name: Core}]
organizations: [{id: example, url: https://example.com}]
services:
  - {id: pets, name: Pets, group: core, mounts: [{prefix: /v1/pets, upstream: /, strip: true, evidence: mount, earlier:
      {prefix: /pets, evidence: document}}]}
  - {id: shops, name: Shops, group: core, mounts: [{prefix: /v1/pets, evidence: document}]}
capabilities: [{name: Cats, service: pets, status: New, tags: [cats]}]
packages: [{name: pets, registry: npm, service: pets}]
gateway:
  url: https://api.example.com
  documented: [{pattern: '/v1/pets/*', service: pets}]
  configurations:
    - name: one
      routes:
        - {methods: [GET], path: '/v1/pets/*', service: pets, upstream: '/*', auth: key}
        - {methods: [POST], path: /v1/pets/sold, service: shops}
"""
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "text or null": (str, type(None)),
    "number": (int,),
    "true or false": (bool,),
    "true, false or null": (bool, type(None)),
    "object": (dict,),
    "object or null": (dict, type(None)),
    "list of text": (list,),
    "list of objects": (list,),
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("contract")
    (folder / "catalog.yaml").write_text(CATALOG)
    for name in ("pets", "shops", "alone"):
        (folder / f"{name}.yaml").write_text(DESCRIPTION.replace("Pets", name))
    found = {address: json.loads(content()) for address, content in exports(open_portal(folder).portal)}
    (folder / "bad.yaml").write_text("openapi: 3.1.0\n")
    checked = run("check", folder / "bad.yaml", "--format", "json")
    return found | {"Findings": json.loads(checked.stdout)}


def reached(value: Any, path: str) -> Iterator[dict[str, Any]]:
    """The objects at a path such as `overlaps[].general`."""
    name, _, rest = path.partition(".")
    inner = value.get(name.removesuffix("[]"), []) if name.removesuffix("[]") else value
    for item in inner if name.endswith("[]") else [inner]:
        yield from reached(item, rest) if rest else [item]


def promised() -> Iterator[tuple[str, str, list[list[str]]]]:
    """File, path and rows of each table of keys."""
    for heading, text in sections(page("contract")).items():
        rows_ = table(text)
        if rows_:
            file, _, path = heading.partition(": ")
            yield file, path, rows_


def test_every_list_is_promised(lists: dict[str, Any]) -> None:
    assert {file for file, _, _ in promised()} == set(lists)


@pytest.mark.parametrize(("file", "path", "told"), [pytest.param(*case, id=f"{case[0]} {case[1]}") for case in promised()])
def test_keys_and_types_are_those_of_the_contract(file: str, path: str, told: list[list[str]], lists: dict[str, Any]) -> None:
    value = lists[file]
    found = list(reached(value, path or ("[]" if isinstance(value, list) else ""))) if path or isinstance(value, list) else [value]
    assert found, "nothing of this kind was made; make the example of this test richer"
    types = {code(row[0])[0]: row[1] for row in told}
    optional = {name for name, kind in types.items() if kind.endswith(", optional")}
    for record in found:
        assert set(types) - optional <= set(record) <= set(types)
        for name, item in record.items():
            kind = types[name].removesuffix(", optional")
            parts = item if kind.startswith("list") else ()
            assert isinstance(item, TYPES[kind]), name
            assert isinstance(item, bool) == (kind.startswith("true") and item is not None), name
            assert all(isinstance(part, str if kind == "list of text" else dict) for part in parts), name


def test_every_list_of_objects_is_described() -> None:
    """A key that holds objects has a table of its own, or says that it has the keys of another."""
    described = {(file, path) for file, path, _ in promised()}
    for file, path, told in promised():
        for row in told:
            name, kind = code(row[0])[0], row[1]
            if "object" in kind and "these keys" not in row[2] and "the same keys" not in row[2]:
                inner = ".".join(part for part in (path, name) if part)
                assert (file, inner + ("[]" if kind.startswith("list") else "")) in described


def test_the_rules_of_the_abilities_are_those_of_the_program() -> None:
    assert table(sections(page("pages"))["What a service can do"]) == [[ability.name, ability.rule] for ability in ABILITIES]


# ---- templates and styles ----


@pytest.mark.slow
def test_every_block_can_be_overridden(tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    write_files(page("overriding"), tmp_path)
    settings = (tmp_path / "mkdocs.yml").read_text()
    settings = settings.replace("  name: material\n", "  name: material\n  custom_dir: templates\n")
    (tmp_path / "mkdocs.yml").write_text(settings + "extra_css: [extra.css]\n")
    done = run("build", "--strict", cwd=tmp_path, NO_MKDOCS_2_WARNING="1")
    assert (done.returncode, done.stderr) == (0, "")
    site = tmp_path / "site"
    for address in ("reference/hello/index.html", "reference/hello/say-hello/index.html"):
        html = (site / address).read_text()
        assert html.index("Read the guide first") < html.index('class="pg-nav') < html.index("These APIs are a preview.")
        assert "These APIs are a preview." in html
        assert "Rate limits" in html
        assert "Ask us in the forum." not in html
        assert f'href="{"../" * address.count("/")}guide/"' in html
    for address in ("index.html", "services/index.html"):
        html = (site / address).read_text()
        assert "Ask us in the forum." in html
        assert "preview" not in html
        assert html.index("assets/portal/portal.") < html.index('href="' + "../" * address.count("/") + 'extra.css"')


def test_added_templates_get_what_the_page_says(tmp_path: Path) -> None:
    rows = [row for row in table(sections(page("overriding"))["Pages and partials of your own"]) if len(row) == 3 and code(row[0])]
    told = {code(row[0])[0]: code(row[2]) for row in rows}
    kept = {
        name: [code(row[0])[0] for row in table(sections(page("contract"))[f"{name}.json"])] for name in ("operations", "schemas")
    }
    (tmp_path / "pets.yaml").write_text(ANCHORED)
    entries = ("portal", "services[0]", "operations[0]", "schemas[0]")
    text = "\n\n".join(f"{{{{ {entry} | list | join(' ') }}}}" for entry in entries)
    added = Added((Template("pages/all.md", "All", text, "all.md"),))
    site = Site(open_portal(tmp_path / "pets.yaml", added=added).portal, lambda url: Shell(("", "content", "")))
    found = [line.split() for line in site.page("all/").markdown.replace("\\", "").split("\n\n")[1:]]
    assert found[:2] == [told["portal"], told["services"]]
    assert set(found[2]) == {*kept["operations"], "description", "extensions"}
    assert set(found[3]) == {*kept["schemas"], "description"}
    assert {"description", "extensions"} <= set(told["operations"])


@pytest.mark.slow
def test_a_page_asks_no_other_host_for_anything(tmp_path: Path) -> None:
    """SECURITY.md and the page about security say so."""
    (tmp_path / "pets.yaml").write_text(ANCHORED)
    run("build", "pets.yaml", "--out", "site", cwd=tmp_path, NO_MKDOCS_2_WARNING="1")
    loads = re.compile(
        r"""<(?!a\b)\w+\b[^>]*?\s(?:src|srcset|data|action|poster|href)=["']?(?:https?:)?//[^>]*>|@import|url\(["']?(?:https?:)?//"""
    )
    pages = [*tmp_path.rglob("*.html"), *(tmp_path / "site" / "assets" / "portal").iterdir()]
    assert len(pages) > 5
    for path in pages:
        assert not [found for found in loads.findall(path.read_text()) if "canonical" not in found], path


def test_blocks_are_those_of_the_templates() -> None:
    told = table(sections(page("overriding"))["Templates"])
    for template, _, base, names in told:
        text = (templates() / code(base)[0]).read_text()
        assert f'"{code(base)[0]}"' in (templates() / code(template)[0]).read_text()
        assert code(names) == re.findall(r"block (portal_\w+)", text)


def test_variables_of_the_page_are_those_of_the_style_sheet() -> None:
    css = next(asset.content.decode() for asset in assets() if asset.name == "portal.css")
    told = [span for row in table(sections(page("overriding"))["Styles"]) for span in code(row[0])]
    assert told
    for name in told:
        assert f"{name}:" in css
        assert f"var({name}" in css, f"{name} is set but not used"


# ---- the Python API ----


def test_the_examples_of_the_python_api_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(page("python-api"), tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page("python-api")):
        if block.language == "python":
            exec(compile(block.text, "python-api.md", "exec"), names)
            assert capsys.readouterr().out.strip()


# ---- links ----


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    for path in links:
        assert (REPOSITORY / path).exists(), path
