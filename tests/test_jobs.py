"""Whoever draws the pages, the bytes are the same; whatever goes wrong, nothing half done stays."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import pytest

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.executors import SERIAL, carry_out, crew
from portal_gen.jobs import Job, Recipe, answer, batches, digest_of, forget, remember, write
from portal_gen.load import open_portal
from portal_gen.portal.urls import Urls
from portal_gen.render.shell import Hole, Shell
from portal_gen.site import Site
from tests.conftest import REPOSITORY, corpus, heed_interrupts, run

DESCRIPTION = """\
openapi: 3.1.0
info: {{title: {name}, version: '1'}}
paths:
  /a: {{get: {{operationId: a, responses: {{'200': {{description: A {name}.}}}}}}}}
  /b: {{get: {{operationId: b, responses: {{'200': {{description: B.}}}}}}}}
components: {{schemas: {{S: {{type: string}}, T: {{$ref: '../parts.yaml'}}}}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "descriptions"
    source.mkdir()
    (source / "catalog.yaml").write_text("title: T\n")
    (source / "parts.yaml").write_text("{type: integer}\n")
    for name in "xyz":
        (source / name).mkdir()
        (source / name / "openapi.yaml").write_text(DESCRIPTION.format(name=name))
    return source


def planned(folder: Path) -> tuple[Site, Recipe]:
    opened = open_portal(folder)
    shell = Shell(("<", Hole.TITLE, "|", Hole.CANONICAL, "|", Hole.NAVIGATION, "|", Hole.CONTENT, ">"))
    site = Site(opened.portal, lambda url: shell, "https://docs.example.com/")
    shells = tuple({page.shell: shell for page in site.pages.values()}.items())
    recipe = Recipe(
        folder.absolute(), None, Path.cwd(), Urls(), "", "https://docs.example.com/", shells, (), digest_of(opened.files)
    )
    return site, recipe


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


# ---- batches ----


@pytest.mark.parametrize("count", [1, 2, 3, 5, 1000])
def test_batches_hold_every_address_once_in_order_and_keep_twins_together(folder: Path, count: int) -> None:
    site, _ = planned(folder)
    found = list(batches(site, site.addresses(), count))
    assert [address for batch in found for address in batch] == list(site.addresses())
    for batch in found:
        pages = [address for address in batch if address.endswith("index.html")]
        assert [address.replace(".html", ".md") for address in pages] == [a for a in batch if a.endswith(".md")]
    if count <= 3:
        assert count <= len(found) <= count + 1


def test_services_stay_whole_where_that_is_even(folder: Path) -> None:
    site, _ = planned(folder)
    services = [
        {page.service for a in batch if (page := site.planned(a)) and page.service} for batch in batches(site, site.addresses(), 4)
    ]
    assert sorted(name for found in services for name in found) == ["x", "y", "z"]


# ---- the same bytes everywhere ----


def test_a_recipe_makes_the_same_site(folder: Path) -> None:
    site, recipe = planned(folder)
    again = pickle.loads(pickle.dumps(recipe))
    assert again == recipe
    assert answer(Job(again, site.addresses())) == tuple(site.get(address) for address in site.addresses())


def test_names_of_files_do_not_depend_on_where_a_worker_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    site, recipe = planned(folder)
    monkeypatch.chdir("/")
    there = recipe.site()
    assert there.portal == site.portal
    assert [there.get(address) for address in there.addresses()] == [site.get(address) for address in site.addresses()]


def test_a_spawned_process_reads_by_itself(folder: Path) -> None:
    site, recipe = planned(folder)
    expected = tuple(site.get(address) for address in site.addresses())
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        assert executor.submit(answer, Job(recipe, site.addresses())).result(60) == expected


def test_any_executor_will_do(folder: Path, tmp_path: Path) -> None:
    site, recipe = planned(folder)
    with ThreadPoolExecutor(1) as executor:
        foreign = replace(SERIAL, executor=executor, here=False, forked=False)
        done = list(carry_out(foreign, site, recipe, site.addresses(), tmp_path / "out"))
    assert done[-1] == len(site.addresses())
    assert files(tmp_path / "out") == {address: site.get(address) for address in site.addresses()}


def test_an_address_that_was_given_away_is_not_a_workers_either(folder: Path) -> None:
    _, recipe = planned(folder)
    site = replace(recipe, given_away=("index.html",)).site()
    assert "index.html" not in site.addresses()
    assert "index.md" not in site.addresses()


def build(source: Path, out: Path, *arguments: str) -> dict[str, bytes]:
    done = run("build", source, "--out", out, *arguments, SOURCE_DATE_EPOCH="0")
    assert done.returncode == 0, done.stderr
    return files(out)


def test_processes_write_what_this_process_writes(folder: Path, tmp_path: Path) -> None:
    serial = build(folder, tmp_path / "serial", "--executor", "serial")
    assert build(folder, tmp_path / "processes", "--executor", "processes") == serial
    assert "reference/x/a/index.html" in serial


@pytest.mark.slow
def test_a_whole_site_is_the_same_from_processes(tmp_path: Path) -> None:
    source = corpus("hanzo")
    serial = build(source, tmp_path / "serial", "--executor", "serial")
    assert len(serial) > 5000
    assert build(source, tmp_path / "processes", "--executor", "processes") == serial


@pytest.mark.slow
def test_a_dask_cluster_writes_what_this_process_writes(folder: Path, tmp_path: Path) -> None:
    if find_spec("distributed") is None:
        pytest.skip("Dask is not installed; `pip install portal-gen[dask]`")
    serial = build(folder, tmp_path / "serial", "--executor", "serial")
    assert build(folder, tmp_path / "dask", "--executor", "dask") == serial


@pytest.mark.slow
def test_a_dask_scheduler_can_be_named(folder: Path, tmp_path: Path) -> None:
    if find_spec("distributed") is None:
        pytest.skip("Dask is not installed; `pip install portal-gen[dask]`")
    from distributed import LocalCluster

    serial = build(folder, tmp_path / "serial", "--executor", "serial")
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        found = build(folder, tmp_path / "dask", "--executor", "dask", "--dask-scheduler", cluster.scheduler_address)
    assert found == serial
    done = run("build", folder, "--out", tmp_path / "none", "--executor", "dask", "--dask-scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_dask_the_message_says_what_to_install(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError\n")
    path = f"{tmp_path}{os.pathsep}{REPOSITORY}"
    done = run("build", folder, "--out", tmp_path / "out", "--executor", "dask", PYTHONPATH=path)
    assert done.returncode == 2
    assert "install portal-gen[dask]" in done.stderr
    assert not (tmp_path / "out").exists()


# ---- what goes wrong ----


def test_a_description_that_changed_meanwhile_stops_the_build(folder: Path) -> None:
    site, recipe = planned(folder)
    (folder / "parts.yaml").write_text("{type: number}\n")
    with pytest.raises(PortalError, match="changed while the site was built"):
        answer(Job(recipe, site.addresses()))
    (folder / "parts.yaml").unlink()
    with pytest.raises(PortalError, match="changed while the site was built"):
        answer(Job(recipe, site.addresses()))


def test_an_error_comes_out_of_a_process_as_it_was(folder: Path) -> None:
    fault = PortalError([error("rule", "wrong; mend it", Location("a.yaml", 2, 3))])
    again = pickle.loads(pickle.dumps(fault))
    assert again.diagnostics == fault.diagnostics
    assert str(again) == str(fault) == "a.yaml:2:3: wrong; mend it"


def test_a_full_disk_in_a_process_is_an_error_here(folder: Path, tmp_path: Path) -> None:
    site, recipe = planned(folder)
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(OSError, match="out"), crew("processes", 0) as workers:
        list(carry_out(workers, site, recipe, site.addresses(), tmp_path / "out"))


def test_a_worker_that_is_ended_is_a_message(folder: Path, tmp_path: Path) -> None:
    site, recipe = planned(folder)
    with pytest.raises(PortalError, match="process that drew pages was ended"), crew("processes", 0) as workers:
        list(workers.executor.map(_end, [Job(recipe, site.addresses())]))


def _end(job: Job) -> tuple[bytes, ...]:
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


BY_TWO = """
import os, sys
from pathlib import Path
from portal_gen import executors
from portal_gen.load import Library
executors.READING_PAYS_FROM, here = 0, os.getpid()
executors._cores = lambda: 2
pids = set()

def told(path):
    how = sys.argv[2]
    if how == "ended" and os.getpid() != here:
        os._exit(1)
    if how == "raised" and os.getpid() != here:
        raise RuntimeError
    return path.parent.name, os.getpid()

source = Path(sys.argv[1])
found = executors.read_by_two(told, sorted(source.glob("*/openapi.yaml")))
print([name for name, _ in found], len({pid for _, pid in found}))
paths = sorted(source.glob("*/openapi.yaml"))
print([name for name, pid in executors.read_by_two(told, paths, paths[1:]) if pid == here])
print([name for name, pid in executors.read_by_two(told, paths, paths) if pid == here])
one, two = Library().open(source), Library().open(source, spread=executors.read_by_two)
print(one.portal == two.portal, one.files == two.files, one.origins == two.origins, one.lost == two.lost, len(two.lost))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize(("how", "processes"), [("read", 2), ("ended", 1), ("raised", 1)])
def test_two_processes_read_what_one_reads(folder: Path, how: str, processes: int) -> None:
    """What there is little to do for stays here."""
    (folder / "bad").mkdir()
    (folder / "bad" / "openapi.yaml").write_text("openapi: [\n")
    command = [sys.executable, "-c", BY_TWO, str(folder), how]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    light = "['x', 'y', 'z']" if processes == 2 else "['bad', 'x', 'y', 'z']"
    everything = [f"['bad', 'x', 'y', 'z'] {processes}", light, "['bad', 'x', 'y', 'z']", "True True True True 1"]
    assert done.stdout.splitlines() == everything, done.stderr
    assert done.stderr == ""


def test_nothing_is_kept_after_the_work(folder: Path, tmp_path: Path) -> None:
    site, recipe = planned(folder)
    list(carry_out(SERIAL, site, recipe, site.addresses(), tmp_path))
    remember(replace(recipe, digest="another"), site)
    with pytest.raises(PortalError):
        answer(Job(replace(recipe, digest="a third"), ()))


def test_long_content_is_written_whole(tmp_path: Path) -> None:
    contents: Iterable[tuple[str, bytes]] = [("a/b/c", bytes(10_000_000)), ("d", b"")]
    write(tmp_path, contents)
    assert files(tmp_path) == dict(contents)


def children(pid: int) -> list[int]:
    try:
        return [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()]
    except OSError:
        return []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_a_build_that_is_ended(sent: signal.Signals, tmp_path: Path) -> None:
    source = corpus("hanzo")
    out = tmp_path / "site"
    command = [sys.executable, "-m", "portal_gen", "build", str(source), "--out", str(out), "--executor", "processes"]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_MKDOCS_2_WARNING": "1"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=env, stderr=quiet, stdout=quiet, preexec_fn=heed_interrupts) as build:
        until = time.monotonic() + 120
        while not (found := children(build.pid)):
            assert build.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.2)
        build.send_signal(sent)
        assert build.wait(60) != 0
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in found):
        assert time.monotonic() < until, "a worker is left"
        time.sleep(0.05)
    assert not out.exists()
    if sent is signal.SIGINT:
        assert os.listdir(tmp_path) == []
