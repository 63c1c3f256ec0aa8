"""The keys of `responses` are statuses: 200, 4XX, default (OpenAPI 3.2, section 4.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.lint.walk import responses
from portal_gen.model.document import Document

_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|XX)\Z|default\Z")


def check(document: Document) -> Iterator[Diagnostic]:
    """Keys that are none."""
    for response in responses(document):
        if not _STATUS.match(response.status):
            message = f"`{response.status}` is no status; write three digits, a range as 4XX, or default"
            yield error("response-status", message, response.location)
