"""The bundle as a tree: the root and what is gathered there; paths and components come from the rooms beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal_gen.bundle.copying import Copier, Names, Tree
from portal_gen.bundle.naming import camel, unique
from portal_gen.bundle.part import Part
from portal_gen.bundle.paths import default_security, path_item, unnamed, webhook
from portal_gen.bundle.places import Omitted, places
from portal_gen.bundle.reached import Reached, key_of
from portal_gen.bundle.root import groups_of, info_of, key_scheme, servers_of, service_of, tags_of
from portal_gen.bundle.schemes import schemes
from portal_gen.errors import PortalError
from portal_gen.load import Opened, open_portal
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import OperationPage, Portal
from portal_gen.spec.tree import Map
from portal_gen.spec.written import as_written

_ORDER = (
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "examples",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "schemas",
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One description of everything, as plain values in the order of its text, with how many operations it has and omits."""

    tree: Tree
    operations: int
    omitted: int
    opened: Opened


def bundle(source: Path, root: Path | None = None) -> Bundle:
    """The bundle of a folder of descriptions. PortalError where one can not be used, or something is missing."""
    opened = open_portal(source, root)
    if opened.lost:
        raise PortalError(opened.lost)
    return _Bundler(source, opened).bundle()


class _Bundler:
    """One making of a bundle."""

    def __init__(self, source: Path, opened: Opened) -> None:
        self.opened = opened
        self.portal = opened.portal
        self.parts = tuple(_parts(self.portal, dict(descriptions(source)), opened.root))
        self.items, self.omitted = places(self.parts)
        self.webhooks = [(part, page) for part in self.parts for page in part.service.pages if page.operation.kind == "webhook"]
        self.reached = self._reached()
        self.schemes = schemes(self.parts, key_scheme(opened))
        self.tags = {(part.id, tag.name): f"{part.title} / {tag.name}" for part in self.parts for tag in part.service.document.tags}
        names = Names(self.reached.names(), self._operation_ids(), self.schemes.names, self.tags)
        self.copiers = {part.id: Copier(part, names) for part in self.parts}
        self.security = self._security()

    def bundle(self) -> Bundle:
        """The whole tree."""
        copiers = self.copiers
        info = info_of(self.opened, self.parts)
        tags = list(tags_of(self.parts, self.tags, self._pages(), self.omitted))
        tree: Tree = {
            "openapi": max((part.written.version for part in self.parts), default="3.1.0"),
            "info": info,
            "servers": servers_of(self.portal.catalog.gateway),
            "security": self.security,
            "tags": [tag for _, tag in tags],
            "x-tagGroups": groups_of(tags),
            "x-services": [service_of(part, info, self.schemes.words.get(part.id, "")) for part in self.parts],
            "x-omitted": [_omitted(entry) for entry in self.omitted],
            "paths": {item.key: path_item(item, copiers[item.part.id], self.security) for item in self.items},
            "webhooks": {
                camel(p.id, page.operation.path): webhook(page, copiers[p.id], self.security) for p, page in self.webhooks
            },
            "components": self._components(),
        }
        for optional in ("servers", "x-omitted", "webhooks"):
            if not tree[optional]:
                del tree[optional]
        return Bundle(tree, sum(len(item.pages) for item in self.items), len(self.omitted), self.opened)

    def _pages(self) -> list[tuple[Part, OperationPage]]:
        """All operations that are not omitted, then the webhooks."""
        return [(item.part, page) for item in self.items for page in item.pages] + self.webhooks

    def _reached(self) -> Reached:
        """The components that the bundle needs; those that only omitted operations lead to are not among them."""
        reached, elsewhere = Reached(), Reached()
        for part, page in self._pages():
            _walk(reached, part, page)
        for entry in self.omitted:
            _walk(elsewhere, entry.part, entry.page)
        known = reached.found.keys() | elsewhere.found.keys()
        for part in self.parts:
            for section, name, value in part.components():
                if key_of(part, section, name) not in known:
                    reached.add(part, section, name, value)
        return reached

    def _operation_ids(self) -> dict[tuple[str, str], str]:
        """New ids by service and old id, of all that is not omitted."""
        wanted: dict[tuple[str, str], tuple[str, str]] = {}
        for part, page in self._pages():
            inner = (operation for callback in page.operation.callbacks for operation in callback.operations)
            for name in (page.operation.id or unnamed(page), *(operation.id for operation in inner if operation.id)):
                wanted[part.id, name] = (camel(part.id, name), f"{part.id}/{name}")
        return unique(wanted)

    def _security(self) -> list[Tree]:
        """What most services ask for; the first of them where several are as many."""
        asked = [default_security(copier) for copier in self.copiers.values()]
        return max(asked, key=asked.count, default=[])

    def _components(self) -> Tree:
        made: Tree = {"securitySchemes": self.schemes.entries} if self.schemes.entries else {}
        found = self.reached.ordered()
        for section in _ORDER:
            entries = {}
            for component in found:
                if component.key[0] == section:
                    copier = self.copiers[component.part.id]
                    name = copier.names.components[component.key]
                    entries[name] = (
                        copier.copy(component.kind, component.value) if isinstance(component.value, Map) else component.value
                    )
            if entries:
                made[section] = entries
        return made


def _parts(portal: Portal, files: dict[str, Path], folder: Path) -> Iterator[Part]:
    names = Counter(service.name for service in portal.services)
    for rank, service in enumerate(portal.services):
        title = service.name if names[service.name] == 1 else f"{service.name} ({service.id})"
        yield Part(rank, title, service, as_written(files[service.id], folder))


def _walk(reached: Reached, part: Part, page: OperationPage) -> None:
    reached.walk(part, "operation", part.raw(page))
    for parameter in part.item(page).get("parameters") or ():
        if isinstance(parameter, Map) and not part.internal(parameter):
            reached.walk(part, "parameter", parameter)


def _omitted(entry: Omitted) -> Tree:
    operation = entry.page.operation
    made: Tree = {"service": entry.part.id, "method": operation.method, "path": operation.path}
    return made | ({"operationId": operation.id} if operation.id else {}) | {"reason": entry.reason}
