"""The few things every renderer needs to write HTML: escaping, the rule for links, anchors."""

from __future__ import annotations

import re
from html import escape as _escape
from urllib.parse import urlsplit

_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^A-Za-z0-9_-]")
_SPECIAL = re.compile(r"[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f]")
MARK = "\x01"
"""Begins the id of a place inside a schema until the page is done, so that it can be told from all text and be put in another's place."""
NUMBER = "\x02"
"""Stands before the number of a radio group inside a schema, which ends with a semicolon, until the page is done."""
_NUMBERED = re.compile(rf"{NUMBER}(\d+);")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), "�")
_SUSPICIOUS = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\\<>\"]")
_MAIL = re.compile(r"mailto:[^?#]+", re.IGNORECASE)


def esc(text: str) -> str:
    """Text as HTML text or as a quoted attribute's value. Controls that HTML forbids become U+FFFD."""
    return _escape(text.translate(_CONTROL)) if _SPECIAL.search(text) else text


def moved(html: str, place: str, other: str, groups: int) -> str:
    """HTML of a place as it is at another, with numbers of radio groups that are higher by `groups`."""
    if groups and NUMBER in html:
        html = _NUMBERED.sub(lambda match: f"{NUMBER}{int(match[1]) + groups};", html)
    return html.replace(place, other)


def settled(html: str) -> str:
    """The HTML of a page that is done, with plain ids and numbers."""
    html = html.replace(MARK, "")
    return _NUMBERED.sub(r"\1", html) if NUMBER in html else html


def without_controls(text: str) -> str:
    """Text with U+FFFD for the controls that HTML forbids."""
    return text.translate(_CONTROL) if _FORBIDDEN.search(text) else text


def text(words: str) -> str:
    """Text as HTML text only, where quotes may stay as they are."""
    return _escape(words.translate(_CONTROL), quote=False)


def safe_url(url: str) -> str | None:
    """The URL if a page may link it, not yet escaped: http, https with a plain host, or mailto without headers; else None.

    White space around it is forgiven; controls, invisible characters and backslashes inside are not, since browsers drop or
    change them after a scheme has been checked. User information is refused: it makes a host look like another one.
    """
    url = url.strip(" \t\r\n")
    if _SUSPICIOUS.search(url):
        return None
    if _MAIL.match(url):
        return url.partition("?")[0]
    if not url[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.hostname and "@" not in parts.netloc else None


def segment(text: str) -> str:
    """One part of an anchor: letters, digits, `_` and `-` as they are, every other byte as `~` and two hex digits."""
    if _SEGMENT.fullmatch(text):
        return text
    return _OTHER.sub(_tilde, text) or "~"


def _tilde(match: re.Match[str]) -> str:
    return "".join(f"~{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def anchor(*parts: str) -> str:
    """An id such as `body.user.email`. It never starts with `_`, which the theme keeps for its own ids."""
    name = ".".join([segment(part) for part in parts])
    return "-" + name if name.startswith("_") else name


def link(url: str, text: str) -> str:
    """A link out of this site around `text` (HTML); only the text where the URL may not be linked."""
    checked = safe_url(url)
    return f'<a href="{esc(checked)}" rel="nofollow noopener">{text}</a>' if checked else text


def plural(number: int, one: str, many: str = "") -> str:
    """`1 field`, `5 fields`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
