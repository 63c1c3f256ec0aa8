"""What other programs may rely on: calls, exit statuses, names, data files, addresses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from tests.conftest import heed_interrupts, run
from tests.site.build import built
from tests.site.links import broken_links

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
GOOD = HEAD + "paths: {/a: {get: {operationId: getA, responses: {'200': {description: fine}}}}}\n"
BAD = GOOD + "  /b: {get: {parameters: [{name: x}], responses: {}}}\n".replace("  /b", "x-b: 1\nwebhooks:\n  b")
pytestmark = pytest.mark.slow


def write(path: Path, text: str) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def services(site: Path) -> list[str]:
    """The services of a site, as its programs see them."""
    return sorted({entry["service"] for entry in json.loads((site / "operations.json").read_text())})


CALLS: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "a file": ({"pets.yaml": GOOD}, "pets.yaml", ["pets"]),
    "a file called openapi": ({"shop/openapi.yaml": GOOD}, "shop/openapi.yaml", ["shop"]),
    "a file called swagger": (
        {
            "old/swagger.json": json.dumps(
                {
                    "swagger": "2.0",
                    "info": {"title": "T", "version": "1"},
                    "paths": {"/a": {"get": {"responses": {"200": {"description": "d"}}}}},
                }
            )
        },
        "old/swagger.json",
        ["old"],
    ),
    "folders": (
        {
            "all/a/openapi.yaml": GOOD,
            "all/b/openapi.yml": GOOD,
            "all/c/openapi.json": '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {"responses": {}}}}}',
            "all/left-out.yaml": GOOD,
        },
        "all",
        ["a", "b", "c"],
    ),
    "files": (
        {"all/a.yaml": GOOD, "all/b.yml": GOOD, "all/notes.txt": "x", "all/catalog.yaml": "title: C\n", "all/deep/c.yaml": GOOD},
        "all",
        ["a", "b"],
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_build_takes_a_description_or_a_folder(name: str, tmp_path: Path) -> None:
    files, source, expected = CALLS[name]
    for path, text in files.items():
        write(tmp_path / path, text)
    done = run("build", source, "--out", "site", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert services(tmp_path / "site") == expected


def test_build_without_a_source_takes_the_mkdocs_yml_here(tmp_path: Path) -> None:
    assert run("build", "--out", "site", cwd=tmp_path).returncode == 2
    write(tmp_path / "mkdocs.yml", "site_name: S\ntheme: {name: material, font: false}\nplugins: [search, portal_gen]\n")
    write(tmp_path / "docs" / "guide.md", "# Guide\n")
    write(tmp_path / "openapi" / "a" / "openapi.yaml", GOOD)
    done = run("build", "--out", "elsewhere", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert services(tmp_path / "elsewhere") == ["a"]
    assert (tmp_path / "elsewhere" / "guide" / "index.html").is_file()
    assert not (tmp_path / "site").exists()


def test_check_says_one_fault_a_line_and_exits_by_strictness(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good.yaml", GOOD.replace("fine", "Fine")), write(tmp_path / "bad.yaml", BAD)
    broken = write(tmp_path / "broken.yaml", "openapi: [\n")
    for paths, strict, status in (
        ((bad,), (), 0),
        ((bad,), ("--strict",), 1),
        ((broken,), (), 2),
        ((broken,), ("--strict",), 2),
        ((good, broken), (), 0),
        ((tmp_path / "missing.yaml",), (), 2),
    ):
        done = run("check", *paths, *strict)
        assert done.returncode == status, (paths, strict, done.stdout, done.stderr)
        assert all(re.fullmatch(r".+:\d+:\d+: .+", line) for line in done.stdout.splitlines())
        assert done.stdout or status == 0
    assert run("check", "--format", "xml", bad).returncode == 2
    found = json.loads(run("check", "--format", "json", bad).stdout)
    assert {tuple(entry) for entry in found} == {("severity", "rule", "message", "file", "line", "column")}
    lines = run("check", "--format", "github", bad).stdout.splitlines()
    assert lines
    assert all(re.fullmatch(r"::(error|warning|notice) file=[^,]+,line=\d+,col=\d+::.+", line) for line in lines)


def test_a_message_stays_on_its_line(tmp_path: Path) -> None:
    name = "a\\nb.yaml:1:1: not a place\\e[2J\\u2028\\u202e"
    text = f'{HEAD}paths: {{/x: {{get: {{operationId: a, tags: ["{name}"], security: [{{"{name}": []}}], responses: {{}}}}}}}}\n'
    text += f'tags: [{{name: "{name}"}}, {{name: "{name}"}}]\ncomponents: {{schemas: {{"{name}": 1, A: {{"{name}": 1, $ref: "{name}"}}}}}}\n'
    done = run("check", write(tmp_path / "a.yaml", text))
    assert done.stdout
    for line in done.stdout.split("\n")[:-1]:
        assert re.match(r"\S+a\.yaml:\d+:\d+: ", line), line
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line), repr(line)


def test_root_bounds_references(tmp_path: Path) -> None:
    text = HEAD + "paths: {/a: {get: {responses: {'200': {$ref: '../shared/answers.yaml#/Fine'}}}}}\n"
    write(tmp_path / "api" / "a" / "openapi.yaml", text)
    write(tmp_path / "api" / "shared" / "answers.yaml", "Fine: {description: sharedword}\n")
    done = run("check", tmp_path / "api" / "a" / "openapi.yaml", "--strict")
    assert done.returncode == 1
    assert (
        run("build", tmp_path / "api" / "a" / "openapi.yaml", "--root", tmp_path / "api", "--out", tmp_path / "one").returncode == 0
    )
    assert "sharedword" in (tmp_path / "one" / "reference" / "a" / "get-a" / "index.html").read_text()
    write(tmp_path / "api" / "catalog.yaml", "title: C\n")
    assert run("build", tmp_path / "api" / "a" / "openapi.yaml", "--out", tmp_path / "two").returncode == 0
    assert "sharedword" in (tmp_path / "two" / "reference" / "a" / "get-a" / "index.html").read_text()
    # a wider root does not make the catalog beside the descriptions forgotten
    write(tmp_path / "api" / "catalog.yaml", "title: [C]\n")
    assert "catalog.yaml:1:1: " in run("check", tmp_path / "api", "--root", tmp_path).stdout
    missing = run("build", tmp_path / "api", "--root", tmp_path / "missing", "--out", tmp_path / "three")
    assert (missing.returncode, (tmp_path / "three").exists()) == (2, False)


def example(folder: Path) -> Path:
    """Two services with everything that the data files tell."""
    write(folder / "catalog.yaml", "services:\n- {id: b, name: Bee}\n")
    text = """
servers: [{url: https://a.example/v1}]
paths:
  /things/{id}:
    get: {operationId: get_Thing, summary: Get it, tags: [one, two], deprecated: true, responses: {'200': {$ref: '../shared.yaml#/answers/Fine'}}}
    post: {responses: {}}
    put: {x-internal: true, operationId: hiddenputword, responses: {}}
  /hidden-word-path: {x-internal: true, get: {operationId: hiddengetword, responses: {}}}
  /calls:
    post:
      operationId: calls
      responses:
        '200': {description: d, links: {next: {operationId: hiddenputword}, other: {operationId: get_Thing}}}
      callbacks: {done: {'{$request.body#/url}': {post: {operationId: insideCallback, responses: {}}}}}
webhooks: {thing.made: {post: {operationId: thingMade, responses: {}}}, hiddenhookword: {post: {x-internal: true, responses: {}}}}
components: {schemas: {Own: {type: object, properties: {x: {type: string}, hiddenfieldword: {x-internal: true}}, required: [hiddenfieldword]}, HiddenSchemaWord: {x-internal: true}}}
"""
    write(folder / "a" / "openapi.yaml", HEAD + text)
    write(
        folder / "shared.yaml",
        "answers: {Fine: {description: d, content: {application/json: {schema: {$ref: '#/schemas/Far'}}}}}\nschemas: {Far: {type: object}}\n",
    )
    write(folder / "b" / "openapi.yaml", GOOD)
    return folder


@pytest.fixture(scope="session")
def site(shared_folder: Path) -> Path:
    """The site of the example."""
    return built(example(shared_folder / "contract"), shared_folder, "contract")


def data(site: Path, name: str) -> Any:
    """A data file."""
    return json.loads((site / name).read_text())


def test_operations_json(site: Path) -> None:
    found = data(site, "operations.json")
    keys = ["kind", "service", "operation_id", "method", "path", "gateway_path", "evidence", "url", "title", "tags", "deprecated"]
    assert all(list(entry) == keys for entry in found)
    by_id = {entry["operation_id"]: entry for entry in found}
    assert set(by_id) == {"get_Thing", None, "calls", "thingMade", "getA"}
    assert by_id["get_Thing"] == {
        "kind": "operation", "service": "a", "operation_id": "get_Thing", "method": "GET", "path": "/things/{id}", "gateway_path": None,
        "evidence": None, "url": "reference/a/get-thing/", "title": "Get it", "tags": ["one", "two"], "deprecated": True,
    }  # fmt: skip
    assert (by_id[None]["method"], by_id[None]["path"]) == ("POST", "/things/{id}")
    assert (by_id["thingMade"]["kind"], by_id["thingMade"]["path"]) == ("webhook", "thing.made")
    assert by_id["getA"]["service"] == "b"
    for entry in found:
        assert entry["url"].endswith("/")
        assert not entry["url"].startswith(("/", "."))
        assert (site / entry["url"] / "index.html").is_file()
        assert (site / entry["url"] / "index.md").is_file()


def test_schemas_json(site: Path) -> None:
    found = data(site, "schemas.json")
    assert all(list(entry) == ["service", "name", "url"] for entry in found)
    assert {(entry["service"], entry["name"]) for entry in found} == {("a", "Own"), ("a", "Far")}
    assert all((site / entry["url"] / "index.html").is_file() for entry in found)


def test_nothing_internal_is_in_any_file(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".map") and "assets/javascripts" not in path.as_posix():
            text = path.read_bytes().decode("utf-8", "replace").lower().replace("-", "").replace("_", "")
            assert not re.search(r"hidden\w*word", text), f"{path}: {re.search(r'.{60}hidden[a-z]*word.{60}', text, re.DOTALL)}"


def test_a_build_is_the_same_every_time(tmp_path: Path) -> None:
    example(tmp_path / "in")
    trees = []
    for seed in ("1", "2"):
        out = tmp_path / f"place-{seed}" / "site"
        done = run("build", "in", "--out", out, cwd=tmp_path, SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        trees.append({path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert trees[0].keys() == trees[1].keys()
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []


PROJECT = """site_name: S
site_url: https://docs.example/
use_directory_urls: {directory}
theme: {{name: material, font: false, features: [navigation.tabs]}}
plugins: [search, {{portal_gen: {{source: {source}}}}}]
"""


@pytest.mark.parametrize("directory", ["true", "false"])
def test_what_get_returns_is_what_is_on_disk_and_its_links_lead_somewhere(directory: str, tmp_path: Path) -> None:
    example(tmp_path / "openapi")
    write(tmp_path / "mkdocs.yml", PROJECT.format(directory=directory, source="openapi"))
    write(tmp_path / "docs" / "guide.md", "# Guide\n\n[x](op:a/get_Thing) [y](schema:a/Own)\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    site, portal = tmp_path / "site", config.plugins["portal_gen"].site  # type: ignore[attr-defined]
    addresses = portal.addresses()
    assert len(set(addresses)) == len(addresses) > 20
    for address in reversed(addresses):
        assert (site / address).read_bytes() == portal.get(address), address
    for absent in ("nothing", "reference/a", "../mkdocs.yml", ""):
        with pytest.raises(KeyError):
            portal.get(absent)
    count, broken = broken_links(site)
    assert count > 200
    assert not broken
    for entry in data(site, "operations.json"):
        assert (site / entry["url"]).is_file() if directory == "false" else (site / entry["url"]).is_dir()
        assert entry["url"].endswith(".html" if directory == "false" else "/")


def test_wrong_calls_are_said_and_not_traced(tmp_path: Path) -> None:
    for arguments in ((), ("build", "--nonsense"), ("unheard",), ("build", "a", "b"), ("check", "--root", "missing", "x.yaml")):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr
        assert done.stderr + done.stdout
    assert run("--help").returncode == run("build", "-h").returncode == run("--version").returncode == 0


def test_an_interrupted_build_leaves_nothing(tmp_path: Path) -> None:
    source = write(
        tmp_path / "a.yaml", HEAD + "paths:\n" + "".join(f"  /a{n}: {{get: {{responses: {{}}}}}}\n" for n in range(4000))
    )
    command = [sys.executable, "-m", "portal_gen", "build", str(source), "--out", str(tmp_path / "out" / "site")]
    env = os.environ | {"CI": "true"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env, preexec_fn=heed_interrupts) as process:
        while not list(tmp_path.glob("out/.site-*")) and process.poll() is None:
            pass
        process.send_signal(2)
        process.communicate(timeout=60)
    assert process.returncode != 0
    assert os.listdir(tmp_path / "out") == []
