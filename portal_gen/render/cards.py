"""The column of code: a request in several languages, and an answer for each status, each saying where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal_gen.render.examples import AnswerSample
from portal_gen.render.html import esc
from portal_gen.render.parts import copy_button
from portal_gen.render.samples import RequestSample
from portal_gen.render.scope import Scope

PANELS = 12
"""Panels that the style sheet can switch between."""


class Sample(NamedTuple):
    """One panel of a card: the label of its tab and the code (both HTML), a name for screen readers, words for its foot."""

    label: str
    code: str
    name: str
    foot: tuple[str, ...] = ()


def cards(scope: Scope, asked: Iterable[RequestSample], answered: Iterable[AnswerSample], label: str = "Examples") -> str:
    """The column with both cards, or nothing where there is nothing to show."""
    inner = stacked(scope, asked, answered)
    if not inner:
        return ""
    return f'<aside class="pg-side" aria-label="{label}">\n<div class="pg-stick">\n{inner}</div>\n</aside>\n'


def stacked(scope: Scope, asked: Iterable[RequestSample], answered: Iterable[AnswerSample]) -> str:
    """Both cards without the column around them."""
    requests = [Sample(esc(s.label), s.html, f"{s.label} request", tuple(esc(note) for note in s.notes)) for s in asked]
    answers = [
        Sample(f'<span class="pg-code" data-c="{esc(s.status[:1])}">{esc(s.label)}</span>', s.html, f"Answer {s.label}", s.foot)
        for s in answered
    ]
    return card(scope, "Request", "Language", requests, sends=True) + card(scope, "Answer", "Status", answers)


def card(scope: Scope, title: str, legend: str, samples: Sequence[Sample], sends: bool = False) -> str:
    """Tabs and panels; dark where it is what a reader sends."""
    samples = samples[:PANELS]
    if not samples:
        return ""
    group = scope.group("c")
    tabs = "".join(
        [
            f'<label class="pg-tab"><input type="radio" name="{group}"{"" if index else " checked"}>{sample.label}</label>'
            for index, sample in enumerate(samples)
        ]
    )
    panels = "".join(
        [
            f'<div class="pg-panel"><pre class="highlight" tabindex="0" aria-label="{esc(sample.name)}">'
            f"<code>{sample.code}</code></pre>"
            f"{_foot(sample.foot)}</div>\n"
            for sample in samples
        ]
    )
    languages = " data-pg-lang" if sends else ""
    return (
        f'<section class="pg-card{" pg-send" if sends else ""} pg-pick" aria-label="{title}">\n<div class="pg-card__h">\n'
        f'<fieldset class="pg-tabs"{languages}><legend>{legend}</legend>{tabs}</fieldset>'
        f"<span>{copy_button(title.lower())}</span></div>\n{panels}</section>\n"
    )


def _foot(words: Sequence[str]) -> str:
    return f'<div class="pg-card__f">{"".join([f"<span>{word}</span>" for word in words])}</div>' if words else ""
