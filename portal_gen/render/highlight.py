"""JSON with the theme's classes for its highlighter, in one pass over the text."""

from __future__ import annotations

import re
from functools import lru_cache

from portal_gen.render.html import text as esc

_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([{}\[\],]+)', re.DOTALL)
"""In text that is HTML already: escapes of `&`, `<` and `>` hold no digit, no quote and no bracket, and are no word."""


@lru_cache(maxsize=4096)
def json_html(text: str) -> str:
    """JSON text as HTML; what is no JSON comes out escaped all the same."""
    return _TOKEN.sub(_token, esc(text))


def _token(match: re.Match[str]) -> str:
    kind = match.lastindex
    if kind == 2:
        return f'<span class="nt">{match[1]}</span><span class="p">{match[2]}</span>'
    return f'<span class="{_CLASSES[kind or 0]}">{match[0]}</span>'


_CLASSES = ("", "s2", "nt", "mi", "kc", "p")
"""By the last group of the token."""
