"""The command line: the only module that prints and exits. What one command alone needs is imported there.

Exit status: 0 done, 1 faults under --strict, 2 nothing could be built or the call is wrong.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypedDict, Unpack

import click

from portal_gen import __version__
from portal_gen.build import replacing
from portal_gen.diagnostics import Diagnostic, Severity
from portal_gen.errors import PortalError
from portal_gen.executors import KINDS, Kind

if TYPE_CHECKING:
    from portal_gen.portal.resolve import Answer

SOURCE = click.argument("source", required=False, type=click.Path(path_type=Path))
ROOT = click.option("--root", type=click.Path(path_type=Path, exists=True, file_okay=False), help="How far $ref may reach.")
STRICT = click.option("--strict", is_flag=True, help="Faults fail the call (exit status 1).")


class _Options(TypedDict):
    executor: Kind | None
    dask_scheduler: str
    cache: Path | None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portal-gen")
def main() -> None:
    """A developer portal from OpenAPI descriptions."""


@main.command()
@SOURCE
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder to make or replace. [default: site, or that of mkdocs.yml]"
)
@ROOT
@STRICT
@click.option("--executor", type=click.Choice(KINDS), help="Who draws the pages. [default: processes where that is faster]")
@click.option(
    "--dask-scheduler", metavar="ADDRESS", default="", help="The Dask scheduler to ask. [default: a cluster started here]"
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to keep what later builds need not draw again. [default: none, or that of mkdocs.yml]",
)
def build(source: Path | None, out: Path | None, root: Path | None, strict: bool, **options: Unpack[_Options]) -> None:
    """Build a site of SOURCE, a description or a folder of them; without SOURCE, of the mkdocs.yml here."""
    from portal_gen.mkdocs_plugin import Stopped, standalone

    run = standalone.Run(source, root, strict, **options)
    with _stops(Stopped), _messages(), _progress() as progress:
        _project_or_source(source)
        target = out or (Path("site") if source else standalone.site_folder())
        with replacing(target) as folder:
            standalone.build_site(run, folder, progress)


@main.command()
@SOURCE
@ROOT
@STRICT
@click.option("--dev-addr", metavar="HOST:PORT", help="Where to listen. [default: dev_addr of mkdocs.yml, or localhost:8000]")
def serve(source: Path | None, root: Path | None, strict: bool, dev_addr: str | None) -> None:
    """Show the site of SOURCE, or of the mkdocs.yml here, and rebuild it when a file changes."""
    from portal_gen.mkdocs_plugin import Stopped, standalone

    with _stops(Stopped), _messages(logging.INFO):
        _project_or_source(source)
        standalone.serve_site(standalone.Run(source, root, strict), dev_addr)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@ROOT
@STRICT
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(paths: tuple[Path, ...], root: Path | None, strict: bool, form: str) -> None:
    """Say what is wrong with descriptions, folders of them and their catalogs. [default PATH: openapi]"""
    from portal_gen.load import check as check_paths

    checked = check_paths(paths or (Path("openapi"),), root)
    click.echo(_FORMATS[form](checked.diagnostics), nl=False)
    faults = any(diagnostic.severity is not Severity.NOTE for diagnostic in checked.diagnostics)
    sys.exit(2 if not checked.usable else 1 if strict and faults else 0)


@main.command()
@click.argument("request")
@SOURCE
@ROOT
def resolve(request: str, source: Path | None, root: Path | None) -> None:
    """Say which operations answer REQUEST: a URL, a path, a line of a log or a curl line, in quotes. [default SOURCE: openapi]"""
    from portal_gen.load import open_portal
    from portal_gen.portal.resolve import resolve as resolve_request

    with _stops(()):
        found = resolve_request(open_portal(source or Path("openapi"), root).portal, request)
    for answer in found.answers:
        click.echo("  ".join(_answer(answer)))
    if found.other_host:
        click.echo(f"{found.request.host} is no address of this portal; compared by its path alone", err=True)
    if not found.answers or found.other_method:
        _say_and_exit(f"no operation takes {found.request.method or 'a request'} there", 1)


def _answer(answer: Answer) -> Iterator[str]:
    """Method, template, how its address is known, service and page, then the values of its parameters."""
    page = answer.page
    yield from (page.operation.method, answer.template, answer.how, page.service, page.url)
    yield from (f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in answer.values)


@main.command()
@click.argument("source", default="openapi", type=click.Path(path_type=Path))
@ROOT
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write. [default: standard output]")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where the file of --out differs (exit status 1).")
def bundle(source: Path, root: Path | None, out: Path | None, only_check: bool) -> None:
    """Make one description of all descriptions of SOURCE and their catalog. [default SOURCE: openapi]"""
    from portal_gen.bundle import bundle as make_bundle
    from portal_gen.bundle import bundle_text, difference, write_bundle

    if only_check and not out:
        raise click.UsageError("--check compares with a file; name it with --out")
    with _stops(()):
        made = make_bundle(source, root)
        text = bundle_text(made)
        if out is None:
            click.echo(text, nl=False)
        elif only_check:
            _compare(difference(out, text), f"portal-gen bundle {source} --out {out}")
        else:
            write_bundle(out, text, source)
    for diagnostic in made.opened.portal.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            click.echo(str(diagnostic), err=True)
    click.echo(f"{made.operations} operations, {made.omitted} omitted" + (": see x-omitted" if made.omitted else ""), err=True)


@main.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Begin a portal of your own in FOLDER."""
    from portal_gen.starter import start

    with _stops(()):
        for path in start(folder):
            click.echo(path.as_posix())
    click.echo(f"\nNow: cd {folder} && portal-gen serve", err=True)


def _compare(found: Diagnostic | None, command: str) -> None:
    if found:
        _say_and_exit(f"{found}; renew it with `{command}`", 1)


def _project_or_source(source: Path | None) -> None:
    if source is None and not Path("mkdocs.yml").is_file():
        raise click.UsageError("there is no mkdocs.yml here; name a description or a folder, or begin with `portal-gen init`")


def _text(found: Iterable[Diagnostic]) -> str:
    return "".join(f"{diagnostic}\n" for diagnostic in found)


def _json(found: Iterable[Diagnostic]) -> str:
    return json.dumps([_record(diagnostic) for diagnostic in found], ensure_ascii=False, indent=1) + "\n"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    place = diagnostic.location
    return {
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


def _github(found: Iterable[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows beside the line."""
    return "".join(_workflow_command(diagnostic) for diagnostic in found)


def _workflow_command(diagnostic: Diagnostic) -> str:
    level = "notice" if diagnostic.severity is Severity.NOTE else diagnostic.severity.value
    place = diagnostic.location
    file = _escaped(place.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file},line={place.line},col={place.column}::{_escaped(diagnostic.message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FORMATS: dict[str, Callable[[Iterable[Diagnostic]], str]] = {"text": _text, "json": _json, "github": _github}


@contextmanager
def _stops(strict: type[Exception] | tuple[()]) -> Iterator[None]:
    """Turn what stops into a message and an exit status."""
    try:
        yield
    except PortalError as fault:
        _say_and_exit(str(fault), 2)
    except strict as fault:
        _say_and_exit(str(fault), 1)


def _say_and_exit(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)


@contextmanager
def _messages(level: int = logging.WARNING) -> Iterator[None]:
    """Let what MkDocs and the plugin report appear on standard error, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    handler.addFilter(_is_not_the_end)
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def _is_not_the_end(record: logging.LogRecord) -> bool:
    """MkDocs logs what stops it and raises it too: it is said once, at the end."""
    return record.getMessage() != str(sys.exc_info()[1])


class _Plain(logging.Formatter):
    """The message alone: our own begin with a place, others with their level."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        ours = "portal_gen: "
        text = record.getMessage()
        return text.removeprefix(ours) if text.startswith(ours) else f"{record.levelname.lower()}: {text}"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A line that counts, on a terminal and for work over a second; nothing in CI."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield None
        return
    begun = time.monotonic()

    def show(done: int, of: int) -> None:
        if time.monotonic() - begun > 1:
            click.echo(f"\r{done} of {of} files", err=True, nl=False)

    yield show
    click.echo("\r\033[K", err=True, nl=False)
