"""Every version to the shape of OpenAPI 3.2, in place.

First everything that the description reaches is found, references followed, then each mapping is rewritten on its own: so a
pointer into a part that moves is resolved before it moves.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.spec import swagger, swagger_values
from portal_gen.spec.edit import mapping, move, place, put, take
from portal_gen.spec.fields import Fields
from portal_gen.spec.kinds import Kind, members
from portal_gen.spec.resolver import RefFault, Resolver, Target
from portal_gen.spec.schemas import upgrade_schema
from portal_gen.spec.tree import Map, where
from portal_gen.spec.version import is_version_2, is_version_3_0

SHAPE = "3.2.0"
UNNAMED: Final = "default"
"""The name that a single `example` gets among `examples`."""
_ORDER: Final[dict[str, int]] = {"document": 0, "pathItem": 1, "operation": 2}
"""Bodies of Swagger 2.0 are made from parameters as they are written, so before those change."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A mapping that the description reaches, and the version that it is written in."""

    kind: Kind
    value: Map
    version: str


def upgrade(root: Map, version: str, resolver: Resolver, fields: Fields) -> list[Diagnostic]:
    """Rewrite a description and what it refers to, after `fields` has looked at it; the findings on the way."""
    found = _reached(root, version, resolver)
    _look(found, fields)
    known = swagger.context(root)
    step = _Step(resolver, known)
    for item in sorted(found, key=lambda item: _ORDER.get(item.kind, 3)):
        step.apply(item)
    return step.diagnostics


def _look(found: list[_Found], fields: Fields) -> None:
    """At all but what is looked at before sections of Swagger 2.0 move: the document."""
    for item in found:
        if item.kind != "document" and not (item.kind == "components" and is_version_2(item.version)):
            fields.look(item.kind, item.value, item.version)
    fields.place_types((item.kind, item.value) for item in found)


def _reached(root: Map, version: str, resolver: Resolver) -> list[_Found]:
    found: list[_Found] = []
    seen: set[tuple[int, str]] = set()
    queue = deque([_Found("document", root, version)])
    while queue:
        item = queue.popleft()
        key = (id(item.value), item.kind)
        if key in seen:
            continue
        seen.add(key)
        found.append(item)
        queue.extend(_Found(kind, value, item.version) for kind, value in members(item.kind, item.value))
        queue.extend(_referred(item, resolver))
    return found


def _referred(item: _Found, resolver: Resolver) -> list[_Found]:
    holders = [item.value] if isinstance(item.value.get("$ref"), str) else []
    if item.kind == "schema" and "discriminator" in item.value:
        holders += _mapped(item.value["discriminator"])
    targets = [target for holder in holders if (target := _target(holder, resolver))]
    if holders and holders[0] is item.value and targets:
        resolver.rewrite(item.value)
    return [
        _Found(item.kind, target.value, resolver.version(target) or item.version)
        for target in targets
        if isinstance(target.value, Map)
    ]


def _mapped(discriminator: Any) -> list[Map]:
    """The references in a discriminator's mapping. A bare name is no reference."""
    pairs = discriminator.get("mapping") if isinstance(discriminator, Map) else None
    if not isinstance(pairs, Map):
        return []
    return [
        mapping(pairs, place(pairs, name), **{"$ref": ref})
        for name, ref in pairs.items()
        if isinstance(ref, str) and ("#" in ref or "/" in ref or ref.endswith((".yaml", ".yml", ".json")))
    ]


def _target(holder: Map, resolver: Resolver) -> Target | None:
    """Where a reference leads; a broken one is reported by whoever reads the description, not here."""
    try:
        return resolver.resolve(holder)
    except RefFault:
        return None


class _Step:
    """Rewriting of one mapping at a time."""

    def __init__(self, resolver: Resolver, known: swagger_values.Context) -> None:
        self.resolver = resolver
        self.known = known
        self.diagnostics: list[Diagnostic] = []

    def apply(self, item: _Found) -> None:
        """Rewrite one mapping by its kind, from 2.0 to 3.0 first where needed."""
        if is_version_2(item.version):
            self._from_swagger(item.kind, item.value)
        old = is_version_3_0(item.version)
        self._common(item.kind, item.value, old)
        while self.known.made:
            self._common(*self.known.made.pop(), old)

    def _common(self, kind: Kind, value: Map, old: bool) -> None:
        match kind:
            case "document":
                _document(value)
            case "schema":
                upgrade_schema(value, old, self._warn)
            case "parameter" | "header" | "mediaType":
                _example(value)

    def _from_swagger(self, kind: Kind, value: Map) -> None:
        match kind:
            case "document":
                swagger.upgrade_document(value, self.known)
            case "pathItem":
                swagger.upgrade_path_item(value, self._meant)
            case "operation":
                swagger.upgrade_operation(value, self.known, self._meant, self._warn)
            case "parameter" | "header":
                swagger_values.upgrade_parameter(value, self.known, self._warn)
            case "response":
                swagger.upgrade_response(value, self.known.produces, self.known)
            case "schema":
                swagger_values.upgrade_schema(value)

    def _meant(self, value: Any) -> Any:
        """A parameter, or what a reference to one leads to in the end."""
        for _ in range(20):
            if not (isinstance(value, Map) and isinstance(value.get("$ref"), str)):
                return value
            target = _target(value, self.resolver)
            value = target.value if target else None
        return None

    def _warn(self, holder: Map, key: str, message: str) -> None:
        self.diagnostics.append(warning("upgrade", message, where(holder, key)))


def _document(root: Map) -> None:
    if "webhooks" not in root:
        move(root, "x-webhooks", root, "webhooks")
    mark = place(root, "swagger" if "swagger" in root and "openapi" not in root else "openapi")
    take(root, "swagger")
    put(root, "openapi", SHAPE, mark)


def _example(holder: Map) -> None:
    """A single `example` joins the named ones."""
    if "example" not in holder or "$ref" in holder:
        return
    mark = place(holder, "example")
    named = holder.get("examples")
    if named is None:
        named = Map(holder.file, mark)
        put(holder, "examples", named, mark)
    if isinstance(named, Map):
        value = take(holder, "example")
        if UNNAMED not in named:
            put(named, UNNAMED, mapping(named, mark, value=value), mark)
