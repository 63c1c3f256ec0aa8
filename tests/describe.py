"""Descriptions written inline in tests: text in, Document or Portal out."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from portal_gen.model.builder import build
from portal_gen.model.document import Document
from portal_gen.portal.assemble import Source, assemble
from portal_gen.portal.catalog import EMPTY, Catalog
from portal_gen.portal.portal import Portal
from portal_gen.portal.urls import Urls
from portal_gen.spec import load

HEAD = "openapi: 3.2.0\ninfo: {title: Test, version: '1'}\n"


def document(folder: Path, text: str, head: str = HEAD) -> Document:
    """The document of a description, without its head."""
    path = folder / "openapi.yaml"
    path.write_text(head + dedent(text))
    return build(load(path, folder))


def portal(folder: Path, text: str, catalog: Catalog = EMPTY, head: str = HEAD, service: str = "test") -> Portal:
    """A portal of one service."""
    return assemble([Source(service, "openapi.yaml", document(folder, text, head))], catalog, Urls())
