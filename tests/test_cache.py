"""A build with a cache is a build without one, only shorter: whatever was edited before, whatever became of the cache."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from portal_gen.cache import Store, digest
from portal_gen.errors import PortalError
from portal_gen.kept import Made, made_of, made_with
from portal_gen.load import TICK, Library, Opened, Read, open_portal
from portal_gen.portal.urls import Urls
from portal_gen.readings import Readings
from portal_gen.render.context import Page
from portal_gen.render.shell import Hole, Shell
from portal_gen.site import Site
from tests.conftest import corpus, run

SHELL = Shell(("<", Hole.TITLE, "|", Hole.DESCRIPTION, "|", Hole.NAVIGATION, "|", Hole.CONTENT, ">"))
DESCRIPTION = """\
openapi: 3.1.0
info: {{title: {name}, version: '1', description: About {name}.}}
servers: [{{url: 'https://api.example.com/{name}'}}]
paths:
  /a:
    get:
      operationId: a
      responses: {{'200': {{description: A of {name}., content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}}}
  /b: {{post: {{operationId: b, tags: [t], responses: {{'200': {{$ref: '../shared/parts.yaml#/R'}}}}}}}}
components: {{schemas: {{S: {{type: object, properties: {{x: {{$ref: '../shared/parts.yaml#/T'}}}}}}, U: {{type: string}}}}}}
"""
PARTS = "T: {type: integer, description: Shared.}\nR: {description: Shared answer.}\n"
CATALOG = """\
title: Everything
groups: [{id: g, name: Group}]
services:
  - {id: kv, name: Store, group: g}
  - {id: mq, name: Queue, group: g}
capabilities: [{name: Keys, service: kv, status: available}]
gateway: {url: 'https://api.example.com'}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "descriptions"
    fill(source)
    settle()
    return source


def fill(source: Path) -> None:
    """Write the folder as it is before any edit."""
    shutil.rmtree(source, ignore_errors=True)
    for name in ("kv", "mq", "db"):
        (source / name).mkdir(parents=True)
        (source / name / "openapi.yaml").write_text(DESCRIPTION.format(name=name))
    (source / "shared").mkdir()
    (source / "shared" / "parts.yaml").write_text(PARTS)
    (source / "catalog.yaml").write_text(CATALOG)


def settle() -> None:
    """Wait until what was written is old enough to be told from what will be."""
    time.sleep(2 * TICK / 1e9)


@dataclass(frozen=True, slots=True)
class Noting(Readings):
    """A shelf that notes what is not on it, and so has to be parsed."""

    missed: list[str]

    def find(self, folder: Path, path: Path) -> Read | None:
        found = Readings.find(self, folder, path)
        if found is None:
            self.missed.append(path.parent.name)
        return found


class Reader:
    """Reads a portal, counts how often, and says which descriptions were parsed."""

    def __init__(self, source: Path, store: Store | None = None) -> None:
        self.source = source
        self.times = 0
        self.parsed: list[str] = []
        self._shelf = Noting(store, self.parsed) if store else None

    def __call__(self) -> Opened:
        self.times += 1
        return Library().open(self.source, None, Urls(), "", shelf=self._shelf)


def kept(source: Path, store: Store, reader: Callable[[], Opened] | None = None) -> Made:
    return made_with(store, source, None, Urls(), "", reader or Reader(source, store))


def everything(made: Made) -> dict[str, object]:
    site = Site(made.contents, lambda url: SHELL)
    found: dict[str, object] = {address: site.get(address) for address in site.addresses()}
    told = (made.title, made.diagnostics, made.records(), dict(made.targets("op")), dict(made.targets("schema")), set(made.files))
    return found | {"": told, "pages": list(site.pages.items())}


def cold(source: Path) -> dict[str, object]:
    return everything(made_of(open_portal(source)))


# ---- the store ----


def test_an_entry_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "cache")
    assert store.get("k") is None
    store.put("k", b"text")
    assert store.get("k") == b"text"
    assert (tmp_path / "deep" / "cache" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b"", lambda b: b[:20] + b"?" + b[21:], lambda b: b[:9]]
)
def test_a_damaged_entry_is_none(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("k", b"some text that is long enough")
    (tmp_path / "k").write_bytes(damage((tmp_path / "k").read_bytes()))
    assert store.get("k") is None
    store.put("k", b"new")
    assert store.get("k") == b"new"


def test_an_entry_of_another_key_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("k", b"text")
    (tmp_path / "k").rename(tmp_path / "l")
    assert store.get("l") is None


def test_what_was_not_used_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for age, key in enumerate("abcd"):
        store.put(key, bytes(100))
        os.utime(tmp_path / key, (1000 - age, 1000 - age))
    store.get("d")
    store.trim(limit=300)
    assert sorted(key for key in "abcd" if store.has(key)) == ["a", "d"]


def test_what_an_ended_build_left_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("k", b"text")
    (tmp_path / ".new-old").write_text("half")
    os.utime(tmp_path / ".new-old", (1, 1))
    (tmp_path / ".new-now").write_text("half")
    store.trim()
    assert sorted(os.listdir(tmp_path)) == [".gitignore", ".new-now", "k"]


def test_a_folder_that_can_not_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "cache")
    store.put("k", b"text")
    store.trim()
    assert store.get("k") is None


def test_two_may_use_it_at_once(tmp_path: Path) -> None:
    content = bytes(range(256)) * 1000

    def use(turn: int) -> bool:
        store = Store(tmp_path)
        store.put(f"k{turn % 3}", content)
        return store.get(f"k{(turn + 1) % 3}") in (None, content)

    with ThreadPoolExecutor(4) as executor:
        assert all(executor.map(use, range(200)))
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".new")]


def test_parts_of_a_digest_are_told_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("a", "b", "c")
    assert digest("a") == digest(b"a")


# ---- nothing changed ----


def test_a_build_with_nothing_changed_reads_nothing(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    first = everything(kept(folder, store))
    reader = Reader(folder)
    assert everything(kept(folder, store, reader)) == first == cold(folder)
    assert reader.times == 0


def test_times_and_places_of_files_are_in_no_key(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a cache can be restored where it was not made."""
    monkeypatch.chdir(folder.parent)
    first = everything(kept(Path("descriptions"), Store(tmp_path / "cache")))
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere / "descriptions", copy_function=shutil.copyfile)
    shutil.copytree(tmp_path / "cache", elsewhere / "cache")
    monkeypatch.chdir(elsewhere)
    settle()
    reader = Reader(Path("descriptions"))
    again = everything(kept(Path("descriptions"), Store(elsewhere / "cache"), reader))
    assert reader.times == 0
    assert {**again, "": None} == {**first, "": None}
    assert str(tmp_path).encode() not in b"".join(path.read_bytes() for path in (elsewhere / "cache").iterdir())


@pytest.mark.parametrize("damage", ["all", "each"])
def test_a_damaged_cache_is_made_anew(damage: str, folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    first = everything(kept(folder, store))
    names = [name for name in os.listdir(store.folder) if name != ".gitignore"]
    for broken in [names] if damage == "all" else [[name] for name in names]:
        for name in broken:
            (store.folder / name).write_bytes(b"nonsense")
        assert everything(kept(folder, store)) == first
    shutil.rmtree(store.folder)
    assert everything(kept(folder, store)) == first


# ---- something changed ----


def test_a_change_draws_what_depends_on_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "cache")
    everything(kept(folder, store))
    path = folder / "kv" / "openapi.yaml"
    path.write_text(path.read_text().replace("A of kv.", "Changed."))
    settle()
    drawn: list[str] = []
    made = kept(folder, store)
    assert made.contents.portal
    inner = made.contents._drawn  # type: ignore[union-attr]
    assert inner is not None
    whole = inner.page

    def page(url: str) -> Page:
        drawn.append(url)
        return whole(url)

    monkeypatch.setattr(inner, "page", page)
    assert everything(made) == cold(folder)
    assert {url.split("/")[1] for url in drawn if url.startswith("reference/")} == {"kv"}


def test_a_file_that_was_written_just_now_is_not_relied_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may change again while it is read; then its digest would not be that of what was read."""
    monkeypatch.setattr("portal_gen.readings.TICK", 60_000_000_000)  # a busy machine may be slow to begin
    store = Store(tmp_path / "cache")
    (folder / "shared" / "parts.yaml").write_text(PARTS)
    assert everything(kept(folder, store)) == cold(folder)
    assert not store.folder.exists()


def test_a_file_that_changes_while_pages_are_drawn_stops(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    everything(kept(folder, store))
    made = kept(folder, store)
    path = folder / "kv" / "openapi.yaml"
    path.write_text(path.read_text().replace("A of kv.", "Changed."))
    settle()
    with pytest.raises(PortalError, match="changed while the site was built"):
        assert made.contents.portal


def test_a_file_that_was_missing_and_comes_changes_the_site(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    path = folder / "kv" / "openapi.yaml"
    path.write_text(path.read_text().replace("'../shared/parts.yaml#/R'", "'../shared/later.yaml'"))
    settle()
    before = everything(kept(folder, store))
    (folder / "shared" / "later.yaml").write_text("description: It is there now.\n")
    settle()
    after = everything(kept(folder, store))
    assert after == cold(folder)
    assert after != before


def test_a_link_that_leads_elsewhere_changes_the_site(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    parts = folder / "shared" / "parts.yaml"
    parts.rename(folder / "shared" / "one.yaml")
    (folder / "shared" / "two.yaml").write_text(PARTS.replace("Shared", "Other"))
    parts.symlink_to("one.yaml")
    settle()
    everything(kept(folder, store))
    parts.unlink()
    parts.symlink_to("two.yaml")
    settle()
    assert everything(kept(folder, store)) == cold(folder)


# ---- what was read before ----


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    settle()


def test_only_what_has_changed_is_parsed(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    fault = "#/components/schemas/Missing'"
    changed(folder / "db" / "openapi.yaml", "#/components/schemas/S'", fault)
    first = Reader(folder, store)
    everything(kept(folder, store, first))
    assert first.parsed == ["db", "kv", "mq"]
    changed(folder / "kv" / "openapi.yaml", "A of kv.", "Changed.")
    second = Reader(folder, store)
    made = kept(folder, store, second)
    assert everything(made) == cold(folder)
    assert second.parsed == ["kv"]
    assert any("Missing" in found.message and found.location.file.endswith("db/openapi.yaml") for found in made.diagnostics)
    assert any(found.rule != "ref" for found in made.diagnostics), "findings are kept with the document"


def test_a_shared_file_is_parsed_with_all_that_use_it(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    (folder / "db" / "openapi.yaml").write_text("openapi: 3.1.0\ninfo: {title: db, version: '1'}\npaths: {}\n")
    settle()
    everything(kept(folder, store))
    for old, new in (("integer", "string"), ("string", "integer")):
        changed(folder / "shared" / "parts.yaml", old, new)
        reader = Reader(folder, store)
        assert everything(kept(folder, store, reader)) == cold(folder)
        assert reader.parsed == ["kv", "mq"]


def test_a_description_that_could_not_be_used_comes_back(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    whole = everything(kept(folder, store))
    path = folder / "kv" / "openapi.yaml"
    changed(path, "paths:", "paths: [")
    reader = Reader(folder, store)
    made = kept(folder, store, reader)
    assert everything(made) == cold(folder)
    assert reader.parsed == ["kv"]
    assert any(found.location.file.endswith("kv/openapi.yaml") for found in made.diagnostics)
    changed(path, "paths: [", "paths:")
    reader = Reader(folder, store)
    assert everything(kept(folder, store, reader)) == whole == cold(folder)
    assert reader.parsed == []


def test_readings_that_are_damaged_are_made_anew(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    everything(kept(folder, store))
    names = sorted(name for name in os.listdir(store.folder) if name != ".gitignore")
    turns = set()
    for number, name in enumerate(names):
        entry = (store.folder / name).read_bytes()
        (store.folder / name).write_bytes(entry[:-1])
        changed(folder / "kv" / "openapi.yaml", "description: A", f"description: Again {number}. A")
        reader = Reader(folder, store)
        assert everything(kept(folder, store, reader)) == cold(folder)
        turns.add(tuple(reader.parsed))
        reader = Reader(folder, store)
        everything(kept(folder, store, reader))
        assert reader.times == 0
    assert turns == {("kv",), ("db", "kv"), ("kv", "mq")}


def test_builds_at_once_of_different_files_do_not_mix(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    folders = [folder]
    for number in range(3):
        other = tmp_path / f"other-{number}" / "descriptions"
        shutil.copytree(folder, other)
        changed(other / "shared" / "parts.yaml", "Shared", f"Shared {number}")
        folders.append(other)
    expected = [cold(source) for source in folders]
    with ThreadPoolExecutor(4) as executor:
        for _ in range(3):
            assert list(executor.map(lambda source: everything(kept(source, store)), folders)) == expected


def test_a_place_is_shown_as_it_is_seen_from_here(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From within the folder a file has a short name, and another from beside it."""
    store = Store(tmp_path / "cache")
    changed(folder / "kv" / "openapi.yaml", "#/components/schemas/S'", "#/components/schemas/Missing'")
    for name in ("kv", "mq", "kv", "shared", "."):
        monkeypatch.chdir(folder / name)
        assert everything(kept(folder, store)) == cold(folder), name


Edit = Callable[[random.Random, Path], None]


def _rewrite(path: Path, turn: Callable[[str], str]) -> None:
    if path.is_file():
        path.write_text(turn(path.read_text()))


def _service(chance: random.Random, folder: Path) -> Path:
    return chance.choice(sorted(folder.glob("*/openapi.yaml")))


def _word(chance: random.Random, folder: Path) -> None:
    words = [f"{kind} of {chance.random():.3f}." for kind in ("Text", "Less < more", "*Bold*")]
    _rewrite(_service(chance, folder), lambda text: text.replace("description: A", f"description: '{chance.choice(words)}' #", 1))


def _shared(chance: random.Random, folder: Path) -> None:
    kind = chance.choice(["integer", "string", "boolean"])
    (folder / "shared" / "parts.yaml").write_text(
        PARTS.replace("integer", kind).replace("Shared answer", f"Answer {chance.random()}")
    )


def _new(chance: random.Random, folder: Path) -> None:
    name = chance.choice(["aa", "kv", "mq", "zz"])
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "openapi.yaml").write_text(DESCRIPTION.format(name=name))


def _remove(chance: random.Random, folder: Path) -> None:
    if len(list(folder.glob("*/openapi.yaml"))) > 1:
        _service(chance, folder).unlink()


def _rename(chance: random.Random, folder: Path) -> None:
    path = _service(chance, folder)
    target = folder / chance.choice(["kv", "mq", "db", "other"])
    target.mkdir(exist_ok=True)
    path.rename(target / "openapi.yaml")


def _operation(chance: random.Random, folder: Path) -> None:
    line = (
        f"  /n{chance.randrange(9)}: {{get: {{operationId: n{chance.randrange(9)}, responses: {{'200': {{description: N.}}}}}}}}\n"
    )
    _rewrite(_service(chance, folder), lambda text: text.replace("paths:\n", "paths:\n" + line, 1))


def _title(chance: random.Random, folder: Path) -> None:
    name = f"Name {chance.randrange(5)}"
    _rewrite(_service(chance, folder), lambda text: text.replace("title: ", f"title: {name}, x-t: ", 1))


def _break(chance: random.Random, folder: Path) -> None:
    _rewrite(
        _service(chance, folder),
        lambda text: chance.choice(["{", text + "\n  - wrong: [", text.replace("#/components", "#/nowhere")]),
    )


def _missing(chance: random.Random, folder: Path) -> None:
    later = folder / "shared" / "later.yaml"
    if chance.random() < 0.6:
        if later.exists():
            later.unlink()
        else:
            later.write_text(f"description: Later {chance.random()}\n")
        return
    _rewrite(_service(chance, folder), lambda text: text.replace("'../shared/parts.yaml#/R'", "'../shared/later.yaml'"))


def _catalog(chance: random.Random, folder: Path) -> None:
    old, new = chance.choice(
        [
            ("title: Everything", f"title: Title {chance.random()}"),
            ("name: Store", f"name: Store {chance.random()}"),
            ("group: g}", "description: Words.}"),
            ("status: available", "status: planned"),
            ("api.example.com'", "gateway.example.com'"),
            ("gateway:", "x-gateway:"),
        ]
    )
    text = CATALOG if chance.random() < 0.3 else CATALOG.replace(old, new)
    if chance.random() < 0.1:
        (folder / "catalog.yaml").unlink(missing_ok=True)
    else:
        (folder / "catalog.yaml").write_text(text)


def _touch(chance: random.Random, folder: Path) -> None:
    os.utime(_service(chance, folder))


EDITS: tuple[Edit, ...] = (
    *(
        _word,
        _word,
        _word,
        _shared,
        _new,
        _remove,
        _rename,
        _operation,
        _operation,
        _title,
        _break,
        _missing,
        _catalog,
        _catalog,
        _touch,
    ),
)


def same_or_same_fault(make: Callable[[], dict[str, object]]) -> dict[str, object] | tuple[object, ...]:
    try:
        return make()
    except PortalError as fault:
        return fault.diagnostics


def test_two_hundred_random_edits_build_what_a_cold_build_does(folder: Path, tmp_path: Path) -> None:
    seed = int(os.environ.get("PORTAL_SEED", random.SystemRandom().randrange(10**9)))
    chance = random.Random(seed)
    store = Store(tmp_path / "cache")
    made: list[str] = []
    outlines = 0
    for number in range(200):
        if chance.random() < 0.2:
            fill(folder)
        edit = chance.choice(EDITS)
        made.append(edit.__name__)
        edit(chance, folder)
        settle()
        expected = same_or_same_fault(lambda: cold(folder))
        told = f"PORTAL_SEED={seed}, edit {number}: {made[-5:]}"
        assert same_or_same_fault(lambda: everything(kept(folder, store))) == expected, told
        reader = Reader(folder, store)
        assert same_or_same_fault(partial(lambda r: everything(kept(folder, store, r)), reader)) == expected, f"{told}, once more"
        outlines += reader.times == 0
    assert len(set(made)) > 8
    assert outlines > 50


# ---- the command line and the plugin ----


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(source: Path, out: Path, *arguments: str | Path) -> tuple[dict[str, bytes], str]:
    done = run("build", source, "--out", out, *arguments, SOURCE_DATE_EPOCH="0")
    assert done.returncode == 0, done.stderr
    return files(out), done.stderr


def test_the_command_line_keeps_only_where_it_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "mq" / "openapi.yaml").write_text(DESCRIPTION.format(name="mq").replace("#/components/schemas/S'", "#/nowhere'"))
    settle()
    plain, said = build(folder, tmp_path / "plain")
    assert "nowhere" in said
    cache = tmp_path / "cache"
    assert build(folder, tmp_path / "one", "--cache", cache) == (plain, said)
    assert len(os.listdir(cache)) > 5
    assert build(folder, tmp_path / "two", "--cache", cache) == (plain, said)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["cache", "descriptions", "one", "plain", "two"]
    done = run("build", folder, "--out", tmp_path / "three", "--cache", cache, "--strict")
    assert done.returncode == 1


def test_a_project_keeps_beside_its_settings(tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    (tmp_path / "docs" / "more.md").write_text("# More\n\n[a](op:pets/nothing)\n")
    settle()
    first = run("build", cwd=tmp_path, SOURCE_DATE_EPOCH="0")
    assert first.returncode == 0, first.stderr
    before = files(tmp_path / "site")
    assert (tmp_path / ".cache" / "portal_gen").is_dir()
    second = run("build", cwd=tmp_path, SOURCE_DATE_EPOCH="0")
    assert (files(tmp_path / "site"), second.stderr) == (before, first.stderr)
    assert "names no operation" in first.stderr


@pytest.mark.slow
def test_a_large_site_is_the_same_after_an_edit(tmp_path: Path) -> None:
    source = tmp_path / "descriptions"
    shutil.copytree(corpus("hanzo"), source)
    settle()
    cache = tmp_path / "cache"
    build(source, tmp_path / "site", "--cache", cache)
    path = source / "kv" / "openapi.yaml"
    path.write_text(path.read_text().replace("description: ", "description: Changed. ", 1))
    settle()
    warm = build(source, tmp_path / "site", "--cache", cache)
    assert warm == build(source, tmp_path / "cold", "--executor", "serial")
    assert warm == build(source, tmp_path / "site", "--cache", cache)


def test_entries_are_json_or_files_of_the_site(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    everything(kept(folder, store))
    for name in os.listdir(store.folder):
        if name != ".gitignore":
            json.loads(store.get(name) or b"?")
