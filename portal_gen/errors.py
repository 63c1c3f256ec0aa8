"""The one exception that stops work: it carries the diagnostics that explain why."""

from __future__ import annotations

from collections.abc import Iterable

from portal_gen.diagnostics import Diagnostic


class PortalError(Exception):
    """An input cannot be used. `diagnostics` holds every reason that is known, in the order of the text."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

    def __reduce__(self) -> tuple[type[PortalError], tuple[tuple[Diagnostic, ...]]]:
        """It comes out of another process as what it was."""
        return PortalError, (self.diagnostics,)
