"""An independent reader of built pages and of descriptions. It imports nothing of the product, so it cannot share its mistakes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Main(HTMLParser):
    """The text of a page's `<main>`: every text node, every id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.pieces: list[str] = []
        self.ids: set[str] = set()
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count depth from `<main>` on."""
        if tag == "main" or self.depth:
            self.depth += tag not in VOID
            self.headings += tag == "h1"
            self.pieces.append("\n" if tag not in ("b", "code", "span", "a", "wbr", "em", "strong") else "")
            self.ids.update(value for name, value in attrs if name == "id" and value)

    def handle_endtag(self, tag: str) -> None:
        """Come back up."""
        if self.depth:
            self.depth -= tag not in VOID

    def handle_data(self, data: str) -> None:
        """Keep what a reader reads."""
        if self.depth:
            self.pieces.append(data)
            self.pieces.append("\x00")


class Text(Protocol):
    """Letters and words of a text."""

    letters: str
    words: set[str]


class PageText:
    """What stands on one page."""

    def __init__(self, path: Path) -> None:
        parser = Main()
        parser.feed(path.read_text())
        self.headings = parser.headings
        self.ids = parser.ids
        whole = "".join(parser.pieces)
        self.nodes = {node.strip() for part in whole.split("\x00") for node in part.split("\n")} | {
            line.replace("\x00", "").strip() for line in whole.split("\n")
        }
        self.letters = letters(whole.replace("\x00", ""))
        self.words = set(re.findall(r"\w+", whole.replace("\x00", "")))

    def says(self: Text, text: str) -> bool:
        """Whether a description can be read here: word for word, or for Markdown each of its words."""
        if letters(text) in self.letters:
            return True
        plain = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text)
        return set(re.findall(r"\w+", plain)) <= self.words

    def shows(self, name: str) -> bool:
        """Whether a name stands here by itself."""
        return name in self.nodes or f'"{name}"' in self.nodes or " ".join(name.split()) in self.nodes


class TwinText:
    """What stands in the Markdown twin of a page."""

    def __init__(self, path: Path) -> None:
        self.text = re.sub(r"\\([^\w\s])", r"\1", path.read_text())
        self.letters = letters(self.text)
        self.words = set(re.findall(r"\w+", self.text))

    says = PageText.says

    def shows(self, name: str) -> bool:
        """Whether a name stands here."""
        return name in self.text or " ".join(name.split()) in self.text


class Both:
    """A page and its twin: what counts is what both say."""

    def __init__(self, folder: Path) -> None:
        self.page = PageText(folder / "index.html")
        self.twin = TwinText(folder / "index.md")
        self.headings = self.page.headings

    def says(self, text: str) -> bool:
        """Whether a description can be read on both."""
        return self.page.says(text) and self.twin.says(text)

    def shows(self, name: str) -> bool:
        """Whether a name stands on both."""
        return self.page.shows(name) and self.twin.shows(name)


def letters(text: str) -> str:
    """Letters and digits alone."""
    return "".join(re.findall(r"\w", text))


def resolve(root: Any, node: Any) -> tuple[Any, str | None]:
    """The target of a local reference and the name of the component schema that it is, if it is one."""
    name = None
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        pointer = node["$ref"].partition("#")[2]
        parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        node = root
        for part in parts:
            node = node[part]
        name = parts[2] if parts[:2] == ["components", "schemas"] and len(parts) == 3 else name
    return node, name
