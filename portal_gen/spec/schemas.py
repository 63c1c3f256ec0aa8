"""Schemas of OpenAPI 3.0 (and what is left of them in later ones) to JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from portal_gen.spec.edit import items, mapping, move, place, put, sequence, take
from portal_gen.spec.tree import Map, Mark, Seq

Warn: TypeAlias = Callable[[Map, str, str], None]
"""`warn(holder, key, message)`"""

_COMPOSITES = ("$ref", "allOf", "anyOf", "oneOf")
_BINARY: Final[dict[str, tuple[str, str]]] = {
    "binary": ("contentMediaType", "application/octet-stream"),
    "byte": ("contentEncoding", "base64"),
}
_LIMITS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def upgrade_schema(schema: Map, old: bool, warn: Warn) -> None:
    """Rewrite one schema, without those inside it. `old`: written for 3.0 or 2.0, so that 3.0's keywords are no mistake."""
    if "nullable" in schema:
        _nullable(schema, old, warn)
    for exclusive, limit in _LIMITS:
        if isinstance(schema.get(exclusive), bool):
            _exclusive(schema, exclusive, limit, old, warn)
    if old and schema.get("format") in ("binary", "byte") and _is_string(schema):
        keyword, value = _BINARY[schema["format"]]
        if keyword not in schema:
            put(schema, keyword, value, place(schema, "format"))
    if "example" in schema:
        _example(schema)


def _is_string(schema: Map) -> bool:
    kind = schema.get("type")
    return kind == "string" or (isinstance(kind, Seq) and "string" in kind)


def _nullable(schema: Map, old: bool, warn: Warn) -> None:
    if not isinstance(schema["nullable"], bool):
        return
    mark, wanted = place(schema, "nullable"), schema["nullable"]
    if not old:
        remedy = "add null to the type instead" if wanted else "remove it"
        warn(schema, "nullable", f"nullable is not a keyword since OpenAPI 3.1; {remedy}")
    take(schema, "nullable")
    if not wanted:
        return
    _add_null_type(schema, mark)
    _add_null_value(schema, mark)
    _add_null_branch(schema, mark)


def _add_null_type(schema: Map, mark: Mark) -> None:
    kind = schema.get("type")
    if isinstance(kind, str) and kind != "null":
        own = place(schema, "type")
        put(schema, "type", sequence(schema, [(kind, own), ("null", mark)], own), own)
    elif isinstance(kind, Seq) and "null" not in kind:
        put(schema, "type", sequence(schema, [*items(kind), ("null", mark)], kind.mark), place(schema, "type"))


def _add_null_value(schema: Map, mark: Mark) -> None:
    values = schema.get("enum")
    if isinstance(values, Seq) and None not in values:
        put(schema, "enum", sequence(schema, [*items(values), (None, mark)], values.mark), place(schema, "enum"))
    if "const" in schema and schema["const"] is not None:
        own = place(schema, "const")
        put(schema, "enum", sequence(schema, [(take(schema, "const"), own), (None, mark)], own), own)


def _add_null_branch(schema: Map, mark: Mark) -> None:
    """Let null through `$ref`, allOf, anyOf and oneOf."""
    present = [keyword for keyword in _COMPOSITES if keyword in schema]
    if present in (["anyOf"], ["oneOf"]):
        _extend_branches(schema, present[0], mark)
    elif present:
        first = place(schema, present[0])
        inner = Map(schema.file, first)
        for keyword in present:
            move(schema, keyword, inner)
        put(schema, "anyOf", sequence(schema, [(inner, first), (_null(schema, mark), mark)], first), first)


def _extend_branches(schema: Map, keyword: str, mark: Mark) -> None:
    branches = schema[keyword]
    if not isinstance(branches, Seq) or any(_only_null(branch) for branch in branches):
        return
    more = [*items(branches), (_null(schema, mark), mark)]
    put(schema, keyword, sequence(schema, more, branches.mark), place(schema, keyword))


def _only_null(branch: Any) -> bool:
    return isinstance(branch, Map) and (branch.get("type") in ("null", ["null"]) or branch.get("enum") == [None])


def _null(schema: Map, mark: Mark) -> Map:
    return mapping(schema, mark, type="null")


def _exclusive(schema: Map, exclusive: str, limit: str, old: bool, warn: Warn) -> None:
    if not old:
        warn(schema, exclusive, f"{exclusive} is a number since OpenAPI 3.1; write the limit here instead of {limit}")
    mark = place(schema, exclusive)
    if take(schema, exclusive) and limit in schema:
        put(schema, exclusive, take(schema, limit), mark)


def _example(schema: Map) -> None:
    """3.0's `example` becomes the first of `examples`."""
    others = schema.get("examples")
    if others is not None and not isinstance(others, Seq):
        return
    mark = place(schema, "example")
    value = take(schema, "example")
    rest = [(item, own) for item, own in items(others) if item != value]
    put(schema, "examples", sequence(schema, [(value, mark), *rest], mark), place(schema, "examples") if others else mark)
