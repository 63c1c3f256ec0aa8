"""The engine: a target's data and a request make a snippet.

Kept so small and plain that it can be written again in another language and print the same characters: it walks nodes,
quotes strings by a table and copies lexemes. Which characters are a string, a number or a keyword is known while printing;
no highlighter reads the result again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TypeAlias, cast

from portal_gen.snippets.json_text import Kind, Span, compact_json, json_text, spread
from portal_gen.snippets.quote import INVISIBLE, SURROGATES, Quoting
from portal_gen.snippets.request import Env, Parts, Request
from portal_gen.snippets.target import Target
from portal_gen.snippets.targets import target
from portal_gen.snippets.template import Each, If, Nodes, Term, Text
from portal_gen.snippets.view import Scope, view
from portal_gen.spec.tree import Json

Filter: TypeAlias = Callable[[Target, object, int, list[Span]], None]

_CLASSES: dict[Kind, str] = {
    "string": "s2",
    "number": "mi",
    "keyword": "k",
    "constant": "kc",
    "name": "nv",
    "comment": "c1",
}
"""Pygments' short classes; `plain` has none."""
_PLAIN_IN_DOUBLE_QUOTES = re.compile(r"[A-Za-z0-9 :_./=;,?&%@+-]*")
_NOT_VERBATIM = re.compile("[" + INVISIBLE.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f") + SURROGATES + "]")
SHORT = 80
"""Characters of a piece that is kept as HTML: most are the same in every program of a language."""
_CONTINUES_NAME = re.compile(r"[A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program as text, and the same text in pieces of one kind each. `cannot` says why there is only a comment."""

    text: str
    spans: tuple[Span, ...]
    cannot: str = ""


def render(target_id: str, request: Request) -> Snippet:
    """The program that sends a request. Raises KeyError for a target that does not exist."""
    return print_request(target(target_id), request)


def print_request(target: Target, request: Request) -> Snippet:
    """The program that sends a request, or a comment saying that the client cannot send it."""
    scope = view(request, target.limits, target.implied)
    for terms, because in target.cannot:
        if holds(terms, scope):
            comment = target.words.comment + " " + because + "\n"
            return Snippet(comment, (("comment", comment),), because)
    out: list[Span] = []
    walk(target, target.template, scope, out)
    return Snippet("".join([text for _, text in out]), tuple(out))


def html(snippet: Snippet) -> str:
    """The snippet as HTML: its text, escaped, with a span around each piece that has a class."""
    return "".join([_piece(kind, text) if len(text) <= SHORT else _marked(kind, text) for kind, text in snippet.spans])


def _marked(kind: Kind, text: str) -> str:
    escaped = escape(text, False)
    if "\r" in escaped:  # A parser would make a line feed of it.
        escaped = escaped.replace("\r", "&#13;")
    return escaped if kind == "plain" else '<span class="' + _CLASSES[kind] + '">' + escaped + "</span>"


_piece = lru_cache(maxsize=4096)(_marked)


def holds(terms: tuple[Term, ...], scope: Mapping[str, object]) -> bool:
    """Whether a condition is met: of each term, one name is there or, negated, is not there or empty."""
    for term in terms:
        for name, wanted in term:
            if bool(scope.get(name)) == wanted:
                break
        else:
            return False
    return True


def walk(target: Target, nodes: Nodes, scope: Scope, out: list[Span]) -> None:
    """Append what the nodes print."""
    for node in nodes:
        if isinstance(node, Text):
            out += node.spans
        elif isinstance(node, If):
            walk(target, node.then if holds(node.terms, scope) else node.otherwise, scope, out)
        elif isinstance(node, Each):
            for item in cast("list[Scope]", scope.get(node.name) or []):
                walk(target, node.body, item, out)
        else:
            FILTERS[node.filter](target, scope[node.name], node.argument, out)


def _plain(target: Target, value: object, argument: int, out: list[Span]) -> None:
    out.append(("plain", str(value)))


def _string(target: Target, value: object, argument: int, out: list[Span]) -> None:
    out.append(("string", target.string(str(value))))


def _literal(target: Target, value: object, argument: int, out: list[Span]) -> None:
    """A JSON value as a literal of the language, that stands after some ten characters on a line indented by `argument`."""
    spread(cast("Json", value), target.dialect, argument + 10, argument, out)


def _json(target: Target, value: object, argument: int, out: list[Span]) -> None:
    """JSON on several lines in a plain string."""
    out.append(("string", target.string(json_text(cast("Json", value), argument))))


def _raw(target: Target, value: object, argument: int, out: list[Span]) -> None:
    """JSON in the kind of string that has least to escape in it; between its lines, nothing needs to be sent."""
    _in_lines(target, json_text(cast("Json", value)).split("\n"), target.raw, argument, out)


def _lines(target: Target, value: object, argument: int, out: list[Span]) -> None:
    """A text, verbatim where the language can and it has several lines; else as strings."""
    text = str(value)
    if target.verbatim and "\n" in text[:-1] and target.verbatim not in text and not _NOT_VERBATIM.search(text):
        out.append(("string", target.verbatim + text + target.verbatim))
    else:
        pieces = text.split("\n")
        last = [pieces.pop()]
        lines = [piece + "\n" for piece in pieces] + (last if last[0] or not pieces else [])
        _in_lines(target, lines, target.string, argument, out)


def _in_lines(target: Target, pieces: list[str], quoting: Quoting, indent: int, out: list[Span]) -> None:
    """A string, in pieces on lines of their own where there are several and the language has a way to put them together."""
    lines = target.lines
    if lines is None or len(pieces) == 1:
        out.append(("string", quoting("".join(pieces))))
        return
    pad = "\n" + " " * (indent + lines.step)
    before = lines.open + pad if lines.open else ""
    for piece in pieces:
        out += (("plain", before), ("string", quoting(piece)))
        before = lines.between + pad
    if lines.close:
        out.append(("plain", "\n" + " " * indent + lines.close))


def _verbatim(target: Target, value: object, argument: int, out: list[Span]) -> None:
    """JSON on several lines between delimiters that escape nothing; on one line in a string where it has such a delimiter."""
    text = json_text(cast("Json", value), argument)
    if target.verbatim in text:
        out.append(("string", target.string(compact_json(cast("Json", value)))))
    else:
        out.append(("string", target.verbatim + text + target.verbatim))


def _expression(target: Target, value: object, argument: int, out: list[Span]) -> None:
    parts = cast("Parts", value)
    if target.expression == "shell":
        _shell_expression(target, parts, out)
        return
    environment = target.environment_in_url if argument else target.environment
    for index, part in enumerate(parts or ("",)):
        if index:
            out.append(("plain", target.join))
        if isinstance(part, str):
            out.append(("string", target.string(part)))
        else:
            out += environment(part.name)


def _shell_expression(target: Target, parts: Parts, out: list[Span]) -> None:
    """Variables stand in double quotes; the text around them too where nothing in it means anything there."""
    if len(parts) == 1 and isinstance(parts[0], str):
        out.append(("string", target.string(parts[0])))
        return
    together = all(isinstance(part, Env) or _PLAIN_IN_DOUBLE_QUOTES.fullmatch(part) for part in parts)
    between = "" if together else '"'
    if together:
        out.append(("string", '"'))
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out.append(("string", part if together else "'" + part.replace("'", "'\\''") + "'"))
            continue
        following = parts[index + 1] if together and index + 1 < len(parts) else ""
        braces = isinstance(following, str) and _CONTINUES_NAME.match(following)
        out.append(("name", between + ("${" + part.name + "}" if braces else "$" + part.name) + between))
    if together:
        out.append(("string", '"'))


FILTERS: dict[str, Filter] = {
    "plain": _plain,
    "string": _string,
    "literal": _literal,
    "json": _json,
    "raw": _raw,
    "lines": _lines,
    "verbatim": _verbatim,
    "expression": _expression,
}
