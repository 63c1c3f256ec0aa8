"""Examples of answers for the column of code, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from portal_gen.examples import Mode, media_example
from portal_gen.model.content import MediaType
from portal_gen.model.schema import ABSENT, Schema
from portal_gen.render.exchange import Answer, Exchange
from portal_gen.render.highlight import json_html
from portal_gen.render.html import esc
from portal_gen.render.scope import Scope
from portal_gen.render.values import bounded, json_text
from portal_gen.spec.tree import Json

_SAY_NOTHING = ("", "default", "example", "response", "value")
"""Names of examples that tell a reader nothing."""


class AnswerSample(NamedTuple):
    """An example of an answer, as text and as HTML."""

    status: str
    label: str
    media: str
    text: str
    html: str
    foot: tuple[str, ...]


GENERATED, BY_HAND = "Generated from the schema", "Written by hand"


def answer_samples(scope: Scope, found: Exchange) -> Iterator[AnswerSample]:
    """One example for each status and media type that has one."""
    for answer in found.answers:
        for index, media in enumerate(answer.response.content):
            sample = _sample(scope, answer, media, index)
            if sample is not None:
                yield sample


def _sample(scope: Scope, answer: Answer, media: MediaType, index: int) -> AnswerSample | None:
    told = media_example(media, scope.reading.examples, Mode.RESPONSE, full=True)
    if told.value is ABSENT:
        return None
    text, is_json = _written(told.value, told.generated, media.name)
    text = bounded(text)
    status = answer.response.status
    label = status if index == 0 else f"{status} {media.name.rpartition('/')[2]}"
    origin = answer.response.origin
    source = GENERATED if told.generated else f"{BY_HAND}{f': {told.name}' if told.name.lower() not in _SAY_NOTHING else ''}"
    inherited = f"{source}; of the platform, not of this service: {origin}" if origin else source
    return AnswerSample(
        status, label, media.name, text, json_html(text) if is_json else esc(text), (esc(inherited), esc(media.name))
    )


def _written(value: Json, generated: bool, media: str) -> tuple[str, bool]:
    """An example as text, and whether that is JSON. An object in an event stream is the data of one event (WHATWG HTML 9.2.5)."""
    if isinstance(value, Mapping) and media.startswith("text/event-stream"):
        return f"data: {json_text(value)}\n\n", False
    is_json = "json" in media or not isinstance(value, str)
    return (value if isinstance(value, str) and not (is_json and generated) else json_text(value, 2)), is_json


def schema_sample(scope: Scope, schema: Schema) -> tuple[str, str, str] | None:
    """An example of a schema, as JSON text and as HTML, and where it is from; None where nothing can be said."""
    value, _, generated = scope.reading.examples.told(schema, Mode.RESPONSE, full=True)
    if value is ABSENT:
        return None
    text = bounded(json_text(value, 2))
    return text, json_html(text), GENERATED if generated else BY_HAND
