"""The portal: documents joined with the catalog, every page of it named. Made once, then only read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portal_gen.diagnostics import Diagnostic, Location
from portal_gen.model.document import Document
from portal_gen.model.operation import Operation
from portal_gen.model.schema import NamedSchema
from portal_gen.portal.added import NOTHING, Added, Template
from portal_gen.portal.address import PublicAddress
from portal_gen.portal.catalog import Catalog, CatalogService
from portal_gen.portal.urls import REFERENCE, Urls


@dataclass(frozen=True, slots=True)
class OperationPage:
    """An operation or webhook, with its page. `title` is never empty; `direct` are full addresses at the service's own servers."""

    service: str
    operation: Operation
    slug: str
    url: str
    title: str
    public: PublicAddress
    direct: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a schema stands: which page, and where on it ("200 · clusters[]", "body")."""

    url: str
    place: str


@dataclass(frozen=True, slots=True)
class SchemaPage:
    """A named schema, with its page and the operations (`used_by`) and schemas (`part_of`) that refer to it directly."""

    service: str
    named: NamedSchema
    slug: str
    url: str
    used_by: tuple[Use, ...] = ()
    part_of: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a service's navigation: a tag with the pages of its operations. `depth` counts from 0 in the tag tree;
    `anchor` is its id on the overview, `kind` the tag's (OpenAPI 3.2, section 4.22)."""

    name: str
    title: str
    anchor: str
    description: str = ""
    depth: int = 0
    group: str = ""
    pages: tuple[OperationPage, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A page that holds a part of a list too long for the overview: `number` of `of`, counted from 1. It has sections (of a long one, a
    piece), or schemas."""

    kind: Literal["operations", "schemas"]
    url: str
    number: int
    of: int
    sections: tuple[Section, ...] = ()
    schemas: tuple[SchemaPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One description with its place in the catalog. `pages` are its operations, then webhooks, in reading order, each once."""

    id: str
    name: str
    slug: str
    url: str
    document: Document
    entry: CatalogService | None
    group: str
    pages: tuple[OperationPage, ...]
    schemas: Mapping[str, SchemaPage]
    """By schema key of the document."""
    sections: tuple[Section, ...]
    file: str
    """The description's path from the root of the portal's files (`kv/openapi.yaml`)."""
    lists: tuple[ListPart, ...] = ()
    """The parts of lists that are too long for the overview."""
    section_urls: Mapping[str, str] = field(default_factory=dict)
    """By anchor, the pages of sections that do not stand on the overview."""

    def at(self, anchor: str) -> str:
        """The URL of a part of the overview, with the fragment."""
        return f"{self.section_urls.get(anchor, self.url)}#{anchor}"

    def path_of(self, location: Location) -> str:
        """The path of a place from the root of the portal's files: the same on every machine, whatever the working folder."""
        shown = self.document.location.file
        root = shown.removesuffix(self.file)
        if shown == root + self.file and location.file.startswith(root):
            return location.file.removeprefix(root)
        return posixpath.basename(location.file)


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything a page may say."""

    title: str
    urls: Urls
    catalog: Catalog
    services: tuple[Service, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    added: Added = NOTHING

    def added_to(self, service: Service) -> dict[str, Template]:
        """Templates of pages that the site adds to each service, by the URL of this one's; an operation of that name keeps it."""
        found = {self.urls.page(REFERENCE, service.slug, template.slug): template for template in self.added.service_pages}
        for page in service.pages if found else ():
            found.pop(page.url, None)
        return found

    def service(self, id_: str) -> Service:
        """The service with this id; KeyError where there is none."""
        for service in self.services:
            if service.id == id_:
                return service
        raise KeyError(id_)
