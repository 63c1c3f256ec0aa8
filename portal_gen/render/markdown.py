"""Markdown of descriptions as HTML that cannot do anything: GitHub's flavor, then an allow-list, then the rule for links.

The text never meets the site's own Markdown pipeline, whose extensions read files and write attributes. Images are not loaded,
since a page of the reference asks no other host for anything: an image becomes a link that carries its alternative text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options

from portal_gen.render.html import esc, safe_url, without_controls

LONGEST = 60_000
"""Characters of one description that are rendered. What lies beyond is said to be left out."""

_TAGS = set(
    "a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small"
    " span strike strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
_WITH_CONTENT = set(
    "script style template noscript iframe object embed svg math title textarea select noembed noframes xmp".split()
)
_LAYOUT = set("article aside button center figcaption figure font footer form header img input label main nav section tt".split())
"""Elements that vanish while their content stays. Whatever else looks like a tag (`<token>`, `<script>`) is shown as it is."""
_KNOWN = _TAGS | _LAYOUT
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}

_MARKED = re.compile(r"[*`#<>\[\]&|~\\\n\r!\x00-\x08\x0b-\x1f]|(?<!\w)_|_(?!\w)|://|www\.|@|^\s*(?:[-+=]|\d+[.)])")
_OPENING = re.compile(r"<(?=/?([A-Za-z][A-Za-z0-9:-]*))")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_LINKED_IMAGE = re.compile(r"(<a [^>]*>\s*)(<img\b[^>]*>)(\s*</a>)", re.IGNORECASE)
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TAG = re.compile(r"<[^>]*>")
_QUOTES = re.compile(r"^((?:[ \t]*>){32})(?:[ \t]*>)+", re.MULTILINE)
"""Quotes in quotes beyond any that are written by people: each level costs time for all inside it."""
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")


def _attribute(tag: str, name: str, value: str) -> str | None:
    return safe_url(value) if name == "href" else value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)


def render(text: str) -> str:
    """Markdown as inert HTML: block elements without ids, names, classes, styles, scripts, forms or images.

    Headings start at level 3, below those of the page. Links lead to http, https and mailto addresses only.
    """
    if not text or text.isspace():
        return ""
    if not _MARKED.search(text):
        return f"<p>{esc(text.strip())}</p>"
    return _rendered(text.strip("\n\r"))


@lru_cache(maxsize=50_000)
def _rendered(text: str) -> str:
    kept = text if len(text) <= LONGEST else text[:LONGEST] + "\n\n(…)\n"
    html = cmarkgfm.markdown_to_html_with_extensions(
        _QUOTES.sub(r"\1", without_controls(kept)),
        options=Options.CMARK_OPT_UNSAFE,
        extensions=["table", "strikethrough", "autolink"],
    )
    html = _OPENING.sub(_as_text, html)
    if "<img" in html or "<IMG" in html:
        html = _IMAGE.sub(_image_link, _LINKED_IMAGE.sub(_image_text, html))
    html = _CLEANER.clean(html).strip()
    return _HEADING.sub(_lower, html) if "<h" in html else html


def _as_text(match: re.Match[str]) -> str:
    return "<" if match.group(1).lower() in _KNOWN else "&lt;"


def _image_text(match: re.Match[str]) -> str:
    alternative = _ALTERNATIVE.search(match.group(2))
    return match.group(1) + (alternative.group(1) if alternative else "image") + match.group(3)


def _image_link(match: re.Match[str]) -> str:
    """What comes of it still goes through the allow-list: nothing here needs to be trusted."""
    source, alternative = _SOURCE.search(match.group()), _ALTERNATIVE.search(match.group())
    text = (alternative and alternative.group(1)) or "image"
    return f'<a href="{source.group(1)}">{text}</a>' if source else text


def _lower(match: re.Match[str]) -> str:
    return f"<{match.group(1)}h{min(6, int(match.group(2)) + 2)}>"


def inline(text: str) -> str:
    """Markdown for a place that holds one line: its only paragraph without the `<p>`, or its words where it has blocks."""
    html = render(text)
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 and "\n<" not in html:
        return html[3:-4]
    return esc(plain(text))


def lead(text: str, limit: int = 360) -> tuple[str, str]:
    """The first paragraph's content, if it is short enough to open a page, and the HTML of all that follows."""
    html = render(text)
    if html.startswith("<p>"):
        first, _, rest = html[3:].partition("</p>")
        if len(_TAG.sub("", first)) <= limit:
            return first, rest.strip()
    return "", html


@lru_cache(maxsize=20_000)
def plain(text: str, limit: int = 0) -> str:
    """The words alone on one line, cut at a sentence or a word where `limit` characters are given."""
    words = _SPACE.sub(" ", unescape(_TAG.sub("", render(text)))).strip()
    return shortened(words, limit) if limit and len(words) > limit else words


def shortened(words: str, limit: int) -> str:
    """Text cut to at most `limit` characters, after a sentence where one ends late enough, else after a word."""
    kept = ""
    for sentence in _SENTENCE.split(words):
        if len(kept) + len(sentence) > limit:
            break
        kept = f"{kept} {sentence}" if kept else sentence
    return kept or words[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
