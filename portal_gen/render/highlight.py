"""JSON with the theme's classes for its highlighter, in one pass over the text."""

from __future__ import annotations

import re
from functools import lru_cache

from portal_gen.render.html import text as esc

_TOKEN = re.compile(
    r'("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([{}\[\],]+)|([^"\d{}\[\],tfn-]+|.)', re.DOTALL
)


@lru_cache(maxsize=4096)
def json_html(text: str) -> str:
    """JSON text as HTML; what is no JSON comes out escaped all the same."""
    return "".join([_token(match) for match in _TOKEN.finditer(text)])


def _token(match: re.Match[str]) -> str:
    string, colon, number, word, marks, other = match.groups()
    if string:
        kind = "nt" if colon else "s2"
        return f'<span class="{kind}">{esc(string)}</span>' + (f'<span class="p">{colon}</span>' if colon else "")
    if number:
        return f'<span class="mi">{esc(number)}</span>'
    if word:
        return f'<span class="kc">{word}</span>'
    return f'<span class="p">{marks}</span>' if marks else esc(other)
