"""Schemas as blocks and rows: what is shown in place, what is linked, in which order.

A named schema is shown once on a page and then linked; a recursion is linked; deep named schemas are linked to their pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.model.merge import MOST_PARTS, left_out
from portal_gen.model.schema import ABSENT, Schema
from portal_gen.portal.slugs import words as words_of
from portal_gen.render.blocks import Block, Row, Value, Values
from portal_gen.render.constraints import constraints, unknown
from portal_gen.render.inline import Code, Inline, Link, Out, capital, listed
from portal_gen.render.phrases import phrase
from portal_gen.render.reading import View
from portal_gen.render.scope import Scope
from portal_gen.render.shapes import parts_of, shapes_of
from portal_gen.render.stencils import drawn_once, printed
from portal_gen.render.values import shown, shown_all

DEPTH_IN_PLACE = 2
"""Levels below the first to which named schemas are shown in place."""
ANY_DEPTH = -1
"""The depth of what looks the same at each."""
NAMES = 10
"""Schemas that are named where more are left out."""


def block(scope: Scope, schema: Schema, at: str, depth: int = 0, alone: bool = True) -> Block:
    """The schema in place. `at` is the id of the place, where it stands `alone` or beside others; `depth` counts levels of fields
    from 0."""
    view = scope.reading.view(schema)
    key = view.key
    is_long = structured(view.whole)
    if key is None or not is_long:
        return _unnamed(scope, schema, view, at, depth, is_long, alone)
    place = scope.place(key)
    if place is not None:
        return _elsewhere(scope, schema, key, place)
    if depth > DEPTH_IN_PLACE or (depth and scope.long) or scope.full:
        return _linked(scope, schema, view, key)

    def draw() -> Block:
        with scope.showing(key, at):
            return _inside(scope, schema, view, at, depth, alone)

    return drawn_once(draw, scope, schema, view, at, depth) if alone else draw()


def _unnamed(scope: Scope, schema: Schema, view: View, at: str, depth: int, is_long: bool, alone: bool) -> Block:
    """A schema without a page of its own. What no page can hold is left out, and that is said."""
    if scope.too_deep:
        return Block(phrase(scope, schema), notes=(("Nested deeper than this page shows",),))
    if depth and is_long and scope.too_long:
        return Block(phrase(scope, schema), view.whole.description, notes=(("Fields left out: this page has too many",),))

    def draw() -> Block:
        return _inside(scope, schema, view, at, depth, alone)

    return drawn_once(draw, scope, schema, view, at, depth) if is_long and alone else draw()


def structured(whole: Schema) -> bool:
    """Whether a schema has fields, shapes or conditions, so that showing it again would be long."""
    return _has_own(whole) or (
        whole.items is not None and bool(whole.items.ref or whole.items.properties or structured(whole.items))
    )


def _has_own(whole: Schema) -> bool:
    """Whether a schema has fields, shapes or conditions beside those of its items."""
    rest = whole.additional_properties
    return bool(
        whole.properties
        or whole.one_of
        or whole.any_of
        or whole.all_of
        or whole.applicators
        or whole.pattern_properties
        or whole.prefix_items
        or (rest is not None and rest.boolean is None)
    )


def _elsewhere(scope: Scope, schema: Schema, key: str, place: str) -> Block:
    name, url = scope.reading.name(key), "#" + place
    note: Inline = ("Same as ", Link(name, url)) if scope.is_open(key) else (f"{name}: same fields, ", Link("see above", url))
    return Block(phrase(scope, schema), schema.description, notes=(note,))


def _linked(scope: Scope, schema: Schema, view: View, key: str) -> Block:
    href = scope.schema_href(key)

    def draw() -> Block:
        note: Inline = ("Fields: ", Link(scope.reading.name(key), href))
        return _printed(Block(phrase(scope, schema), view.whole.description, notes=(note,)))

    return scope.reading.leaf(schema, href, draw)


def _inside(scope: Scope, schema: Schema, view: View, at: str, depth: int, alone: bool = True) -> Block:
    def draw() -> Block:
        return _drawn(scope, schema, view, at, depth, alone)

    if not _is_leaf(scope, view):
        with scope.inside():
            return draw()
    if _has_values(scope, view):
        return drawn_once(draw, scope, schema, view, at, ANY_DEPTH)
    return scope.reading.leaf(schema, "", lambda: _printed(draw()))


def _is_leaf(scope: Scope, view: View) -> bool:
    """Whether a schema has no fields and no link inside, so that it looks the same wherever it stands, but for the anchors of values."""
    whole = view.whole
    if view.key is not None or view.includes or whole.required or whole.discriminator is not None or structured(whole):
        return False
    return whole.items is None or whole.items.boolean is not None or _is_leaf(scope, scope.reading.view(whole.items))


def _has_values(scope: Scope, view: View) -> bool:
    whole = view.whole
    if whole.enum or whole.const is not ABSENT:
        return True
    return whole.items is not None and _has_values(scope, scope.reading.view(whole.items))


def _printed(found: Block) -> Block:
    """The block with what every page prints of it."""
    return found._replace(drawn=printed(found))


def _drawn(scope: Scope, schema: Schema, view: View, at: str, depth: int, alone: bool) -> Block:
    whole = view.whole
    items = whole.items if not whole.prefix_items else None
    alone = alone and not (whole.enum or whole.const is not ABSENT or whole.required or _has_own(whole))
    inner = block(scope, items, at, depth, alone) if items is not None and items.boolean is None else None
    more = view.more
    description = whole.description
    if inner is not None and inner.description:
        more, description = ((*more, inner.description), description) if description else (more, inner.description)
    values = _values(scope, whole, at)
    found = tuple(_rows(scope, whole, at, depth)) + (inner.rows if inner else ())
    return Block(
        type=phrase(scope, schema),
        description=description,
        values=values or (inner.values if inner else None),
        rules=tuple(_rules(whole, inner)),
        notes=tuple(_notes(scope, schema, view)) + (inner.notes if inner else ()),
        extras=tuple(unknown(whole)) + (inner.extras if inner else ()),
        rows=found,
        shapes=shapes_of(block, scope, whole, at, depth) + (inner.shapes if inner else ()),
        parts=parts_of(block, scope, whole, at, depth) + (inner.parts if inner else ()),
        more=(*more, *inner.more) if inner else more,
        inside=inner.inside if inner and alone else None,
    )


def _values(scope: Scope, whole: Schema, at: str) -> Values | None:
    if whole.const is not ABSENT:
        text = shown(whole.const)
        return Values("Always", (Value(text, scope.below(at, text), whole.enum_descriptions.get(text, "")),))
    if not whole.enum:
        return None
    about = whole.enum_descriptions
    values = [
        Value(text, scope.below(at, text), about.get(text, "") or about.get(shown(value), ""))
        for text, value in zip(shown_all(whole.enum), whole.enum, strict=True)
    ]
    return Values("One of" if len(values) > 1 else "Always", tuple(values))


def _rules(whole: Schema, inner: Block | None) -> Iterator[Inline]:
    yield from constraints(whole)
    if inner is not None:
        for rule in inner.rules:
            yield ("each item: ", *rule)
    rest, items = whole.additional_properties, whole.items
    if rest is not None and rest.boolean is not None:
        yield ("more fields may follow",) if rest.boolean else ("no other fields",)
    if items is not None and items.boolean is False:
        yield ("no further items",) if whole.prefix_items else ("always empty",)


def _notes(scope: Scope, schema: Schema, view: View) -> Iterator[Inline]:
    """Sentences about the schema as a whole: what it is made of, what tells its shapes apart, where to read more."""
    whole = view.whole
    if view.includes:
        names = [Link(scope.reading.name(key), scope.schema_href(key)) for key in view.includes]
        yield ("Includes the fields of ", *listed(names))
    if left := left_out(whole):
        yield _too_long(scope, left)
    if whole.discriminator is not None:
        yield from _discriminator(scope, whole)
    if schema.dynamic_ref:
        yield ("Refers to ", Code(schema.dynamic_ref), ", which the schema around it may replace")
    if whole.external_docs is not None:
        yield (Out(whole.external_docs.description or whole.external_docs.url, whole.external_docs.url),)


def _too_long(scope: Scope, left: tuple[Schema, ...]) -> Inline:
    """What a schema builds on beyond what is merged."""
    keys = [part.ref for part in left if part.ref in scope.reading.schemas][:NAMES]
    links = [Link(scope.reading.name(key), scope.schema_href(key)) for key in keys if key]
    names = (": ", *listed(links)) if links else ()
    more = f", and {len(left) - len(links):,} more" if links and len(left) > len(links) else ""
    return (f"Not shown here is what it builds on beyond the first {MOST_PARTS} schemas", *names, more)


def _discriminator(scope: Scope, whole: Schema) -> Iterator[Inline]:
    """What tells the shapes apart. Where the shapes stand on this page their labels carry the values."""
    told = whole.discriminator
    assert told is not None
    yield (Code(told.property_name), " tells the shapes apart")
    shown_here = {variant.ref for variant in (*whole.one_of, *whole.any_of)}
    for value, target in told.mapping:
        if target not in shown_here:
            known = target in scope.reading.schemas
            yield (Code(value), " means ", Link(scope.reading.name(target), scope.schema_href(target)) if known else Code(target))
    if told.default_mapping:
        yield ("Without it: ", Code(scope.reading.name(told.default_mapping)))


def _rows(scope: Scope, whole: Schema, at: str, depth: int) -> Iterator[Row]:
    """The named places inside, those that are required first, then those that stand for many names."""
    for prop in sorted(whole.properties, key=lambda prop: not prop.required):
        yield row(scope, prop.name, prop.schema, at, depth, required=prop.required)
    if whole.required:
        described = {prop.name for prop in whole.properties}
        for name in whole.required:
            if name not in described:
                scope.rows += 1
                yield Row(scope.below(at, name), name, Block(), ("required",), depth)
    for pattern, schema in whole.pattern_properties:
        yield row(scope, pattern, schema, at, depth, label=f"names like {pattern}")
    rest = whole.additional_properties
    if rest is not None and rest.boolean is None:
        label = "any other name" if whole.properties or whole.pattern_properties else "any name"
        yield row(scope, "*", rest, at, depth, label=label)
    yield from _places(scope, whole, at, depth)


def _places(scope: Scope, whole: Schema, at: str, depth: int) -> Iterator[Row]:
    for index, schema in enumerate(whole.prefix_items):
        yield row(scope, str(index), schema, at, depth, label=f"item {index + 1}")
    if whole.prefix_items and whole.items is not None and whole.items.boolean is None:
        yield row(scope, "*", whole.items, at, depth, label="further items")


def row(scope: Scope, name: str, schema: Schema, at: str, depth: int, required: bool = False, label: str = "") -> Row:
    """One named place. `label` is shown where the name is not a name of its own."""
    scope.rows += 1
    id_ = scope.below(at, name)
    view = scope.reading.view(schema)
    found = _titled(view, name, block(scope, schema, id_, depth + 1))
    return Row(id_, label or name, found, flags(view, required), depth, bool(label))


def titled(scope: Scope, schema: Schema, name: str, found: Block) -> Block:
    """The block of a schema without a name of its own, with its title where that says more than `name`, which stands beside it."""
    return _titled(scope.reading.view(schema), name, found)


def _titled(view: View, name: str, found: Block) -> Block:
    title = view.whole.title
    if not title or view.key is not None or words_of(title.lower()) == words_of(name.lower()):
        return found
    return found.but(rules=((f"titled “{title}”",), *found.rules))


def flags(view: View, required: bool) -> tuple[str, ...]:
    """The flags of a place, in the order in which they are shown."""
    whole = view.whole
    found = ["required"] if required else []
    if view.nullable:
        found.append("nullable")
    if whole.read_only:
        found.append("read-only")
    if whole.write_only:
        found.append("write-only")
    if whole.deprecated:
        found.append("deprecated")
    return tuple(found)


def sentence(rules: tuple[Inline, ...]) -> list[Inline]:
    """Rules as they stand in a line, the first with a capital."""
    return [capital(rule) if index == 0 else rule for index, rule in enumerate(rules)]
