"""Short sentences with code and links in them, written once and printed as HTML and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from portal_gen.render.html import MARK, esc, link, safe_url


class Code(NamedTuple):
    """A value, a name or a pattern."""

    text: str


class Link(NamedTuple):
    """A link inside the site; `url` is relative to the page."""

    text: str
    url: str


class Out(NamedTuple):
    """A link to another site, as its author wrote it: printed as text where it may not be linked."""

    text: str
    url: str


class Quiet(NamedTuple):
    """A word that qualifies the one before, such as a format."""

    text: str


Span: TypeAlias = str | Code | Link | Out | Quiet
Inline: TypeAlias = tuple[Span, ...]

_TICKS = re.compile(r"`+")
_MARKS = re.compile(r"([\\`*_\[\]<>~|#&])")
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\u2028\u2029]+")


def to_html(inline: Inline) -> str:
    """A sentence as HTML."""
    return "".join([esc(span) if span.__class__ is str else _HTML[span.__class__](span) for span in inline])


def to_markdown(inline: Inline) -> str:
    """A sentence as Markdown on one line."""
    return "".join([md_text(span) if isinstance(span, str) else _MARKDOWN[span.__class__](span) for span in inline])


@lru_cache(maxsize=20_000)
def md_text(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _BREAKS.sub(" ", _MARKS.sub(r"\\\1", text))


def md_code(text: str) -> str:
    """Text as a code span, fenced with more backticks than it holds, on one line."""
    text = _BREAKS.sub(" ", text)
    if "`" not in text:
        return f"`{text}`" if text.strip() else "` `"
    fence = "`" * (max(len(run) for run in _TICKS.findall(text)) + 1)
    return f"{fence} {text} {fence}"


def md_link(text: str, url: str) -> str:
    """A link to another site; only the text where it may not be linked."""
    checked = safe_url(url)
    return f"[{md_text(text)}](<{checked}>)" if checked else md_text(text)


def md_block(text: str, language: str = "") -> str:
    """Text as a fenced block."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"


def joined(sentences: Iterable[Inline], between: str = " · ") -> Inline:
    """Sentences on one line."""
    spans: list[Span] = []
    for sentence in sentences:
        if spans:
            spans.append(between)
        spans.extend(sentence)
    return tuple(spans)


def listed(spans: Iterable[Span], last: str = " and ") -> Inline:
    """`a, b and c`."""
    items = list(spans)
    result: list[Span] = []
    for index, item in enumerate(items):
        if index:
            result.append(last if index == len(items) - 1 else ", ")
        result.append(item)
    return tuple(result)


def capital(inline: Inline) -> Inline:
    """The sentence with a capital first letter where it begins with a word."""
    if inline and isinstance(inline[0], str) and inline[0]:
        return (inline[0][0].upper() + inline[0][1:], *inline[1:])
    return inline


def _href(url: str) -> str:
    return MARK.join(map(esc, url.split(MARK)))


_HTML = {
    Code: lambda span: f"<code>{esc(span.text)}</code>",
    Link: lambda span: f'<a href="{_href(span.url)}">{esc(span.text)}</a>',
    Out: lambda span: link(span.url, esc(span.text)),
    Quiet: lambda span: f" <span>{esc(span.text)}</span>",
}
_MARKDOWN = {
    Code: lambda span: md_code(span.text),
    Link: lambda span: md_text(span.text) if span.url[:1] == "#" else f"[{md_text(span.text)}]({span.url})",
    Out: lambda span: md_link(span.text, span.url),
    Quiet: lambda span: f" {md_text(span.text)}",
}
