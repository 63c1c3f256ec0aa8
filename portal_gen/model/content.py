"""Bodies and answers: media types, examples, headers, links (OpenAPI 3.2, sections 4.13 to 4.21)."""

from __future__ import annotations

from dataclasses import dataclass

from portal_gen.diagnostics import NOWHERE, Location
from portal_gen.model.info import Server
from portal_gen.model.schema import ABSENT, Absent, Schema
from portal_gen.spec.tree import Json
from portal_gen.spec.upgrade import UNNAMED


@dataclass(frozen=True, slots=True)
class Example:
    """An example by its author. `value` is data; `serialized` is the text on the wire where the author gave that instead."""

    name: str
    summary: str = ""
    description: str = ""
    value: Json | Absent = ABSENT
    serialized: str | None = None
    external_value: str = ""

    @property
    def label(self) -> str:
        """The author's name for it; empty where it was a single `example`."""
        return "" if self.name == UNNAMED else self.name

    @property
    def is_bare(self) -> bool:
        """Whether it is a value and nothing else."""
        return not (self.label or self.summary or self.description or self.external_value)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of an answer or of a part."""

    name: str
    location: Location
    description: str = ""
    required: bool = False
    deprecated: bool = False
    schema: Schema | None = None
    content: tuple[MediaType, ...] = ()
    style: str = "simple"
    explode: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form or multipart body is written. `name` is the property; "*" for 3.2's itemEncoding, a number
    for prefixEncoding."""

    name: str
    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Header, ...] = ()
    encodings: tuple[Encoding, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaType:
    """One representation of a body or answer. `item_schema` (3.2) describes each item of a sequence, as in an event stream."""

    name: str
    location: Location
    schema: Schema | None = None
    item_schema: Schema | None = None
    examples: tuple[Example, ...] = ()
    encodings: tuple[Encoding, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What an operation takes."""

    location: Location
    description: str = ""
    required: bool = False
    content: tuple[MediaType, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What can be called next with something from an answer. `operation_id` or `operation_ref`, as written."""

    name: str
    description: str = ""
    operation_id: str = ""
    operation_ref: str = ""
    parameters: tuple[tuple[str, Json], ...] = ()
    request_body: Json | Absent = ABSENT
    server: Server | None = None
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. `status` is "200", "4XX" or "default"; `origin` is the file that a shared answer comes from, or empty."""

    status: str
    location: Location
    summary: str = ""
    description: str = ""
    headers: tuple[Header, ...] = ()
    content: tuple[MediaType, ...] = ()
    links: tuple[Link, ...] = ()
    origin: str = ""
