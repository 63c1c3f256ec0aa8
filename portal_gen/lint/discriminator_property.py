"""The property of a discriminator is one of every variant (OpenAPI 3.2, section 4.25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas
from portal_gen.model.document import Document
from portal_gen.model.schema import ABSENT, NamedSchema, Schema


def check(document: Document) -> Iterator[Diagnostic]:
    """Variants that list properties but not this one, at the schema with the discriminator."""
    for schema in schemas(document):
        if schema.discriminator is None or not schema.discriminator.property_name:
            continue
        name = schema.discriminator.property_name
        shared, _ = _names(schema, document.schemas, variants=False)
        for variant in () if name in shared else (*schema.one_of, *schema.any_of):
            names, whole = _names(variant, document.schemas)
            if names and whole and name not in names:
                message = f"{_title(variant)} has no property `{name}`, which tells the variants apart; add it there"
                yield warning("discriminator-property", message, schema.location)


def _title(variant: Schema) -> str:
    return f"`{variant.ref or variant.title}`" if variant.ref or variant.title else f"the variant at {variant.location}"


def _names(schema: Schema, named: Mapping[str, NamedSchema], variants: bool = True) -> tuple[set[str], bool]:
    """The properties of a schema and all that it is composed of, and whether that is all there is to know."""
    names: set[str] = set()
    stack, seen, whole = [schema], set[int](), True
    while stack:
        part = stack.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        names.update(property_.name for property_ in part.properties)
        whole = whole and not part.pattern_properties and not part.applicators and part.rule("$ref") is ABSENT
        stack += part.all_of
        if variants or part is not schema:
            stack += (*part.one_of, *part.any_of)
        if part.ref:
            stack += [named[part.ref].schema] if part.ref in named else []
    return names, whole
