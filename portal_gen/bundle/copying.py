"""A part's mappings written anew for the bundle: every reference inside it, every name with its service, nothing internal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portal_gen.bundle.discriminator import alternatives
from portal_gen.bundle.part import Part
from portal_gen.bundle.reached import Key, component_key
from portal_gen.model.visible import visible
from portal_gen.spec.kinds import MEMBERS, Kind, Shape
from portal_gen.spec.pointer import pointer
from portal_gen.spec.tree import Map, Seq

Tree: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What things of the parts are called in the bundle. Operations are known by service and operationId, schemes and tags by
    service and their names."""

    components: Mapping[Key, str]
    operations: Mapping[tuple[str, str], str]
    schemes: Mapping[tuple[str, str], str]
    tags: Mapping[tuple[str, str], str]


class Copier:
    """Copies what stands in one part."""

    def __init__(self, part: Part, names: Names) -> None:
        self.part = part
        self.names = names

    def copy(self, kind: Kind, value: Map) -> Tree:
        """A mapping of a kind, with everything in it."""
        table = MEMBERS[kind]
        made: Tree = {}
        for keyword, inner in value.items():
            if keyword == "x-internal" or (kind == "schema" and keyword == "$id"):
                continue
            if keyword == "$ref" and isinstance(inner, str):
                made[keyword] = self._reference(kind, value)
            elif kind == "callback" and not keyword.startswith("x-"):
                made |= self._one(keyword, "pathItem", inner)
            elif keyword in table:
                made |= self._members(keyword, *table[keyword], inner)
            else:
                made[keyword] = inner
        return self._finished(kind, value, made)

    def _members(self, keyword: str, form: Shape, kind: Kind, value: Any) -> Tree:
        """The entry for a keyword whose value holds nouns; none where all of it is internal."""
        match form:
            case Shape.ONE:
                return self._one(keyword, kind, value)
            case Shape.LIST if isinstance(value, Seq):
                return {keyword: [self._value(kind, item) for item in value if not self.part.internal(item)]}
            case Shape.NAMES | Shape.FIELDS if isinstance(value, Map):
                entries: Tree = {}
                for name, item in value.items():
                    extension = form is Shape.FIELDS and name.startswith("x-")
                    entries |= {name: item} if extension else self._one(name, kind, item)
                return {keyword: entries}
            case _:
                return {keyword: value}

    def _one(self, name: str, kind: Kind, value: Any) -> Tree:
        return {} if self.part.internal(value) else {name: self._value(kind, value)}

    def _value(self, kind: Kind, value: Any) -> Any:
        return self.copy(kind, value) if isinstance(value, Map) else value

    def _reference(self, kind: Kind, holder: Map) -> str:
        key, rest = component_key(self.part, kind, holder)
        return "#" + pointer(["components", key[0], self.names.components[key], *rest])

    def _finished(self, kind: Kind, value: Map, made: Tree) -> Tree:
        match kind:
            case "schema":
                self._required(value, made)
                self._values(value, made)
                self._discriminator(value, made)
            case "operation":
                self._operation(value, made)
            case "response":
                self._links(made)
            case "mediaType" | "parameter" | "header":
                self._examples(value.get("schema"), made)
        return made

    def _required(self, value: Map, made: Tree) -> None:
        """Without the properties that are internal."""
        properties, required = value.get("properties"), value.get("required")
        if isinstance(properties, Map) and isinstance(required, Seq):
            kept = [name for name in required if name not in properties or name in made["properties"]]
            made["required"] = kept
            if not kept:
                del made["required"]

    def _values(self, schema: Map, made: Tree) -> None:
        """The author's values for a schema, without properties that are internal."""
        made |= {name: visible(self.part, made[name], schema) for name in ("example", "default") if name in made}
        if isinstance(made.get("examples"), Seq):
            made["examples"] = [visible(self.part, value, schema) for value in made["examples"]]

    def _examples(self, schema: Any, made: Tree) -> None:
        """The examples of a body or parameter, without properties that are internal."""
        if "example" in made:
            made["example"] = visible(self.part, made["example"], schema)
        named = made.get("examples")
        for example in named.values() if isinstance(named, dict) else ():
            for name in ("value", "dataValue"):
                if isinstance(example, dict) and name in example:
                    example[name] = visible(self.part, example[name], schema)

    def _discriminator(self, value: Map, made: Tree) -> None:
        found = alternatives(self.part, value)
        if found:
            mapping = {name: self._reference("schema", holder) for name, holder in found.items()}
            made["discriminator"] = value["discriminator"] | {"mapping": mapping}

    def _operation(self, value: Map, made: Tree) -> None:
        name = value.get("operationId")
        if isinstance(name, str):
            made["operationId"] = self.names.operations[self.part.id, name]
        if isinstance(value.get("tags"), Seq):
            known = ((self.part.id, tag) for tag in value["tags"] if isinstance(tag, str))
            made["tags"] = [self.names.tags[key] for key in known if key in self.names.tags]
        if "security" in value:
            made["security"] = self.security(value["security"])

    def security(self, requirements: Any) -> list[Tree]:
        """Security requirements; one that names a scheme which is not there is left out."""
        found = []
        for requirement in requirements if isinstance(requirements, Seq) else ():
            if isinstance(requirement, Map) and all((self.part.id, name) in self.names.schemes for name in requirement):
                found.append({self.names.schemes[self.part.id, name]: scopes for name, scopes in requirement.items()})
        return found

    def _links(self, made: Tree) -> None:
        """Without links to operations that are not in the bundle; the others by their operation's new name."""
        links = made.get("links")
        if isinstance(links, dict):
            found = ((name, self._link(link)) for name, link in links.items())
            made["links"] = {name: link for name, link in found if link is not None}

    def _link(self, link: Any) -> Any:
        if not (isinstance(link, dict) and "operationId" in link):
            return link
        target = self.names.operations.get((self.part.id, link["operationId"]))
        return link | {"operationId": target} if target else None
