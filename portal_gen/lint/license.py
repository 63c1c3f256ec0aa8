"""A license has a URL or an SPDX identifier, not both (OpenAPI 3.2, section 4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """A license that has both."""
    license_ = document.info.license
    if license_ and license_.url and license_.identifier:
        message = "the license has both `url` and `identifier`, which exclude each other; keep one"
        yield warning("license", message, document.info.location)
