"""JSON to a located tree.

The standard library's parser judges the text; a second pass over its tokens, which may then rely on it, builds the values with
their places. (libyaml can not do it: it refuses the surrogate pairs that JSON's escapes are made of.)
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from math import isinf
from typing import Any

from portal_gen.errors import PortalError
from portal_gen.spec.faults import Faults
from portal_gen.spec.scalars import MAX_DIGITS
from portal_gen.spec.tree import Decimal, Map, Mark, Seq
from portal_gen.spec.yaml_text import MAX_DEPTH

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(rf"[\s,]*(?:({_STRING})\s*:\s*)?({_STRING}|[\[\]{{}}]|[^\s,\[\]{{}}\":]+)", re.DOTALL)
"""A key, if there is one, and what follows it: a scalar, or the begin or end of a container."""
_WORDS: dict[str, Any] = {"null": None, "true": True, "false": False}
SHORT, KNOWN = 40, 10_000
"""Characters of a text that is kept once, and how many such texts are remembered."""
_LONE = re.compile("[\ud800-\udfff]")


def parse_json(text: str, faults: Faults) -> Any:
    """The tree of a JSON text; faults go to `faults`, and those that end the reading raise PortalError."""
    reader = _Reader(text, faults)
    try:
        json.loads(text, parse_int=_nothing, parse_float=_nothing, parse_constant=_nothing)
    except json.JSONDecodeError as fault:
        raise faults.stop("syntax", _explain(text, fault), (fault.lineno, fault.colno)) from None
    except RecursionError:
        raise reader.find_depth() from None
    return reader.read()


def _nothing(_: str) -> None:
    return None


def _explain(text: str, fault: json.JSONDecodeError) -> str:
    found = text[fault.pos : fault.pos + 2]
    if found.startswith(("//", "/*", "#")):
        return "JSON has no comments; remove it, or name the file .yaml and use #"
    before = text[: fault.pos].rstrip()
    if fault.msg.startswith("Illegal trailing comma") or (before.endswith(",") and found[:1] in ("}", "]")):
        return "a comma after the last item; remove it"
    if fault.msg.startswith("Extra data"):
        return "more text after the end of the JSON value; remove it"
    if not found:
        return "the file ends in the middle of a value; complete it"
    return f"{fault.msg[0].lower()}{fault.msg[1:]}; correct the JSON here"


class _Reader:
    """The second pass. It trusts that `text` is JSON (but for NaN and Infinity, which it refuses)."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.known: dict[str, str] = {}
        """Short texts by how they are written: a description says the same few again and again, and each is kept once."""
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def mark(self, offset: int) -> Mark:
        """The line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return (line, offset - self.starts[line - 1] + 1)

    def too_deep(self, offset: int) -> PortalError:
        message = f"values are nested more than {MAX_DEPTH} deep; move inner parts to a $ref"
        return self.faults.stop("depth", message, self.mark(offset))

    def find_depth(self) -> PortalError:
        """The fault for a text that the parser gave up on because of its nesting."""
        depth = 0
        for token in re.finditer(rf"{_STRING}|[\[\]{{}}]", self.text, re.DOTALL):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
            if depth > MAX_DEPTH:
                return self.too_deep(token.start())
        return self.too_deep(0)

    def read(self) -> Any:
        file, mark, scalar = self.faults.file, self.mark, self.scalar
        top = Seq(file)
        holder: Map | Seq = top
        stack: list[Map | Seq] = []
        for token in _TOKEN.finditer(self.text):
            written = token[2]
            if written in ("}", "]"):
                holder = stack.pop()
                continue
            start = token.start(2)
            if written == "{" or written == "[":
                inner = (Map if written == "{" else Seq)(file, mark(start))
                self.put(holder, token, inner)
                stack.append(holder)
                if len(stack) > MAX_DEPTH:
                    raise self.too_deep(start)
                holder = inner
            else:
                self.put(holder, token, scalar(written, start))
        return top[0]

    def put(self, holder: Map | Seq, token: re.Match[str], value: Any) -> None:
        if isinstance(holder, Seq):
            holder.append(value)
            holder.marks.append(self.mark(token.start(2)))
            return
        mark = self.mark(token.start(1))
        key = self.string(token[1], token.start(1))
        if key in holder.marks:
            message = f"the key {key!r} stands on line {holder.marks[key][0]} too, and only this one counts; remove one of them"
            self.faults.add("error", "duplicate-key", message, mark)
        holder[key] = value
        holder.marks[key] = mark

    def string(self, written: str, start: int) -> str:
        if "\\" not in written:
            known = self.known.get(written)
            if known is None:
                known = written[1:-1]
                if len(known) <= SHORT and len(self.known) < KNOWN:
                    self.known[written] = known
            return known
        value: str = json.loads(written)
        if _LONE.search(value):
            message = "an escape that is half of a surrogate pair; write both halves, or the character itself"
            self.faults.add("error", "escape", message, self.mark(start))
            return _LONE.sub("\ufffd", value)
        return value

    def scalar(self, written: str, start: int) -> Any:
        if written[0] == '"':
            return self.string(written, start)
        if written in _WORDS:
            return _WORDS[written]
        if written.lstrip("-").isdigit():
            return self.integer(written, start)
        if written in ("NaN", "Infinity", "-Infinity"):
            self.faults.add("error", "number", f"{written} has no form in JSON; give a number", self.mark(start))
            return written
        number = Decimal(written)
        if isinf(number):
            message = f"{written} is beyond what most readers can hold; give a smaller number"
            self.faults.add("warning", "number", message, self.mark(start))
        return number

    def integer(self, written: str, start: int) -> int | str:
        if len(written) > MAX_DIGITS:
            message = f"the number {written[:12]}… has {len(written)} digits; quote it if text is meant"
            self.faults.add("error", "number", message, self.mark(start))
            return written
        return int(written)
