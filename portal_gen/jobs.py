"""The addresses of a site in batches, each of which any process can answer from a small recipe.

A recipe is all that a site is made of, without the site: where the descriptions lie, how pages are named, the theme's shells. A
process that is given one reads the descriptions by itself, once, and answers with `Site.get`; one that was forked from a process
that has the site reads nothing. Which processes there are is not known here: `executors` chooses them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Protocol

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.load import open_portal
from portal_gen.portal.added import NOTHING, Added
from portal_gen.portal.urls import Urls
from portal_gen.render.shell import Shell
from portal_gen.site import Site
from portal_gen.spec.source import collector_off, seen_from, shown


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a site, as a value that can be sent. Paths are absolute."""

    source: Path
    root: Path | None
    here: Path
    """The working folder: messages and pages name files as seen from it."""
    urls: Urls
    title: str
    canonical: str
    shells: tuple[tuple[str, Shell], ...] = ()
    """By `Planned.shell`."""
    given_away: tuple[str, ...] = ()
    """Addresses that hand-written pages have."""
    digest: str = ""
    """Of the files that the portal was read from; where they are read again, they must still be these."""
    added: Added = NOTHING

    def site(self) -> Site:
        """The site; PortalError where the files are not those that the recipe was made for."""
        with seen_from(self.here):
            try:
                opened = open_portal(self.source, self.root, self.urls, self.title, self.added)
            except PortalError:
                opened = None
        if opened is None or self.digest != digest_of(opened.files):
            message = "a description changed while the site was built, or is not the same for every process; build again"
            raise PortalError([error("files", message, Location(shown(self.source)))])
        shells = dict(self.shells)
        site = Site(opened.portal, lambda url: shells[site.pages[url].shell], self.canonical)
        for address in self.given_away:
            site.give_way(address)
        return site


def digest_of(files: Iterable[Path]) -> str:
    """A digest of files and their names; empty bytes stand for one that has gone."""
    found = blake2b(digest_size=16)
    for path in sorted(files):
        text = path.read_bytes() if path.is_file() else b""
        found.update(f"{path.name}\0{len(text)}\0".encode() + text)
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Job:
    """Addresses to answer: written below `out`, else returned."""

    recipe: Recipe
    addresses: tuple[str, ...]
    out: Path | None = None


_known: list[tuple[Recipe, Site]] = []
"""The site of this process, with its recipe: one at most."""


def remember(recipe: Recipe, site: Site) -> None:
    """Keep a site for the jobs of its recipe, here and in processes that are forked from this one."""
    _known[:] = [(recipe, site)]


def forget() -> None:
    """Keep no site any more."""
    _known.clear()


def answer(job: Job) -> tuple[bytes, ...]:
    """Do a job: the bytes of its addresses in their order, or none where they were written."""
    if not _known or _known[0][0] != job.recipe:
        remember(job.recipe, job.recipe.site())
    site = _known[0][1]
    with collector_off():
        if job.out is None:
            return tuple(site.get(address) for address in job.addresses)
        write(job.out, ((address, site.get(address)) for address in job.addresses))
    return ()


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write(out: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their addresses, below a folder; each folder is made once."""
    base, made = f"{out}{os.sep}", set[str]()
    for address, content in files:
        folder = address.rpartition("/")[0]
        if folder not in made:
            os.makedirs(base + folder, exist_ok=True)
            made.add(folder)
        file = os.open(base + address, _NEW, 0o666)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)


class Executor(Protocol):
    """What is asked of an executor: `concurrent.futures.Executor` has it."""

    def map(self, function: Callable[[Job], tuple[bytes, ...]], jobs: Iterable[Job], /) -> Iterator[tuple[bytes, ...]]:
        """The results in the order of the jobs."""


def run(executor: Executor, jobs: Iterable[Job], out: Path) -> Iterator[int]:
    """Have jobs done and what they return written below `out`; yields how many addresses are done."""
    jobs = tuple(jobs)
    done = 0
    for job, contents in zip(jobs, executor.map(answer, jobs), strict=True):
        if job.out is None:
            write(out, zip(job.addresses, contents, strict=True))
        done += len(job.addresses)
        yield done


def batches(site: Site, addresses: Iterable[str], count: int) -> Iterator[tuple[str, ...]]:
    """The addresses in about `count` batches of similar length, in their order. What belongs to one service stays together as far as
    that allows, as its pages share work; a page and its twin, and a part of the contents, always do."""
    parts = [(key, tuple(found)) for key, found in groupby(addresses, key=lambda address: _part(site, address))]
    size = max(1, -(-sum(len(part) for _, part in parts) // max(1, count)))
    batch: list[str] = []
    for _, group in groupby(parts, key=lambda part: part[0][0]):
        service = [part for _, part in group]
        if batch and len(batch) + sum(map(len, service)) > size * 1.25:
            yield tuple(batch)
            batch = []
        for part in service:
            batch += part
            if len(batch) >= size:
                yield tuple(batch)
                batch = []
    if batch:
        yield tuple(batch)


def _part(site: Site, address: str) -> tuple[str, str]:
    """Service and part that an address belongs to; what is no page belongs to no service and is a part by itself."""
    page = site.planned(address)
    return (page.service, site.contents.part(page.url)) if page else ("", address)
