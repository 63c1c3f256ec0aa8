"""Whether an operation answers with many things of one kind, and which fields such a thing has: read from its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from portal_gen.model.document import Document
from portal_gen.model.operation import Operation
from portal_gen.model.schema import Schema

WRAPPERS = frozenset("data items results list values records rows entries content hits".split())
"""Fields of an answer that by custom hold the list itself. A field called like the path's last segment counts as well."""

_SEPARATORS = re.compile("[^a-z0-9]")
_DEEP = 6
"""References and alternatives that are followed before a schema counts as unreadable: descriptions may refer in circles."""


def item(operation: Operation, document: Document) -> Schema | None:
    """The schema of one thing of the list that the first successful answer holds; None where it holds no list."""
    called = WRAPPERS | {operation.path.rstrip("/").rsplit("/", 1)[-1].lower()}
    for response in operation.responses:
        if response.status.startswith("2"):
            for media in response.content:
                found = _item(media.schema, document, called) if media.schema else None
                if found:
                    return found
    return None


def field_names(schema: Schema, document: Document) -> frozenset[str]:
    """The names of a schema's own fields, those of what it is composed of included, in lower case without separators."""
    return frozenset(plain_name(found.name) for part in _parts(schema, document) for found in part.properties)


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """`created_at`, `createdAt` and `created-at` are one name."""
    return _SEPARATORS.sub("", name.lower())


def _item(schema: Schema, document: Document, called: frozenset[str]) -> Schema | None:
    parts = list(_parts(schema, document))
    direct = next((part.items for part in parts if part.items), None)
    if direct:
        return direct
    for part in parts:
        for found in part.properties:
            if found.name.lower() in called:
                inner = next((inner.items for inner in _parts(found.schema, document) if inner.items), None)
                if inner:
                    return inner
    return None


def _parts(schema: Schema, document: Document, depth: int = 0) -> Iterator[Schema]:
    """The schema, what it refers to, and what it is composed of."""
    yield schema
    if depth < _DEEP:
        named = document.schemas.get(schema.ref) if schema.ref else None
        for part in (*((named.schema,) if named else ()), *schema.all_of, *schema.one_of, *schema.any_of):
            yield from _parts(part, document, depth + 1)
