"""Schema objects from raw mappings (JSON Schema 2020-12, OpenAPI 3.2 section 4.24).

References become keys of named schemas. Named schemas are built once each from a queue, so a cycle of any length ends.
"""

from __future__ import annotations

import posixpath
from collections import deque
from typing import Any

from portal_gen.diagnostics import Location, error, warning
from portal_gen.model.info import ExternalDocs
from portal_gen.model.reading import Fault, Reading, kind_of, reference
from portal_gen.model.schema import ABSENT, Absent, Discriminator, NamedSchema, Property, Schema
from portal_gen.model.visible import internal_names, parts_of, visible
from portal_gen.spec.kinds import MEMBERS, Shape
from portal_gen.spec.resolver import Target
from portal_gen.spec.tree import Json, Map, Seq, where

_FIELDS = frozenset(
    [
        "$ref",
        "$dynamicRef",
        "type",
        "format",
        "title",
        "description",
        "default",
        "const",
        "enum",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "items",
        "prefixItems",
        "allOf",
        "anyOf",
        "oneOf",
        "discriminator",
        "externalDocs",
        "x-internal",
        "nullable",
    ]
)
_APPLICATORS = {keyword: shape for keyword, (shape, _) in MEMBERS["schema"].items() if keyword not in _FIELDS}
"""Keywords that hold schemas and have no field of their own in `Schema`."""
_ENUM_DESCRIPTIONS = ("x-enumDescriptions", "x-enum-descriptions", "x-enum-description")
_COMPONENT = "/components/schemas/"
_DOCUMENT = frozenset(["openapi", "swagger"])
_TELLING = frozenset(["required", "dependentRequired", "dependentSchemas"])
"""Keywords that name properties elsewhere than where they are described."""


class SchemaBuilder:
    """Builds schemas of one description and gives names to what references lead to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.keys: dict[tuple[str, str], str] = {}
        self.taken: set[str] = set()
        self.hidden: frozenset[str] = frozenset()
        self.named: dict[str, NamedSchema] = {}
        self.queue: deque[tuple[str, str, Any, Location, bool]] = deque()

    def components(self, raw: Map) -> None:
        """Give the description's own named schemas their names, before anything refers to them."""
        path = str(self.reading.loaded.path)
        schemas = self.reading.mapping(raw, "schemas")
        self.hidden = frozenset(name for name, value in schemas.items() if self.reading.internal(value))
        for name, value in self.reading.items(raw, "schemas"):
            pointer = _COMPONENT + name.replace("~", "~0").replace("/", "~1")
            self.keys[path, pointer] = name
            self.taken.add(name)
            self.queue.append((name, name, value, where(raw["schemas"], name), True))

    def finish(self) -> dict[str, NamedSchema]:
        """Build every named schema that is still waiting, those that they refer to included."""
        while self.queue:
            key, name, raw, location, component = self.queue.popleft()
            self.named[key] = NamedSchema(key, name, self.schema(raw, location), location, component)
        return self.named

    def schema(self, raw: Any, location: Location) -> Schema:
        """The schema that stands at `location`. What cannot be read is named and shown as anything goes."""
        if isinstance(raw, bool):
            return Schema(location, boolean=raw)
        if not isinstance(raw, Map):
            message = f"a schema is {kind_of(raw)}, not a mapping; write an object with a `type`"
            self.reading.diagnostics.append(error("schema-type", message, location))
            return Schema(location)
        if self.reading.internal(raw):
            return Schema(location)
        try:
            return self._object(raw, location)
        except Fault as fault:
            self.reading.diagnostics.append(fault.diagnostic)
            return Schema(location, description=self.reading.text(raw, "description"))

    def optional(self, raw: Map, key: str) -> Schema | None:
        """The schema under `key`, or None."""
        return self.schema(raw[key], where(raw, key)) if key in raw else None

    def _object(self, raw: Map, location: Location) -> Schema:
        reading = self.reading
        enum = raw.get("enum")
        if enum is not None and not isinstance(enum, Seq):
            reading.warn(raw, "enum", f"`enum` is {kind_of(enum)}, not a list; write its values one a line")
            enum = None
        required = reading.texts(raw, "required") if not isinstance(raw.get("required"), bool) else ()
        properties = self._properties(raw, required)
        about = _enum_descriptions(raw, enum or ())
        read = _ENUM_DESCRIPTIONS if about.keys() <= {enum_text(value) for value in enum or ()} and about else ()
        hidden = internal_names(reading, parts_of(reading, raw)) if not _TELLING.isdisjoint(raw) else frozenset()
        known = (*_FIELDS, *_APPLICATORS, *read)
        rules = [(k, _told(k, v, hidden)) for k, v in raw.items() if k not in known]
        ref, unresolved = self._reference(raw, "$ref")
        dynamic, _ = self._reference(raw, "$dynamicRef")
        return Schema(
            location=location,
            ref=ref or dynamic,
            dynamic_ref=reading.text(raw, "$dynamicRef") or None,
            types=self._types(raw),
            format=reading.text(raw, "format"),
            title=reading.text(raw, "title"),
            description=reading.text(raw, "description"),
            default=visible(reading, raw["default"], raw) if "default" in raw else ABSENT,
            const=raw.get("const", ABSENT),
            enum=tuple(enum) if enum is not None else None,
            enum_descriptions=about,
            examples=self._examples(raw),
            deprecated=reading.flag(raw, "deprecated"),
            read_only=reading.flag(raw, "readOnly"),
            write_only=reading.flag(raw, "writeOnly"),
            properties=properties,
            required=tuple(name for name in required if name not in hidden),
            additional_properties=self.optional(raw, "additionalProperties"),
            pattern_properties=self._pairs(raw, "patternProperties"),
            items=self._items(raw),
            prefix_items=self._list(raw, "prefixItems") or (self._list(raw, "items") if isinstance(raw.get("items"), Seq) else ()),
            all_of=self._list(raw, "allOf"),
            any_of=self._list(raw, "anyOf"),
            one_of=self._list(raw, "oneOf"),
            discriminator=self._discriminator(raw),
            rules=tuple(([("$ref", unresolved)] if unresolved else []) + rules),
            applicators=self._applicators(raw, hidden),
            external_docs=external_docs(reading, raw),
        )

    def _types(self, raw: Map) -> tuple[str, ...]:
        value = raw.get("type")
        types = (
            (_SINGLE.get(value) or (value,))
            if isinstance(value, str)
            else self.reading.texts(raw, "type")
            if value is not None
            else ()
        )
        if raw.get("nullable") is True and types and "null" not in types:
            types = (*types, "null")
        return types

    def _examples(self, raw: Map) -> tuple[Json, ...]:
        value = raw.get("examples")
        values = value if isinstance(value, Seq) else value.values() if isinstance(value, Map) else ()
        return tuple(visible(self.reading, item, raw) for item in values)

    def _properties(self, raw: Map, required: tuple[str, ...]) -> tuple[Property, ...]:
        properties = self.reading.mapping(raw, "properties")
        return tuple(
            Property(name, self.schema(value, where(properties, name)), name in required)
            for name, value in properties.items()
            if not self.reading.internal(value)
        )

    def _items(self, raw: Map) -> Schema | None:
        return None if isinstance(raw.get("items"), Seq) else self.optional(raw, "items")

    def _list(self, raw: Map, key: str) -> tuple[Schema, ...]:
        items = self.reading.sequence(raw, key)
        return tuple(self.schema(item, where(items, index)) for index, item in enumerate(items) if not self.reading.internal(item))

    def _pairs(self, raw: Map, key: str) -> tuple[tuple[str, Schema], ...]:
        entries = self.reading.mapping(raw, key)
        return tuple(
            (name, self.schema(value, where(entries, name))) for name, value in entries.items() if not self.reading.internal(value)
        )

    def _applicators(self, raw: Map, hidden: frozenset[str]) -> tuple[tuple[str, Schema | tuple[tuple[str, Schema], ...]], ...]:
        found: list[tuple[str, Schema | tuple[tuple[str, Schema], ...]]] = []
        for key in raw:
            shape = _APPLICATORS.get(key)
            if shape is Shape.ONE:
                found.append((key, self.schema(raw[key], where(raw, key))))
            elif shape is Shape.NAMES:
                pairs = self._pairs(raw, key)
                found.append((key, tuple(pair for pair in pairs if key != "dependentSchemas" or pair[0] not in hidden)))
        return tuple(found)

    def _reference(self, raw: Map, keyword: str) -> tuple[str | None, str]:
        """The key that a reference leads to; where it leads nowhere, what was written."""
        if keyword not in raw:
            return None, ""
        try:
            target = self.reading.target(raw, keyword)
            if not target.pointer and isinstance(target.value, Map) and not _DOCUMENT.isdisjoint(target.value):
                message = f"{raw[keyword]} is a whole description, not a schema; name one in it, as in #/components/schemas/Name"
                raise Fault(error("ref", message, where(raw, keyword)))
            return self._key(target), ""
        except Fault as fault:
            self.reading.diagnostics.append(fault.diagnostic)
            return None, str(raw[keyword])

    def _key(self, target: Target) -> str:
        place = (str(target.path), target.pointer)
        if place not in self.keys:
            own = str(self.reading.loaded.path) == place[0]
            name = _name(target)
            key = next(k for k in _candidates(name, self._relative(target), target.pointer) if k not in self.taken)
            self.keys[place] = key
            self.taken.add(key)
            location = where(target.value) if isinstance(target.value, Map) else Location(target.file)
            component = own and target.pointer.startswith(_COMPONENT) and target.pointer.count("/") == 3
            self.queue.append((key, name, target.value, location, component))
        return self.keys[place]

    def _relative(self, target: Target) -> str:
        return target.path.relative_to(self.reading.loaded.resolver.root).as_posix()

    def _discriminator(self, raw: Map) -> Discriminator | None:
        value = raw.get("discriminator")
        if isinstance(value, str):
            return Discriminator(value)
        if not isinstance(value, Map):
            return None
        mapping = value.get("mapping")
        found = {k: self._mapped(mapping, k) for k in mapping} if isinstance(mapping, Map) else {}
        default = self._mapped(value, "defaultMapping") if "defaultMapping" in value else None
        pairs = tuple((k, target) for k, target in found.items() if target is not None)
        return Discriminator(self.reading.text(value, "propertyName"), pairs, default)

    def _mapped(self, raw: Map, key: str) -> str | None:
        """A discriminator's target as a schema key: a name of a component or a reference (section 4.25.3). None: internal."""
        text = self.reading.text(raw, key)
        if text in self.taken:
            return text
        holder = reference(raw, key, text)
        if text in self.hidden or self.reading.internal(holder):
            return None
        try:
            return self._key(self.reading.target(holder))
        except Fault:
            message = f"discriminator maps to `{text}`, which is no schema; name a component or write a reference"
            self.reading.diagnostics.append(warning("discriminator", message, where(raw, key)))
            return text


def _told(keyword: str, value: Any, hidden: frozenset[str]) -> Any:
    """A rule without the properties that are internal."""
    if keyword != "dependentRequired" or not hidden or not isinstance(value, Map):
        return value
    return {name: [other for other in others if other not in hidden] for name, others in value.items() if name not in hidden}


def _name(target: Target) -> str:
    """What a reader calls the target: the component's name, a path of names below it, or the file's stem."""
    stem = posixpath.basename(target.path.as_posix()).rsplit(".", 1)[0]
    parts = [part.replace("~1", "/").replace("~0", "~") for part in target.pointer.split("/")[1:]]
    if parts[:2] == ["components", "schemas"]:
        parts = parts[2:]
    elif parts and parts[0] in ("$defs", "definitions", "schemas"):
        parts = parts[1:]
    kept = [part for part in parts if part not in ("properties", "schema", "content", "components")]
    return ".".join(kept) or stem


def _candidates(name: str, path: str, pointer: str) -> tuple[str, ...]:
    """Names for a target, the plainest first; the last is unique. `path` is the file's, below the folder that references reach."""
    pieces = path.rsplit(".", 1)[0].split("/")
    return (name, f"{pieces[-1]}.{name}", f"{'.'.join(pieces[-2:])}.{name}", f"{path}#{pointer}")


_NOTHING_SAID: dict[str, str] = {}
_SINGLE: dict[str, tuple[str]] = {name: (name,) for name in ("string", "object", "array", "integer", "boolean", "number", "null")}
"""Most schemas have one type; they share it."""


def _enum_descriptions(raw: Map, enum: Seq | tuple[()]) -> dict[str, str]:
    for keyword in _ENUM_DESCRIPTIONS:
        value = raw.get(keyword)
        if isinstance(value, Map):
            return {str(k): v for k, v in value.items() if isinstance(v, str)}
        if isinstance(value, Seq):
            return {enum_text(k): v for k, v in zip(enum, value, strict=False) if isinstance(v, str)}
    return _NOTHING_SAID


def enum_text(value: Json | Absent) -> str:
    """An enum value as the text that describes it is keyed by: JSON spelling, strings without quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return getattr(value, "lexeme", None) or str(value)


def external_docs(reading: Reading, raw: Map) -> ExternalDocs | None:
    """The `externalDocs` of an object, where it has a URL."""
    value = raw.get("externalDocs")
    if value is None:
        return None
    if not isinstance(value, Map) or not reading.text(value, "url"):
        reading.warn(raw, "externalDocs", "`externalDocs` has no `url`, so that it is not shown; add one")
        return None
    return ExternalDocs(reading.text(value, "url"), reading.text(value, "description"))
