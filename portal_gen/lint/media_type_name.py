"""The keys of `content` are media types: a type, a slash, a subtype (RFC 6838, section 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, warning
from portal_gen.lint.walk import media_types
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Keys without a slash."""
    for media_type in media_types(document):
        if "/" not in media_type.name:
            message = f"`{media_type.name}` is no media type; write one with a slash, as application/json"
            yield warning("media-type-name", message, media_type.location)
