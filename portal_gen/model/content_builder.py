"""Servers, parameters, bodies, answers and their parts from raw mappings (OpenAPI 3.2, sections 4.5, 4.12 to 4.21)."""

from __future__ import annotations

import posixpath
from typing import Any, cast, get_args

from portal_gen.diagnostics import Location, error, warning
from portal_gen.model.content import Encoding, Example, Header, Link, MediaType, RequestBody, Response
from portal_gen.model.info import Server, ServerVariable
from portal_gen.model.operation import Parameter, Place
from portal_gen.model.reading import Fault, Reading, reference
from portal_gen.model.schema import ABSENT
from portal_gen.model.schema_builder import SchemaBuilder
from portal_gen.model.visible import internal_names, parts_of, visible
from portal_gen.spec.tree import Map, Seq, where

_STYLE = {"path": "simple", "header": "simple", "query": "form", "querystring": "form", "cookie": "form"}


class ContentBuilder:
    """Builds what stands around schemas."""

    def __init__(self, reading: Reading, schemas: SchemaBuilder) -> None:
        self.reading = reading
        self.schemas = schemas

    def servers(self, raw: Map) -> tuple[Server, ...]:
        """The `servers` of a document, path or operation."""
        items = self.reading.sequence(raw, "servers")
        return tuple(self.server(item) for item in items if isinstance(item, Map) and not self.reading.internal(item))

    def server(self, raw: Map) -> Server:
        """One server object."""
        text = self.reading.text
        return Server(text(raw, "url"), where(raw, "url"), text(raw, "name"), text(raw, "description"), tuple(self._variables(raw)))

    def _variables(self, raw: Map) -> list[ServerVariable]:
        text = self.reading.text
        return [
            ServerVariable(
                name=name,
                default=text(value, "default"),
                enum=self.reading.texts(value, "enum"),
                description=text(value, "description"),
                location=where(raw["variables"], name),
                given=frozenset(value),
            )
            for name, value in self.reading.items(raw, "variables")
            if isinstance(value, Map)
        ]

    def parameters(self, raw: Map) -> list[Parameter]:
        """The `parameters` of a path or operation, without internal ones."""
        items = self.reading.sequence(raw, "parameters")
        return [self._parameter(item, where(items, index)) for index, item in enumerate(items) if not self.reading.internal(item)]

    def _parameter(self, holder: Any, location: Location) -> Parameter:
        raw, _ = self.reading.resolve(holder, "a parameter", location)
        name, place = self.reading.text(raw, "name"), self.reading.text(raw, "in")
        if not name or place not in get_args(Place):
            known = ", ".join(get_args(Place))
            message = f"a parameter needs a `name` and `in` as one of {known}; it has name `{name}`, in `{place}`"
            raise Fault(error("parameter", message, where(raw, "in")))
        style = self.reading.text(raw, "style") or _STYLE[place]
        return Parameter(
            name=name,
            place=cast(Place, place),
            location=where(holder) if holder is raw else where(raw),
            description=self._description(holder, raw),
            required=self.reading.flag(raw, "required") or place == "path",
            deprecated=self.reading.flag(raw, "deprecated"),
            allow_empty_value=self.reading.flag(raw, "allowEmptyValue"),
            style=style,
            explode=self.reading.flag(raw, "explode", style in ("form", "cookie")),
            allow_reserved=self.reading.flag(raw, "allowReserved"),
            schema=self.schemas.optional(raw, "schema"),
            content=self.content(raw),
            examples=self.examples(raw),
        )

    def _description(self, holder: Any, raw: Map, key: str = "description") -> str:
        """A reference may carry a description or summary of its own, which holds over the target's (section 4.23)."""
        own = self.reading.text(holder, key) if isinstance(holder, Map) and "$ref" in holder else ""
        return own or self.reading.text(raw, key)

    def body(self, raw: Map) -> RequestBody | None:
        """The `requestBody` of an operation."""
        holder = raw.get("requestBody")
        if holder is None or self.reading.internal(holder):
            return None
        value, _ = self.reading.resolve(holder, "`requestBody`", where(raw, "requestBody"))
        return RequestBody(
            where(raw, "requestBody"),
            self._description(holder, value),
            self.reading.flag(value, "required"),
            self.content(value),
        )

    def content(self, raw: Map) -> tuple[MediaType, ...]:
        """The media types under `content`."""
        if "content" not in raw:
            return ()
        entries = raw["content"]
        return tuple(self._media_type(name, value, entries) for name, value in self.reading.items(raw, "content"))

    def _media_type(self, name: str, holder: Any, entries: Map) -> MediaType:
        raw, _ = self.reading.resolve(holder, f"the media type `{name}`", where(entries, name))
        return MediaType(
            name=name,
            location=where(entries, name),
            schema=self.schemas.optional(raw, "schema"),
            item_schema=self.schemas.optional(raw, "itemSchema"),
            examples=self.examples(raw),
            encodings=self._encodings(raw),
        )

    def _encodings(self, raw: Map) -> tuple[Encoding, ...]:
        pairs: list[tuple[str, Any]] = list(self.reading.items(raw, "encoding"))
        pairs += [(str(i), value) for i, value in enumerate(self.reading.sequence(raw, "prefixEncoding"))]
        pairs += [("*", raw["itemEncoding"])] if "itemEncoding" in raw else []
        hidden = internal_names(self.reading, parts_of(self.reading, raw.get("schema"))) if pairs else ()
        return tuple(self._encoding(name, value) for name, value in pairs if isinstance(value, Map) and name not in hidden)

    def _encoding(self, name: str, raw: Map) -> Encoding:
        text, flag = self.reading.text, self.reading.flag
        return Encoding(
            name=name,
            content_type=text(raw, "contentType"),
            style=text(raw, "style"),
            explode=flag(raw, "explode") if "explode" in raw else None,
            allow_reserved=flag(raw, "allowReserved"),
            headers=self.headers(raw),
            encodings=self._encodings(raw),
        )

    def examples(self, raw: Map) -> tuple[Example, ...]:
        """The named examples of a parameter, header or media type; a broken one is named and left out."""
        if isinstance(raw.get("examples"), Seq):
            self.reading.warn(raw, "examples", "`examples` is a list, not a mapping, and is not shown; give each one a name")
            return ()
        entries = self.reading.mapping(raw, "examples")
        found = []
        for name, holder in entries.items():
            try:
                if not self.reading.internal(holder):
                    found.append(self._example(name, holder, raw.get("schema")))
            except Fault as fault:
                self.reading.diagnostics.append(fault.diagnostic)
        return tuple(found)

    def _example(self, name: str, holder: Any, schema: Any) -> Example:
        raw, _ = self.reading.resolve(holder, f"the example `{name}`")
        text = self.reading.text
        serialized = text(raw, "serializedValue") if "serializedValue" in raw else None
        return Example(
            name=name,
            summary=self._description(holder, raw, "summary"),
            description=self._description(holder, raw),
            value=visible(self.reading, raw.get("dataValue", raw.get("value", ABSENT)), schema),
            serialized=serialized,
            external_value=text(raw, "externalValue"),
        )

    def headers(self, raw: Map) -> tuple[Header, ...]:
        """The `headers` of an answer or a part."""
        return tuple(self._header(name, value, raw) for name, value in self.reading.items(raw, "headers"))

    def _header(self, name: str, holder: Any, parent: Map) -> Header:
        raw, _ = self.reading.resolve(holder, f"the header `{name}`", where(parent["headers"], name))
        return Header(
            name=name,
            location=where(parent["headers"], name),
            description=self._description(holder, raw),
            required=self.reading.flag(raw, "required"),
            deprecated=self.reading.flag(raw, "deprecated"),
            schema=self.schemas.optional(raw, "schema"),
            content=self.content(raw),
            style=self.reading.text(raw, "style") or "simple",
            explode=self.reading.flag(raw, "explode"),
            examples=self.examples(raw),
        )

    def responses(self, raw: Map) -> tuple[Response, ...]:
        """The answers of an operation, in the order of the text."""
        if "responses" not in raw:
            return ()
        parent = raw["responses"]
        return tuple(self._response(status, value, parent) for status, value in self.reading.items(raw, "responses"))

    def _response(self, status: str, holder: Any, parent: Map) -> Response:
        raw, _ = self.reading.resolve(holder, f"the response `{status}`", where(parent, status))
        foreign = raw.file != parent.file
        return Response(
            status=status,
            location=where(parent, status),
            summary=self._description(holder, raw, "summary"),
            description=self._description(holder, raw),
            headers=self.headers(raw),
            content=self.content(raw),
            links=self._links(raw),
            origin=posixpath.basename(raw.file) if foreign else "",
        )

    def _links(self, raw: Map) -> tuple[Link, ...]:
        found = (self._link(name, value) for name, value in self.reading.items(raw, "links"))
        return tuple(link for link in found if link is not None)

    def _link(self, name: str, holder: Any) -> Link | None:
        """A link; None where the operation that it leads to is internal."""
        raw, _ = self.reading.resolve(holder, f"the link `{name}`")
        text = self.reading.text
        server = raw.get("server")
        place = text(raw, "operationRef")
        if any(self.reading.internal(reference(raw, "operationRef", ref)) for ref in (place, place.rpartition("/")[0]) if ref):
            return None
        if not text(raw, "operationId") and not text(raw, "operationRef"):
            message = f"the link `{name}` names no operation; give it an `operationId` or `operationRef`"
            self.reading.diagnostics.append(warning("link", message, where(raw)))
        return Link(
            name=name,
            description=self._description(holder, raw),
            operation_id=text(raw, "operationId"),
            operation_ref=text(raw, "operationRef"),
            parameters=tuple(self.reading.mapping(raw, "parameters").items()),
            request_body=raw.get("requestBody", ABSENT),
            server=self.server(server) if isinstance(server, Map) else None,
            location=where(raw),
        )
