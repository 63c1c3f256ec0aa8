"""What is wrong with an input, as a value that can be printed, counted and compared.

A diagnostic never raises and never prints: the command line and the MkDocs plugin decide what to do with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Severity(StrEnum):
    """How much a finding matters: an ERROR loses content, a WARNING misleads a reader, a NOTE only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1; file is the path as it is shown to the reader."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Location("")
"""For values that no text holds."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `message` says what is wrong and, after a semicolon, what to do about it."""

    severity: Severity
    rule: str
    message: str
    location: Location

    def __str__(self) -> str:
        """One line, whatever text of a description it quotes: controls and marks of direction are written as escapes."""
        return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode(), f"{self.location}: {self.message}")


def error(rule: str, message: str, location: Location) -> Diagnostic:
    """A finding that loses content."""
    return Diagnostic(Severity.ERROR, rule, message, location)


def warning(rule: str, message: str, location: Location) -> Diagnostic:
    """A finding that would mislead a reader."""
    return Diagnostic(Severity.WARNING, rule, message, location)


def note(rule: str, message: str, location: Location) -> Diagnostic:
    """A finding that only informs."""
    return Diagnostic(Severity.NOTE, rule, message, location)
