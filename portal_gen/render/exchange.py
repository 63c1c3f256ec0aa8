"""What is sent and what comes back, as values: bodies by media type, answers by status. Printed as HTML and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portal_gen.model.content import Example, Link, MediaType, Response
from portal_gen.model.info import Server
from portal_gen.model.operation import Operation, Parameter
from portal_gen.model.schema import ABSENT
from portal_gen.render.authentication import alternatives
from portal_gen.render.blocks import Block, Row
from portal_gen.render.html import MARK, segment
from portal_gen.render.inline import Code, Inline, Span, listed
from portal_gen.render.inline import Link as To
from portal_gen.render.markdown import plain
from portal_gen.render.parameters import PLACES, encoding_rows, header_row, parameter_row
from portal_gen.render.rows import block, titled
from portal_gen.render.scope import Scope
from portal_gen.render.values import cut, json_text

ROWS_OF_ANSWER = 200
ROWS_OF_ERROR = 40
"""Rows of one answer after which its inner named schemas are linked: what went wrong is mostly told by a few fields."""
STREAMS = ("text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq", "multipart/mixed")


class Content(NamedTuple):
    """One media type in place. `item` is each item of a stream."""

    id: str
    name: str
    block: Block | None
    item: Block | None
    encodings: tuple[Row, ...]
    examples: tuple[Example, ...]


class Answer(NamedTuple):
    """One answer, with each of its media types."""

    id: str
    response: Response
    headers: tuple[Row, ...]
    contents: tuple[Content, ...]
    links: tuple[Row, ...]


class Sent(NamedTuple):
    """A callback's request, with its own anchors."""

    id: str
    name: str
    expression: str
    operation: Operation
    facts: tuple[tuple[str, Inline], ...]
    exchange: Exchange


class Exchange(NamedTuple):
    """All that an operation takes and gives."""

    parameters: tuple[tuple[str, str, tuple[Row, ...]], ...]
    """Section id, heading and rows, for each location that has parameters."""
    body: tuple[Content, ...]
    body_id: str
    answers: tuple[Answer, ...]
    callbacks: tuple[Sent, ...]
    callbacks_id: str
    path_ids: dict[str, str]
    """For each path parameter, the id of its row."""


def exchange(scope: Scope, operation: Operation, prefix: str = "") -> Exchange:
    """The parts of an operation in reading order. `prefix` stands before every id, for callbacks."""
    parameters = tuple(
        (at, title, tuple(_parameters(scope, found, at)))
        for place, title in PLACES
        if (found := operation.parameters_in(place)) and (at := scope.claim(prefix + place))  # type: ignore[arg-type]
    )
    path_ids = {row.name: row.id for _, title, rows in parameters if title == "Path" for row in rows}
    body_id = scope.claim(prefix + "body") if operation.body else ""
    body = tuple(_contents(scope, operation.body.content, body_id)) if operation.body else ()
    answers = tuple(_answer(scope, response, prefix) for response in sorted(operation.responses, key=_rank))
    callbacks_id = scope.claim(prefix + "callbacks") if operation.callbacks else ""
    callbacks = tuple(_callbacks(scope, operation, prefix))
    return Exchange(parameters, body, body_id, answers, callbacks, callbacks_id, path_ids)


def _parameters(scope: Scope, found: Sequence[Parameter], at: str) -> Iterator[Row]:
    for parameter in sorted(found, key=lambda parameter: not parameter.required):
        yield parameter_row(scope, parameter, at)


def _rank(response: Response) -> int:
    """Answers by class: 2xx, 3xx, 1xx, 4xx, 5xx, then `default`; within a class in the order of the text."""
    first = response.status[:1]
    return "23145".index(first) if first and first in "23145" else 5


def _answer(scope: Scope, response: Response, prefix: str) -> Answer:
    scope.allow(ROWS_OF_ANSWER if response.status[:1] == "2" else ROWS_OF_ERROR)
    at = scope.claim(f"{prefix}response-{segment(response.status)}")
    if response.headers:
        scope.reserve(f"{at}.header")
    headers = tuple(header_row(scope, header, f"{at}.header") for header in response.headers)
    contents = tuple(_contents(scope, response.content, at))
    links = tuple(_link(scope, link, f"{at}.link") for link in response.links)
    return Answer(at, response, headers, contents, links)


def _contents(scope: Scope, content: Sequence[MediaType], at: str) -> Iterator[Content]:
    """The media types of a body or answer. The first has the anchors of the whole."""
    for index, media in enumerate(content):
        id_ = scope.claim(f"{at}-{segment(media.name)}") if index else at
        found = titled(scope, media.schema, "", block(scope, media.schema, MARK + id_)) if media.schema is not None else None
        item = block(scope, media.item_schema, MARK + scope.below(id_, "item")) if media.item_schema is not None else None
        encodings = tuple(encoding_rows(scope, media.encodings, f"{id_}.encoding"))
        yield Content(id_, media.name, found, item, encodings, media.examples)


def _link(scope: Scope, link: Link, at: str) -> Row:
    """What can be called with something from the answer."""
    id_ = scope.below(at, link.name)
    target = scope.reading.operation(link.operation_id)
    shown: Span = To(target.title, scope.href(target.url)) if target else Code(link.operation_id or link.operation_ref or "?")
    rules: list[Inline] = [("calls ", shown)]
    if link.parameters:
        pairs = listed(
            [Code(f"{name} = {cut(value if isinstance(value, str) else json_text(value))}") for name, value in link.parameters],
            ", ",
        )
        rules.append(("with ", *pairs))
    if link.request_body is not ABSENT:
        body = link.request_body
        rules.append(("with the body ", Code(cut(body if isinstance(body, str) else json_text(body), 400))))
    if link.server is not None:
        rules.append(("at ", Code(link.server.url), *_at(link.server)))
    return Row(id_, link.name, Block(description=link.description, rules=tuple(rules)), (), 0)


def _at(server: Server) -> Inline:
    """What is said of a link's server, beside its address."""
    variables = [(Code(f"{{{found.name}}}"), " is ", Code(found.default)) for found in server.variables]
    texts = [plain(text) for text in (server.name, server.description) if text]
    words: list[Inline] = [*[(text,) for text in texts], *variables]
    return tuple(span for index, part in enumerate(words) for span in (" (" if index == 0 else ", ", *part)) + (
        (")",) if words else ()
    )


def _callbacks(scope: Scope, operation: Operation, prefix: str) -> Iterator[Sent]:
    for callback in operation.callbacks:
        for inner in callback.operations:
            at = scope.claim(f"{prefix}callback-{segment(callback.name)}-{segment(inner.method.lower())}")
            facts = tuple(_facts(scope, inner, operation))
            yield Sent(at, callback.name, callback.expression, inner, facts, exchange(scope, inner, at + "."))


def _facts(scope: Scope, sent: Operation, around: Operation) -> Iterator[tuple[str, Inline]]:
    """What else a callback's operation says of itself; authentication only where it is its own."""
    if sent.deprecated:
        yield "Stability", ("Deprecated: it may be removed",)
    if sent.badges:
        yield "Badges", (", ".join([badge.name for badge in sent.badges]),)
    if sent.id:
        yield "Operation id", (Code(sent.id),)
    if sent.tags:
        yield "Tags", (", ".join(sent.tags),)
    if sent.security != around.security:
        ways = alternatives(scope, sent.security) or [("none needed",)]
        yield "Authentication", tuple(span for index, way in enumerate(ways) for span in ((", or ",) if index else ()) + tuple(way))
    yield from [(name, (Code(cut(json_text(value), 400)),)) for name, value in sent.extensions]  # type: ignore[arg-type]


def streams(operation: Operation) -> bool:
    """Whether an answer comes in pieces."""
    return any(
        media.item_schema or media.name.partition(";")[0].strip() in STREAMS[:1]
        for response in operation.responses
        for media in response.content
    )


def root_type(content: Content) -> Inline:
    """The type of a whole body, where it says more than `object`."""
    found = content.block.type if content.block else ()
    return () if found in ((), ("object",), ("any value",)) else found
