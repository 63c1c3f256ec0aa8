"""Markdown twins of operations: the same content for readers without a browser.

Lines are written by this module; what a description says comes as one line of plain words, as a code span or as a fenced block.
A longer description keeps its own Markdown, without HTML, below a heading of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from portal_gen.model.info import ExternalDocs, Server
from portal_gen.portal.portal import OperationPage
from portal_gen.render.address_box import EVIDENCE
from portal_gen.render.authentication import alternatives
from portal_gen.render.exchange import Answer, Content, Exchange
from portal_gen.render.exchange_html import example_data, example_text
from portal_gen.render.html import safe_url
from portal_gen.render.inline import md_block, md_code, md_link, md_text, to_markdown
from portal_gen.render.markdown import plain
from portal_gen.render.parameters import example_title
from portal_gen.render.rows_markdown import rows_markdown, whole_markdown
from portal_gen.render.samples import RequestSample
from portal_gen.render.scope import Scope
from portal_gen.render.values import cut, json_text

_ANGLE = re.compile(r"<(?![ \n=0-9])")
_MARKER = re.compile(r"^( {0,3})(?:(#{1,6})(?=\s)|(=+|-{2,}|[*_]{3,}|(?:[-*_] ){2,}[-*_])(?=\s*$))")
_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")


def prose(text: str) -> str:
    """A description's Markdown below a heading of the page: headings are demoted to level 4, rulers and setext lines are shown as
    text, HTML becomes text, images become links, links that a page may not have become text, code fences are closed."""
    out: list[str] = []
    fence = ""
    for line in text.strip("\n").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found.group(1)[0] == fence[0] and len(found.group(1)) >= len(fence) and line.strip() == found.group(1):
                fence = ""
        elif found:
            fence = found.group(1)
        else:
            checked = _LINK.sub(_checked_link if "`" in line else _checked_url, _ANGLE.sub(r"\\<", line))
            line = _MARKER.sub(_demoted, _DEFINITION.sub(_checked, checked))
        out.append(line)
    return "\n".join([*out, fence] if fence else out)


_LINK = re.compile(r"(?<!\\)(?:\](?=\(\s*<?([^)\s>]{0,2000}))|!(?=\[))")
"""The end of a link's text with the link after it, or the beginning of an image."""
_DEFINITION = re.compile(r"^( {0,3})\[(?=[^\]]{1,1000}\]:\s*<?([^\s>]*))")


def _checked_link(match: re.Match[str]) -> str:
    return match[0] if match.string.count("`", 0, match.start()) % 2 else _checked_url(match)


def _checked_url(match: re.Match[str]) -> str:
    return "" if match[0] == "!" else "]" if len(match[1]) < 2000 and safe_url(match[1]) else "\\]"


def _checked(match: re.Match[str]) -> str:
    return match[0] if safe_url(match[2]) else rf"{match[1]}\["


def _demoted(match: re.Match[str]) -> str:
    pad, marks, ruler = match.groups()
    return f"{pad}{'#' * min(6, len(marks) + 3)}" if marks else f"{pad}\\{ruler}"


def operation_twin(scope: Scope, page: OperationPage, found: Exchange, requests: Sequence[RequestSample]) -> str:
    """The page of an operation as Markdown."""
    return document(_operation(scope, page, found, requests))


def document(lines: Iterable[str]) -> str:
    """Lines as a text that ends with a line break; one empty line is enough between two parts. A fenced block is one line here."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def _operation(scope: Scope, page: OperationPage, found: Exchange, requests: Sequence[RequestSample]) -> Iterator[str]:
    operation = page.operation
    yield f"# {md_text(page.title)}"
    yield ""
    yield md_code(f"{operation.method} {operation.path}")
    yield ""
    yield from _facts(scope, page)
    for text in (operation.description, operation.path_summary, operation.path_description):
        if text:
            yield ""
            yield prose(text)
    yield from samples(requests)
    body = operation.body
    yield from exchange_markdown(found, bool(body and body.required), body.description if body else "")
    if operation.servers and operation.servers != scope.service.document.servers:
        yield from ("", "## Servers", "", *servers_markdown(operation.servers))
    if operation.extensions:
        yield ""
        yield from [f"- {md_code(name)} {md_code(cut(json_text(value), 400))}" for name, value in operation.extensions]  # type: ignore[arg-type]


def _facts(scope: Scope, page: OperationPage) -> Iterator[str]:
    operation, public = page.operation, page.public
    if operation.kind == "webhook":
        yield "- Sent by the service to your server"
    if public.url:
        yield f"- Gateway: {md_code(public.url)} ({EVIDENCE[public.evidence][1] if public.evidence else ''})"
    elif public.prefix:
        yield f"- Gateway: {md_code(public.prefix)} (documented prefix, path not confirmed)"
    if public.doubt:
        yield f"- In doubt: {md_text(public.doubt)}"
    yield from [f"- Direct: {md_code(url)}" for url in page.direct]
    ways = alternatives(scope, operation.security)
    if ways:
        yield "- Authentication: " + ", or ".join([to_markdown(way) for way in ways])
    if operation.deprecated:
        yield "- Deprecated"
    if operation.badges:
        yield "- " + ", ".join([md_text(badge.name) for badge in operation.badges])
    if operation.id:
        yield f"- Operation id: {md_code(operation.id)}"
    if operation.external_docs:
        yield f"- More: {docs_markdown(operation.external_docs)}"
    yield f"- Described in {md_text(scope.service.path_of(operation.location))}, line {operation.location.line}"


def docs_markdown(docs: ExternalDocs) -> str:
    """A link to documentation elsewhere."""
    return md_link(docs.description or docs.url, docs.url)


def servers_markdown(servers: Sequence[Server]) -> Iterator[str]:
    """Every server as a list item, its variables below."""
    for server in servers:
        name = f"{md_text(server.name)}: " if server.name else ""
        about = f": {md_text(plain(server.description))}" if server.description else ""
        yield f"- {name}{md_code(server.url)}{about}"
        for variable in server.variables:
            values = f", one of {', '.join([md_code(value) for value in variable.enum])}" if variable.enum else ""
            words = f". {md_text(plain(variable.description))}" if variable.description else ""
            yield f"  - {md_code(variable.name)}: default {md_code(variable.default)}{values}{words}"


def samples(requests: Sequence[RequestSample]) -> Iterator[str]:
    """The request for the shell, and every program that the author wrote."""
    for sample in requests:
        if sample.by_hand:
            yield from ("", f"## Request: {md_text(sample.label)}, written by hand", "", md_block(sample.text))
    shell = next((sample for sample in requests if not sample.by_hand), None)
    if shell is not None:
        yield from ("", "## Request", "", md_block(shell.text, shell.lang))
        yield from ("", *[f"{md_text(note.rstrip('.'))}." for note in shell.notes])


def exchange_markdown(found: Exchange, required: bool, description: str, level: int = 2) -> Iterator[str]:
    """Parameters, body, answers and callbacks."""
    mark = "#" * min(level, 6)
    for _, title, rows in found.parameters:
        yield from ("", f"{mark} {title}", "")
        yield from rows_markdown(rows)
    if found.body_id:
        yield from ("", f"{mark} Body{' (required)' if required else ''}", "")
        if description:
            yield from (prose(description), "")
        for content in found.body:
            yield from _content(content)
    if found.answers:
        yield from ("", f"{mark} Answers")
        for answer in found.answers:
            yield from _answer(answer, mark + "#" if level < 6 else mark)
    for sent in found.callbacks:
        operation = sent.operation
        yield from ("", f"{mark} Callback {md_text(sent.name)}: {md_code(f'{operation.method} {sent.expression}')}", "")
        if operation.summary:
            yield md_text(operation.summary)
        for text in (operation.description, operation.path_summary, operation.path_description):
            if text:
                yield from (prose(text), "")
        yield from ("", *[f"- {md_text(name)}: {to_markdown(value)}" for name, value in sent.facts])
        if operation.servers:
            yield from ("", "Servers:", "", *servers_markdown(operation.servers))
        if operation.external_docs:
            yield from ("", f"More: {docs_markdown(operation.external_docs)}", "")
        body = operation.body
        yield from exchange_markdown(sent.exchange, bool(body and body.required), body.description if body else "", level + 1)


def _content(content: Content) -> Iterator[str]:
    yield md_code(content.name)
    yield ""
    if content.block:
        yield from whole_markdown(content.block)
        yield ""
    if content.item:
        yield "Each item of the stream:"
        yield ""
        yield from whole_markdown(content.item)
        yield ""
    if content.encodings:
        yield "Encoding:"
        yield ""
        yield from rows_markdown(content.encodings)
        yield ""
    for example in content.examples:
        text = example_text(example)
        title = md_text(example_title(example))
        if text is not None:
            yield from (f"Example{': ' + title if title else ''}", "", md_block(text), "")
            data = example_data(example)
            yield from ("As data:", "", md_block(data), "") if data else ()
        elif example.external_value:
            yield from (f"Example{': ' + title if title else ''} at {md_code(example.external_value)}", "")


def _answer(answer: Answer, mark: str) -> Iterator[str]:
    response = answer.response
    origin = f" (of the platform, not of this service: {md_text(response.origin)})" if response.origin else ""
    yield from ("", f"{mark} {md_text(response.status)}{': ' + md_text(response.summary) if response.summary else ''}{origin}", "")
    if response.description:
        yield from (prose(response.description), "")
    if answer.headers:
        yield from ("Headers:", "", *rows_markdown(answer.headers), "")
    for content in answer.contents:
        yield from _content(content)
    if answer.links:
        yield from ("What to call next:", "", *rows_markdown(answer.links), "")
