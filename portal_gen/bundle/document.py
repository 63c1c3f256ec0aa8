"""The bundle as a tree: the root and what is gathered there; paths and components come from the rooms beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal_gen.bundle.copying import Copier, Names, Tree
from portal_gen.bundle.naming import camel, unique
from portal_gen.bundle.part import Part
from portal_gen.bundle.paths import default_security, path_item, unnamed, webhook
from portal_gen.bundle.places import Omitted, places
from portal_gen.bundle.reached import Reached, key_of
from portal_gen.bundle.schemes import schemes
from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.load import Opened, open_portal
from portal_gen.portal.discovery import descriptions
from portal_gen.portal.portal import OperationPage, Portal
from portal_gen.spec.edit import mapping, place
from portal_gen.spec.pointer import tokens
from portal_gen.spec.resolver import Resolver, Source
from portal_gen.spec.source import read, shown
from portal_gen.spec.tree import Map, where
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
_ALIKE = ("termsOfService", "contact", "license")
_TOLD = (
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "webhooks",
    "components",
    "x-tagGroups",
    "x-internal",
    "x-webhooks",
)
"""Root fields that stand elsewhere in the bundle; `$self` and `jsonSchemaDialect` are about the part's own text."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One description of everything, as plain values in the order of its text. `files` are those that it was made from."""

    tree: Tree
    operations: int
    omitted: int
    opened: Opened


def bundle(source: Path, root: Path | None = None) -> Bundle:
    """The bundle of a folder of descriptions. PortalError where one can not be used, or something is missing."""
    opened = open_portal(source, root)
    if opened.lost:
        raise PortalError(opened.lost)
    return _Bundler(source, opened.root, opened).bundle()


class _Bundler:
    """One making of a bundle."""

    def __init__(self, source: Path, folder: Path, opened: Opened) -> None:
        self.opened = opened
        self.portal = opened.portal
        self.folder = folder
        self.catalog_file = shown(folder / "catalog.yaml")
        self.parts = tuple(_parts(self.portal, dict(descriptions(source)), folder))
        self.items, self.omitted = places(self.parts)
        self.webhooks = [(part, page) for part in self.parts for page in part.service.pages if page.operation.kind == "webhook"]
        self.reached = self._reached()
        self.schemes = schemes(self.parts, self._key())
        self.tags = {(part.id, tag.name): f"{part.title} / {tag.name}" for part in self.parts for tag in part.service.document.tags}
        names = Names(self.reached.names(), self._operation_ids(), self.schemes.names, self.tags)
        self.copiers = {part.id: Copier(part, names) for part in self.parts}
        self.security = self._security()

    def bundle(self) -> Bundle:
        """The whole tree."""
        copiers = self.copiers
        tags = list(self._tags())
        tree: Tree = {
            "openapi": max((part.written.version for part in self.parts), default="3.1.0"),
            "info": self._info(),
            "servers": self._servers(),
            "security": self.security,
            "tags": [tag for _, tag in tags],
            "x-tagGroups": _groups(tags),
            "x-services": [self._service(part) for part in self.parts],
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

    def _reached(self) -> Reached:
        """The components that the bundle needs; those that only omitted operations lead to are not among them."""
        reached, elsewhere = Reached(), Reached()
        for item in self.items:
            for page in item.pages:
                _walk(reached, item.part, page)
        for part, page in self.webhooks:
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
        pages = [(item.part, page) for item in self.items for page in item.pages] + self.webhooks
        wanted: dict[tuple[str, str], tuple[str, str]] = {}
        for part, page in pages:
            inner = (operation for callback in page.operation.callbacks for operation in callback.operations)
            for name in (page.operation.id or unnamed(page), *(operation.id for operation in inner if operation.id)):
                wanted[part.id, name] = (camel(part.id, name), f"{part.id}/{name}")
        return unique(wanted)

    def _key(self) -> tuple[str, Map] | None:
        """Name and scheme of the one key, as the catalog's `key_scheme` refers to it."""
        reference = self.portal.catalog.key_scheme
        if not reference:
            return None
        path = self.folder / "catalog.yaml"
        catalog = read(path, self.catalog_file).value
        resolver = Resolver(self.folder)
        resolver.add(Source(self.catalog_file, path.resolve(), catalog, ""))
        target = resolver.resolve(mapping(catalog, place(catalog, "key_scheme"), **{"$ref": reference}))
        if not isinstance(target.value, Map):
            raise PortalError(
                [error("bundle", "`key_scheme` leads to no security scheme; correct it", where(catalog, "key_scheme"))]
            )
        return tokens(target.pointer)[-1], target.value

    def _security(self) -> list[Tree]:
        """What most services ask for; the first of them where several are as many."""
        asked = [default_security(copier) for copier in self.copiers.values()]
        return max(asked, key=asked.count, default=[])

    def _info(self) -> Tree:
        catalog = self.portal.catalog
        if not catalog.version:
            raise PortalError([error("bundle", "there is no `version` to give to the bundle; add it", Location(self.catalog_file))])
        made: Tree = {"title": self.portal.title}
        if catalog.description:
            made["description"] = catalog.description
        infos = [part.root["info"] for part in self.parts]
        made |= {name: infos[0][name] for name in _ALIKE if name in infos[0] and all(i.get(name) == infos[0][name] for i in infos)}
        return made | {"version": catalog.version}

    def _servers(self) -> list[Tree]:
        gateway = self.portal.catalog.gateway
        listed = [
            {"url": server.url} | ({"description": server.description} if server.description else {}) for server in gateway.servers
        ]
        return listed or ([{"url": gateway.url}] if gateway.url else [])

    def _tags(self) -> Iterator[tuple[Part, Tree]]:
        """The tags of what is bundled, and those that are declared without any operation."""
        used = Counter((item.part.id, tag) for item in self.items for page in item.pages for tag in _tags_of(page))
        used.update((part.id, tag) for part, page in self.webhooks for tag in _tags_of(page))
        gone = {(entry.part.id, tag) for entry in self.omitted for tag in _tags_of(entry.page)} - used.keys()
        for part in self.parts:
            declared = {tag["name"]: tag for tag in part.root.get("tags") or () if isinstance(tag, Map) and "name" in tag}
            for tag in part.service.document.tags:
                if (part.id, tag.name) not in gone:
                    yield part, _tag(self.tags[part.id, tag.name], tag.name, declared.get(tag.name, {}), part)
            if used[part.id, ""]:
                yield part, {"name": part.title}

    def _service(self, part: Part) -> Tree:
        """What a description says of itself as a whole."""
        info = part.root["info"]
        made: Tree = {"id": part.id, "name": part.service.name}
        made |= {name: value for name, value in info.items() if name not in _ALIKE or value != self._info().get(name)}
        if part.root.get("servers"):
            made["servers"] = part.root["servers"]
        if part.id in self.schemes.words:
            made["authentication"] = self.schemes.words[part.id]
        return made | {name: value for name, value in part.root.items() if name not in _TOLD}

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


def _tags_of(page: OperationPage) -> tuple[str, ...]:
    return page.operation.tags or ("",)


def _tag(name: str, own: str, declared: Tree, part: Part) -> Tree:
    made = {"name": name, "x-displayName": declared.get("x-displayName", own)}
    return made | {key: value for key, value in declared.items() if key not in (*made, "x-internal", "parent")}


def _groups(tags: Iterable[tuple[Part, Tree]]) -> list[Tree]:
    groups: dict[str, list[str]] = {}
    for part, tag in tags:
        groups.setdefault(part.title, []).append(tag["name"])
    return [{"name": title, "tags": names} for title, names in groups.items()]


def _omitted(entry: Omitted) -> Tree:
    operation = entry.page.operation
    made: Tree = {"service": entry.part.id, "method": operation.method, "path": operation.path}
    return made | ({"operationId": operation.id} if operation.id else {}) | {"reason": entry.reason}
