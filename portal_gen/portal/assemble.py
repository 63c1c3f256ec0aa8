"""A Portal from documents and a catalog: names every page, joins operations with addresses and schemas with their uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from portal_gen.diagnostics import Diagnostic
from portal_gen.model.document import Document
from portal_gen.model.operation import Operation
from portal_gen.portal.address import PublicAddress
from portal_gen.portal.capabilities import capability_faults
from portal_gen.portal.catalog import Catalog, CatalogService
from portal_gen.portal.front_links import with_known_links
from portal_gen.portal.gateway import public_address
from portal_gen.portal.lists import list_parts, section_urls
from portal_gen.portal.navigation import reading_order, sections
from portal_gen.portal.origin import below
from portal_gen.portal.portal import OperationPage, Portal, SchemaPage, Service
from portal_gen.portal.slugs import distinct
from portal_gen.portal.titles import operation_title
from portal_gen.portal.urls import REFERENCE, Urls
from portal_gen.portal.uses import Uses, uses


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the id of its service and the path it is shown by."""

    id: str
    file: str
    document: Document


@dataclass(frozen=True, slots=True)
class Kept:
    """A service with all that it was made from."""

    source: Source
    catalog: Catalog
    slug: str
    service: Service


def assemble(
    sources: Iterable[Source],
    catalog: Catalog,
    urls: Urls,
    title: str = "",
    problems: Iterable[Diagnostic] = (),
    kept: dict[str, Kept] | None = None,
) -> Portal:
    """The portal of these documents: services in the catalog's order, then those that it does not name.

    `problems` are what was found before: in the catalog, and in descriptions that could not be used. `kept` holds services of
    an earlier portal with the same `urls`, by id; those that were made from the very same values are taken over, and it is
    brought up to date."""
    sources = tuple(sources)
    entries = {entry.id: entry for entry in catalog.services}
    rank = {id_: index for index, id_ in enumerate(entries)}
    ordered = sorted(sources, key=lambda source: rank.get(source.id, len(rank)))
    slugs = distinct({source.id: (source.id, f"service {source.id}") for source in sources})
    kept = {} if kept is None else kept
    services = tuple(_kept(kept, source, entries.get(source.id), slugs[source.id], catalog, urls) for source in ordered)
    # what is wrong with a file that several descriptions share is found with each of them
    found = [*problems, *(diagnostic for source in ordered for diagnostic in source.document.diagnostics)]
    only = services[0].document.info.title if len(services) == 1 else ""
    shown, faults = with_known_links(catalog, urls)
    portal = Portal(title or catalog.title or only or "API reference", urls, shown, services)
    return replace(portal, diagnostics=tuple(dict.fromkeys((*found, *capability_faults(portal), *faults))))


def _kept(kept: dict[str, Kept], source: Source, entry: CatalogService | None, slug: str, catalog: Catalog, urls: Urls) -> Service:
    known = kept.get(source.id)
    if known and known.source.document is source.document and known.catalog is catalog and known.slug == slug:
        return known.service
    service = _service(source, entry, slug, catalog, urls)
    kept[source.id] = Kept(source, catalog, slug, service)
    return service


def _service(source: Source, entry: CatalogService | None, slug: str, catalog: Catalog, urls: Urls) -> Service:
    document = source.document
    base = (REFERENCE, slug)
    slugs = _operation_slugs(document)
    operations = tuple(_page(op, slugs[i], source.id, base, entry, catalog, urls) for i, op in enumerate(document.operations))
    offset = len(operations)
    webhooks = tuple(_page(op, slugs[offset + i], source.id, base, None, catalog, urls) for i, op in enumerate(document.webhooks))
    found = sections(document, operations, webhooks)
    schemas = _schemas(document, source.id, base, urls, uses(document, operations + webhooks))
    lists = list_parts(found, schemas, urls, base)
    return Service(
        id=source.id,
        name=entry.name if entry and entry.name else document.info.title or source.id,
        slug=slug,
        url=urls.index(*base),
        document=document,
        entry=entry,
        group=entry.group if entry else "",
        pages=reading_order(found),
        schemas=schemas,
        sections=found,
        file=source.file,
        lists=lists,
        section_urls=section_urls(lists),
    )


def _operation_slugs(document: Document) -> dict[int, str]:
    """Slugs from operationId, else from method and path; clashes are told apart by method and path, never by their place in a file,
    which every edit above them moves."""
    return distinct({index: tuple(_names(op)) for index, op in enumerate((*document.operations, *document.webhooks))})


def _names(operation: Operation) -> Iterator[str]:
    place = f"{operation.method.lower()} {operation.path}"
    if operation.kind == "webhook":
        yield operation.id or f"webhook {operation.path}"
        yield f"webhook {operation.path} {operation.method.lower()}"
    else:
        yield operation.id or place
    yield f"{operation.id or ''} {place}"
    yield f"{operation.kind} {operation.method} {operation.path}"


def _page(
    operation: Operation,
    slug: str,
    service: str,
    base: tuple[str, ...],
    entry: CatalogService | None,
    catalog: Catalog,
    urls: Urls,
) -> OperationPage:
    webhook = operation.kind == "webhook"
    return OperationPage(
        service=service,
        operation=operation,
        slug=slug,
        url=urls.page(*base, slug),
        title=operation_title(operation),
        public=PublicAddress() if webhook else public_address(operation, entry, catalog),
        direct=() if webhook else tuple(_direct(operation, catalog)),
    )


def _direct(operation: Operation, catalog: Catalog) -> Iterator[str]:
    """Full addresses at the operation's own servers; those under the gateway are its public address already."""
    for server in operation.servers:
        if not catalog.gateway.url or below(server.address, catalog.gateway.url) is None:
            yield server.address + operation.path


def _schemas(
    document: Document, service: str, base: tuple[str, ...], urls: Urls, used: Mapping[str, Uses]
) -> dict[str, SchemaPage]:
    slugs = distinct({key: (key, f"schema {key}") for key in document.schemas})
    return {
        key: SchemaPage(
            service=service,
            named=named,
            slug=slugs[key],
            url=urls.page(*base, "schemas", slugs[key]),
            used_by=used[key].operations if key in used else (),
            part_of=tuple(use.with_url(urls.page(*base, "schemas", slugs[use.key])) for use in used[key].schemas)
            if key in used
            else (),
        )
        for key, named in document.schemas.items()
    }
