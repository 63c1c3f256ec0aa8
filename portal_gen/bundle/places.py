"""Where each operation stands in a bundle: at its public address, else at its own path with its service's own servers.

A path item belongs to one service, for its servers hold for all of its methods. Public addresses are given out first, then own
paths, each in the order of the catalog; who comes too late is omitted, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal_gen.bundle.part import Part
from portal_gen.portal.matching import shape
from portal_gen.portal.portal import OperationPage


@dataclass(frozen=True, slots=True)
class Item:
    """A path item: its key, whose it is, whether the key is a public address, and its operations in the order of the text."""

    key: str
    part: Part
    public: bool
    pages: list[OperationPage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Omitted:
    """An operation that has no place, with the reason."""

    part: Part
    page: OperationPage
    reason: str


def places(parts: Iterable[Part]) -> tuple[tuple[Item, ...], tuple[Omitted, ...]]:
    """The path items, service by service in the order of the text, and what is omitted."""
    found = [(part, page) for part in parts for page in part.operations()]
    order = {id(page): index for index, (_, page) in enumerate(found)}
    owners: dict[str, Part] = {}
    items: dict[str, Item] = {}
    omitted: list[Omitted] = []
    for part, page in sorted(found, key=lambda pair: pair[1].public.path is None):
        key = page.public.path or page.operation.path
        owner = owners.setdefault(shape(key), part)
        if owner is not part:
            omitted.append(Omitted(part, page, f"{key} is a path of {owner.title} in this description"))
            continue
        item = items.setdefault(key, Item(key, part, page.public.path is not None))
        if page.operation.method in {other.operation.method for other in item.pages}:
            omitted.append(Omitted(part, page, f"another operation of {part.title} is {page.operation.method} {key}"))
        else:
            item.pages.append(page)
    ordered = sorted(items.values(), key=lambda item: order[id(item.pages[0])])
    return tuple(ordered), tuple(sorted(omitted, key=lambda entry: order[id(entry.page)]))
