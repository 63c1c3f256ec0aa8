"""A site folder changes as a whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal_gen.build import MARK, replacing
from portal_gen.errors import PortalError


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
