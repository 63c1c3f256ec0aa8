"""Contents of an earlier build: what would be drawn again from the very same values is taken from a store instead.

Three kinds of entries are kept, all of them JSON. The *outline* says what there is, and from which files with which digests; while
those are the same, nothing is read but them. A *part* holds some pages of one service. Its key is made of all that those pages
depend on: the service's own files, the catalog, the names of the other services, how paths are shown, and the program. *Navigation*
has the key of its service too. What stands on pages of the whole portal depends on all files. Shells of the theme are in no key:
contents do not depend on them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from portal_gen.cache import Store, digest
from portal_gen.diagnostics import Diagnostic, Location, Severity, error
from portal_gen.errors import PortalError
from portal_gen.load import Opened
from portal_gen.plan import Planned
from portal_gen.portal.added import NOTHING, Added
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import Portal, Service
from portal_gen.portal.search import records
from portal_gen.portal.urls import Urls
from portal_gen.readings import below, program, seal, untouched
from portal_gen.render.context import Page
from portal_gen.render.navigation import NavPart, NavParts, folder
from portal_gen.site import Drawn
from portal_gen.spec import find_root
from portal_gen.spec.source import shown, view

PAGES = 48
"""Pages of one part: few, so that several processes can share a service; many, so that there are not too many files."""
_PLANNED: Callable[[Planned], tuple[str, ...]] = attrgetter(*(field.name for field in fields(Planned)))
_NAV_PART: Callable[[NavPart], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(NavPart)))


@dataclass(frozen=True, slots=True)
class Made:
    """The contents of a site, with what else is to be known of its portal."""

    contents: Drawn | Kept
    title: str
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Path, ...]
    """Every file that was read."""
    records: Callable[[], list[dict[str, str]]]
    """For the search."""
    targets: Callable[[str], Mapping[str, str]]
    """URLs of pages by name, for links to an `op` or a `schema`."""


def made_of(opened: Opened) -> Made:
    """A portal that was read, to be drawn."""
    portal = opened.portal
    return Made(
        Drawn(portal), portal.title, portal.diagnostics, opened.files, partial(records, portal), lambda kind: targets(portal, kind)
    )


def targets(portal: Portal, kind: str) -> dict[str, str]:
    """Names with page URLs: `service/operationId`, a webhook by its id or name; `service/schema` where the kind is `schema`; services
    by their ids where it is `service`."""
    if kind == "service":
        return {service.id: service.url for service in portal.services}
    if kind == "schema":
        return {f"{service.id}/{key}": page.url for service in portal.services for key, page in service.schemas.items()}
    found: dict[str, str] = {}
    for service in portal.services:
        for page in service.pages:
            found.setdefault(f"{service.id}/{page.operation.id or page.slug}", page.url)
    return found


def made_with(
    store: Store, source: Path, root: Path | None, urls: Urls, title: str, read: Callable[[], Opened], added: Added = NOTHING
) -> Made:
    """The contents of a site with what a store has of them; `read` reads the portal and is called when that is needed."""
    name = _outline_name(source, root, urls, title, added)
    begun = time.time_ns()
    current = _current(store, name, source, root)
    if current is not None:
        seals = current["inputs"]
        return _made(store, current, _folder(source, root), lambda: _same(read, seals, source))
    opened = read()
    outline = _outline(opened, source, urls)
    if not untouched(opened.files, begun):
        return made_of(opened)
    made = _made(store, outline, opened.root, lambda: opened, opened)
    if opened.whole and outline["keys"][""]:
        for kind in ("op", "schema", "service"):
            made.targets(kind)
        store.put(name, _json(outline))
    return made


def _made(store: Store, outline: dict[str, Any], base: Path, read: Callable[[], Opened], opened: Opened | None = None) -> Made:
    contents = Kept(store, outline, read, opened)
    return Made(
        contents,
        outline["title"],
        tuple(_diagnostic(row) for row in outline["diagnostics"]),
        tuple(base / name for name, sealed in outline["inputs"].items() if sealed),
        lambda: contents.side("records", records),
        lambda kind: contents.side(kind, lambda portal: targets(portal, kind)),
    )


# ---- what a portal was made from ----


def _folder(source: Path, root: Path | None) -> Path:
    """The root of a portal, as `open_portal` finds it."""
    return root or find_root(descriptions(source)[0][1] if source.is_file() else source / "catalog.yaml")


def _outline_name(source: Path, root: Path | None, urls: Urls, title: str, added: Added) -> str:
    """The key of an outline: settings, and where the portal stands as messages show it."""
    folder = _folder(source, root) if source.exists() else source
    return digest("outline", program(), repr(urls), title, repr(added), *view(folder), below(source, folder))


def _listed(source: Path, folder: Path) -> list[list[str]]:
    """Services with their files, as they are found, and where those really lie."""
    return [[id_, os.path.relpath(path, source), below(path, folder)] for id_, path in descriptions(source)]


def _current(store: Store, name: str, source: Path, root: Path | None) -> dict[str, Any] | None:
    """The outline of the portal as its files are now, if that is kept."""
    data = store.get(name)
    if data is None:
        return None
    outline: dict[str, Any] = json.loads(data)
    try:
        folder = _folder(source, root)
        same = outline["services"] == _listed(source, folder)
    except (PortalError, OSError):
        return None
    if not same or any(seal(folder / path) != sealed for path, sealed in outline["inputs"].items()):
        return None
    return outline


def _same(read: Callable[[], Opened], seals: dict[str, str], source: Path) -> Opened:
    """The portal, read after its outline was taken from the store: it must still be the same."""
    begun = time.time_ns()
    opened = read()
    if _seals(opened) != seals or not untouched(opened.files, begun):
        message = "a description changed while the site was built; build again"
        raise PortalError([error("files", message, Location(shown(source)))])
    return opened


def _seals(opened: Opened) -> dict[str, str]:
    """Every file below the root that was read, and the catalog where there is none, with digests."""
    paths = {below(path, opened.root): path for path in (*opened.files, opened.root / "catalog.yaml")}
    return {name: seal(path) for name, path in sorted(paths.items())}


def _outline(opened: Opened, source: Path, urls: Urls) -> dict[str, Any]:
    portal, seals = opened.portal, _seals(opened)
    drawn = Drawn(portal)
    common = digest(
        program(), str(urls.directory), *view(opened.root), str(source.is_file()), portal.title, seals["catalog.yaml"], repr(portal.added),
        *(part for service in portal.services for part in (service.id, service.name, service.url)),
    )  # fmt: skip
    keys = {service.id: _service_key(service, opened, seals, common) for service in portal.services}
    return {
        "title": portal.title,
        "directory": urls.directory,
        "services": _listed(source, opened.root),
        "inputs": seals,
        "pages": [list(_PLANNED(page)) for page in drawn.pages().values()],
        "data": list(drawn.data()),
        "keys": keys
        | {
            "": digest("whole", common, repr(portal.catalog.links), *(part for pair in seals.items() for part in pair))
            if all(keys.values())
            else ""
        },
        "diagnostics": [
            [found.severity.value, found.rule, found.message, found.location.file, found.location.line, found.location.column]
            for found in portal.diagnostics
        ],
    }


def _service_key(service: Service, opened: Opened, seals: dict[str, str], common: str) -> str:
    """A digest of all that the pages of a service depend on; empty where that is not known for certain."""
    origin = opened.origins[service.id]
    if not origin.certain:
        return ""
    names = [below(path, opened.root) for path in origin.files]
    own = (service.id, service.name, service.slug, service.group, service.file)
    return digest("service", common, *own, *(part for name in names for part in (name, seals[name])))


def _diagnostic(row: list[Any]) -> Diagnostic:
    severity, rule, message, file, line, column = row
    return Diagnostic(Severity(severity), rule, message, Location(file, line, column))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


# ---- contents ----


class Kept:
    """Contents that are taken from a store, or drawn and put there."""

    def __init__(self, store: Store, outline: dict[str, Any], read: Callable[[], Opened], opened: Opened | None) -> None:
        self.urls = Urls(outline["directory"])
        self._store = store
        self._keys: dict[str, str] = outline["keys"]
        self._plan = {row[0]: Planned(*row) for row in outline["pages"]}
        self._data: list[str] = outline["data"]
        self._read = read
        self._drawn = Drawn(opened.portal) if opened else None
        self._parts = dict(_parts(self._plan))
        self._part_of = {url: name for name, urls in self._parts.items() for url in urls}
        self._now: tuple[str, dict[str, Page]] = ("", {})
        self._navigation: tuple[tuple[str, str], NavParts] | None = None

    @property
    def portal(self) -> Portal:
        """What the pages say; it is read if it has not been."""
        return self._drawing().portal

    def _drawing(self) -> Drawn:
        if self._drawn is None:
            self._drawn = Drawn(self._read().portal)
        return self._drawn

    def prepare(self) -> None:
        """Before processes are forked from this one: read the portal once if any of them would have to."""
        keys = [self._key(*self._name(part)) for part in self._parts]
        if not all(key and self._store.has(key) for key in keys):
            self._drawing()

    def pages(self) -> Mapping[str, Planned]:
        """The plan."""
        return self._plan

    def part(self, url: str) -> str:
        """The part that a page is kept in."""
        return self._part_of[url]

    def data(self) -> Mapping[str, Callable[[], bytes]]:
        """The exports."""
        return {name: partial(self._datum, name) for name in self._data}

    def _datum(self, name: str) -> bytes:
        return self._entry("", ("data", name), self._drawing_data(name))

    def _drawing_data(self, name: str) -> Callable[[], bytes]:
        return lambda: self._drawing().data()[name]()

    def _entry(self, service: str, name: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """An entry that depends on what the key of `service` stands for; made, and kept where that key is known."""
        key = self._key(service, name)
        found = self._store.get(key) if key else None
        if found is None:
            found = make()
            if key:
                self._store.put(key, found)
        return found

    def _key(self, service: str, name: tuple[str, ...]) -> str:
        return digest(self._keys[service], *name) if self._keys[service] else ""

    def side(self, name: str, make: Callable[[Portal], Any]) -> Any:
        """Something made from the whole portal, kept as JSON."""
        return json.loads(self._entry("", ("side", name), lambda: _json(make(self.portal))))

    def page(self, url: str) -> Page:
        """A page; its part stays at hand, as the next that is asked for is mostly in it too."""
        name = self._part_of[url]
        if self._now[0] != name:
            self._now = (name, self._pages(name))
        return self._now[1][url]

    def _pages(self, part: str) -> dict[str, Page]:
        rows = json.loads(
            self._entry(*self._name(part), lambda: _json([_row(self._drawing().page(url)) for url in self._parts[part]]))
        )
        return {url: Page(*row) for url, row in zip(self._parts[part], rows, strict=True)}

    def _name(self, part: str) -> tuple[str, tuple[str, ...]]:
        urls = self._parts[part]
        return self._plan[urls[0]].service, ("pages", *urls)

    def navigation(self, url: str) -> str:
        """The navigation of a page, joined from its parts."""
        service, place = self._plan[url].service, folder(url)
        if not service:
            return ""
        if self._navigation is None or self._navigation[0] != (service, place):
            self._navigation = ((service, place), self._nav_parts(service, place, url))
        return self._navigation[1].html(url)

    def _nav_parts(self, service: str, place: str, url: str) -> NavParts:
        found = json.loads(self._entry(service, ("navigation", place), lambda: _json(self._nav_rows(url))))
        return NavParts(tuple(_nav_part(row) for row in found["parts"]), found["first"], found["after"], found["more"])

    def _nav_rows(self, url: str) -> dict[str, object]:
        found = self._drawing().nav_parts(url)
        return {"parts": list(map(_NAV_PART, found.parts)), "first": found.first, "after": found.after, "more": found.more}


def _row(page: Page) -> tuple[str, str, str, str]:
    return page.title, page.description, page.html, page.markdown


def _nav_part(row: list[Any]) -> NavPart:
    closed, head, items, slots, foot, cut = row
    return NavPart(closed, head, tuple(items), slots, foot, cut)


def _parts(plan: Mapping[str, Planned]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Parts by name, in the order of the plan."""
    services: dict[str, list[str]] = {}
    for url, page in plan.items():
        services.setdefault(page.service, []).append(url)
    for service, urls in services.items():
        for start in range(0, len(urls), PAGES):
            yield f"{service}/{start}", tuple(urls[start : start + PAGES])
