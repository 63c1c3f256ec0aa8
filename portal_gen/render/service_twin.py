"""The Markdown twin of a service's overview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal_gen.render.inline import md_code, md_link, md_text
from portal_gen.render.lists import schema_lines, section_lines
from portal_gen.render.parts import lost
from portal_gen.render.samples import RequestSample
from portal_gen.render.schemes import schemes_markdown
from portal_gen.render.scope import Scope
from portal_gen.render.twins import docs_markdown, document, prose, samples, servers_markdown


def service_twin(scope: Scope, requests: Sequence[RequestSample]) -> str:
    """The overview as Markdown."""
    return document(_lines(scope, requests))


def _lines(scope: Scope, requests: Sequence[RequestSample]) -> Iterator[str]:
    service = scope.service
    info, entry = service.document.info, service.entry
    yield from (f"# {md_text(service.name)}", "")
    if info.title and info.title != service.name:
        yield from (md_text(info.title), "")
    if info.summary:
        yield from (md_text(info.summary), "")
    if info.description:
        yield from (prose(info.description), "")
    elif entry and entry.description:
        yield from (md_text(entry.description), "")
    yield from _facts(scope)
    yield from samples(requests)
    yield from section_lines(scope, service.sections)
    if service.schemas:
        yield from schema_lines(scope, service.schemas.values())
    if service.document.security_schemes:
        yield from ("", "## Authentication", "", *schemes_markdown(scope))
    if service.document.servers:
        yield from ("", "## Servers", "", *servers_markdown(service.document.servers))
    skipped = lost(service)
    if skipped:
        yield from ("", "## Skipped", "", *[f"- {md_text(words)}" for words in skipped])


def _facts(scope: Scope) -> Iterator[str]:
    service = scope.service
    info = service.document.info
    yield f"- Version {md_text(info.version)}, written for OpenAPI {md_text(service.document.written_version)}"
    yield f"- Described in {md_text(service.file)}"
    for mount in service.entry.mounts if service.entry else ():
        known = "documented, not confirmed" if mount.evidence == "document" else mount.evidence
        yield f"- Gateway prefix: {md_code(mount.prefix)} ({md_text(known)})"
    if info.contact:
        words = [
            md_link(info.contact.name or info.contact.url, info.contact.url) if info.contact.url else md_text(info.contact.name)
        ]
        yield "- Contact: " + ", ".join([word for word in (*words, md_text(info.contact.email)) if word])
    if info.license:
        name = info.license.name or info.license.identifier
        beside = f" ({md_code(info.license.identifier)})" if info.license.identifier not in ("", name) else ""
        yield f"- License: {md_link(name or info.license.url, info.license.url)}{beside}"
    if info.terms_of_service:
        yield f"- Terms: {md_link(info.terms_of_service, info.terms_of_service)}"
    if service.document.identity:
        yield f"- Identity: {md_code(service.document.identity)}"
    if service.document.dialect:
        yield f"- Schemas in the dialect {md_code(service.document.dialect)}"
    docs = service.document.external_docs
    if docs:
        yield f"- More: {docs_markdown(docs)}"
    for url, template in scope.context.portal.added_to(service).items():
        yield f"- [{md_text(template.title)}]({scope.href(url)})"
