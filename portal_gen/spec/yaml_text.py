"""YAML 1.2 to a located tree.

libyaml scans and composes; what a scalar means is decided here, since PyYAML follows YAML 1.1 (`no` is false, dates become
objects). No constructor of PyYAML ever runs, so a tag can not execute anything.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from portal_gen.errors import PortalError
from portal_gen.spec.faults import Faults
from portal_gen.spec.scalars import plain
from portal_gen.spec.tree import Decimal, Map, Mark, Seq

MAX_DEPTH = 200
"""Deepest nesting that is read: every later walk may recurse."""
MAX_EXPANDED = 1_000_000
"""Most values that a file may come to when each alias counts in full (or its number of characters, if that is more)."""

_UNTAGGED = "x"
_CORE = "tag:yaml.org,2002:"
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    _CORE + "int": (int,),
    _CORE + "float": (int, Decimal),
    _CORE + "bool": (bool,),
    _CORE + "null": (type(None),),
}
_BREAKS = re.compile(r"\r\n|[\r\n]")
_OLD_BREAKS: Final = "\x85\u2028\u2029"
"""Line breaks in YAML 1.1 and libyaml, but characters as others in YAML 1.2."""
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufeff\uff00-\ufffd\U00010000-\U0010ffff]")


class _Loader(yaml.CSafeLoader):
    """libyaml's composer without PyYAML's YAML 1.1 resolver."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return _UNTAGGED


def parse_yaml(text: str, faults: Faults) -> Any:
    """The tree of one YAML document; faults go to `faults`, and those that end the reading raise PortalError."""
    _refuse_unprintable(text, faults)
    hidden = _stand_ins(text)
    loader = _Loader(text.translate(hidden) if hidden else text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as fault:
        raise _syntax(fault, faults) from None
    finally:
        loader.dispose()
    if node is None:
        raise faults.stop("empty", "the file is empty; write a document into it or remove it")
    return _Builder(faults, max(MAX_EXPANDED, len(text)), hidden).value(node, 0, _mark(node))


def _stand_ins(text: str) -> dict[int, int]:
    """For each old line break in a text, a private character that is not in it."""
    present = [character for character in _OLD_BREAKS if character in text]
    free = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return {ord(character): code for character, code in zip(present, free, strict=False)}


def _mark(node: Any) -> Mark:
    return (node.start_mark.line + 1, node.start_mark.column + 1)


def _refuse_unprintable(text: str, faults: Faults) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        breaks = list(_BREAKS.finditer(text, 0, found.start()))
        mark = (len(breaks) + 1, found.start() - (breaks[-1].end() if breaks else 0) + 1)
        message = f'the character U+{ord(found[0]):04X} is not allowed in YAML; remove it, or write it as an escape in "…"'
        raise faults.stop("syntax", message, mark)


def _too_deep(faults: Faults, mark: Mark) -> PortalError:
    return faults.stop("depth", f"values are nested more than {MAX_DEPTH} deep; move inner parts to a $ref", mark)


_HINTS: Final = {
    "but found another document": (
        "documents",
        "the file holds more than one document; keep one and move the others to files of their own",
    ),
    "found invalid Unicode character escape code": (
        "syntax",
        "half of a surrogate pair as an escape; write the character itself",
    ),
    "found character that cannot start any token": (
        "syntax",
        "a tab, @, ` or % can not begin a value; indent with spaces, or quote the value",
    ),
    "mapping values are not allowed in this context": (
        "syntax",
        "a second colon in a value, or wrong indentation; quote a value that has ': ' in it",
    ),
    "found undefined tag handle": ("tag", "an undeclared tag; remove it"),
    "second occurrence": ("alias", "the anchor is defined above already; give this one another name"),
}


def _syntax(fault: yaml.MarkedYAMLError, faults: Faults) -> PortalError:
    mark = fault.problem_mark or fault.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = fault.problem or "not YAML"
    if problem == "exceeded maximum nesting depth":
        return _too_deep(faults, place)
    if problem == "found undefined alias":
        return faults.stop("alias", "an alias of an anchor that is not defined above; define it, or quote the value", place)
    if problem in _HINTS:
        rule, message = _HINTS[problem]
        return faults.stop(rule, message, place)
    context = f" ({fault.context})" if fault.context else ""
    return faults.stop("syntax", f"{problem}{context}; correct the YAML here", place)


class _Builder:
    """Nodes to values. A node that several aliases lead to becomes one value, shared."""

    def __init__(self, faults: Faults, limit: int, hidden: dict[int, int]) -> None:
        self.faults = faults
        self.file = faults.file
        self.limit = limit
        self.restored = {code: character for character, code in hidden.items()}
        self.count = 0
        self.done: dict[int, tuple[Any, int] | None] = {}
        self.merged = False

    def value(self, node: Any, depth: int, came_from: Mark) -> Any:
        """The value of a node; `came_from` is the place that leads to it, for faults of an alias."""
        if type(node) is yaml.ScalarNode:
            self.count += 1
            return self._scalar(node)
        key = id(node)
        if key in self.done:
            return self._again(self.done[key], came_from)
        if depth >= MAX_DEPTH:
            raise _too_deep(self.faults, _mark(node))
        self.done[key] = None
        before = self.count
        self.count += 1
        self._check_tag(node)
        built = self._map(node, depth + 1) if type(node) is yaml.MappingNode else self._seq(node, depth + 1)
        self.done[key] = (built, self.count - before)
        return built

    def _again(self, known: tuple[Any, int] | None, came_from: Mark) -> Any:
        if known is None:
            self.faults.add("error", "alias", "an alias inside its own anchor never ends; use a $ref", came_from)
            return None
        self.count += known[1]
        if self.count > self.limit:
            message = f"the aliases come to more than {self.limit:,} values; use $ref instead of aliases of aliases"
            raise self.faults.stop("alias", message, came_from)
        return known[0]

    def _map(self, node: Any, depth: int) -> Map:
        built = Map(self.file, _mark(node))
        marks = built.marks
        merges: list[tuple[Any, Mark]] = []
        for key_node, value_node in node.value:
            start = key_node.start_mark
            mark = (start.line + 1, start.column + 1)
            if type(key_node) is not yaml.ScalarNode:
                self.faults.add("error", "key", "a mapping or list as a key has no form in JSON; use text as the key", mark)
                continue
            key = self._text(key_node)
            if key == "<<" and not key_node.style and key_node.tag == _UNTAGGED:
                merges.append((value_node, mark))
                continue
            if key in marks:
                self._duplicate(key, marks[key], mark)
            built[key] = self.value(value_node, depth, mark)
            marks[key] = mark
        for value_node, mark in merges:
            self._merge(built, self.value(value_node, depth, mark), mark)
        return built

    def _duplicate(self, key: str, first: Mark, second: Mark) -> None:
        message = f"the key {key!r} stands on line {first[0]} too, and only this one counts; remove one of them"
        self.faults.add("error", "duplicate-key", message, second)

    def _merge(self, built: Map, parts: Any, mark: Mark) -> None:
        if not self.merged:
            self.merged = True
            message = "<< is not part of YAML 1.2, some tools will not merge here; allOf or $ref works everywhere"
            self.faults.add("note", "merge", message, mark)
        for part in parts if isinstance(parts, Seq) else [parts]:
            if not isinstance(part, Map):
                self.faults.add("error", "merge", "<< needs a mapping or a list of mappings; give it an alias of one", mark)
                continue
            for key, value in part.items():
                if key not in built:
                    built[key] = value
                    built.marks[key] = part.marks[key]

    def _seq(self, node: Any, depth: int) -> Seq:
        built = Seq(self.file, _mark(node))
        marks = built.marks
        for item in node.value:
            start = item.start_mark
            mark = (start.line + 1, start.column + 1)
            marks.append(mark)
            built.append(self.value(item, depth, mark))
        return built

    def _text(self, node: Any) -> str:
        text: str = node.value
        return text.translate(self.restored) if self.restored else text

    def _scalar(self, node: Any) -> Any:
        if node.tag != _UNTAGGED:
            return self._tagged(node)
        text = self._text(node)
        return text if node.style else plain(text, lambda severity, message: self._doubt(node, severity, message))

    def _doubt(self, node: Any, severity: str, message: str) -> None:
        self.faults.add(severity, "number", message, _mark(node))

    def _check_tag(self, node: Any) -> None:
        own = "map" if type(node) is yaml.MappingNode else "seq"
        if node.tag not in (_UNTAGGED, _CORE + own):
            self._refuse_tag(node)

    def _refuse_tag(self, node: Any) -> None:
        name = node.tag.replace(_CORE, "!!")
        self.faults.add("error", "tag", f"the tag {name} is not part of YAML's core schema; remove it", _mark(node))

    def _tagged(self, node: Any) -> Any:
        if node.tag == _CORE + "str":
            return self._text(node)
        if node.tag not in _TYPES:
            self._refuse_tag(node)
            return self._text(node)
        value = plain(node.value, lambda severity, message: self._doubt(node, severity, message))
        if type(value) not in _TYPES[node.tag]:
            name = node.tag.replace(_CORE, "!!")
            message = f"{node.value!r} is not what {name} says; remove the tag or correct the value"
            self.faults.add("error", "tag", message, _mark(node))
        return value
