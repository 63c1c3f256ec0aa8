"""Plain YAML scalars by the core schema of YAML 1.2 (section 10.3.2): no dates, no sexagesimals, no `yes`."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isinf
from typing import Final, TypeAlias

from portal_gen.spec.tree import Decimal

Scalar: TypeAlias = bool | int | float | str | None

_NAMED: Final[tuple[tuple[str, Scalar], ...]] = (("null", None), ("true", True), ("false", False))
_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    **{form: value for word, value in _NAMED for form in (word, word.capitalize(), word.upper())},
}
_FIRST = frozenset("-+.0123456789~nNtTfF")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"([-+]?)([0-9]*)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?\Z")
_NOT_A_NUMBER = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
MAX_DIGITS = 4000
"""Longest integer that is read as a number: Python refuses longer ones, for the time that they take."""


def plain(text: str, doubt: Callable[[str, str], None]) -> Scalar:
    """The value of an unquoted scalar. `doubt(severity, message)` is called for one that is read but should be rewritten."""
    if text and text[0] not in _FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return _integer(text, doubt)
    if _BASED.match(text):
        return _integer(text, doubt, 0)
    if _NOT_A_NUMBER.match(text):
        doubt("error", f"{text} has no form in JSON; give a number, or quote it if text is meant")
        return text
    return _fraction(text, doubt)


def _integer(text: str, doubt: Callable[[str, str], None], base: int = 10) -> Scalar:
    if len(text) > MAX_DIGITS:
        doubt("error", f"the number {text[:12]}… has {len(text)} digits; quote it if text is meant")
        return text
    digits = text.lstrip("+-")
    if base == 10 and len(digits) > 1 and digits[0] == "0":
        doubt("warning", f"{text} is {int(text)} in YAML 1.2, not octal; write {int(text)}, or quote it if text is meant")
    return int(text, base)


def _fraction(text: str, doubt: Callable[[str, str], None]) -> Scalar:
    match = _FLOAT.match(text)
    if match is None or not (match[2] or match[3]):
        return text
    sign, whole, digits, exponent = match.groups()
    minus = "-" if sign == "-" else ""
    number = Decimal(minus + (whole.lstrip("0") or "0") + (f".{digits}" if digits else ".0" * (digits == "")) + (exponent or ""))
    if isinf(number):
        doubt("warning", f"{text} is beyond what most readers can hold; give a smaller number")
    return number
