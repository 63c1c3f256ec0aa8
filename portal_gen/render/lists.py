"""The lists of a service: its sections with their operations, and its schemas. A list that is too long for the overview stands on pages
of its own, which the overview names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal_gen.model.info import Tag
from portal_gen.portal.portal import ListPart, OperationPage, SchemaPage, Section, Service
from portal_gen.render.context import Context, Page
from portal_gen.render.html import esc, plural
from portal_gen.render.inline import Code, Inline, md_code, md_text, to_html, to_markdown
from portal_gen.render.markdown import plain
from portal_gen.render.parts import crumbs, method, more, prose, reference_crumbs, section
from portal_gen.render.scope import Scope
from portal_gen.render.twins import docs_markdown, document
from portal_gen.render.twins import prose as prose_markdown

_SCHEMAS = '<span class="pg-quiet">What the operations take and return</span>'


# ---- on the overview ----


def operations_html(scope: Scope) -> str:
    """Every section of a service, or the parts that they stand on."""
    parts = _parts(scope.service, "operations")
    if parts:
        return section(
            scope.claim("operations"), "Operations", _parts_html(scope, parts), _counted(scope.service.pages, "operation")
        )
    inner = _sections(scope, scope.service.sections)
    return f'<section class="pg-sec" id="{scope.claim("operations")}">{inner}\n</section>\n' if inner else ""


def schemas_html(scope: Scope) -> str:
    """Every named schema of a service, or the parts that they stand on."""
    parts = _parts(scope.service, "schemas")
    inner = _parts_html(scope, parts) if parts else _chips(scope, scope.service.schemas.values())
    return section(scope.claim("schemas"), "Schemas", inner, _SCHEMAS)


def _parts(service: Service, kind: str) -> list[ListPart]:
    return [part for part in service.lists if part.kind == kind]


def _counted(pages: tuple[object, ...], noun: str) -> str:
    return f'<span class="pg-quiet">{plural(len(pages), noun)}</span>'


def _parts_html(scope: Scope, parts: list[ListPart]) -> str:
    items = "".join(
        [
            f'<li><a href="{esc(scope.href(part.url))}"><span class="pg-quiet">{part.number}</span>'
            f"<span>{esc(_range(part))}</span>{_counted(_held(part), _noun(part))}</a></li>\n"
            for part in parts
        ]
    )
    return f'<ul class="pg-ops">\n{items}</ul>\n'


def _held(part: ListPart) -> tuple[object, ...]:
    return part.schemas or tuple(page for found in part.sections for page in found.pages)


def _noun(part: ListPart) -> str:
    return "schema" if part.schemas else "operation"


def _range(part: ListPart) -> str:
    """What a part begins and ends with."""
    names = [page.named.name for page in part.schemas] or [found.title for found in part.sections]
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


# ---- a page of its own ----


def list_page(context: Context, service: Service, part: ListPart) -> Page:
    """A part of a list, with the way to the parts beside it."""
    scope = Scope(context, service)
    title = f"{service.name}: {part.kind}, part {part.number:,} of {part.of:,}"
    if part.schemas:
        inner = f'<section class="pg-sec">\n{_chips(scope, part.schemas)}</section>\n'
        lines = schema_lines(scope, part.schemas)
    else:
        inner = f'<section class="pg-sec">{_sections(scope, part.sections)}\n</section>\n'
        lines = section_lines(scope, part.sections)
    steps = [*reference_crumbs(scope), (part.kind.capitalize(), f"{scope.href(service.url)}#{part.kind}")]
    html = (
        f'<div class="pg"><div class="pg-op">\n<header class="pg-main pg-top">\n{crumbs(scope, steps)}<h1>{esc(title)}</h1>'
        f'<p class="pg-lead">{esc(_range(part))}</p>\n</header>\n<div class="pg-main">\n{inner}{_beside(scope, part)}</div></div></div>'
    )
    markdown = document((f"# {md_text(title)}", "", md_text(_range(part)), *lines))
    return Page(title, f"{title}: {_range(part)}", html, markdown)


def _beside(scope: Scope, part: ListPart) -> str:
    parts = _parts(scope.service, part.kind)
    before = parts[part.number - 2] if part.number > 1 else None
    after = parts[part.number] if part.number < part.of else None
    links = _step(scope, "Previous", before) + _step(scope, "Next", after)
    return f'<nav class="pg-next" aria-label="Neighbours">{links}</nav>'


def _step(scope: Scope, label: str, part: ListPart | None) -> str:
    if part is None:
        return "<span></span>"
    return f'<a href="{esc(scope.href(part.url))}"><small>{label}</small><span>{esc(_range(part))}</span></a>'


# ---- lists ----


def _sections(scope: Scope, sections: Iterable[Section]) -> str:
    parts = []
    group = ""
    tags, parents = scope.reading.tags, scope.reading.parents
    for found in sections:
        if found.group and found.group != group:
            parts.append(f'<p class="pg-label">{esc(found.group)}</p>\n')
        group = found.group
        parts.append(_section(scope, found, tags.get(found.name) if found.name else None, found.name in parents))
    return f'<div class="pg-stack">\n{"".join(parts)}</div>' if parts else ""


def _section(scope: Scope, found: Section, tag: Tag | None, parent: bool) -> str:
    words = plain(found.description)
    short = words if len(words) <= 160 and "\n" not in found.description.strip() else ""
    beside = (
        f'<p class="pg-quiet">{prose(found.description)[3:-4]}</p>' if short and prose(found.description).startswith("<p>") else ""
    )
    about = prose(found.description) if found.description and not beside else ""
    docs = more(tag.external_docs) if tag else ""
    items = "".join([_item(scope, page) for page in found.pages])
    nothing = "" if parent else '<p class="pg-quiet">No operation has this tag.</p>\n'
    listed = f'<ul class="pg-ops">\n{items}</ul>\n' if items else nothing
    about_tag = [*[to_html(said) for said in tag_words(found)], *([docs] if docs else [])]
    extra = f'<p class="pg-rule">{" · ".join(about_tag)}</p>\n' if about_tag else ""
    return section(
        scope.claim(found.anchor), esc(found.title), (about + extra + listed) or "\n", beside, level=min(6, 2 + found.depth + 1)
    )


def _item(scope: Scope, page: OperationPage) -> str:
    gone = ' <span class="pg-flag" data-k="deprecated">deprecated</span>' if page.operation.deprecated else ""
    return (
        f'<li><a href="{esc(scope.href(page.url))}">{method(page.operation.method)}<span>{esc(page.title)}{gone}</span>'
        f"<code>{esc(page.operation.path)}</code></a></li>\n"
    )


def _chips(scope: Scope, pages: Iterable[SchemaPage]) -> str:
    chips = "".join([f'<a href="{esc(scope.href(page.url))}">{esc(page.named.name)}</a>' for page in pages])
    return f'<div class="pg-enum pg-pad">{chips}</div>\n' if chips else ""


def tag_words(found: Section) -> Iterator[Inline]:
    """What a heading does not say of its tag: its name, where the heading is another, and its kind."""
    if found.name and found.name != found.title:
        yield ("Tag ", Code(found.name))
    if found.kind:
        yield ("Kind ", Code(found.kind))


def section_lines(scope: Scope, sections: Iterable[Section]) -> Iterator[str]:
    """Sections as lines of Markdown."""
    for found in sections:
        yield from ("", f"## {md_text(found.title)}", "")
        if found.group:
            yield from (f"Group: {md_text(found.group)}", "")
        if found.description:
            yield from (prose_markdown(found.description), "")
        words = ". ".join([to_markdown(said) for said in tag_words(found)])
        if words:
            yield from (words, "")
        tag = scope.reading.tags.get(found.name)
        if tag and tag.external_docs:
            yield from (f"More: {docs_markdown(tag.external_docs)}", "")
        for page in found.pages:
            operation = page.operation
            gone = ", deprecated" if operation.deprecated else ""
            yield f"- [{md_text(page.title)}]({scope.href(page.url)}): {md_code(f'{operation.method} {operation.path}')}{gone}"


def schema_lines(scope: Scope, pages: Iterable[SchemaPage]) -> Iterator[str]:
    """Schemas as lines of Markdown, with their heading."""
    yield from ("", "## Schemas", "")
    yield from [f"- [{md_text(page.named.name)}]({scope.href(page.url)})" for page in pages]
