"""The examples of parameters, headers and media types are of the declared type (OpenAPI 3.2, section 4.19)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, Location, warning
from portal_gen.lint.walk import fits, headers, media_types, operations, shown
from portal_gen.model.content import Example
from portal_gen.model.document import Document
from portal_gen.model.schema import ABSENT, Schema

_COMPOUND = frozenset(["array", "object"])


def check(document: Document) -> Iterator[Diagnostic]:
    """Examples that a plain type bars. An array or object may be written as text, so those are not judged."""
    for operation in operations(document):
        for parameter in operation.parameters:
            yield from _examples(document, parameter.schema, parameter.examples, parameter.location)
    for header in headers(document):
        yield from _examples(document, header.schema, header.examples, header.location)
    for media_type in media_types(document):
        # outside of JSON, text is how the body looks, whatever its type
        shown_as_text = "json" not in media_type.name.lower()
        examples = tuple(e for e in media_type.examples if not (shown_as_text and isinstance(e.value, str)))
        yield from _examples(document, media_type.schema, examples, media_type.location)


def _examples(document: Document, schema: Schema | None, examples: tuple[Example, ...], location: Location) -> Iterator[Diagnostic]:
    types = _types(document, schema) if examples else ()
    if not types or not _COMPOUND.isdisjoint(types):
        return
    for example in examples:
        if example.value is not ABSENT and not fits(example.value, types):
            message = f"the example {shown(example.value)} is not of the type {' or '.join(types)}; change one of them"
            yield warning("example-type", message, location)


def _types(document: Document, schema: Schema | None) -> tuple[str, ...]:
    """The types of a schema, or of the one that it refers to."""
    for _ in range(16):
        if schema is None or schema.types or schema.ref is None or schema.ref not in document.schemas:
            break
        schema = document.schemas[schema.ref].schema
    return schema.types if schema else ()
