"""Names under `components` are of letters, digits, dots, hyphens and underscores (OpenAPI 3.2, section 4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.model.document import Document
from portal_gen.spec.version import is_version_2

_LEGAL = re.compile(r"[A-Za-z0-9._-]+\Z")


def check(document: Document) -> Iterator[Diagnostic]:
    """Names with other characters. Those of a Swagger 2.0 description were free."""
    if is_version_2(document.written_version):
        return
    for component in document.components:
        if not _LEGAL.match(component.name):
            message = f"`{component.name}` in components.{component.kind} has characters that tools refuse; use A-Z a-z 0-9 . _ -"
            yield warning("component-name", message, component.location)
