"""A Document from a loaded description: the last place that sees raw mappings.

A faulty operation is left out and named; what it shares with others stays. Checks that concern style or good practice are not
made here but in `lint`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from portal_gen.diagnostics import Diagnostic, Location, error, warning
from portal_gen.errors import PortalError
from portal_gen.model.content_builder import ContentBuilder
from portal_gen.model.document import Component, Document, TagGroup
from portal_gen.model.info import Contact, Info, License, Server, Tag
from portal_gen.model.internal import internal_ids, without_links_to
from portal_gen.model.operation import Badge, Callback, CodeSample, Kind, Operation, Parameter
from portal_gen.model.reading import Fault, Reading, kind_of
from portal_gen.model.schema_builder import SchemaBuilder, external_docs
from portal_gen.model.security import SecurityRequirement
from portal_gen.model.security_builder import internal_schemes, security, security_schemes
from portal_gen.spec import Loaded
from portal_gen.spec.field_faults import unsaid
from portal_gen.spec.tree import Map, Seq, where

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_SAMPLES = ("x-codeSamples", "x-code-samples")
_KNOWN = frozenset((*_SAMPLES, "x-badges", "x-internal"))


def build(loaded: Loaded) -> Document:
    """The document of a loaded description; PortalError where nothing of it can be used."""
    try:
        return _Builder(loaded).document()
    except Fault as fault:
        raise PortalError(unsaid((*loaded.diagnostics, fault.diagnostic, *loaded.fields))) from fault


@dataclass(frozen=True, slots=True)
class _Around:
    """What the operations of one path share."""

    kind: Kind
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    servers: tuple[Server, ...]
    security: tuple[SecurityRequirement, ...]


class _Builder:
    """One build: the parts that several objects share, and what was found on the way."""

    def __init__(self, loaded: Loaded) -> None:
        self.root = loaded.root
        self.loaded = loaded
        self.reading = Reading(loaded)
        self.schemas = SchemaBuilder(self.reading)
        self.content = ContentBuilder(self.reading, self.schemas)
        self.hidden_schemes: frozenset[str] = frozenset()

    def document(self) -> Document:
        """Everything, in the order in which later parts need earlier ones."""
        root, reading = self.root, self.reading
        components = reading.mapping(root, "components")
        self.schemas.components(components)
        schemes = security_schemes(reading, components)
        self.hidden_schemes = internal_schemes(reading, components)
        required = security(reading, root, self.hidden_schemes) or ()
        servers = self.content.servers(root)
        operations = tuple(self._operations("paths", "operation", servers, required))
        webhooks = tuple(self._operations("webhooks", "webhook", (), required))
        tags, hidden = self._tags()
        secret = internal_ids(reading, root, hidden)
        operations, webhooks = (tuple(without_links_to(secret, _visible(found, hidden))) for found in (operations, webhooks))
        return Document(
            info=self._info(),
            location=where(root),
            written_version=self.loaded.written_version,
            servers=servers,
            tags=tuple(self._all_tags(tags, (*operations, *webhooks))),
            tag_groups=tuple(self._tag_groups(hidden)),
            operations=operations,
            webhooks=webhooks,
            schemas=self.schemas.finish(),
            security_schemes=schemes,
            security=required,
            external_docs=external_docs(reading, root),
            diagnostics=tuple(sorted(unsaid((*reading.diagnostics, *self.loaded.fields)), key=_by_place)),
            components=tuple(self._components(components)),
            identity=reading.text(root, "$self"),
            dialect=reading.text(root, "jsonSchemaDialect"),
        )

    def _components(self, components: Map) -> Iterator[Component]:
        for kind, entries in components.items():
            if isinstance(entries, Map) and not kind.startswith("x-"):
                for name, _ in self.reading.items(components, kind):
                    yield Component(kind, name, where(entries, name))

    def _info(self) -> Info:
        raw, text = self.reading.mapping(self.root, "info"), self.reading.text
        contact, license_ = (self._told(raw, key) for key in ("contact", "license"))
        return Info(
            title=text(raw, "title").strip(),
            version=text(raw, "version"),
            location=where(self.root, "info"),
            summary=text(raw, "summary"),
            description=text(raw, "description"),
            terms_of_service=text(raw, "termsOfService"),
            contact=Contact(*(text(contact, k) for k in ("name", "url", "email"))) if contact is not None else None,
            license=License(*(text(license_, k) for k in ("name", "identifier", "url"))) if license_ is not None else None,
        )

    def _told(self, raw: Map, key: str) -> Map | None:
        """An object of `info`, which is shown or left out with a warning."""
        value = raw.get(key)
        if value is not None and not isinstance(value, Map):
            self.reading.warn(raw, key, f"`{key}` is {kind_of(value)}, not a mapping; it is not shown: write an object")
        return value if isinstance(value, Map) else None

    def _tags(self) -> tuple[list[Tag], set[str]]:
        """The declared tags, and the names of those that are internal."""
        tags: list[Tag] = []
        hidden: set[str] = set()
        for item in self.reading.sequence(self.root, "tags"):
            if not isinstance(item, Map):
                continue
            (hidden.add(self.reading.text(item, "name")) if self.reading.internal(item) else tags.append(self._tag(item)))
        return tags, hidden

    def _tag(self, raw: Map) -> Tag:
        text = self.reading.text
        return Tag(
            name=text(raw, "name"),
            location=where(raw),
            title=text(raw, "x-displayName") or text(raw, "summary"),
            description=text(raw, "description"),
            external_docs=external_docs(self.reading, raw),
            parent=text(raw, "parent") or None,
            kind=text(raw, "kind"),
        )

    def _all_tags(self, declared: list[Tag], operations: tuple[Operation, ...]) -> Iterator[Tag]:
        """Declared tags once each, then those that are only used."""
        seen: set[str] = set()
        for tag in declared:
            if not tag.name or tag.name in seen:
                fault = f"the tag `{tag.name}` is declared twice; keep one" if tag.name else "a tag has no name; add `name`"
                self.reading.diagnostics.append(warning("tag", fault, tag.location))
            else:
                seen.add(tag.name)
                yield tag
        for operation in operations:
            for name in operation.tags:
                if name not in seen:
                    seen.add(name)
                    yield Tag(name, operation.location)

    def _tag_groups(self, hidden: set[str]) -> Iterator[TagGroup]:
        groups = self.root.get("x-tagGroups")
        for item in groups if isinstance(groups, Seq) else ():
            if isinstance(item, Map):
                tags = tuple(tag for tag in self.reading.texts(item, "tags") if tag not in hidden)
                yield TagGroup(self.reading.text(item, "name"), tags)

    def _operations(
        self, key: str, kind: Kind, servers: tuple[Server, ...], required: tuple[SecurityRequirement, ...]
    ) -> Iterator[Operation]:
        """The operations under `paths` or `webhooks`."""
        if key not in self.root:
            return
        entries = self.root[key]
        for path, holder in self.reading.items(self.root, key):
            try:
                items = self._items(holder, f"the path `{path}`", where(entries, path))
            except Fault as fault:
                self._leave_out(f"`{path}`", fault)
                continue
            if kind == "operation" and not path.startswith("/"):
                self.reading.warn(entries, path, f"the path `{path}` does not begin with a slash; write `/{path}`")
            yield from self._path_item(kind, path, items, servers, required)

    def _items(self, holder: Map, what: str, place: Location | None = None) -> tuple[Map, ...]:
        """What describes a path: the object that is referred to, then what stands beside the `$ref` (section 4.9)."""
        item, _ = self.reading.resolve(holder, what, place)
        return (item,) if item is holder else (item, holder)

    def _path_item(
        self, kind: Kind, path: str, items: tuple[Map, ...], servers: tuple[Server, ...], required: tuple[SecurityRequirement, ...]
    ) -> Iterator[Operation]:
        try:
            around = self._around(kind, path, items, servers, required)
            found = {method: (raw, place) for item in items for method, raw, place in self._methods(item)}
        except Fault as fault:
            self._leave_out(f"`{path}`", fault)
            return
        for method, (raw, location) in found.items():
            if self.reading.internal(raw):
                continue
            try:
                if not isinstance(raw, Map):
                    raise Fault(error("type", "an operation is no mapping; write an object with `responses`", location))
                yield self._operation(around, method, raw, location)
            except Fault as fault:
                self._leave_out(f"{method} {path}", fault)

    def _around(
        self, kind: Kind, path: str, items: tuple[Map, ...], servers: tuple[Server, ...], required: tuple[SecurityRequirement, ...]
    ) -> _Around:
        text = self.reading.text
        summary, description = "", ""
        parameters: tuple[Parameter, ...] = ()
        for item in items:
            summary, description = text(item, "summary") or summary, text(item, "description") or description
            parameters = _merged(parameters, self.content.parameters(item))
            servers = self.content.servers(item) or servers
        return _Around(kind, path, summary, description, parameters, servers, required)

    def _methods(self, item: Map) -> Iterator[tuple[str, Any, Location]]:
        for name in item:
            if name in METHODS:
                yield name.upper(), item[name], where(item, name)
            elif name.lower() in METHODS:
                self.reading.warn(item, name, f"`{name}` is not read as a method; write `{name.lower()}`")
        for name, raw in self.reading.items(item, "additionalOperations"):
            if name.lower() in item and name == name.upper():
                self.reading.warn(item["additionalOperations"], name, f"`{name}` is left out: `{name.lower()}` says it; keep one")
            else:
                yield name, raw, where(item["additionalOperations"], name)

    def _operation(self, around: _Around, method: str, raw: Map, location: Location) -> Operation:
        reading, text = self.reading, self.reading.text
        own = security(reading, raw, self.hidden_schemes)
        effective = around.security if own is None else own
        return Operation(
            kind=around.kind,
            method=method,
            path=around.path,
            location=location,
            id=text(raw, "operationId") or None,
            summary=text(raw, "summary"),
            description=text(raw, "description"),
            tags=reading.texts(raw, "tags"),
            deprecated=reading.flag(raw, "deprecated"),
            servers=self.content.servers(raw) or around.servers,
            parameters=_merged(around.parameters, self.content.parameters(raw)),
            body=self.content.body(raw),
            responses=self.content.responses(raw),
            callbacks=tuple(self._callbacks(raw, effective)),
            security=effective,
            external_docs=external_docs(reading, raw),
            code_samples=tuple(self._samples(raw)),
            badges=tuple(self._badges(raw)),
            path_summary=around.summary,
            path_description=around.description,
            extensions=tuple((k, v) for k, v in raw.items() if k.startswith("x-") and k not in _KNOWN),
        )

    def _callbacks(self, raw: Map, required: tuple[SecurityRequirement, ...]) -> Iterator[Callback]:
        for name, holder in self.reading.items(raw, "callbacks"):
            value, _ = self.reading.resolve(holder, f"the callback `{name}`")
            for expression in value:
                if expression.startswith("x-") or self.reading.internal(value[expression]):
                    continue
                items = self._items(value[expression], f"the callback `{name}`")
                operations = tuple(self._path_item("operation", expression, items, (), required))
                yield Callback(name, expression, operations)

    def _samples(self, raw: Map) -> Iterator[CodeSample]:
        for key in _SAMPLES:
            samples = raw.get(key)
            for item in samples if isinstance(samples, Seq) else ():
                if isinstance(item, Map) and self.reading.text(item, "source"):
                    yield CodeSample(*(self.reading.text(item, k) for k in ("lang", "source", "label")))

    def _badges(self, raw: Map) -> Iterator[Badge]:
        badges = raw.get("x-badges")
        for item in badges if isinstance(badges, Seq) else ():
            if isinstance(item, Map):
                yield Badge(self.reading.text(item, "name") or self.reading.text(item, "label"), self.reading.text(item, "color"))
            elif isinstance(item, str):
                yield Badge(item)

    def _leave_out(self, what: str, fault: Fault) -> None:
        found = fault.diagnostic
        message = f"{what} is left out: {found.message}"
        self.reading.diagnostics.append(Diagnostic(found.severity, found.rule, message, found.location))


def _merged(shared: tuple[Parameter, ...], own: list[Parameter]) -> tuple[Parameter, ...]:
    """Parameters of the path and the operation: the operation's hold over those of the same name and location."""
    override = {(parameter.place, parameter.name) for parameter in own}
    return (*(p for p in shared if (p.place, p.name) not in override), *own)


def _visible(operations: tuple[Operation, ...], hidden: set[str]) -> Iterator[Operation]:
    """Operations without the internal tags."""
    for operation in operations:
        if hidden.isdisjoint(operation.tags):
            yield operation
        elif not hidden.issuperset(operation.tags):
            yield replace(operation, tags=tuple(tag for tag in operation.tags if tag not in hidden))


def _by_place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    location = diagnostic.location
    return location.file, location.line, location.column, diagnostic.message
