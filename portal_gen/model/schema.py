"""JSON Schema 2020-12 as it stands in an OpenAPI document, read for people.

A position that refers to a named schema holds `Schema(ref=KEY)`; KEY leads to `Document.schemas`. So a Schema is a finite
tree, whatever cycles the description has. Keywords that most schemas use have a field of their own, the others stand in
`rules` (keywords whose value is a value) and `applicators` (keywords whose value is a schema), in the order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from portal_gen.diagnostics import Location
from portal_gen.model.info import ExternalDocs
from portal_gen.spec.tree import Json


class Absent(Enum):
    """Stands where a keyword is not given, since null is a value (`default: null`)."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Discriminator:
    """Which property tells the variants apart (OpenAPI 3.2, section 4.8.25).

    `mapping` leads from a value of that property to a schema key (or, where it leads nowhere, to the text as written).
    """

    property_name: str
    mapping: tuple[tuple[str, str], ...] = ()
    default_mapping: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """One named property of an object schema."""

    name: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema object. `boolean` is set for `true` and `false`, and then nothing else is."""

    location: Location
    ref: str | None = None
    """Key of a named schema that this position refers to; the other fields are then the siblings of `$ref`."""
    dynamic_ref: str | None = None
    """`$dynamicRef` as written; `ref` is set too where it leads to a named schema."""
    boolean: bool | None = None
    types: tuple[str, ...] = ()
    """As written, `null` included; nullable from 3.0 has become `null` here."""
    format: str = ""
    title: str = ""
    description: str = ""
    default: Json | Absent = ABSENT
    const: Json | Absent = ABSENT
    enum: tuple[Json, ...] | None = None
    enum_descriptions: Mapping[str, str] = field(default_factory=dict)
    """From `x-enumDescriptions` and its relatives: the value as text, then what it means."""
    examples: tuple[Json, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    properties: tuple[Property, ...] = ()
    required: tuple[str, ...] = ()
    additional_properties: Schema | None = None
    pattern_properties: tuple[tuple[str, Schema], ...] = ()
    items: Schema | None = None
    prefix_items: tuple[Schema, ...] = ()
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    discriminator: Discriminator | None = None
    rules: tuple[tuple[str, Json], ...] = ()
    """multipleOf, maximum, minLength, pattern, uniqueItems, dependentRequired, contentMediaType, xml, $id, $anchor, $comment,
    unknown keywords and x- extensions: everything that has no field, by its name."""
    applicators: tuple[tuple[str, Schema | tuple[tuple[str, Schema], ...]], ...] = ()
    """not, if, then, else, contains, propertyNames, unevaluatedItems, unevaluatedProperties, contentSchema: a schema.
    dependentSchemas, $defs: pairs of name and schema."""
    external_docs: ExternalDocs | None = None

    def rule(self, keyword: str) -> Json | Absent:
        """The value of a keyword in `rules`, or ABSENT."""
        return next((value for name, value in self.rules if name == keyword), ABSENT)

    @property
    def nullable(self) -> bool:
        """Whether null is allowed beside other types."""
        return "null" in self.types and len(self.types) > 1


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """A schema with a name of its own: a component, or the target of a reference to another place or file."""

    key: str
    """Unique in its document; the key of `Document.schemas`."""
    name: str
    """As the description names it."""
    schema: Schema
    location: Location
    component: bool = True
    """Whether it stands under `components.schemas` of the description itself."""
