"""A license has a name, and a URL or an SPDX identifier, not both (OpenAPI 3.2, section 4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """A license without a name or with both, at `info`."""
    info = document.info
    if info.license and not info.license.name:
        yield warning("license", "the license has no name; add `name`, or drop the license", info.location)
    if info.license and info.license.url and info.license.identifier:
        message = "the license has both `url` and `identifier`, which exclude each other; keep one"
        yield warning("license", message, info.location)
