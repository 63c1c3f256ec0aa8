"""Documents and diagnostics as JSON and back, for those who keep what reading a description gave.

An object is written with the number of its class, its line and column, and those of its fields that differ from their defaults,
by their numbers. Its place names a file only where that is another than the one file of the whole text. A list stands for a tuple;
everything else that JSON does not have carries a letter.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from operator import attrgetter
from typing import Any, Final

from portal_gen.diagnostics import Diagnostic, Location, Severity
from portal_gen.model.content import Encoding, Example, Header, Link, MediaType, RequestBody, Response
from portal_gen.model.document import Component, Document, TagGroup
from portal_gen.model.info import Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag
from portal_gen.model.operation import Badge, Callback, CodeSample, Operation, Parameter
from portal_gen.model.schema import ABSENT, Absent, Discriminator, NamedSchema, Property, Schema
from portal_gen.model.security import OAuthFlow, SecurityRequirement, SecurityScheme
from portal_gen.spec.tree import Decimal, Map, Seq

CLASSES: Final[tuple[type, ...]] = (
    Schema, Property, NamedSchema, Discriminator, MediaType, Response, Header, Parameter, RequestBody, Operation, Example, Encoding,
    Link, Callback, CodeSample, Badge, Document, Component, TagGroup, Info, Contact, License, ExternalDocs, Server, ServerVariable,
    Tag, SecurityScheme, SecurityRequirement, OAuthFlow, Diagnostic,
)  # fmt: skip
"""What can be written."""

_CLASS, _PLACE = "c", "p"
_PLAIN = frozenset((str, int, bool, float, type(None)))


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


class _Form:
    """How the objects of one class are written. The place stands for the field `location`, wherever that is."""

    def __init__(self, kind: type, number: int) -> None:
        found = fields(kind)
        self.kind, self.number = kind, number
        self.defaults = [_default(field) for field in found]
        self.values: Callable[[Any], tuple[Any, ...]] = attrgetter(*(field.name for field in found))
        self.names = [str(index) for index in range(len(found))]
        self.place = next((index for index, field in enumerate(found) if field.name == "location"), -1)


_FORMS = {kind: _Form(kind, number) for number, kind in enumerate(CLASSES)}
_BY_NUMBER = tuple(_FORMS.values())
_INDEX = {str(index): index for index in range(max(len(form.defaults) for form in _BY_NUMBER))}


def to_json(value: object, file: str) -> str:
    """A value of these classes, or a tuple of them, as JSON. `file` is the one that most of it stands in, as messages show it."""
    return json.dumps(_Writer(file).written(value), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, file: str) -> Any:
    """The value that was written with the same `file`."""
    found = json.loads(text, object_hook=_Reader(file).read)
    return _tuple(found) if isinstance(found, list) else found


class _Writer:
    def __init__(self, file: str) -> None:
        self._file = file

    def written(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        form = _FORMS.get(kind)
        if form is not None:
            return self._object(form, value)
        if kind is tuple:
            return [item if type(item) in _PLAIN else self.written(item) for item in value]
        return self._other(value)

    def _object(self, form: _Form, value: Any) -> dict[str, Any]:
        row: dict[str, Any] = {_CLASS: form.number}
        for name, held, default in zip(form.names, form.values(value), form.defaults, strict=True):
            if held is default:
                continue
            kind = type(held)
            if kind is Location:
                row[_PLACE] = self._place(held)
            elif kind is not type(default) or held != default:
                row[name] = held if kind in _PLAIN else self.written(held)
        return row

    def _place(self, place: Location) -> list[int | str]:
        return [place.line, place.column] if place.file == self._file else [place.line, place.column, place.file]

    def _other(self, value: Any) -> dict[str, Any]:
        match value:
            case Map():
                marks = [[key, *mark] for key, mark in value.marks.items()]
                return {"M": [value.file, value.mark, [[key, self.written(held)] for key, held in value.items()], marks]}
            case Seq():
                return {"S": [value.file, value.mark, [self.written(held) for held in value], value.marks]}
            case Decimal():
                return {"N": value.lexeme}
            case Absent():
                return {"A": 0}
            case Severity():
                return {"V": value.value}
            case dict():
                return {"D": [[key, self.written(held)] for key, held in value.items()]}
            case frozenset():
                return {"F": sorted(value)}
            case _:
                raise TypeError(f"{type(value)} has no form in JSON")


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file

    def read(self, row: dict[str, Any]) -> Any:
        """What an object stands for; what it holds has been read before."""
        number = row.pop(_CLASS, None)
        if number is None:
            return _other(row)
        form = _BY_NUMBER[number]
        values = form.defaults[:]
        place = row.pop(_PLACE, None)
        if place is not None:
            line, column, *file = place
            values[form.place] = Location(file[0] if file else self._file, line, column)
        for name, held in row.items():
            values[_INDEX[name]] = _tuple(held) if held.__class__ is list else held
        return form.kind(*values)


def _other(row: dict[str, Any]) -> Any:
    ((letter, held),) = row.items()
    match letter:
        case "M":
            found = Map(held[0], tuple(held[1]))
            found.update(held[2])
            found.marks.update({key: (line, column) for key, line, column in held[3]})
            return found
        case "S":
            items = Seq(held[0], tuple(held[1]))
            items.extend(held[2])
            items.marks.extend(map(tuple, held[3]))
            return items
        case "N":
            return Decimal(held)
        case "A":
            return ABSENT
        case "V":
            return Severity(held)
        case "D":
            return dict(held)
        case _:
            return frozenset(held)


def _tuple(items: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuple(item) if item.__class__ is list else item for item in items])
