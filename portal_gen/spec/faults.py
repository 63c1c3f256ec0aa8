"""Collecting what is wrong with one text: most faults leave the rest readable, some stop the reading."""

from __future__ import annotations

from portal_gen.diagnostics import Diagnostic, Location, Severity
from portal_gen.errors import PortalError
from portal_gen.spec.tree import Mark


def printable(message: str) -> str:
    """A message in one line, whatever the text holds that it quotes: control characters could pass for other messages."""
    if message.isprintable():
        return message
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in message)


class Faults:
    """The faults of one file, in the order in which they were met."""

    __slots__ = ("file", "found")

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, severity: str, rule: str, message: str, mark: Mark) -> None:
        """Remember a fault; the reading goes on."""
        self.found.append(Diagnostic(Severity(severity), rule, printable(message), Location(self.file, *mark)))

    def stop(self, rule: str, message: str, mark: Mark = (1, 1)) -> PortalError:
        """The exception that ends the reading, with every fault so far."""
        self.add("error", rule, message, mark)
        return PortalError(self.sorted())

    def sorted(self) -> tuple[Diagnostic, ...]:
        """The faults in the order of the text, each once."""
        return tuple(sorted(dict.fromkeys(self.found), key=lambda fault: fault.location))
