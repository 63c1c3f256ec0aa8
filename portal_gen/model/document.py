"""One description, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal_gen.diagnostics import Diagnostic, Location
from portal_gen.model.info import ExternalDocs, Info, Server, Tag
from portal_gen.model.operation import Operation
from portal_gen.model.schema import NamedSchema
from portal_gen.model.security import SecurityRequirement, SecurityScheme


@dataclass(frozen=True, slots=True)
class TagGroup:
    """A heading over several tags (`x-tagGroups`)."""

    name: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """The name of something under `components`: `kind` is schemas, responses, parameters, …"""

    kind: str
    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class Document:
    """A description in one shape, whatever version it was written in. Nothing internal (`x-internal`) is in it.

    `tags` holds the declared tags in their order, then those that operations use without a declaration.
    `operations` holds operations in the order of the text, `webhooks` the webhooks.
    """

    info: Info
    location: Location
    written_version: str
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    tag_groups: tuple[TagGroup, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...]
    schemas: Mapping[str, NamedSchema]
    security_schemes: Mapping[str, SecurityScheme]
    security: tuple[SecurityRequirement, ...]
    external_docs: ExternalDocs | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    components: tuple[Component, ...] = ()
    identity: str = ""
    """`$self`, the URI that the description goes by (OpenAPI 3.2, section 4.1)."""
    dialect: str = ""
    """`jsonSchemaDialect`, where it is given."""
