"""A description has a version, and says whom to ask by addresses that can be (OpenAPI 3.2, sections 4.2 and 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """What is missing or cannot be, at `info`. A missing title is said when the description is read."""
    info = document.info
    if not info.version.strip():
        yield warning("info", "the description has no version; add `version` to `info`", info.location)
    if info.contact and info.contact.email and "@" not in info.contact.email:
        yield warning("info", f"`{info.contact.email}` is no e-mail address; correct or drop it", info.location)
