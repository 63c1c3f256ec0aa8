"""What stands at the root of a bundle beside paths and components: from the catalog, or gathered from the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal_gen.bundle.copying import Tree
from portal_gen.bundle.part import Part
from portal_gen.bundle.places import Omitted
from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.load import Opened
from portal_gen.portal.catalog import Gateway
from portal_gen.portal.portal import OperationPage
from portal_gen.spec.edit import mapping, place
from portal_gen.spec.pointer import tokens
from portal_gen.spec.resolver import Resolver, Source
from portal_gen.spec.source import read, shown
from portal_gen.spec.tree import Map, where

_ALIKE = ("termsOfService", "contact", "license")
"""Fields of `info` that the bundle has too where all parts say the same."""
_ELSEWHERE = frozenset(
    "openapi $self info servers security tags paths webhooks components x-tagGroups x-internal x-webhooks".split()
)
"""Fields of a part's root that are no news of its service."""


def info_of(opened: Opened, parts: Iterable[Part]) -> Tree:
    """The catalog's title, description and version, and what all parts say alike. PortalError where there is no version."""
    catalog = opened.portal.catalog
    if not catalog.version:
        file = shown(opened.root / "catalog.yaml")
        raise PortalError([error("bundle", "there is no `version` to give to the bundle; add it", Location(file))])
    made: Tree = {"title": opened.portal.title}
    if catalog.description:
        made["description"] = catalog.description
    infos = [part.info for part in parts]
    first = infos[0]
    made |= {name: first[name] for name in _ALIKE if name in first and all(info.get(name) == first[name] for info in infos)}
    return made | {"version": catalog.version}


def servers_of(gateway: Gateway) -> list[Tree]:
    """The addresses of the gateway, if there is one."""
    listed = [
        {"url": server.url} | ({"description": server.description} if server.description else {}) for server in gateway.servers
    ]
    return listed or ([{"url": gateway.url}] if gateway.url else [])


def service_of(part: Part, info: Tree, authentication: str) -> Tree:
    """What a description says of itself as a whole; `authentication` are its own words for the key."""
    made: Tree = {"id": part.id, "name": part.service.name}
    made |= {name: value for name, value in part.info.items() if name not in _ALIKE or value != info.get(name)}
    if part.servers(part.root):
        made["servers"] = part.servers(part.root)
    if authentication:
        made["authentication"] = authentication
    return made | {name: value for name, value in part.root.items() if name not in _ELSEWHERE}


def tags_of(
    parts: Iterable[Part],
    names: Mapping[tuple[str, str], str],
    pages: Iterable[tuple[Part, OperationPage]],
    omitted: Iterable[Omitted],
) -> Iterator[tuple[Part, Tree]]:
    """The tags of what is bundled, and those that are declared without any operation; `names` by service and own name."""
    used = {(part.id, tag) for part, page in pages for tag in _tags(page)}
    gone = {(entry.part.id, tag) for entry in omitted for tag in _tags(entry.page)} - used
    for part in parts:
        declared = {tag["name"]: tag for tag in part.root.get("tags") or () if isinstance(tag, Map) and "name" in tag}
        for tag in part.service.document.tags:
            if (part.id, tag.name) not in gone:
                yield part, _tag(names[part.id, tag.name], tag.name, declared.get(tag.name, {}))
        if (part.id, "") in used:
            yield part, {"name": part.title}


def groups_of(tags: Iterable[tuple[Part, Tree]]) -> list[Tree]:
    """A group of tags for each service."""
    groups: dict[str, list[str]] = {}
    for part, tag in tags:
        groups.setdefault(part.title, []).append(tag["name"])
    return [{"name": title, "tags": names} for title, names in groups.items()]


def key_scheme(opened: Opened) -> tuple[str, Map] | None:
    """Name and scheme of the one key, as the catalog's `key_scheme` refers to it."""
    reference = opened.portal.catalog.key_scheme
    if not reference:
        return None
    path = opened.root / "catalog.yaml"
    catalog = read(path, shown(path)).value
    resolver = Resolver(opened.root)
    resolver.add(Source(shown(path), path.resolve(), catalog, ""))
    target = resolver.resolve(mapping(catalog, place(catalog, "key_scheme"), **{"$ref": reference}))
    if not isinstance(target.value, Map):
        message = "`key_scheme` leads to no security scheme; correct it"
        raise PortalError([error("bundle", message, where(catalog, "key_scheme"))])
    return tokens(target.pointer)[-1], target.value


def _tags(page: OperationPage) -> tuple[str, ...]:
    return page.operation.tags or ("",)


def _tag(name: str, own: str, declared: Mapping[str, Any]) -> Tree:
    made = {"name": name, "x-displayName": declared.get("x-displayName", own)}
    return made | {key: value for key, value in declared.items() if key not in (*made, "x-internal", "parent")}
