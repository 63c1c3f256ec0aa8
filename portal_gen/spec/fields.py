"""Whether a description says only what its version of OpenAPI knows, in the types that are allowed there.

Looks at the tree as it is written, so before anything is upgraded. What the tables hold is in `field_tables`; what fields mean
together (a path and its parameters, a scheme and its flows) is left to the builder and to `lint`, and `unsaid` drops what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from portal_gen.diagnostics import Diagnostic, Location, Severity
from portal_gen.spec.field_faults import URLS, WORDS, Findings, no_type, remedy, unknown
from portal_gen.spec.field_rules import LEVELS, Field, level_of, rules_of
from portal_gen.spec.field_tables import ALTERNATIVES, READ_ANYWAY, REFERENCES, SAID_IF_EMPTY, SINCE_3_0, TITLES, TYPES
from portal_gen.spec.kinds import MEMBERS, Kind, Shape
from portal_gen.spec.tree import Map, Seq, where

_ILLEGAL: Final = {
    "uri": re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]"),
    "template": re.compile(r"[\s<>\"|\\^`\x00-\x1f]"),
}
"""What stands in no URI (RFC 3986, section 2); variables of a template are in braces."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Fields:
    """The findings of one description."""

    def __init__(self) -> None:
        self._findings = Findings()
        self._untyped: dict[int, tuple[Map, str]] = {}

    def look(self, kind: str, holder: Map, version: str) -> None:
        """Look at one object, and at those inside it that are no kind of their own in `kinds`."""
        level = level_of(version)
        if level == 20 and kind in SINCE_3_0:  # its place has been named
            return
        refers = kind in REFERENCES and (kind != "mediaType" or level >= 32)
        if "$ref" in holder and refers:
            self._reference(kind, holder, level)
            if kind != "schema":
                return
        if kind == "callback":
            self._each(Field("", "pathItem", Shape.FIELDS), holder, level)
            return
        if kind == "security":
            self._each(Field("", "texts", Shape.NAMES), holder, level)
            return
        rules = rules_of(kind, level)
        for key, value in holder.items():
            field = rules.get(key)
            if field is None:
                if not key.startswith("x-") and not (key == "$ref" and refers):
                    self._unknown(kind, holder, key, level)
            elif type(value) not in field.fine:
                self._value(kind, field, holder, value, level)
        self._missing(kind, holder, level)

    def place_types(self, objects: Iterable[tuple[Kind, Map]]) -> None:
        """Say which schemas have a type that is none, where a reader sees them begin: at their names in these objects."""
        if not self._untyped:
            return
        placed = (pair for kind, holder in objects for pair in _placed(kind, holder))
        places = {id(value): place for value, place in placed if id(value) in self._untyped}
        for key, (holder, name) in self._untyped.items():
            self._findings.say("unknown-type", no_type(name), places.get(key, where(holder)))

    def found(self) -> tuple[Diagnostic, ...]:
        """Everything that was found."""
        return self._findings.all()

    # --- names ---------------------------------------------------------------------------------------------------------------

    def _unknown(self, kind: str, holder: Map, key: str, level: int) -> None:
        place, like = where(holder, key), self._findings.like(kind, key, level)
        if kind != "schema" or level < 31:
            self._findings.say("unknown-field", unknown(kind, key, level, like), place)
        elif like:  # any keyword may stand there, and is shown
            message = f"`{key}` is no keyword that is known; did you mean `{like}`?"
            self._findings.say("unknown-field", message, place, Severity.NOTE)

    def _reference(self, kind: str, holder: Map, level: int) -> None:
        if not isinstance(holder["$ref"], str):
            message = f"`$ref` is {WORDS[type(holder['$ref'])]}, not text; write a reference such as '#/components/…'"
            self._findings.say("field-type", message, where(holder, "$ref"), Severity.ERROR)
        if kind == "schema" and level >= 31:
            return
        for key in holder:
            if key == "$ref" or key.startswith("x-"):
                continue
            told = kind == "schema" or key in ("summary", "description")
            if not (told and level >= 31):
                instead = "wrap the reference in `allOf`" if kind == "schema" else "move it to what is referred to"
                since = "only since OpenAPI 3.1" if told else "for nothing"
                severity = Severity.NOTE if told else Severity.WARNING
                self._findings.say(
                    "unknown-field", f"`{key}` beside `$ref` counts {since}; {instead}", where(holder, key), severity
                )

    # --- values --------------------------------------------------------------------------------------------------------------

    def _value(self, kind: str, field: Field, holder: Map, value: Any, level: int) -> None:
        """A value that is not fine at first sight: of a wrong type, or to be looked into."""
        place = where(holder, field.name)
        if type(value) not in field.types:
            self._mistyped(kind, field, value, place)
        elif field.form in URLS:
            self._url(field, value, place)
        elif field.form == "count":
            if value < 0 or (isinstance(value, float) and not value.is_integer()):
                self._findings.say(
                    "field-type",
                    f"`{field.name}` is {getattr(value, 'lexeme', value)}, not a count; write a whole number from 0 up",
                    place,
                )
        elif field.form in ("texts", "text|texts") and isinstance(value, Seq):
            self._texts(field.name, value)
        elif field.shape is not Shape.ONE:
            self._each(field, value, level)
        elif field.leaf:
            self.look(field.form, value, LEVELS[level])
        if field.name == "type":
            self._type(kind, holder, value, level)

    def _each(self, field: Field, value: Any, level: int) -> None:
        """The members of a list or mapping. Those that are a kind of their own in `kinds` are looked at when their turn comes."""
        if (
            not field.leaf
            and field.form != "texts"
            and field.inner.issuperset(map(type, value if isinstance(value, Seq) else value.values()))
        ):
            return
        for key, item in enumerate(value) if isinstance(value, Seq) else list(value.items()):
            if isinstance(key, str) and key.startswith("x-") and (field.shape is Shape.FIELDS or type(item) not in field.inner):
                continue
            if type(item) not in field.inner:
                name = f"{field.name}.{key}".strip(".") if isinstance(key, str) else f"an item of {field.name}"
                self._mistyped("", Field(name, field.form, Shape.ONE), item, where(value, key))
            elif field.form == "texts":
                self._texts(str(key), item)
            elif field.leaf and isinstance(item, Map):
                self.look(field.form, item, LEVELS[level])

    def _texts(self, name: str, value: Seq) -> None:
        for index, item in enumerate(value):
            if not isinstance(item, str):
                message = f"`{name}` holds {WORDS[type(item)]}, not text; {remedy('text', item)}"
                self._findings.say("field-type", message, where(value, index))

    def _mistyped(self, kind: str, field: Field, value: Any, place: Location) -> None:
        message = f"`{field.name}` is {WORDS[type(value)]}, not {field.expected}; {remedy(field.form, value)}"
        nested = isinstance(value, Map | Seq)
        if value is None and (kind, field.name) in SAID_IF_EMPTY:
            return
        lost = value is not None and (nested or not field.types.isdisjoint((Map, Seq))) and (kind, field.name) not in READ_ANYWAY
        lost = lost and not (field.form == "texts" and isinstance(value, str))
        self._findings.say("field-type", message, place, Severity.ERROR if lost else Severity.WARNING)

    def _url(self, field: Field, value: str, place: Location) -> None:
        wrong = _ILLEGAL["template" if field.form == "template" else "uri"].search(value)
        short = value if len(value) <= 40 else value[:39] + "…"
        if wrong:
            what = "a space" if wrong[0].isspace() else f"`{wrong[0]}`"
            self._findings.say("malformed-url", f"`{short}` is no URL, since it has {what}; correct it", place)
        elif field.form == "absolute" and value and not _SCHEME.match(value):
            self._findings.say("malformed-url", f"`{short}` has no scheme; write the whole URI, as https://…", place)

    def _type(self, kind: str, holder: Map, value: Any, level: int) -> None:
        """The name of a type in a schema (or what is like one in 2.0)."""
        if "type" not in rules_of(kind, level) or kind == "securityScheme":
            return
        for name in [value] if isinstance(value, str) else value if isinstance(value, Seq) else ():
            if isinstance(name, str) and name not in TYPES[level]:
                if kind == "schema":
                    self._untyped[id(holder)] = (holder, name)
                else:
                    self._findings.say("unknown-type", no_type(name), where(holder, "type"))

    # --- what is not there ---------------------------------------------------------------------------------------------------

    def _missing(self, kind: str, holder: Map, level: int) -> None:
        for name in rules_of(kind, level).required:
            if name not in holder:
                self._lacks(kind, holder, f"`{name}`", "in" if kind == "parameter" else "")
        if kind in ALTERNATIVES and level >= 30 and "type" not in holder:  # that is 2.0's, and told by its name
            if not any(name in holder for name in ALTERNATIVES[kind]):
                self._lacks(kind, holder, " or ".join(f"`{name}`" for name in ALTERNATIVES[kind]))
        if kind == "parameter":
            self._parameter(holder, level)
        elif kind == "document" and level >= 31 and not {"paths", "webhooks", "components"} & holder.keys():
            self._lacks(kind, holder, "`paths`, `webhooks` or `components`")
        if (
            level <= 30
            and holder.get("type") == "array"
            and "items" not in holder
            and kind in ("schema", "items", "parameter", "header")
        ):
            self._findings.say("missing-field", "an array has no `items`; say what it holds", where(holder, "type"))

    def _parameter(self, holder: Map, level: int) -> None:
        inside = holder.get("in")
        if inside == "path" and holder.get("required", False) is False:
            message = "a path parameter is always required; write `required: true`"
            self._findings.say("missing-field", message, where(holder, "required"))
        if level == 20 and inside is not None and ("schema" if inside == "body" else "type") not in holder:
            self._lacks("parameter", holder, "`schema`" if inside == "body" else "`type`")

    def _lacks(self, kind: str, holder: Map, what: str, key: str = "") -> None:
        self._findings.say("missing-field", f"{TITLES[kind]} has no {what}; add it", where(holder, key))


def _placed(kind: Kind, holder: Map) -> Iterator[tuple[Any, Location]]:
    """The members of an object with the places of their names."""
    for keyword, (shape, _) in MEMBERS[kind].items():
        value = holder.get(keyword)
        if shape is Shape.ONE:
            yield value, where(holder, keyword)
        elif isinstance(value, Seq):
            yield from ((item, where(value, index)) for index, item in enumerate(value))
        elif isinstance(value, Map):
            yield from ((item, where(value, name)) for name, item in value.items())
