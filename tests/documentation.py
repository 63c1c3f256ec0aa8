"""The project's own documentation as data: fenced blocks, tables, sections."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY

PAGES = REPOSITORY / "docs" / "portal-gen"
GUIDES = REPOSITORY / "docs" / "guides"
_BLOCK = re.compile(r"^( *)```([a-z]*)(?: title=\"([^\"]+)\")?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_NOT_RUN = re.compile(r"<!-- not run: .+ -->\n\Z")
_TAB = re.compile(r'\s*=== "[^"]+"\s*')
_HEADING = re.compile(r"^(#{2,6}) (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `run` is false where a comment above it says why it is not run; `beside` is true where it stands in a tab
    beside the block before it."""

    language: str
    title: str
    text: str
    run: bool
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a console block with what it prints."""

    line: str
    output: str


def page(name: str) -> str:
    """The text of a page of the generator's documentation."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in its order, those inside lists and tabs included."""
    end = 0
    for found in _BLOCK.finditer(text):
        _, language, title, inner = found.groups()
        before, end = text[end : found.start()], found.end()
        yield Block(language, title or "", textwrap.dedent(inner), not _NOT_RUN.search(before), bool(_TAB.fullmatch(before)))


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block."""
    for piece in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, output = piece.partition("\n")
        yield Command(line, output)


def write_files(text: str, folder: Path) -> None:
    """Write the blocks that have a file's name as their title."""
    for block in blocks(text):
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """What stands under each heading, up to the next one."""
    found = list(_HEADING.finditer(text))
    ends = [following.start() for following in found[1:]] + [len(text)]
    return {heading[2]: text[heading.end() : end] for heading, end in zip(found, ends, strict=True)}


def table(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rulers = [index for index, row in enumerate(rows) if all(set(cell) <= set("-:") and cell for cell in row)]
    heads = {index - 1 for index in rulers}
    return [row for index, row in enumerate(rows) if index not in heads and index not in rulers]


def code(cell: str) -> list[str]:
    """The code spans of a cell."""
    return re.findall(r"`([^`]+)`", cell)
