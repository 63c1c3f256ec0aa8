"""What the site's search knows of the portal: one record for each service, operation and schema, in plain text.

One record a page instead of one a heading keeps the index small: a reader looks for a name, a path or a field.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.model.schema import Schema
from portal_gen.portal.portal import OperationPage, Portal, SchemaPage, Service

_LONGEST = 280


def records(portal: Portal) -> list[dict[str, str]]:
    """Records with `location` (a URL relative to the root), `title` and `text`."""
    return [*_added(portal), *(record for service in portal.services for record in _service(service))]


def _added(portal: Portal) -> Iterator[dict[str, str]]:
    """Pages of a kind that a site adds: what they are called."""
    for template in portal.added.pages:
        yield _record(portal.urls.page(template.slug), template.title, "")
    for service in portal.services:
        for url, template in portal.added_to(service).items():
            yield _record(url, f"{template.title} of {service.name}", "")


def _service(service: Service) -> Iterator[dict[str, str]]:
    yield _record(service.url, service.name, _cut(service.document.info.description))
    for page in service.pages:
        yield _record(page.url, page.title, " ".join(_operation(service, page)))
    for schema in service.schemas.values():
        yield _record(schema.url, schema.named.name, " ".join(_schema(service, schema)))


def _operation(service: Service, page: OperationPage) -> Iterator[str]:
    operation = page.operation
    yield f"{operation.method} {page.public.path or operation.path}"
    if page.public.path:
        yield operation.path
    yield service.name
    if operation.id:
        yield operation.id
    yield from operation.tags
    yield _cut(operation.description)
    yield from (parameter.name for parameter in operation.parameters)
    for media in operation.body.content if operation.body else ():
        if media.schema:
            yield from _names(media.schema)


def _schema(service: Service, page: SchemaPage) -> Iterator[str]:
    yield service.name
    yield _cut(page.named.schema.description)
    yield from _names(page.named.schema)


def _names(schema: Schema) -> Iterator[str]:
    """The names of a schema's own properties, those of its parts included."""
    yield from (property_.name for property_ in schema.properties)
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        yield from _names(part)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _record(location: str, title: str, text: str) -> dict[str, str]:
    """The theme shows titles and texts as HTML, so both are escaped."""
    return {"location": location, "title": _plain(title), "text": _plain(text)}


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
