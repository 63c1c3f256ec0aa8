"""`pattern` and the names of `patternProperties` are regular expressions (ECMA-262; JSON Schema 2020-12, core, section 6.4).

Python reads them after its notation is put in place of ECMA's. Only what is broken in both languages is named.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import schemas
from portal_gen.model.document import Document

_PIECES = re.compile(r"\[\^?\]|\\[pP]\{[^}]*\}|\\u\{[0-9a-fA-F]+\}|\\k<\w+>|\(\?<(?=[A-Za-z_$])|\\c[A-Za-z]|\\.", re.DOTALL)
_KNOWN_ESCAPES = frozenset("dDsSwWbBfnrtv")
_LONGEST = 5000
"""Characters of an expression that is looked at."""
_BROKEN = (
    "unterminated character set",
    "missing ), unterminated subpattern",
    "unbalanced parenthesis",
    "nothing to repeat",
    "multiple repeat",
    "min repeat greater than max repeat",
    "bad escape (end of pattern)",
)


def check(document: Document) -> Iterator[Diagnostic]:
    """Expressions that no reader can use, at the schema."""
    for schema in schemas(document):
        if not schema.rules and not schema.pattern_properties:
            continue
        pattern = schema.rule("pattern")
        for text in [pattern, *(name for name, _ in schema.pattern_properties)]:
            if isinstance(text, str) and len(text) <= _LONGEST and (why := _fault(text)):
                message = (
                    f"`{text if len(text) <= 80 else text[:79] + '…'}` is not a regular expression: {why}; mend it, or leave it out"
                )
                yield warning("invalid-pattern", message, schema.location)


def _fault(pattern: str) -> str:
    """What is broken, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(_PIECES.sub(_python, pattern))
    except re.error as fault:
        return fault.msg if fault.msg.startswith(_BROKEN) else ""
    except (RecursionError, OverflowError):
        return ""
    return ""


def _python(piece: re.Match[str]) -> str:
    """One piece of ECMA's notation as something of the same shape that Python reads."""
    text = piece[0]
    if text == "(?<":
        return "(?P<"
    if text in ("[]", "[^]"):
        return r"[\s\S]"
    return text if text[1:] in _KNOWN_ESCAPES or not text[1:2].isalnum() else "x"
