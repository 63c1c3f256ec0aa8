"""Lists that are too long for the overview of a service: its operations, or its schemas, in parts that are pages of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from portal_gen.portal.portal import ListPart, SchemaPage, Section
from portal_gen.portal.urls import Urls

WHOLE = 5000
"""Headings with their operations, and schemas, that an overview lists itself."""
PART = 1000
"""Operations of a part at most, and headings, and schemas."""
LISTS = "lists"
"""The folder of the parts, below that of the service."""


def list_parts(
    sections: tuple[Section, ...], schemas: Mapping[str, SchemaPage], urls: Urls, base: tuple[str, ...]
) -> tuple[ListPart, ...]:
    """The parts of a service's lists; none of a list that its overview holds."""
    pages = tuple(schemas.values())
    operations = list(_cut(sections)) if sum(1 + len(section.pages) for section in sections) > WHOLE else []
    starts = range(0, len(pages), PART) if len(pages) > WHOLE else range(0)
    return (
        *[
            ListPart("operations", urls.page(*base, LISTS, f"operations-{number}"), number, len(operations), sections=part)
            for number, part in enumerate(operations, 1)
        ],
        *[
            ListPart("schemas", urls.page(*base, LISTS, f"schemas-{number}"), number, len(starts), schemas=pages[at : at + PART])
            for number, at in enumerate(starts, 1)
        ],
    )


def _cut(sections: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
    part: list[Section] = []
    operations = 0
    for piece in (piece for section in sections for piece in _pieces(section)):
        if part and (operations + len(piece.pages) > PART or len(part) >= PART):
            yield tuple(part)
            part, operations = [], 0
        part.append(piece)
        operations += len(piece.pages)
    if part:
        yield tuple(part)


def _pieces(section: Section) -> Iterator[Section]:
    """A section, or pieces of about the same length of one that is longer than a part."""
    count = -(-len(section.pages) // PART)
    if count < 2:
        yield section
        return
    size = -(-len(section.pages) // count)
    for start in range(0, len(section.pages), size):
        piece = replace(section, pages=section.pages[start : start + size])
        yield replace(piece, title=f"{section.title}, continued", description="") if start else piece


def section_urls(parts: tuple[ListPart, ...]) -> dict[str, str]:
    """By anchor, the part that a section begins in."""
    found: dict[str, str] = {}
    for part in parts:
        for section in part.sections:
            found.setdefault(section.anchor, part.url)
    return found
