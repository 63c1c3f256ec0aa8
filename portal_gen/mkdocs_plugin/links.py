"""`op:`, `schema:` and `service:` links in hand-written pages: `[create a key](op:kv/setKey)` leads to that operation's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from html import escape, unescape
from urllib.parse import unquote

from portal_gen.diagnostics import Diagnostic, Location, warning
from portal_gen.portal.urls import relative
from portal_gen.site import Site

_LINK = re.compile(r'href="(op|schema|service):([^"]*)"')
_NOUN = {"op": "operation", "schema": "schema", "service": "service"}
_FORM = {"op": "service/name", "schema": "service/name", "service": "service:id"}


def resolve_links(
    html: str, markdown: str, file: str, url: str, site: Site, targets_of: Callable[[str], Mapping[str, str]]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The HTML of the page at `url` with its links resolved, and what could not be: located in the Markdown it came from."""
    if not _LINK.search(html):
        return html, ()
    problems: list[Diagnostic] = []

    def replace(match: re.Match[str]) -> str:
        kind, written = match[1], unescape(match[2])
        name, hash_, fragment = unquote(written).partition("#")
        targets = targets_of(kind)
        target = targets.get(name)
        if target is None:
            message = f"`{kind}:{name}` names no {_NOUN[kind]}; {_nearest(name, targets, _FORM[kind])}"
            problems.append(warning("link", message, _place(markdown, f"{kind}:{written}", file)))
            return match[0]
        if fragment and f'id="{escape(fragment)}"' not in site.page(target).html:
            message = f"`{kind}:{name}` has no anchor `{fragment}`; open its page and copy the `#` link of the row"
            problems.append(warning("link", message, _place(markdown, f"{kind}:{written}", file)))
        return f'href="{escape(relative(url, target) + hash_ + fragment)}"'

    return _LINK.sub(replace, html), tuple(problems)


def _nearest(name: str, targets: Mapping[str, str], form: str) -> str:
    close = get_close_matches(name, targets, 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else f"write `{form}`, as the reference spells them"


def _place(markdown: str, written: str, file: str) -> Location:
    found = re.search(re.escape(written) + r"(?![\w/.~%-])", markdown)
    if found is None:
        return Location(file)
    position = found.start()
    line = markdown.count("\n", 0, position) + 1
    return Location(file, line, position - (markdown.rfind("\n", 0, position) + 1) + 1)
