"""Markdown twins."""

from __future__ import annotations

from portal_gen.portal.portal import OperationPage
from portal_gen.render.exchange import Exchange
from portal_gen.render.scope import Scope


def operation_twin(scope: Scope, page: OperationPage, found: Exchange) -> str:
    """The page of an operation as Markdown."""
    return ""
