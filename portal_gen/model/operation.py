"""Operations and what they take (OpenAPI 3.2, sections 4.9, 4.10, 4.12, 4.18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from portal_gen.diagnostics import Location
from portal_gen.model.content import Example, MediaType, RequestBody, Response
from portal_gen.model.info import ExternalDocs, Server
from portal_gen.model.schema import Schema
from portal_gen.model.security import SecurityRequirement

Place: TypeAlias = Literal["path", "query", "querystring", "header", "cookie"]
Kind: TypeAlias = Literal["operation", "webhook"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; style and explode are filled with the defaults of its location (section 4.12.2)."""

    name: str
    place: Place
    location: Location
    description: str = ""
    required: bool = False
    deprecated: bool = False
    allow_empty_value: bool = False
    style: str = "simple"
    explode: bool = False
    allow_reserved: bool = False
    schema: Schema | None = None
    content: tuple[MediaType, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeSample:
    """A request written by hand (`x-codeSamples`)."""

    lang: str
    source: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word that the author puts beside an operation (`x-badges`)."""

    name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """Requests that the service sends: for each runtime expression, the operations behind it."""

    name: str
    expression: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, with what it inherits from path and document filled in.

    `path` is the template as written, the webhook's name, or the callback's expression.
    """

    kind: Kind
    method: str
    path: str
    location: Location
    id: str | None = None
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    servers: tuple[Server, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    security: tuple[SecurityRequirement, ...] = ()
    external_docs: ExternalDocs | None = None
    code_samples: tuple[CodeSample, ...] = ()
    badges: tuple[Badge, ...] = ()
    path_summary: str = ""
    path_description: str = ""
    extensions: tuple[tuple[str, object], ...] = ()
    """Other x- fields, as written."""

    def parameters_in(self, place: Place) -> tuple[Parameter, ...]:
        """The parameters of one location, in the order of the text."""
        return tuple(parameter for parameter in self.parameters if parameter.place == place)
