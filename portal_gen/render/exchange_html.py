"""Bodies, answers and callbacks as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from portal_gen.model.content import Example
from portal_gen.model.schema import ABSENT
from portal_gen.render.exchange import Answer, Content, Exchange, Sent, root_type
from portal_gen.render.html import esc, link, plural
from portal_gen.render.inline import to_html
from portal_gen.render.markdown import plain, render
from portal_gen.render.parts import OPEN_ALL, facts, method, more, prose, section
from portal_gen.render.rows_html import block_html, flag, rows_html, tabs_html
from portal_gen.render.scope import Scope
from portal_gen.render.servers import servers_html
from portal_gen.render.values import bounded, json_text

UNDESCRIBED = '<p class="pg-quiet pg-pad">Nothing more is described.</p>\n'
_HEAD = 180


class Beside(NamedTuple):
    """Whether the column of code shows the first example of the body, and of each answer."""

    body: bool = False
    answers: bool = False


_ALONE = Beside()


def exchange_html(
    scope: Scope,
    found: Exchange,
    required: bool,
    description: str,
    beside: Beside = _ALONE,
    level: int = 2,
) -> str:
    """Parameters by location, the body, the answers, the callbacks: each a section."""
    out = [section(at, title, rows_html(rows), level=level) for at, title, rows in found.parameters]
    if found.body_id:
        out.append(_body(scope, found, required, description, beside.body, level))
    if found.answers:
        out.append(_answers(scope, found.answers, beside.answers, level))
    if found.callbacks:
        inner = "".join([_callback(scope, sent, level) for sent in found.callbacks])
        words = '<span class="pg-quiet">Requests that the service sends</span>'
        out.append(section(found.callbacks_id, "Callbacks", inner, words, level))
    return "".join(out)


def _body(scope: Scope, found: Exchange, required: bool, description: str, is_beside: bool, level: int) -> str:
    contents = found.body
    beside = flag("required") if required else ""
    if len(contents) == 1:
        kind = root_type(contents[0])
        beside += f"<code>{esc(contents[0].name)}</code>" + (f'<span class="pg-quiet">{to_html(kind)}</span>' if kind else "")
    text = f'<div class="pg-pad">{prose(description)}</div>\n' if description else ""
    inner = _contents(scope, contents, is_beside)
    if "<details" in inner:
        beside += OPEN_ALL
    return section(found.body_id, "Body", (text + inner) or UNDESCRIBED, beside, level)


def _contents(scope: Scope, contents: Sequence[Content], is_beside: bool) -> str:
    """Media types side by side, the only one as it is. The column of code shows the first of them."""
    if len(contents) == 1:
        return content_html(contents[0], is_beside)
    if not contents:
        return ""
    tabs = tabs_html("Media type", scope.group("m"), [esc(content.name) for content in contents])
    panels = "".join(
        [
            f'<div class="pg-panel"{_id(content, index)} data-label="{esc(content.name)}">{_typed(content)}'
            f"{content_html(content, is_beside and index == 0)}</div>\n"
            for index, content in enumerate(contents)
        ]
    )
    return f'<div class="pg-seg pg-pick pg-pad">\n{tabs}\n{panels}</div>\n'


def _id(content: Content, index: int) -> str:
    return f' id="{content.id}"' if index else ""


def _typed(content: Content) -> str:
    kind = root_type(content)
    return f'<p class="pg-rule">{to_html(kind)}</p>' if kind else ""


def content_html(content: Content, is_beside: bool) -> str:
    """One media type: its schema, the items of a stream, encodings, and the author's examples. One that is a value and nothing
    else is left out where the column of code shows it."""
    out = [block_html(content.block)] if content.block else []
    if content.item:
        kind = to_html(content.item.type)
        out.append(f'<p class="pg-rule pg-pad">Each item of the stream: {kind}</p>\n{block_html(content.item)}')
    if content.encodings:
        out.append(f'<div class="pg-sec">\n<div class="pg-sec__h"><h3>Encoding</h3></div>\n{rows_html(content.encodings)}</div>\n')
    out += [example_html(example) for index, example in enumerate(content.examples) if index or not (is_beside and example.is_bare)]
    return "".join(out) or UNDESCRIBED


def example_html(example: Example) -> str:
    """An example by the author, folded."""
    about = prose(example.description) if example.description else ""
    name = f" <code>{esc(example.label)}</code>" if example.label else ""
    head = f'<span class="pg-quiet">Example{name}</span><span>{esc(example.summary)}</span>'
    return f'<details class="pg-ans"><summary>{head}</summary><div>{about}{code(example)}{_data(example)}</div></details>\n'


def code(example: Example) -> str:
    """The example's value as code, or the link to where it is kept."""
    text = example_text(example)
    if text is not None:
        return f'<pre class="highlight" tabindex="0"><code>{esc(text)}</code></pre>'
    return (
        f'<p class="pg-rule">Kept at {link(example.external_value, esc(example.external_value))}</p>'
        if example.external_value
        else ""
    )


def _data(example: Example) -> str:
    text = example_data(example)
    return f'<p class="pg-rule">As data</p>\n<pre class="highlight" tabindex="0"><code>{esc(text)}</code></pre>' if text else ""


def example_data(example: Example) -> str:
    """An example as JSON, where it is shown as it travels; empty otherwise."""
    return "" if example.serialized is None or example.value is ABSENT else bounded(json_text(example.value, 2))


def example_text(example: Example) -> str | None:
    """An example as text: as it travels where the author says so, else as JSON; text as it is."""
    if example.serialized is not None:
        return bounded(example.serialized)
    if example.value is ABSENT:
        return None
    return bounded(example.value if isinstance(example.value, str) else json_text(example.value, 2))


def _answers(scope: Scope, answers: Sequence[Answer], is_beside: bool, level: int) -> str:
    shared = sum(bool(answer.response.origin) for answer in answers)
    beside = f'<span class="pg-quiet">{plural(len(answers), "status", "statuses")}{f", {shared} of the platform" if shared else ""}</span>'
    inner = "".join([_answer(answer, index == 0, is_beside) for index, answer in enumerate(answers)])
    id_ = scope.claim(answers[0].id.rpartition("response-")[0] + "responses")
    return section(id_, "Answers", inner, beside if len(answers) > 1 else "", level)


def _answer(answer: Answer, first: bool, is_beside: bool) -> str:
    """One `<details>` for each media type; what belongs to the status as a whole stands in the first."""
    response = answer.response
    head, rest = _head(response.summary, response.description)
    origin = (
        f'<p class="pg-rule pg-pad">Of the platform, not of this service: {esc(response.origin)}</p>\n' if response.origin else ""
    )
    own = rest + origin + _headers(answer)
    after = _links(answer)
    if not answer.contents:
        nothing = "" if rest or answer.headers or after else '<p class="pg-quiet">No body is described.</p>'
        return _details(answer, answer.id, head, "", own + after + nothing, first)
    return "".join(
        [
            _details(
                answer,
                content.id,
                head,
                _right(content),
                (own if index == 0 else "") + content_html(content, is_beside) + (after if index == 0 else ""),
                first and index == 0,
            )
            for index, content in enumerate(answer.contents)
        ]
    )


def _head(summary: str, description: str) -> tuple[str, str]:
    """The line of an answer, and what of its description does not fit into it."""
    if summary:
        return esc(summary), prose(description) if description else ""
    html = render(description)
    if html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>") and len(html) <= _HEAD:
        return html[3:-4], ""
    return esc(plain(description, _HEAD)), prose(description) if description else ""


def _right(content: Content) -> str:
    kind = root_type(content)
    named = f"{to_html(kind)} " if kind and len(kind) < 4 else ""
    return f"{named}<code>{esc(content.name)}</code>"


def _details(answer: Answer, id_: str, head: str, right: str, inner: str, opened: bool) -> str:
    status = answer.response.status
    quiet = " · ".join([part for part in (right, "of the platform" if answer.response.origin else "") if part])
    return (
        f'<details class="pg-ans" id="{id_}"{" open" if opened else ""}><summary><span class="pg-code" data-c="{esc(status[:1])}">'
        f'{esc(status)}</span><span>{head}</span><span class="pg-quiet">{quiet}</span></summary><div>\n{inner}</div>\n</details>\n'
    )


def _headers(answer: Answer) -> str:
    if not answer.headers:
        return ""
    return f'<div class="pg-sec">\n<div class="pg-sec__h"><h3>Headers</h3></div>\n{rows_html(answer.headers)}</div>\n'


def _links(answer: Answer) -> str:
    if not answer.links:
        return ""
    return f'<div class="pg-sec">\n<div class="pg-sec__h"><h3>What to call next</h3></div>\n{rows_html(answer.links)}</div>\n'


def _callback(scope: Scope, sent: Sent, level: int) -> str:
    operation = sent.operation
    title = esc(f"{sent.name}: {operation.summary}" if operation.summary else sent.name)
    texts = (operation.description, operation.path_summary, operation.path_description)
    about = "".join([prose(text) for text in texts if text])
    about += facts([(esc(name), to_html(value)) for name, value in sent.facts])
    about += servers_html(operation.servers)
    docs = more(operation.external_docs)
    about += f'<p class="pg-rule">More: {docs}</p>\n' if docs else ""
    body = operation.body
    inner = exchange_html(
        scope, sent.exchange, bool(body and body.required), body.description if body else "", level=min(level + 1, 6)
    )
    return (
        f'<details class="pg-callback" id="{sent.id}"><summary>{method(operation.method)}<code>{esc(sent.expression)}</code>'
        f'<span class="pg-quiet">{title}</span></summary><div>\n{about}{inner}</div>\n</details>\n'
    )
