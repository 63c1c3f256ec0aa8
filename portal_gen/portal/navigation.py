"""The reading order of a service: its tags as a flat list of sections, each with its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portal_gen.model.document import Document
from portal_gen.model.info import Tag
from portal_gen.portal.portal import OperationPage, Section
from portal_gen.portal.slugs import distinct

UNTAGGED = "Operations"
FEW = 12
"""Operations without tags that one list holds well."""
_PREFIX = re.compile(r"v\d+\w*|api|rest", re.IGNORECASE)
WEBHOOKS = "Webhooks"


def sections(document: Document, operations: tuple[OperationPage, ...], webhooks: tuple[OperationPage, ...]) -> tuple[Section, ...]:
    """Tags in declared order (a tag's children follow it; groups of `x-tagGroups` come first), then what has no tag.

    An operation stands under each of its tags. Tags without operations are kept, so that nothing declared is lost.
    """
    by_tag: dict[str, list[OperationPage]] = {}
    for page in operations:
        for tag in page.operation.tags or ("",):
            by_tag.setdefault(tag, []).append(page)
    groups = {tag: group.name for group in document.tag_groups for tag in group.tags}
    anchors = distinct({tag.name: (f"tag {tag.name}", tag.name) for tag in document.tags})
    ordered = [
        Section(
            name=tag.name,
            title=tag.label,
            anchor=anchors[tag.name],
            description=tag.description,
            depth=depth,
            group=groups.get(tag.name, ""),
            pages=tuple(by_tag.get(tag.name, ())),
            kind=tag.kind,
        )
        for tag, depth in _tree(document.tags, [tag for group in document.tag_groups for tag in group.tags])
    ]
    if "" in by_tag:
        ordered += _untagged(by_tag[""], alone=len(by_tag) == 1)
    if webhooks:
        ordered.append(Section("", WEBHOOKS, "webhooks", pages=webhooks))
    return tuple(ordered)


def _untagged(pages: list[OperationPage], alone: bool) -> list[Section]:
    """Operations without a tag. Where a long description has no tags at all, its paths tell what belongs together."""
    by_segment: dict[str, list[OperationPage]] = {}
    for page in pages:
        by_segment.setdefault(_segment(page.operation.path), []).append(page)
    if not alone or len(pages) <= FEW or len(by_segment) == 1:
        return [Section("", UNTAGGED, "operations-without-tag", pages=tuple(pages))]
    anchors = distinct({segment: (f"path {segment}", f"paths below {segment}") for segment in by_segment})
    return [Section("", f"/{segment}", anchors[segment], pages=tuple(found)) for segment, found in by_segment.items()]


def _segment(path: str) -> str:
    """The first segment of a path that names something: no version, no `api`, no parameter."""
    segments = [segment for segment in path.split("/") if segment and not segment.startswith("{")]
    return next((segment for segment in segments if not _PREFIX.fullmatch(segment)), segments[0] if segments else "")


def reading_order(found: Iterable[Section]) -> tuple[OperationPage, ...]:
    """Every page once, in the order in which sections name it first."""
    return tuple({page.url: page for section in found for page in section.pages}.values())


def _tree(tags: tuple[Tag, ...], grouped: list[str]) -> Iterator[tuple[Tag, int]]:
    """Tags depth first. A parent that does not exist, or a circle of parents, leaves a tag at the top. With a stack of its own, as
    a chain of parents may be longer than Python's stack is deep."""
    rank = {name: index for index, name in enumerate(grouped)}
    known = {tag.name: tag for tag in tags}
    rooted: dict[int, bool] = {}
    children: dict[str | None, list[Tag]] = {}
    for tag in sorted(tags, key=lambda tag: rank.get(tag.name, len(rank))):
        children.setdefault(tag.parent if _rooted(tag, known, rooted) else None, []).append(tag)
    waiting = [(tag, 0) for tag in reversed(children.get(None, ()))]
    while waiting:
        tag, depth = waiting.pop()
        yield tag, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(tag.name, ()))]


def _rooted(tag: Tag, known: dict[str, Tag], found: dict[int, bool]) -> bool:
    """Whether the chain of parents of a tag ends at a declared tag without a parent; `found` keeps answers by the tags' `id`."""
    trail: dict[int, None] = {}
    while tag.parent is not None and id(tag) not in found and id(tag) not in trail and tag.parent in known:
        trail[id(tag)] = None
        tag = known[tag.parent]
    answer = found.get(id(tag), tag.parent is None)
    found |= dict.fromkeys((*trail, id(tag)), answer)
    return answer
