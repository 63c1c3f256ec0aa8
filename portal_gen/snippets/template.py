"""The templates of targets: parsed once, printed often.

    {{#if A !B|C}} … {{else}} … {{/if}}   printed where A holds and (B does not or C does)
    {{#each items}} … {{/each}}           printed for each item; inside, names are the item's
    {{name|filter:2}}                     a value, written by a filter

Everything else is printed as it stands. Which of its characters are keywords, strings or comments is found out here, so
that printing already knows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from portal_gen.snippets.json_text import Kind, Span

Term: TypeAlias = tuple[tuple[str, bool], ...]
"""Names and whether each must hold; one of them is enough."""


@dataclass(frozen=True, slots=True)
class Text:
    """Printed as it stands."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value and the filter that writes it."""

    name: str
    filter: str
    argument: int


@dataclass(frozen=True, slots=True)
class If:
    """Printed where all terms hold; `otherwise` where not."""

    terms: tuple[Term, ...]
    then: Nodes
    otherwise: Nodes


@dataclass(frozen=True, slots=True)
class Each:
    """Printed once for each item of a list."""

    name: str
    body: Nodes


Node: TypeAlias = Text | Value | If | Each
Nodes: TypeAlias = tuple[Node, ...]

_TAG = re.compile(r"\{\{(#if|#each|else|/if|/each|)\s*([^{}]*)\}\}")


@dataclass(frozen=True, slots=True)
class Words:
    """What a language's own words look like."""

    keywords: frozenset[str]
    constants: frozenset[str]
    comment: str
    """How a comment begins, that ends with its line."""


class TemplateError(ValueError):
    """A template is not well formed."""


def parsed(source: str, words: Words) -> Nodes:
    """The nodes of a template. Raises TemplateError where tags do not match."""
    tags = list(_TAG.finditer(source))
    nodes, _, stop = _block(source, tags, 0, 0, words)
    if stop:
        raise TemplateError(f"{stop} closes nothing")
    return nodes


def _block(source: str, tags: list[re.Match[str]], index: int, start: int, words: Words) -> tuple[Nodes, int, str]:
    """Nodes from `start` until the tag that ends their block; the index of that tag, and its name ("" at the end)."""
    nodes: list[Node] = []
    while index < len(tags):
        tag = tags[index]
        if tag.start() > start:
            nodes.append(Text(colored(source[start : tag.start()], words)))
        if tag[1] in ("else", "/if", "/each"):
            return tuple(nodes), index, tag[1]
        if tag[1] == "":
            nodes.append(_value(tag[2]))
        else:
            node, index = _section(source, tags, index, words)
            nodes.append(node)
        start = tags[index].end()
        index += 1
    if start < len(source):
        nodes.append(Text(colored(source[start:], words)))
    return tuple(nodes), index, ""


def _section(source: str, tags: list[re.Match[str]], index: int, words: Words) -> tuple[Node, int]:
    tag = tags[index]
    body, index, stop = _block(source, tags, index + 1, tag.end(), words)
    otherwise: Nodes = ()
    if stop == "else" and tag[1] == "#if":
        otherwise, index, stop = _block(source, tags, index + 1, tags[index].end(), words)
    if stop != "/" + tag[1][1:]:
        raise TemplateError(f"{tag[0]} is not closed")
    return (If(condition(tag[2]), body, otherwise) if tag[1] == "#if" else Each(tag[2], body)), index


def condition(text: str) -> tuple[Term, ...]:
    """`A !B|C` as terms."""
    return tuple(tuple((name.lstrip("!"), not name.startswith("!")) for name in term.split("|")) for term in text.split())


def _value(text: str) -> Value:
    name, _, rest = text.partition("|")
    filter_name, _, argument = rest.partition(":")
    return Value(name, filter_name, int(argument or "0"))


def colored(text: str, words: Words) -> tuple[Span, ...]:
    """A piece of source text with the kinds of its pieces, neighbours of one kind joined."""
    pattern = re.compile(
        (re.escape(words.comment) + r"[^\n]*" if words.comment else r"(?!)")
        + r"|\"(?:[^\"\\\n]|\\.)*\"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[\s\S]"
    )
    spans: list[Span] = []
    for match in pattern.finditer(text):
        kind = _kind(match[0], words)
        if spans and spans[-1][0] == kind:
            spans[-1] = (kind, spans[-1][1] + match[0])
        else:
            spans.append((kind, match[0]))
    return tuple(spans)


def _kind(piece: str, words: Words) -> Kind:
    if words.comment and piece.startswith(words.comment):
        return "comment"
    if len(piece) > 1 and piece.startswith('"'):
        return "string"
    if piece in words.keywords:
        return "keyword"
    if piece in words.constants:
        return "constant"
    return "number" if piece[0] in "0123456789" else "plain"
