"""Whatever is given: a site, or a message with a place; never a traceback, never half a site, never the old one lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import corpus, run
from tests.site.build import built

PLACE = re.compile(r"^.+?:\d+:\d+: .+$", re.MULTILINE)
HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
GOOD = HEAD + "paths: {/a: {get: {operationId: a, responses: {'200': {description: fine}}}}}\n"
SECONDS = 10


def build(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A build that must end in time and without a traceback."""
    begun = time.monotonic()
    done = run("build", source, "--out", out, *options)
    assert time.monotonic() - begun < SECONDS
    assert "Traceback" not in done.stderr + done.stdout, done.stderr[-3000:]
    return done


class Old:
    """A site that stands already."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.out = folder / "out" / "site"
        shutil.copytree(site, self.out)

    def keeps(self, source: Path, *options: str, status: int = 2) -> str:
        """What is said when a build is refused: the site is still there, and nothing else is."""
        before = (self.out / "operations.json").read_bytes()
        done = build(source, self.out, *options)
        assert done.returncode == status, done.stderr
        assert (self.out / "operations.json").read_bytes() == before
        assert os.listdir(self.out.parent) == ["site"]
        return done.stderr


@pytest.fixture
def old(shared_folder: Path, tmp_path: Path) -> Old:
    """A small site where the next build will want to be."""
    return Old(built(write(shared_folder / "small" / "good.yaml", GOOD), shared_folder, "small"), tmp_path)


def services(site: Path) -> set[str]:
    """The services of a site."""
    return {path.name for path in (site / "reference").iterdir()}


def write(path: Path, text: str | bytes) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["fail", "pass", "malicious"])
@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_every_example_is_built_or_refused_by_place(kind: str, version: str, tmp_path: Path) -> None:
    """All files of a kind beside each other: each is a service of the site, or a line on standard error names a place in it."""
    top = corpus("openapi3-examples", version)
    if not (top / kind).is_dir():
        pytest.skip(f"the corpus has no {version}/{kind}")
    files = [path for path in sorted((top / kind).rglob("*")) if path.suffix in (".yaml", ".yml", ".json")]
    names = {}
    for number, path in enumerate(files):
        name = f"d{number}-{re.sub('[^a-z0-9]', '', path.stem.lower())[:20]}"
        names[name] = path
        write(tmp_path / "all" / f"{name}{path.suffix}", path.read_bytes())
    done = run("build", tmp_path / "all", "--out", tmp_path / "site")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    built = services(tmp_path / "site")
    for name, path in names.items():
        said = re.search(rf"^.*{name}\.(yaml|yml|json):\d+:\d+: .+$", done.stderr, re.MULTILINE)
        assert name in built or said, f"{path} is neither built nor refused"
        if kind == "pass" and re.search(r"^\W*(openapi|swagger)\b", path.read_text(), re.MULTILINE):
            assert name in built, f"{path}: {said and said[0]}"


ALIASES = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
RINGS = "a: {$ref: '#/components/schemas/b'}, b: {$ref: '#/components/schemas/a'}, c: {$ref: '#/components/schemas/c'}"
REFUSED: dict[str, tuple[str, str | bytes]] = {
    "empty": ("a.yaml", ""),
    "empty JSON": ("a.json", ""),
    "only a comment": ("a.yaml", "# nothing\n"),
    "null": ("a.yaml", "null\n"),
    "a list": ("a.yaml", "- 1\n"),
    "a number": ("a.json", "17"),
    "binary": ("a.yaml", bytes(range(256)) * 40),
    "binary JSON": ("a.json", b"\x89PNG\r\n\x1a\n\x00\x00"),
    "UTF-16 without a mark": ("a.yaml", GOOD.encode("utf-16-le")),
    "cut JSON": ("a.json", '{"openapi": "3.1.0", "info": {"title": '),
    "brackets in YAML": ("a.yaml", HEAD + "x-deep: " + "[" * 3000 + "]" * 3000),
    "brackets in JSON": ("a.json", '{"openapi": "3.1.0", "x": ' + "[" * 3000 + "]" * 3000 + "}"),
    "braces in YAML": ("a.yaml", HEAD + "x-deep: " + "{a: " * 3000 + "}" * 3000),
    "open brackets": ("a.yaml", HEAD + "x-deep: " + "[" * 3000),
    "an alias bomb": ("a.yaml", HEAD + "x-bomb:\n  l0: &l0 [x, x, x, x, x, x, x, x, x]\n" + ALIASES),
    "an unknown version": ("a.yaml", GOOD.replace("3.1.0", "4.0.0")),
    "a version that is no text": ("a.yaml", GOOD.replace("3.1.0", "[3, 1, 0]")),
    "no version": ("a.yaml", "info: {title: T}\npaths: {}\n"),
    "paths that are a list": ("a.yaml", HEAD + "paths: [1]\n"),
    "tabs": ("a.yaml", "openapi: 3.1.0\n\tinfo: x\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_description_is_refused_with_a_place(name: str, old: Old, tmp_path: Path) -> None:
    file, text = REFUSED[name]
    said = old.keeps(write(tmp_path / "in" / file, text))
    found = PLACE.findall(said)
    assert found, said
    assert found == said.rstrip("\n").split("\n"), said
    assert all(f"{file}:" in line and "; " in line for line in found), said


@pytest.mark.slow
@pytest.mark.parametrize("line", ["x: !!python/object/apply:os.system ['touch pwned']", "x: &a {y: *a}", "x: &a [*a]"])
def test_what_yaml_may_not_do_is_named_and_read_past(line: str, tmp_path: Path) -> None:
    source = write(tmp_path / "a.yaml", GOOD + line + "\n")
    done = build(source, tmp_path / "site")
    assert done.returncode == 0
    assert re.search(r"a\.yaml:4:\d+: .+; ", done.stderr)
    assert not list(tmp_path.rglob("pwned"))
    assert not list(Path().rglob("pwned"))


SPELLINGS = [
    "../outside.yaml",
    "../outside.yaml#/KEY",
    "../.env",
    "./../outside.yaml",
    "sub/../../outside.yaml",
    "%2e%2e/outside.yaml",
    "..%2foutside.yaml",
    "%2E%2E%2Foutside.yaml",
    "..\\\\outside.yaml",
    "{absolute}",
    "file://{absolute}",
    "file:{absolute}",
    "FILE://{absolute}",
    "file://localhost{absolute}",
    "link.yaml",
    "/etc/passwd",
    "file:///etc/passwd",
    "/proc/self/environ",
    "/dev/zero",
    "http://127.0.0.1:9/x.yaml",
    "https://canary.invalid/x.yaml",
    "//canary.invalid/x.yaml",
    "ftp://canary.invalid/x",
    "data:application/json,{}",
    "missing.yaml",
    ".",
    "sub",
    "a.yaml#no-anchor",
    "#/components/schemas/Missing",
    "#/components/schemas/%zz",
    "\\0",
    "nul\\0byte.yaml",
]


@pytest.mark.slow
def test_a_reference_out_of_the_root_is_never_followed(tmp_path: Path) -> None:
    """Each spelling in an operation of its own: that place is named, the others are built, and nothing from outside is in the site."""
    for name in (".env", "outside.yaml"):
        write(tmp_path / name, "KEY: zz-secret-zz\n")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    lines = [HEAD, "paths:\n"]
    for number, spelling in enumerate(SPELLINGS):
        ref = spelling.replace("{absolute}", str(tmp_path / "outside.yaml"))
        answer = f'{{description: d, content: {{application/json: {{schema: {{$ref: "{ref}"}}}}}}}}'
        lines.append(f"  /s{number}: {{get: {{responses: {{'200': {answer}}}}}}}\n")
        lines.append(f'  /r{number}: {{get: {{responses: {{"200": {{$ref: "{ref}"}}}}}}}}\n')
        lines.append(f'  /p{number}: {{$ref: "{ref}"}}\n')
    lines.append("  /good: {get: {responses: {'200': {description: d}}}}\n")
    source = write(folder / "a.yaml", "".join(lines))
    done = build(source, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    said = {int(line) for line in re.findall(r"a\.yaml:(\d+):\d+: ", done.stderr)}
    assert said >= set(range(4, 4 + 3 * len(SPELLINGS))), sorted(set(range(4, 4 + 3 * len(SPELLINGS))) - said)
    built = {entry["path"] for entry in json.loads((tmp_path / "site" / "operations.json").read_text())}
    assert "/good" in built
    assert not [path for path in built if path.startswith("/r")]
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"zz-secret-zz" not in content, path
            assert b"root:x:0" not in content, path
    assert "zz-secret-zz" not in done.stderr


@pytest.mark.slow
def test_a_bad_operation_is_named_and_the_rest_built(old: Old, tmp_path: Path) -> None:
    text = f"""{HEAD}paths:
  /good: {{get: {{operationId: good, responses: {{'200': {{description: d}}}}}}}}
  /bad: {{get: {{operationId: bad, parameters: [{{name: x}}], responses: {{'200': {{description: d}}}}}}}}
  /ring: {{$ref: '#/paths/~1ring'}}
  /text: hello
  /list: {{get: [1]}}
components: {{schemas: {{{RINGS}}}}}
"""
    source = write(tmp_path / "a.yaml", text)
    done = build(source, tmp_path / "site")
    assert done.returncode == 0
    for line in (5, 6, 7, 8):
        assert re.search(rf"^\S*a\.yaml:{line}:\d+: .+", done.stderr, re.MULTILINE), (line, done.stderr)
    assert [entry["operation_id"] for entry in json.loads((tmp_path / "site" / "operations.json").read_text())] == ["good"]
    strict = old.keeps(source, "--strict", status=1)
    assert re.search(r"a\.yaml:5:\d+: ", strict)


@pytest.mark.slow
def test_a_bad_service_is_named_and_the_rest_built(tmp_path: Path) -> None:
    write(tmp_path / "in" / "good" / "openapi.yaml", GOOD)
    write(tmp_path / "in" / "bad" / "openapi.yaml", "openapi: [")
    write(tmp_path / "in" / "empty" / "openapi.json", "")
    done = build(tmp_path / "in", tmp_path / "site")
    assert done.returncode == 0
    assert re.search(r"bad/openapi\.yaml:\d+:\d+: ", done.stderr)
    assert re.search(r"empty/openapi\.json:1:1: ", done.stderr)
    assert services(tmp_path / "site") == {"good"}


@pytest.mark.slow
def test_places_that_hold_no_description(old: Old, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "in" / "openapi.yaml").mkdir(parents=True)
    os.mkfifo(tmp_path / "pipe.yaml")
    write(tmp_path / "good.yaml", GOOD)
    for source in ("empty", "folder.yaml", "missing.yaml", "in", "good.yaml/inside", "pipe.yaml"):
        said = old.keeps(tmp_path / source)
        assert re.search(rf"{source}.*:\d+:\d+: ", said), said


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(old: Old, tmp_path: Path) -> None:
    source = write(tmp_path / "in" / "a.yaml", GOOD)
    source.chmod(0)
    assert PLACE.search(old.keeps(source))


@pytest.mark.slow
def test_a_foreign_folder_is_not_replaced(tmp_path: Path) -> None:
    precious = write(tmp_path / "out" / "precious.txt", "mine")
    done = build(write(tmp_path / "a.yaml", GOOD), tmp_path / "out")
    assert done.returncode == 2
    assert str(tmp_path / "out") in done.stderr
    assert precious.read_text() == "mine"
    assert os.listdir(tmp_path / "out") == ["precious.txt"]


@pytest.mark.slow
def test_a_file_of_66_megabytes_is_read_or_refused_in_time(tmp_path: Path) -> None:
    text = '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "x-fill": "' + "x" * 66_000_000 + '"}'
    done = build(write(tmp_path / "a.json", text), tmp_path / "site")
    assert done.returncode == 0 or re.search(r"a\.json:1:1: .*;", done.stderr)


def many(count: int) -> str:
    """A description of so many operations."""
    lines = [f"  /things/{n}: {{get: {{operationId: get{n}, responses: {{'200': {{description: d}}}}}}}}" for n in range(count)]
    return HEAD + "paths:\n" + "\n".join(lines) + "\n"


@pytest.mark.slow
def test_time_grows_with_the_number_of_operations(tmp_path: Path) -> None:
    """Five times as many take at most eight times as long: no step is worse than proportional, so that 100,000 end too."""
    took = []
    for count in (500, 2500):
        source = write(tmp_path / f"a{count}.yaml", many(count))
        begun = time.monotonic()
        done = run("build", source, "--out", tmp_path / f"site{count}")
        took.append(time.monotonic() - begun)
        assert done.returncode == 0, done.stderr
        assert len(json.loads((tmp_path / f"site{count}" / "operations.json").read_text())) == count
    assert took[1] < 8 * took[0], took


@pytest.mark.slow
@pytest.mark.parametrize("text", ["openapi: [\n", None])
def test_mkdocs_keeps_the_old_site_when_it_is_stopped(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        write(tmp_path / "openapi" / "a" / "openapi.yaml", text)
    write(tmp_path / "mkdocs.yml", "site_name: S\ntheme: {name: material, font: false}\nplugins: [search, portal_gen]\n")
    write(tmp_path / "docs" / "hand.md", "# By hand\n")
    write(tmp_path / "site" / "index.html", "old")
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search(r"openapi.*:\d+:\d+: ", done.stderr), done.stderr
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert os.listdir(tmp_path / "site") == ["index.html"]


@pytest.mark.slow
def test_a_full_disk_is_said_and_the_old_site_stays(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        assert build(write(tmp_path / "good.yaml", GOOD), disk / "site").returncode == 0
        before = {path: path.read_bytes() for path in (disk / "site").rglob("*") if path.is_file()}
        done = run("build", write(tmp_path / "large.yaml", many(1000)), "--out", disk / "site")
        assert done.returncode == 2
        assert re.fullmatch(r"\S+disk/site:1:1: cannot be written: No space left on device; .+\n", done.stderr), done.stderr
        assert os.listdir(disk) == ["site"]
        assert {path: path.read_bytes() for path in (disk / "site").rglob("*") if path.is_file()} == before
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def started(source: Path, out: Path) -> subprocess.Popen[str]:
    """A build that has begun."""
    command = [sys.executable, "-m", "portal_gen", "build", str(source), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"CI": "true"})
    while not list(out.parent.glob(f".{out.name}-*/assets")) and process.poll() is None:
        time.sleep(0.005)
    return process


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there whether a build still runs")
def test_a_killed_build_leaves_the_old_site_and_the_next_cleans_up(old: Old, tmp_path: Path) -> None:
    before = (old.out / "operations.json").read_bytes()
    with started(write(tmp_path / "large.yaml", many(2000)), old.out) as process:
        process.kill()
    assert process.returncode < 0
    assert (old.out / "operations.json").read_bytes() == before
    assert len(os.listdir(old.out.parent)) == 2
    assert build(write(tmp_path / "good.yaml", GOOD), old.out).returncode == 0
    assert os.listdir(old.out.parent) == ["site"]


@pytest.mark.slow
def test_of_two_builds_into_one_folder_one_stays_whole(old: Old, tmp_path: Path) -> None:
    sizes = (300, 301)
    builds = [started(write(tmp_path / str(size) / "a.yaml", many(size)), old.out) for size in sizes]
    said = [process.communicate(timeout=120)[1] for process in builds]
    assert [process.returncode for process in builds] == [0, 0], said
    assert os.listdir(old.out.parent) == ["site"]
    count = len(json.loads((old.out / "operations.json").read_text()))
    assert count in sizes
    assert len(list((old.out / "reference" / "a").glob("get*/index.html"))) == count
