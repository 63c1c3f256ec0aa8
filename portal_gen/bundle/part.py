"""One description as a part of a bundle: the tree as written beside the service that the portal made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal_gen.portal.portal import OperationPage, Service
from portal_gen.spec.kinds import MEMBERS, Kind, members
from portal_gen.spec.resolver import Target
from portal_gen.spec.tree import Map, Seq
from portal_gen.spec.written import Written


@dataclass(frozen=True, slots=True)
class Part:
    """A service with its description; `rank` is its place in the portal, `title` the name that stands in front of its tags."""

    rank: int
    title: str
    service: Service
    written: Written

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id

    @property
    def root(self) -> Map:
        """The whole description."""
        return self.written.root

    @property
    def info(self) -> Map:
        """Its `info`, empty where there is none."""
        found = self.root.get("info")
        return found if isinstance(found, Map) else Map()

    def operations(self) -> Iterator[OperationPage]:
        """Its operations in the order of the text; webhooks are not among them."""
        pages = {id(page.operation): page for page in self.service.pages}
        return (pages[id(operation)] for operation in self.service.document.operations)

    def resolved(self, value: Any) -> Any:
        """What a value is or refers to in the end."""
        while isinstance(value, Map) and "$ref" in value:
            value = self.target(value).value
        return value

    def target(self, holder: Map) -> Target:
        """Where `$ref` leads, past components that are nothing but a reference. PortalError where it leads nowhere."""
        found = self.written.resolver.resolve(holder)
        while isinstance(found.value, Map) and list(found.value) == ["$ref"]:
            found = self.written.resolver.resolve(found.value)
        return found

    def internal(self, raw: Any) -> bool:
        """Whether the author keeps a value to himself (`x-internal: true`), here or where its `$ref` leads."""
        while isinstance(raw, Map) and raw.get("x-internal") is not True:
            if "$ref" not in raw:
                return False
            raw = self.written.resolver.resolve(raw).value
        return isinstance(raw, Map)

    def servers(self, holder: Map) -> list[Any]:
        """The `servers` of a description, path or operation, without internal ones."""
        found = holder.get("servers")
        return [server for server in found if not self.internal(server)] if isinstance(found, Seq) else []

    def item(self, page: OperationPage) -> Map:
        """The path item (or webhook) that an operation stands in."""
        operation = page.operation
        webhooks = "webhooks" if "webhooks" in self.root else "x-webhooks"
        section = webhooks if operation.kind == "webhook" else "paths"
        holder = self.root[section][operation.path]
        found = self.resolved(holder)
        assert isinstance(found, Map)
        return found if found is holder or len(holder) == 1 else _beside(found, holder)

    def raw(self, page: OperationPage) -> Map:
        """An operation as it is written."""
        item, method = self.item(page), page.operation.method
        found = item.get(method.lower()) if method.lower() in item else item["additionalOperations"][method]
        assert isinstance(found, Map)
        return found

    def components(self) -> Iterator[tuple[str, str, Any]]:
        """(section, name, value) of the components that are no references and not internal."""
        sections = self.root.get("components")
        for section, entries in sections.items() if isinstance(sections, Map) else ():
            if section in MEMBERS["components"] and section != "securitySchemes" and isinstance(entries, Map):
                for name, value in entries.items():
                    if isinstance(value, Map) and list(value) != ["$ref"] and not self.internal(value):
                        yield section, name, value

    def members(self, kind: Kind, holder: Map) -> Iterator[tuple[Kind, Map]]:
        """The mappings directly inside one, each with its kind, without what is internal."""
        return ((inner, value) for inner, value in members(kind, holder) if not self.internal(value))


def _beside(item: Map, holder: Map) -> Map:
    """A path with what stands beside its `$ref`, which holds over what it refers to; the parameters of both."""
    found = Map(item.file, item.mark)
    found.update(item)
    found.update((name, value) for name, value in holder.items() if name != "$ref")
    both = [*(item.get("parameters") or ()), *(holder.get("parameters") or ())]
    if both:
        found["parameters"] = Seq(item.file, item.mark)
        found["parameters"].extend(both)
    return found
