"""What pages are called."""

from __future__ import annotations

import re

from portal_gen.model.operation import Operation
from portal_gen.portal.slugs import words

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*")


def operation_title(operation: Operation) -> str:
    """The summary; else the operationId as words (`getClusterStats`: Get cluster stats); else method and path."""
    if operation.summary.strip():
        return operation.summary.strip()
    if operation.id and operation.id.strip():
        return sentence(operation.id)
    return f"{operation.method} {operation.path}"


def sentence(identifier: str) -> str:
    """An identifier as words with a capital at the front; what is no plain identifier is kept as it is."""
    if not _PLAIN.fullmatch(identifier):
        return identifier
    found = words(identifier)
    text = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in found)
    return text[:1].upper() + text[1:] or identifier
