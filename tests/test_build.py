"""A site folder changes as a whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from portal_gen import swap
from portal_gen.build import MARK, replacing
from portal_gen.errors import PortalError
from tests.conftest import REPOSITORY


def build(out: Path, text: str) -> None:
    with replacing(out) as folder:
        (folder / "index.html").write_text(text)


def test_a_site_is_made_and_replaced(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    build(out, "one")
    (out / "left-over").write_text("x")
    build(out, "two")
    assert sorted(path.name for path in out.iterdir()) == [MARK, "index.html"]
    assert (out / "index.html").read_text() == "two"
    assert os.listdir(out.parent) == ["site"]


def test_a_failure_keeps_the_old_site_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, "one")
    with pytest.raises(RuntimeError), replacing(out) as folder:
        (folder / "half").write_text("x")
        raise RuntimeError
    assert (out / "index.html").read_text() == "one"
    assert os.listdir(tmp_path) == ["site"]


def test_a_foreign_folder_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    with pytest.raises(PortalError, match="did not make"):
        build(tmp_path, "one")
    assert os.listdir(tmp_path) == ["precious"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    with pytest.raises(PortalError, match="not a folder"):
        build(tmp_path / "site", "one")


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "one")
    assert (tmp_path / "site" / "index.html").read_text() == "one"


def test_an_unwritable_place_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PortalError, match="cannot be written"):
        build(tmp_path / "file" / "site", "one")


def test_a_fault_of_another_file_names_that_file(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match=r"missing\.html:1:1: No such file") as raised, replacing(tmp_path / "site"):
        (tmp_path / "templates" / "missing.html").read_text()
    assert "--out" not in str(raised.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["new.html", None])
def test_a_full_disk_is_a_message(name: str | None, tmp_path: Path) -> None:
    build(tmp_path / "site", "one")
    with pytest.raises(PortalError, match="cannot be written: No space left"), replacing(tmp_path / "site") as folder:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), *([str(folder / name)] if name else []))
    assert (tmp_path / "site" / "index.html").read_text() == "one"
    assert os.listdir(tmp_path) == ["site"]


def test_a_fault_of_no_file_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError), replacing(tmp_path / "site"):
        raise ConnectionError(errno.ECONNRESET, "reset")


HALF = """
import sys, time
from pathlib import Path
from portal_gen.build import replacing
with replacing(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("x")
    print("begun", flush=True)
    time.sleep(60)
"""


def half(out: Path) -> subprocess.Popen[str]:
    """A build that has begun and does not end."""
    command = [sys.executable, "-c", HALF, str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(REPOSITORY)})
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there whether a build still runs")
def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, "one")
    with half(out) as process:
        process.send_signal(signal.SIGKILL)
    assert (out / "index.html").read_text() == "one"
    assert len(os.listdir(tmp_path)) == 2
    shutil.copytree(out, tmp_path / ".site-mine")
    (tmp_path / ".site-building-notes").mkdir()
    build(out, "two")
    assert (out / "index.html").read_text() == "two"
    assert sorted(os.listdir(tmp_path)) == [".site-building-notes", ".site-mine", "site"]


def test_a_build_under_way_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with half(out) as process:
        build(out, "one")
        assert list(tmp_path.glob(".site-building-*/half"))
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there whether a build still runs")
def test_a_site_that_was_set_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, "one")
    out.rename(tmp_path / ".site-old-x")
    with pytest.raises(RuntimeError), replacing(out):
        raise RuntimeError
    assert (out / "index.html").read_text() == "one"
    assert os.listdir(tmp_path) == ["site"]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_several_builds_at_once_end_with_one_of_the_sites(in_one_step: bool, tmp_path: Path) -> None:
    """Each thread changes places often; whoever looks meanwhile sees a whole site."""
    out = tmp_path / "site"
    failed: list[BaseException] = []

    def often(text: str) -> None:
        try:
            for number in range(20):
                fresh = tmp_path / f"{text}{number}"
                fresh.mkdir()
                (fresh / "a").write_text(text)
                (fresh / "b").write_text(text)
                (swap.exchange if in_one_step else swap.by_renames)(fresh, out)
        except BaseException as fault:
            failed.append(fault)

    threads = [threading.Thread(target=often, args=(text,)) for text in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert (out / "a").read_text() == (out / "b").read_text()
    assert not list(tmp_path.glob(".site-*"))
