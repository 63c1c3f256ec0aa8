"""String literals: a table per language, and the one function that applies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

INVISIBLE = (
    "\x00-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
"""Controls, blanks that look like others, marks that turn the reading direction, private use: never printed raw where a
language can escape them. As the inside of a character class."""
SURROGATES = "\ud800-\udfff"
BARE = re.compile(r"[A-Za-z0-9_./:,@%+][A-Za-z0-9_./:=,@%+-]*")
"""What a shell reads as itself without quotes."""


@dataclass(frozen=True)
class Quoting:
    """How a language writes a string.

    `escapes` maps a character to its escape; `codes` lists (highest code point, prefix, hexadecimal digits, suffix) for
    invisible characters, and is empty where a language has no such escape. A character above the last entry is written
    as two UTF-16 units. `bare` leaves quotes away around harmless words.
    """

    quote: str
    escapes: dict[str, str]
    codes: tuple[tuple[int, str, int, str], ...] = ()
    bare: bool = False
    surrogates: bool = False
    """Whether half a surrogate pair can be written; otherwise it becomes U+FFFD."""

    @cached_property
    def special(self) -> re.Pattern[str]:
        """Matches a character that cannot stand as it is."""
        literal = "".join(re.escape(character) for character in self.escapes)
        return re.compile("[" + literal + (INVISIBLE if self.codes else "") + SURROGATES + "]")

    def __call__(self, text: str) -> str:
        """The literal for `text`, quotes included."""
        if self.bare and BARE.fullmatch(text):
            return text
        if self.special.search(text):
            text = self.special.sub(self._escape, text)
        return self.quote + text + self.quote

    def _escape(self, match: re.Match[str]) -> str:
        character = match[0]
        known = self.escapes.get(character)
        if known is not None:
            return known
        code = ord(character)
        if 0xD800 <= code <= 0xDFFF and not self.surrogates:
            return "\ufffd"
        return self._code(code)

    def _code(self, code: int) -> str:
        for highest, prefix, digits, suffix in self.codes:
            if code <= highest:
                return prefix + hexadecimal(code, digits) + suffix
        above = code - 0x10000
        return self._code(0xD800 + (above >> 10)) + self._code(0xDC00 + (above & 0x3FF))


def hexadecimal(code: int, digits: int) -> str:
    """A code point in lower-case hexadecimal, filled with zeros."""
    return f"{code:x}".rjust(digits, "0")


_JSON_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
json_string = Quoting('"', _JSON_ESCAPES, ((0xFFFF, "\\u", 4, ""),), surrogates=True)
