"""A description has a title and a version (OpenAPI 3.2, section 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """A missing or empty one, at `info`."""
    info = document.info
    if not info.title.strip():
        yield warning("info", "the description has no title; add `title` to `info`", info.location)
    if not info.version.strip():
        yield warning("info", "the description has no version; add `version` to `info`", info.location)
