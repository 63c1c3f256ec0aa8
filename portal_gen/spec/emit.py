"""A tree to YAML text in one fixed layout: block style, keys in their order, lines of at most `WIDTH` where a text allows.

Every value is read back as it was, by readers of YAML 1.1 and 1.2 alike: what one of them would take for something else is quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from portal_gen.spec.scalars import plain
from portal_gen.spec.tree import Decimal

WIDTH: Final = 100
STEP: Final = 2

_UNSEEN = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_INSIDE = re.compile(r": |:$| #|^(?:---|\.\.\.)")
_WORDS: Final = frozenset(["y", "n", "yes", "no", "on", "off", "=", "<<"])
"""What YAML 1.1 gives a meaning, in any case of its letters, beside what PyYAML's resolver knows."""
_GAP = re.compile(r"(?<=\S) (?=\S)")
_RESOLVER = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"


def to_yaml(value: Any) -> str:
    """The text of a mapping or list (values as `parse` gives them, or plain dicts, lists and scalars)."""
    lines: list[str] = []
    _block(value, 0, lines)
    return "".join(f"{line}\n" for line in lines)


def _block(value: Any, margin: int, lines: list[str]) -> None:
    """The entries of a mapping or list that is not empty, `margin` columns from the left."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            head = f"{' ' * margin}{_key(str(key))}:"
            if _is_block(item):
                lines.append(head)
                _block(item, margin + STEP, lines)
            else:
                _leaf(head, item, margin, lines)
        return
    for item in value:
        head = " " * margin + "-"
        if _is_block(item):
            first = len(lines)
            _block(item, margin + STEP, lines)
            lines[first] = head + lines[first][margin + 1 :]
        else:
            _leaf(head, item, margin, lines)


def _is_block(value: Any) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and len(value) > 0


def _leaf(head: str, value: Any, margin: int, lines: list[str]) -> None:
    if not isinstance(value, str):
        lines.append(f"{head} {_scalar(value)}")
    elif "\n" in value:
        _paragraphs(head, value, margin + STEP, lines)
    else:
        _line(head, value, margin + STEP, lines)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return _decimal(value.lexeme)
        case int() | float():
            return _decimal(repr(value))
        case Mapping():
            return "{}"
        case _:
            return "[]"


def _decimal(lexeme: str) -> str:
    """A number as it was written; one with an exponent gets the point and the sign without which YAML 1.1 reads text."""
    mantissa, mark, exponent = lexeme.partition("e") if "e" in lexeme else lexeme.partition("E")
    if not mark:
        return lexeme
    point = "" if "." in mantissa else ".0"
    sign = "" if exponent[:1] in "+-" else "+"
    return f"{mantissa}{point}{mark}{sign}{exponent}"


def _key(key: str) -> str:
    return key if _is_plain(key) else _quoted(key)


def _line(head: str, text: str, margin: int, lines: list[str]) -> None:
    """A text without line breaks: behind its key, or folded below it where that is too long."""
    short = text if _is_plain(text) else _quoted(text)
    if len(head) + 1 + len(short) <= WIDTH or " " not in text or text != text.strip() or _UNSEEN.search(text):
        lines.append(f"{head} {short}")
    else:
        lines.append(f"{head} >-")
        _fold(text, margin, lines)


def _fold(text: str, margin: int, lines: list[str]) -> None:
    line = ""
    for word in _GAP.split(text):
        if line and margin + len(line) + 1 + len(word) > WIDTH:
            lines.append(" " * margin + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(" " * margin + line)


def _paragraphs(head: str, text: str, margin: int, lines: list[str]) -> None:
    """A text of several lines: as it is, or folded where a line is too long and none is indented; else quoted in one line."""
    body = text.removesuffix("\n")
    chomp = "" if body != text else "-"
    if _UNSEEN.search(text.replace("\t", "")) or not body or body != body.strip():
        lines.append(f"{head} {_double(text)}")
        return
    rows = body.split("\n")
    if all(margin + len(row) <= WIDTH for row in rows) or any(row != row.strip() for row in rows) or "\t" in text:
        lines.append(f"{head} |{chomp}")
        lines.extend(" " * margin + row if row else "" for row in rows)
        return
    lines.append(f"{head} >{chomp}")
    for index, row in enumerate(rows):
        if index:
            lines.append("")
        if row:
            _fold(row, margin, lines)


def _is_plain(text: str) -> bool:
    """Whether a text can stand without quotes: no reader takes it for anything else."""
    return bool(
        text
        and text[0] not in _INDICATORS
        and text == text.strip()
        and not _UNSEEN.search(text)
        and "\n" not in text
        and not _INSIDE.search(text)
        and text.lower() not in _WORDS
        and isinstance(plain(text, _no_doubt), str)
        and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING  # type: ignore[no-untyped-call]
    )


def _no_doubt(_severity: str, _message: str) -> None:
    return None


def _quoted(text: str) -> str:
    if _UNSEEN.search(text) or "\n" in text:
        return _double(text)
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return _UNSEEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
