"""From bytes on disk to a located tree: decoding, size, the choice between YAML and JSON."""

from __future__ import annotations

import codecs
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal_gen.diagnostics import Diagnostic
from portal_gen.errors import PortalError
from portal_gen.spec.faults import Faults
from portal_gen.spec.json_text import parse_json
from portal_gen.spec.yaml_text import parse_yaml

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text holds (Map, Seq or a scalar), and the faults that did not keep it from being read."""

    value: Any
    diagnostics: tuple[Diagnostic, ...]


def parse(text: str | bytes, file: str) -> Parsed:
    """Read YAML 1.2 (core schema) or JSON, by its content. `file` is the name for messages. PortalError if unreadable."""
    faults = Faults(file)
    decoded = _decoded(text, faults) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    with collector_off():
        value = _value(decoded, faults)
    return Parsed(value, faults.sorted())


def read(path: Path, file: str) -> Parsed:
    """Read a file; PortalError if there is none, or it can not be read."""
    try:
        if not path.is_file():
            raise Faults(file).stop("file", "there is no such file; correct the path")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(Faults(file), path.stat().st_size)
        text = path.read_bytes()
    except OSError as fault:
        raise Faults(file).stop("file", f"the file can not be read: {fault.strerror}; check its permissions") from None
    return parse(text, file)


def shown(path: Path) -> str:
    """A path as messages show it: relative to the working directory when it is below it, else absolute."""
    here = _here.get() or Path.cwd()
    absolute = Path(os.path.normpath(here / path))
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def view(folder: Path) -> tuple[str, str]:
    """All that decides how files below a folder are shown: the folder as it is shown, and where in it the working directory is."""
    here = _here.get() or Path.cwd()
    absolute = Path(os.path.normpath(here / folder))
    return shown(folder), here.relative_to(absolute).as_posix() if here.is_relative_to(absolute) else ""


_here: ContextVar[Path | None] = ContextVar("here", default=None)


@contextmanager
def seen_from(folder: Path) -> Iterator[None]:
    """Show paths as if `folder` were the working directory meanwhile: another process may have another."""
    token = _here.set(folder)
    try:
        yield
    finally:
        _here.reset(token)


@contextmanager
def collector_off() -> Iterator[None]:
    """No garbage collection meanwhile: it takes up to 80 % of the time in which a large tree is built."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _too_large(faults: Faults, size: int) -> PortalError:
    return faults.stop("size", f"the file has {size:,} bytes, the limit is {MAX_BYTES:,}; split it with $ref")


def _decoded(text: bytes, faults: Faults) -> str:
    if len(text) > MAX_BYTES:
        raise _too_large(faults, len(text))
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise faults.stop("encoding", "the file is encoded in UTF-16; save it as UTF-8")
    if b"\0" in text[:4096]:
        looks_wide = text[:1] == b"\0" or text[1:2] == b"\0"
        found = "encoded in UTF-16 or UTF-32; save it as UTF-8" if looks_wide else "not text; give a YAML or JSON file"
        raise faults.stop("encoding", f"the file is {found}")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = text[: fault.start]
        line_start = before.rfind(b"\n") + 1
        mark = (before.count(b"\n") + 1, len(before[line_start:].decode("utf-8-sig", "replace")) + 1)
        raise faults.stop("encoding", f"byte 0x{text[fault.start]:02X} is not UTF-8; save the file as UTF-8", mark) from None


def _value(text: str, faults: Faults) -> Any:
    if text.lstrip(" \t\r\n")[:1] not in ("{", "["):
        return parse_yaml(text, faults)
    if not faults.file.lower().endswith((".yaml", ".yml")):
        return parse_json(text, faults)
    return _json_or_flow(text, faults)


def _json_or_flow(text: str, faults: Faults) -> Any:
    """A YAML file that begins with a bracket is mostly JSON, but may be YAML's flow style."""
    try:
        return parse_json(text, faults)
    except PortalError as fault:
        if fault.diagnostics[-1].rule != "syntax":
            raise
        faults.found.clear()
    return parse_yaml(text, faults)
