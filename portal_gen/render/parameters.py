"""Parameters and headers as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal_gen.model.content import Encoding, Example, Header, MediaType
from portal_gen.model.operation import Parameter
from portal_gen.model.schema import ABSENT, Schema
from portal_gen.render.blocks import Block, Part, Row
from portal_gen.render.html import MARK
from portal_gen.render.inline import Code, Inline
from portal_gen.render.markdown import plain
from portal_gen.render.phrases import types_of
from portal_gen.render.rows import block, flags
from portal_gen.render.scope import Scope
from portal_gen.render.values import cut, shown

PLACES = (("path", "Path"), ("query", "Query"), ("querystring", "Query string"), ("header", "Header"), ("cookie", "Cookie"))
_SEPARATED = {
    "spaceDelimited": "several values are separated by spaces",
    "pipeDelimited": "several values are separated by |",
}


def parameter_row(scope: Scope, parameter: Parameter, at: str) -> Row:
    """One parameter. `at` is the id of its section."""
    found = _described(scope, parameter, scope.below(at, parameter.name))
    serialized = tuple(serialization(scope, parameter))
    return found._replace(block=found.block.but(rules=(*found.block.rules, *serialized)))


def header_row(scope: Scope, header: Header, at: str) -> Row:
    """One header of an answer or of a part."""
    found = _described(scope, header, scope.below(at, header.name))
    if not header.explode or not _is(scope, header.schema, "object"):
        return found
    return found._replace(block=found.block.but(rules=(*found.block.rules, (("fields as "), Code("name=value")))))


def _described(scope: Scope, item: Parameter | Header, id_: str) -> Row:
    """A parameter or header: its schema, or the schema of its only media type, under its own description."""
    scope.rows += 1
    schema, media = _schema(item)
    inner = block(scope, schema, MARK + id_, 1, alone=media is None) if schema is not None else Block()
    description, more = item.description, inner.more
    if not description:
        description = inner.description
    elif inner.description and inner.description != description:
        more = (inner.description, *more)
    rules: tuple[Inline, ...] = inner.rules
    parts = inner.parts
    if media is not None:
        rules = (("written as ", Code(media.name)), *rules, *examples(media.examples))
        parts = (*parts, *_encodings(scope, media, id_))
    if isinstance(item, Parameter) and item.allow_empty_value:
        rules = (*rules, ("may be empty",))
    rules = (*rules, *examples(item.examples))
    found = inner.but(description=description, more=more, rules=rules, parts=parts)
    marks = list(flags(scope.reading.view(schema), item.required)) if schema is not None else ["required"] * item.required
    if item.deprecated and "deprecated" not in marks:
        marks.append("deprecated")
    return Row(id_, item.name, found, tuple(marks), 0)


def _schema(item: Parameter | Header) -> tuple[Schema | None, MediaType | None]:
    if item.schema is not None or not item.content:
        return item.schema, None
    return item.content[0].schema, item.content[0]


def _encodings(scope: Scope, media: MediaType, at: str) -> Iterator[Part]:
    if media.encodings:
        place = scope.below(at, "encoding")
        yield Part(("Encoding",), Block(rows=tuple(encoding_rows(scope, media.encodings, place))), place)


def encoding_rows(scope: Scope, encodings: Sequence[Encoding], at: str) -> Iterator[Row]:
    """How the properties of a form are written, one a row; headers and parts of parts below."""
    for encoding in encodings:
        id_ = scope.below(at, encoding.name)
        headers = tuple(header_row(scope, header, id_) for header in encoding.headers)
        inner = tuple(encoding_rows(scope, encoding.encodings, id_))
        rules = tuple(_encoding(encoding))
        label = "each item" if encoding.name == "*" else f"item {int(encoding.name) + 1}" if encoding.name.isdecimal() else ""
        yield Row(id_, label or encoding.name, Block(rules=rules, rows=headers + inner), (), 0, bool(label))


def _encoding(encoding: Encoding) -> Iterator[Inline]:
    if encoding.content_type:
        yield ("written as ", Code(encoding.content_type))
    if encoding.style:
        yield ("style ", Code(encoding.style))
    if encoding.explode is not None:
        yield ("one pair for each value",) if encoding.explode else ("values joined in one pair",)
    if encoding.allow_reserved:
        yield ("reserved characters stay as they are",)


def examples(found: Sequence[Example]) -> Iterator[Inline]:
    """The author's examples of one value, each with its words."""
    for example in found:
        value = example.serialized if example.serialized is not None else example.value
        text = example_title(example)
        about = f" ({text})" if text else ""
        if value is not ABSENT:
            both = example.serialized is not None and example.value is not ABSENT
            data: Inline = (" for ", Code(cut(shown(example.value), 200))) if both else ()  # type: ignore[arg-type]
            yield ("example ", Code(cut(shown(value), 200)), *data, *([about] if about else []))
        elif example.external_value:
            yield ("example at ", Code(example.external_value), about)


def example_title(example: Example) -> str:
    """What an author says of an example, on one line: its name, where it has one of its own, its summary and description."""
    words = ". ".join(part for part in (example.summary, plain(example.description)) if part)
    return ": ".join(part for part in (example.label, words) if part)


def serialization(scope: Scope, parameter: Parameter) -> Iterator[Inline]:
    """How several values are written (section 4.12.4), for parameters that can hold several."""
    if parameter.allow_reserved:
        yield ("reserved characters stay as they are",)
    style, name = parameter.style, parameter.name
    is_list = _is(scope, parameter.schema, "array")
    if not is_list and not _is(scope, parameter.schema, "object"):
        if style in ("matrix", "label"):
            yield ("written as ", Code(f";{name}=value" if style == "matrix" else ".value"))
        return
    if style in _SEPARATED:
        yield (_SEPARATED[style],)
    elif style == "deepObject":
        yield ("each field as ", Code(f"{name}[field]=value"))
    elif style in ("matrix", "label"):
        yield ("written as ", Code(_prefixed(style, name, is_list, parameter.explode)))
    elif style == "form" and parameter.explode:
        yield ("repeat ", Code(f"{name}="), " for each value") if is_list else ("each field is a parameter of its own",)
    elif parameter.explode and not is_list:
        yield ("fields as ", Code("name=value"), ", separated by commas")
    else:
        yield ("several values are separated by commas",) if is_list else ("names and values are separated by commas",)


def _prefixed(style: str, name: str, is_list: bool, explode: bool) -> str:
    if style == "label":
        return (".a.b" if explode else ".a,b") if is_list else (".field=value" if explode else ".field,value")
    if explode:
        return f";{name}=a;{name}=b" if is_list else ";field=value"
    return f";{name}=a,b" if is_list else f";{name}=field,value"


def _is(scope: Scope, schema: Schema | None, kind: str) -> bool:
    return schema is not None and kind in types_of(scope.reading.view(schema).whole)
