"""What the guides say holds: their programs run, and the numbers and tables are those of the descriptions and the catalog."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal_gen.load import open_portal
from portal_gen.model.operation import Operation
from portal_gen.portal.portal import Portal
from portal_gen.spec import parse
from tests.conftest import REPOSITORY
from tests.documentation import GUIDES, Block, blocks, code, sections, table
from tests.guides.platform import VARIABLES, Platform, running
from tests.snippets.programs import missing

PAGES = sorted(GUIDES.glob("*.md"))
PROGRAMS = {"bash": ["bash"], "python": [sys.executable], "javascript": ["node"], "go": ["go", "run"]}
EXTENSIONS = {"bash": "sh", "python": "py", "javascript": "mjs", "go": "go"}
TOOLS = {"bash": "curl", "python": "python", "javascript": "javascript", "go": "go"}
BUSY = {"errors": 1}
"""Pages whose programs are told to wait first, and how often."""


@pytest.fixture(scope="module")
def portal() -> Portal:
    return open_portal(REPOSITORY / "openapi").portal


@pytest.fixture(scope="module")
def platform(portal: Portal) -> Iterator[Platform]:
    with running(portal) as found:
        yield found


def guide(name: str) -> str:
    return (GUIDES / f"{name}.md").read_text(encoding="utf-8")


def exchanges(text: str) -> Iterator[tuple[Block, Block | None]]:
    """Each program of a page that is run, with the answer that stands under it and under those beside it."""
    waiting: list[Block] = []
    for block in blocks(text):
        answers = block.title == "Answer"
        if not block.beside:
            yield from ((program, block if answers else None) for program in waiting)
            waiting = []
        if block.language in PROGRAMS and block.run:
            waiting.append(block)
    yield from ((program, None) for program in waiting)


CASES = [
    pytest.param(path.stem, program, answer, id=f"{path.stem}-{number}-{program.language}")
    for path in PAGES
    for number, (program, answer) in enumerate(exchanges(path.read_text(encoding="utf-8")))
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "program", "answer"), CASES)
def test_programs_get_the_answer_of_the_page(
    name: str, program: Block, answer: Block | None, platform: Platform, tmp_path: Path
) -> None:
    if missing(TOOLS[program.language]):
        pytest.skip(missing(TOOLS[program.language]))
    platform.begin(BUSY.get(name, 0))
    path = tmp_path / f"program.{EXTENSIONS[program.language]}"
    path.write_text(platform.near(program.text), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    env = kept | VARIABLES | {"NO_PROXY": "*", "CURL_HOME": str(tmp_path), "GOPROXY": "off"}
    done = subprocess.run(
        [*PROGRAMS[program.language], str(path)], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert platform.faults == []
    if "http" in program.text and 'print("https' not in program.text:
        assert platform.statuses, "it asked for nothing"
        assert len(platform.statuses) > BUSY.get(name, 0)
    if answer is None:
        assert all(status < 300 for status in platform.statuses[BUSY.get(name, 0) :]), (platform.statuses, done.stdout)
    elif answer.language == "json":
        assert json.loads(done.stdout) == json.loads(answer.text)
    else:
        assert platform.far(done.stdout).strip() == answer.text.strip()


def test_most_programs_are_run() -> None:
    ran = Counter(case.values[1].language for case in CASES)  # type: ignore[union-attr]
    assert all(ran[language] >= 4 for language in PROGRAMS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_other_blocks_come_from_the_descriptions(path: Path, portal: Portal) -> None:
    """JSON without a program above it is an example of some answer; nothing else stands in the guides."""
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.language == "json" and not block.title:
            assert json.loads(block.text) in shared_examples(portal)
        elif block.language == "http":
            assert block.text.strip() == "Authorization: Bearer hk-your-api-key"
        else:
            assert block.language in {*PROGRAMS, "console"} or block.title == "Answer", block.text


def shared_examples(portal: Portal) -> list[object]:
    return [
        example.value
        for page in portal.service("iam").pages
        for response in page.operation.responses
        for media in response.content
        for example in media.examples
    ]


# ---- numbers and tables ----


def operations(portal: Portal) -> Iterator[tuple[str, Operation]]:
    for service in portal.services:
        for page in service.pages:
            yield service.id, page.operation


def linked(text: str, kind: str = "op") -> set[str]:
    return set(re.findall(rf"\]\({kind}:([^)#]+)", text))


def test_what_the_gateway_asks_for_is_counted() -> None:
    told = table(sections(guide("authentication"))["What the gateway asks for"])
    # a Catalog keeps the later answer where two versions of the configuration differ, so this one is read from the file
    catalog = parse((REPOSITORY / "openapi" / "catalog.yaml").read_text(), "catalog.yaml").value
    version = next(v for v in catalog["gateway"]["configurations"] if v["name"] == "gateway.json 0a15c72")
    counts = Counter(row["auth"] for row in version["routes"] for _ in row["methods"])
    assert {row[0]: int(row[1]) for row in told} == {
        "A signed token": counts["jwt"],
        "The key": counts["key"],
        "Nothing": counts["none"],
    }
    assert f"has {sum(counts.values())} routes" in guide("authentication")
    assert version["url"] in guide("authentication")
    asks: dict[str, set[str]] = {}
    for row in version["routes"]:
        asks.setdefault(row["auth"], set()).add(row["path"])
    assert set(code(told[1][2])) == asks["key"]
    assert set(code(told[2][2])) <= asks["none"]


def test_every_other_way_in_is_told(portal: Portal) -> None:
    told = sections(guide("authentication"))["Other headers"]
    ways = {
        service.id
        for service in portal.services
        for scheme in service.document.security_schemes.values()
        if (scheme.type, scheme.scheme) != ("http", "bearer")
    }
    assert linked(told, "service") == ways


def test_the_shapes_of_errors_are_those_of_the_services(portal: Portal) -> None:
    told = sections(guide("errors"))
    shapes: dict[str, list[str]] = {}
    for row in table(told["The shapes of services"]):
        for name in linked(row[0], "schema"):
            shapes[name] = code(row[1])
    expected = {
        f"{service.id}/{key}": [prop.name for prop in service.document.schemas[key].schema.properties]
        for service in portal.services
        for key in ("Error", "ResponseError")
        if key in service.document.schemas
    }
    assert shapes == expected
    without = {service.id for service in portal.services} - {name.partition("/")[0] for name in expected}
    assert linked(told["The platform's shape"], "service") == without


def test_every_operation_that_streams_is_told(portal: Portal) -> None:
    told = sections(guide("streaming"))["Operations that stream"]
    streams, sockets = set(), set()
    for service, operation in operations(portal):
        media = {media.name for response in operation.responses for media in response.content}
        if "text/event-stream" in media:
            streams.add(f"{service}/{operation.id}")
        if any(response.status == "101" for response in operation.responses):
            sockets.add(f"{service}/{operation.id}")
    events, _, rest = told.partition("Two operations change to a WebSocket")
    assert linked(events) == streams
    assert linked(rest) == sockets


@pytest.mark.parametrize("heading", ["Pages", "Offsets", "Cursors"])
def test_operations_have_the_parameters_of_their_form(heading: str, portal: Portal) -> None:
    known = {f"{service}/{operation.id}": operation for service, operation in operations(portal)}
    told = sections(guide("pagination"))[heading]
    rows_ = table(told) or [["`limit`, `offset`", "", told]]
    for row in rows_:
        for name in linked(" ".join(row[1:])):
            parameters = {parameter.name for parameter in known[name].parameters_in("query")}
            assert set(code(row[0])) <= parameters, name


def test_every_service_that_pages_is_told(portal: Portal) -> None:
    """A service with a parameter by which the next part is asked for stands in the guide."""
    forms = {"page", "p", "offset", "cursor", "after"}
    paging = {service for service, operation in operations(portal) if forms & {p.name for p in operation.parameters_in("query")}}
    assert paging - {name.partition("/")[0] for name in linked(guide("pagination"))} == set()


def test_the_document_s_version_is_that_of_the_catalog(portal: Portal) -> None:
    assert f"| {portal.catalog.version}," in guide("versions")


def test_packages_of_the_document_are_told(portal: Portal) -> None:
    for package in portal.catalog.packages:
        assert f"`{package.name}`" in guide("clients")


def test_every_guide_is_in_the_navigation() -> None:
    settings = (REPOSITORY / "mkdocs.yml").read_text()
    for path in PAGES:
        assert f"guides/{path.name}" in settings
        assert path.stem == "index" or f"({path.name})" in guide("index")
