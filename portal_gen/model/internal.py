"""What is internal is named nowhere, not even by what leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from portal_gen.model.content import Response
from portal_gen.model.operation import Callback, Operation
from portal_gen.model.reading import Reading
from portal_gen.spec.tree import Map, Seq


def internal_ids(reading: Reading, root: Map, hidden_tags: set[str]) -> frozenset[str]:
    """The operationIds of internal operations: marked themselves, on an internal path, or with internal tags only."""
    return frozenset(
        operation["operationId"]
        for key in ("paths", "webhooks")
        for item in _maps(root.get(key))
        for operation in (*_maps(item), *_maps(item.get("additionalOperations")))
        if isinstance(operation.get("operationId"), str)
        if reading.internal(item) or reading.internal(operation) or _has_only(operation.get("tags"), hidden_tags)
    )


def _maps(value: Any) -> list[Map]:
    return [item for item in value.values() if isinstance(item, Map)] if isinstance(value, Map) else []


def _has_only(tags: Any, hidden: set[str]) -> bool:
    return isinstance(tags, Seq) and bool(tags) and all(tag in hidden for tag in tags if isinstance(tag, str))


def without_links_to(ids: frozenset[str], operations: Iterable[Operation]) -> Iterator[Operation]:
    """The operations with those links left out that lead to one of these ids."""
    for operation in operations:
        yield _operation(ids, operation) if ids else operation


def _operation(ids: frozenset[str], operation: Operation) -> Operation:
    callbacks = tuple(
        Callback(found.name, found.expression, tuple(without_links_to(ids, found.operations))) for found in operation.callbacks
    )
    return replace(operation, responses=tuple(_response(ids, found) for found in operation.responses), callbacks=callbacks)


def _response(ids: frozenset[str], response: Response) -> Response:
    return replace(response, links=tuple(link for link in response.links if link.operation_id not in ids))
