"""YAML 1.2 to a located tree.

libyaml scans and parses; what a scalar means is decided here, since PyYAML follows YAML 1.1 (`no` is false, dates become
objects). No constructor of PyYAML ever runs, so a tag can not execute anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
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

SHORT = 64
"""Texts of up to so many characters are kept once, however often they stand in files: names, types and references mostly do."""

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


def parse_yaml(text: str, faults: Faults) -> Any:
    """The tree of one YAML document; faults go to `faults`, and those that end the reading raise PortalError."""
    _refuse_unprintable(text, faults)
    hidden = _stand_ins(text)
    parser = yaml.CSafeLoader(text.translate(hidden) if hidden else text)
    builder = _Builder(parser.get_event, faults, max(MAX_EXPANDED, len(text)), hidden)
    try:
        return builder.document()
    except yaml.MarkedYAMLError as fault:
        builder.forget_faults()
        raise _syntax(fault, faults) from None
    finally:
        parser.dispose()


def _stand_ins(text: str) -> dict[int, int]:
    """For each old line break in a text, a private character that is not in it."""
    present = [character for character in _OLD_BREAKS if character in text]
    free = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return {ord(character): code for character, code in zip(present, free, strict=False)}


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return (start.line + 1, start.column + 1)


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
}


def _syntax(fault: yaml.MarkedYAMLError, faults: Faults) -> PortalError:
    mark = fault.problem_mark or fault.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = fault.problem or "not YAML"
    if problem == "exceeded maximum nesting depth":
        return _too_deep(faults, place)
    if problem in _HINTS:
        rule, message = _HINTS[problem]
        return faults.stop(rule, message, place)
    context = f" ({fault.context})" if fault.context else ""
    return faults.stop("syntax", f"{problem}{context}; correct the YAML here", place)


def _tag(event: Any) -> str | None:
    """The tag that an event has; `!` says no more than none."""
    return event.tag if event.tag != "!" else None


class _Known:
    """What an anchor stands for: a scalar's event, or a collection with the number of values in it, None while it is read."""

    __slots__ = ("built", "count", "event")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.built: Map | Seq | None = None
        self.count = 0


class _Builder:
    """Events to values, without a graph of nodes between them. What several aliases lead to is one value, shared."""

    def __init__(self, next_event: Callable[[], Any], faults: Faults, limit: int, hidden: dict[int, int]) -> None:
        self.next = next_event
        self.faults = faults
        self.file = faults.file
        self.limit = limit
        self.restored = {code: character for character, code in hidden.items()}
        self.count = 0
        self.anchors: dict[str, _Known] = {}
        self.merged = False
        self._before = len(faults.found)

    def forget_faults(self) -> None:
        """Leave out what was found so far: in a text that is no YAML it may not be what the author meant."""
        del self.faults.found[self._before :]

    def _broken(self, rule: str, message: str, event: Any) -> PortalError:
        self.forget_faults()
        return self.faults.stop(rule, message, _mark(event))

    def document(self) -> Any:
        """The value of the only document."""
        self.next()
        if type(self.next()) is yaml.StreamEndEvent:
            raise self.faults.stop("empty", "the file is empty; write a document into it or remove it")
        first = self.next()
        value = self.value(first, 0, _mark(first))
        self.next()
        after = self.next()
        if type(after) is not yaml.StreamEndEvent:
            message = "the file holds more than one document; keep one and move the others to files of their own"
            raise self._broken("documents", message, after)
        return value

    def value(self, event: Any, depth: int, came_from: Mark) -> Any:
        """The value that begins with an event; `came_from` is the place that leads to it, for faults of an alias."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._again(self._known(event), came_from)
        known = self._anchored(event) if event.anchor else None
        if kind is yaml.ScalarEvent:
            self.count += 1
            return self._scalar(event)
        if depth >= MAX_DEPTH:
            raise _too_deep(self.faults, _mark(event))
        before = self.count
        self.count += 1
        self._check_tag(event)
        built = self._map(event, depth + 1) if kind is yaml.MappingStartEvent else self._seq(event, depth + 1)
        if known:
            known.built, known.count = built, self.count - before
        return built

    def _anchored(self, event: Any) -> _Known:
        if event.anchor in self.anchors:
            raise self._broken("alias", "the anchor is defined above already; give this one another name", event)
        known = self.anchors[event.anchor] = _Known(event)
        return known

    def _known(self, event: Any) -> _Known:
        known = self.anchors.get(event.anchor)
        if known is None:
            message = "an alias of an anchor that is not defined above; define it, or quote the value"
            raise self._broken("alias", message, event)
        return known

    def _again(self, known: _Known, came_from: Mark) -> Any:
        if type(known.event) is yaml.ScalarEvent:
            self.count += 1
            return self._scalar(known.event)
        if known.built is None:
            self.faults.add("error", "alias", "an alias inside its own anchor never ends; use a $ref", came_from)
            return None
        self.count += known.count
        if self.count > self.limit:
            message = f"the aliases come to more than {self.limit:,} values; use $ref instead of aliases of aliases"
            raise self.faults.stop("alias", message, came_from)
        return known.built

    def _map(self, event: Any, depth: int) -> Map:
        built = Map(self.file, _mark(event))
        marks, following = built.marks, self.next
        merges: list[tuple[Any, Mark]] = []
        while type(found := following()) is not yaml.MappingEndEvent:
            written = self._known(found).event if type(found) is yaml.AliasEvent else found
            start = written.start_mark
            mark = (start.line + 1, start.column + 1)
            if type(written) is not yaml.ScalarEvent:
                self.faults.add("error", "key", "a mapping or list as a key has no form in JSON; use text as the key", mark)
                self._skip(found, depth, mark)
                continue
            if found.anchor and found is written:
                self._anchored(found)
            key = self._text(written)
            if key == "<<" and not written.style and _tag(written) is None:
                merges.append((self.value(following(), depth, mark), mark))
                continue
            if key in marks:
                self._duplicate(key, marks[key], mark)
            built[key] = self.value(following(), depth, mark)
            marks[key] = mark
        for value, mark in merges:
            self._merge(built, value, mark)
        return built

    def _skip(self, key: Any, depth: int, mark: Mark) -> None:
        """Read past a key that is none and its value; an anchor in them is known all the same."""
        if type(key) is not yaml.AliasEvent:
            self.value(key, depth, mark)
        self.value(self.next(), depth, mark)

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

    def _seq(self, event: Any, depth: int) -> Seq:
        built = Seq(self.file, _mark(event))
        marks, following = built.marks, self.next
        while type(item := following()) is not yaml.SequenceEndEvent:
            start = (self._known(item).event if type(item) is yaml.AliasEvent else item).start_mark
            mark = (start.line + 1, start.column + 1)
            marks.append(mark)
            built.append(self.value(item, depth, mark))
        return built

    def _text(self, event: Any) -> str:
        text: str = event.value
        if self.restored:
            text = text.translate(self.restored)
        return intern(text) if len(text) <= SHORT else text

    def _scalar(self, event: Any) -> Any:
        if event.tag and event.tag != "!":
            return self._tagged(event)
        text = self._text(event)
        return text if event.style else plain(text, lambda severity, message: self._doubt(event, severity, message))

    def _doubt(self, event: Any, severity: str, message: str) -> None:
        self.faults.add(severity, "number", message, _mark(event))

    def _check_tag(self, event: Any) -> None:
        own = "map" if type(event) is yaml.MappingStartEvent else "seq"
        if _tag(event) not in (None, _CORE + own):
            self._refuse_tag(event)

    def _refuse_tag(self, event: Any) -> None:
        name = event.tag.replace(_CORE, "!!")
        self.faults.add("error", "tag", f"the tag {name} is not part of YAML's core schema; remove it", _mark(event))

    def _tagged(self, event: Any) -> Any:
        if event.tag == _CORE + "str":
            return self._text(event)
        if event.tag not in _TYPES:
            self._refuse_tag(event)
            return self._text(event)
        value = plain(event.value, lambda severity, message: self._doubt(event, severity, message))
        if type(value) not in _TYPES[event.tag]:
            name = event.tag.replace(_CORE, "!!")
            message = f"{event.value!r} is not what {name} says; remove the tag or correct the value"
            self.faults.add("error", "tag", message, _mark(event))
        return value
