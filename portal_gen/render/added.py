"""Pages and parts of pages that a site adds, drawn from its own templates: Jinja first, then Markdown as descriptions have it.

A template is the site's own and may do what Jinja can; what it prints of a description is text, whatever that says, unless it goes
through the filter `markdown`. All of it then becomes inert HTML, as every description does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, partial
from traceback import walk_tb
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.errors import PortalError
from portal_gen.portal.added import PARTIALS, Added, Template
from portal_gen.portal.portal import OperationPage, Portal, SchemaPage, Service
from portal_gen.portal.urls import relative
from portal_gen.render.context import Context, Page
from portal_gen.render.exports import operation_entry, schema_entry
from portal_gen.render.html import esc
from portal_gen.render.inline import md_code, md_text
from portal_gen.render.markdown import plain, render
from portal_gen.render.parts import crumbs, reference_crumbs
from portal_gen.render.scope import Scope

_HERE = "https://page-of-this-portal.invalid/"
"""Stands before the URL of a page until the whole text is rendered: only then a link inside the site can be told from others."""
_LINK = re.compile(rf'{re.escape(_HERE)}([^"<>()\s]*)(" rel="nofollow noopener)?')
_HEADING = re.compile(r"<(/?)h([1-6])>")


def faults(added: Added) -> tuple[Diagnostic, ...]:
    """Templates that are no templates."""
    environment = _environment(Added())
    found = []
    for template in added.templates:
        try:
            environment.parse(template.text)
        except jinja2.TemplateSyntaxError as fault:
            found.append(_fault(template, fault.lineno, fault.message or "it cannot be read"))
    return tuple(found)


class End(NamedTuple):
    """What stands at the end of a page, both empty where nothing is added."""

    html: str = ""
    markdown: str = ""

    def below(self, page: Page) -> Page:
        """The page with the Markdown at the end of its twin; the HTML stands in it already."""
        return replace(page, markdown=f"{page.markdown}\n{self.markdown}") if self.markdown else page


class Addition:
    """Draws what was added to one portal."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._added = portal.added
        self._environment = _environment(portal.added)
        self._services = {service.id: _service(service) for service in portal.services}

    @cached_property
    def _urls(self) -> frozenset[str]:
        """Every page that a template can be given."""
        services = self._portal.services
        operations = (page.url for service in services for page in service.pages)
        schemas = (page.url for service in services for page in service.schemas.values())
        return frozenset((*(service.url for service in services), *operations, *schemas))

    @cached_property
    def _everything(self) -> dict[str, Any]:
        portal = self._portal
        return {
            "services": list(self._services.values()),
            "operations": [_operation(page) for service in portal.services for page in service.pages],
            "schemas": [_schema(page) for service in portal.services for page in service.schemas.values()],
        }

    def page(self, context: Context, name: str) -> Page:
        """A page of its own."""
        template = self._template(name)
        markdown = self._text(context, template, self._everything)
        html = f'<div class="pg"><div class="pg-wide"><h1>{esc(template.title)}</h1>\n{self._html(context, markdown, top=True)}</div></div>'
        return self._page(context, template.title, markdown, html)

    def service_page(self, context: Context, name: str, service: Service) -> Page:
        """A page about one service."""
        template = self._template(name)
        markdown = self._text(
            context,
            template,
            {
                "service": self._services[service.id],
                "operations": [_operation(page) for page in service.pages],
                "schemas": [_schema(page) for page in service.schemas.values()],
            },
        )
        scope = Scope(context, service)
        html = (
            f'<div class="pg"><div class="pg-op"><header class="pg-main pg-top">\n{crumbs(scope, reference_crumbs(scope))}'
            f'<h1>{esc(template.title)}</h1></header>\n<div class="pg-main">{self._html(context, markdown, top=True)}</div></div></div>'
        )
        return self._page(context, f"{template.title} of {service.name}", markdown, html)

    def end(self, context: Context, kind: str, service: Service, page: OperationPage | SchemaPage | None = None) -> End:
        """What stands at the end of a page of this kind."""
        template = self._added.get(f"{PARTIALS}{kind}.md")
        if template is None:
            return End()
        values = {"service": self._services[service.id]}
        if page is not None:
            values[kind] = _operation(page) if isinstance(page, OperationPage) else _schema(page)
        markdown = self._text(context, template, values)
        return End(self._html(context, markdown), self._linked(context, markdown))

    def _html(self, context: Context, markdown: str, top: bool = False) -> str:
        """Inert HTML; on a page of its own headings begin at level 2."""
        html = self._linked(context, render(markdown))
        return f'<div class="pg-md">{_HEADING.sub(_raised_heading, html) if top else html}</div>\n' if html else ""

    def _linked(self, context: Context, text: str) -> str:
        """With links to pages of this portal as they are seen from the page. A description may write such a link too, to anything: what
        is no page stays a link to a host that there is not."""
        return _LINK.sub(lambda match: relative(context.url, match[1]) if match[1] in self._urls else match[0], text)

    def _page(self, context: Context, title: str, markdown: str, html: str) -> Page:
        return Page(title, plain(markdown, 160), html, f"# {md_text(title)}\n\n{self._linked(context, markdown)}")

    def _template(self, name: str) -> Template:
        found = self._added.get(name)
        assert found
        return found

    def _text(self, context: Context, template: Template, values: Mapping[str, Any]) -> str:
        portal = {"title": self._portal.title, "description": self._portal.catalog.description}
        try:
            text = self._environment.get_template(template.name).render(portal=portal, **values)
        except Exception as fault:
            raise PortalError([_raised(self._added, template, fault)]) from fault
        return text.strip() + "\n" if text.strip() else ""


def _environment(added: Added) -> jinja2.Environment:
    """Values that a template prints are text of Markdown, unless they are marked; what is not there is a fault."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(_load, added)),
        auto_reload=False,
        autoescape=True,
        finalize=_printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"markdown": _markdown, "link": _link_to}
    return environment


def _load(added: Added, name: str) -> tuple[str, str, None] | None:
    """A template as Jinja wants it; the file it is told is the name, which then stands in tracebacks."""
    found = added.get(name)
    return (found.text, name, None) if found else None


def _printed(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, list | tuple | dict | bool):
        return Markup(md_code(json.dumps(value, ensure_ascii=False, default=str)))
    return Markup("" if value is None else md_text(str(value)))


def _markdown(value: object) -> Markup:
    """The text as Markdown, as a description has it."""
    return Markup(value)


def _link_to(entry: Mapping[str, Any], words: str = "") -> Markup:
    """A link to the page of a service, an operation or a schema."""
    title = words or entry.get("title") or entry.get("name") or entry["url"]
    return Markup(f"[{md_text(title)}]({_HERE}{entry['url']})")


def _raised_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{max(2, int(match[2]) - 2)}>"


# ---- what templates are given ----


def _service(service: Service) -> dict[str, Any]:
    info = service.document.info
    return {
        "id": service.id,
        "name": service.name,
        "title": info.title,
        "version": info.version,
        "description": info.description,
        "group": service.group,
        "url": service.url,
    }


def _operation(page: OperationPage) -> dict[str, Any]:
    operation = page.operation
    return operation_entry(page) | {"description": operation.description, "extensions": dict(operation.extensions)}


def _schema(page: SchemaPage) -> dict[str, Any]:
    return schema_entry(page) | {"description": page.named.schema.description}


# ---- what can go wrong ----


def _raised(added: Added, template: Template, fault: Exception) -> Diagnostic:
    """A fault where it happened: in the template itself, or in one that it includes."""
    if isinstance(fault, jinja2.TemplateSyntaxError):
        return _fault(added.get(fault.name or "") or template, fault.lineno, fault.message or "it cannot be read")
    line = 1
    for frame, number in walk_tb(fault.__traceback__):
        found = added.get(frame.f_code.co_filename)
        if found is not None:
            template, line = found, number
    return _fault(template, line, str(fault) or type(fault).__name__)


def _fault(template: Template, line: int, message: str) -> Diagnostic:
    return error("template", f"{message}; mend the template", Location(template.file, template.line + line - 1, 1))
