"""Swagger 2.0 to the shape of OpenAPI 3.0. (What the two have in common is left to the later steps.)"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from portal_gen.spec.edit import items, mapping, move, place, put, sequence, take
from portal_gen.spec.kinds import MEMBERS, Kind
from portal_gen.spec.schemas import Warn
from portal_gen.spec.tree import Map, Mark, Seq

SECTIONS: Final = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""Where the sections of a 2.0 document go, below `components`."""
_FLOWS: Final = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_STYLES: Final[dict[str, tuple[str, bool]]] = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
_OF_SCHEMA: Final = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf", "uniqueItems", "x-nullable", "nullable"),
    *("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "maxItems", "minItems"),
)
_Items: TypeAlias = list[tuple[Any, Mark]]
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


@dataclass(slots=True)
class Context:
    """What the parts of a 2.0 document need to know of the whole."""

    consumes: list[str] = field(default_factory=list)
    produces: list[str] = field(default_factory=list)
    host: str = ""
    base: str = ""
    made: list[tuple[Kind, Map]] = field(default_factory=list)
    """Mappings that the upgrade adds: they are still in the shape of 3.0."""


def move_sections(root: Map) -> None:
    """Move definitions and the like below `components`, so that canonical pointers are the same before and after."""
    components = root.get("components")
    made = components if isinstance(components, Map) else Map(root.file, root.mark)
    for old, new in SECTIONS.items():
        move(root, old, made, new)
    if made and made is not components:
        put(root, "components", made, min(made.marks.values()))


def moved(parts: list[str]) -> list[str]:
    """The tokens of a pointer into a 2.0 document, after `move_sections`."""
    return ["components", SECTIONS[parts[0]], *parts[1:]] if parts and parts[0] in SECTIONS else parts


def context(root: Map) -> Context:
    """What the document says for all its operations."""
    host, base = root.get("host"), root.get("basePath")
    return Context(
        consumes=_texts(root.get("consumes")),
        produces=_texts(root.get("produces")),
        host=host if isinstance(host, str) else "",
        base=base if isinstance(base, str) else "",
    )


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, Seq) else []


def upgrade_document(root: Map, known: Context) -> None:
    """Servers and security schemes; `components.parameters` loses what is part of a body."""
    servers = _servers(root, known)
    for key in ("host", "basePath", "schemes", "consumes", "produces"):
        take(root, key)
    if servers is not None:
        put(root, "servers", servers, servers.mark)
    components = root.get("components")
    if isinstance(components, Map):
        for scheme in _maps(components.get("securitySchemes")):
            _security_scheme(scheme)
        parameters = components.get("parameters")
        if isinstance(parameters, Map):
            _drop_bodies(parameters)


def _drop_bodies(parameters: Map) -> None:
    for name, parameter in list(parameters.items()):
        if isinstance(parameter, Map) and parameter.get("in") in ("body", "formData"):
            take(parameters, name)


def _maps(value: Any) -> list[Map]:
    return [item for item in value.values() if isinstance(item, Map)] if isinstance(value, Map) else []


def _servers(holder: Map, known: Context) -> Seq | None:
    """Without schemes an address has none either: it is the scheme by which the description itself was fetched."""
    keys = [key for key in ("schemes", "host", "basePath") if key in holder]
    if not keys or not (known.host or known.base):
        return None
    mark = place(holder, keys[-1])
    schemes = items(holder.get("schemes")) if known.host else []
    prefixes = [(f"{scheme}://", own) for scheme, own in schemes if isinstance(scheme, str)]
    base = "" if known.base == "/" and known.host else known.base
    urls = [(prefix + known.host + base, own) for prefix, own in prefixes or [("//" if known.host else "", mark)]]
    return sequence(holder, [(mapping(holder, own, url=url), own) for url, own in urls], mark)


def _security_scheme(scheme: Map) -> None:
    kind, mark = scheme.get("type"), place(scheme, "type")
    if kind == "basic":
        put(scheme, "type", "http", mark)
        put(scheme, "scheme", "basic", mark)
    elif kind == "oauth2" and isinstance(scheme.get("flow"), str):
        mark = place(scheme, "flow")
        name = take(scheme, "flow")
        flow = Map(scheme.file, mark)
        for key in ("authorizationUrl", "tokenUrl", "scopes"):
            move(scheme, key, flow)
        put(scheme, "flows", mapping(scheme, mark, **{_FLOWS.get(name, name): flow}), mark)


def upgrade_path_item(item: Map, target: Callable[[Any], Any]) -> None:
    """Parts of the body that stand for the whole path go to each operation that has none of its own."""
    kept, body = _split(items(item.get("parameters")), target)
    if not body:
        return
    put(item, "parameters", sequence(item, kept, item["parameters"].mark), place(item, "parameters"))
    for method in MEMBERS["pathItem"]:
        operation = item.get(method)
        if isinstance(operation, Map) and method not in ("parameters", "additionalOperations"):
            own = items(operation.get("parameters"))
            more = [] if _split(own, target)[1] else body
            mark = place(operation, "parameters")
            put(operation, "parameters", sequence(operation, [*own, *more], mark), mark)


def _split(parameters: _Items, target: Callable[[Any], Any]) -> tuple[_Items, _Items]:
    kept: _Items = []
    body: _Items = []
    for parameter, mark in parameters:
        meant = target(parameter)
        inside = isinstance(meant, Map) and meant.get("in") in ("body", "formData")
        (body if inside else kept).append((parameter, mark))
    return kept, body


def upgrade_operation(operation: Map, known: Context, target: Callable[[Any], Any], warn: Warn) -> None:
    """Body and form parameters become a request body, `produces` the content of the answers."""
    consumes = _texts(take(operation, "consumes")) if "consumes" in operation else known.consumes
    produces = _texts(take(operation, "produces")) if "produces" in operation else known.produces
    servers = _servers(operation, known) if "schemes" in operation else None
    take(operation, "schemes")
    if servers is not None:
        put(operation, "servers", servers, servers.mark)
    kept, inside = _split(items(operation.get("parameters")), target)
    if inside:
        mark = place(operation, "parameters")
        put(operation, "parameters", sequence(operation, kept, operation["parameters"].mark), mark)
        put(operation, "requestBody", _request_body([target(part) for part, _ in inside], consumes, known, warn), inside[0][1])
    for response in _maps(operation.get("responses")):
        if "$ref" not in response:
            upgrade_response(response, produces, known)


def _request_body(parts: list[Map], consumes: list[str], known: Context, warn: Warn) -> Map:
    body = next((part for part in parts if part.get("in") == "body"), None)
    return _form_body(parts, consumes, known, warn) if body is None else _plain_body(body, consumes, known)


def _plain_body(body: Map, consumes: list[str], known: Context) -> Map:
    made = Map(body.file, body.mark)
    for key, value in body.items():
        if key not in ("in", "name", "schema", "type", "x-examples"):
            put(made, key, value, place(body, key))
    mark = place(body, "schema")
    media = Map(body.file, mark)
    if "schema" in body:
        put(media, "schema", body["schema"], mark)
    put(made, "content", _content(body, consumes or ["application/json"], media, known), mark)
    return made


def _content(holder: Map, names: Iterable[str], media: Map, known: Context) -> Map:
    """One media type under several names: each its own mapping, since each gets its own examples."""
    made = Map(holder.file, media.mark)
    for name in names:
        copy = Map(media.file, media.mark)
        for key, value in media.items():
            put(copy, key, value, place(media, key))
        known.made.append(("mediaType", copy))
        put(made, name, copy, media.mark)
    return made


def _form_body(parts: list[Map], consumes: list[str], known: Context, warn: Warn) -> Map:
    first = parts[0]
    schema = mapping(first, first.mark, type="object", properties=Map(first.file, first.mark))
    media = mapping(first, first.mark, schema=schema)
    required: _Items = []
    encoding = Map(first.file, first.mark)
    for part in parts:
        name = part.get("name")
        if not isinstance(name, str):
            continue
        put(schema["properties"], name, _form_property(part, known), part.mark)
        if part.get("required") is True:
            required.append((name, place(part, "required")))
        style = _style(part, "formData", warn)
        if style:
            put(encoding, name, mapping(part, part.mark, style=style[0], explode=style[1]), part.mark)
    if required:
        put(schema, "required", sequence(first, required, required[0][1]), required[0][1])
    if encoding:
        put(media, "encoding", encoding, encoding.mark)
    body = mapping(first, first.mark, content=_content(first, _form_types(parts, consumes), media, known))
    if required:
        put(body, "required", True, required[0][1])
    return body


def _form_types(parts: list[Map], consumes: list[str]) -> list[str]:
    if any(part.get("type") == "file" for part in parts):
        return [_MULTIPART]
    return [name for name in consumes if name in (_FORM, _MULTIPART)] or [_FORM]


def _form_property(part: Map, known: Context) -> Map:
    schema = Map(part.file, part.mark)
    for key, value in part.items():
        if key not in ("name", "in", "required", "collectionFormat", "allowEmptyValue"):
            put(schema, key, value, place(part, key))
    upgrade_schema(schema)
    known.made.append(("schema", schema))
    return schema


def _style(parameter: Map, inside: Any, warn: Warn) -> tuple[str, bool] | None:
    """The style of a list. None where the default of 3.x says the same."""
    if parameter.get("type") != "array":
        return None
    written = parameter.get("collectionFormat", "csv")
    if written == "tsv" or (inside in ("path", "header") and written not in ("csv", "multi")):
        warn(parameter, "collectionFormat", f"collectionFormat {written} has no counterpart since OpenAPI 3.0; use csv or multi")
        written = "csv"
    if inside not in ("query", "formData") or written not in _STYLES:
        return None
    return _STYLES[written]


def upgrade_parameter(parameter: Map, known: Context, warn: Warn) -> None:
    """The keywords that describe the value move into a schema. Headers of answers too."""
    inside = parameter.get("in", "header")
    if inside in ("body", "formData") or "schema" in parameter or "$ref" in parameter:
        return
    style = _style(parameter, inside, warn)
    mark = place(parameter, "collectionFormat") if "collectionFormat" in parameter else place(parameter, "type")
    take(parameter, "collectionFormat")
    move(parameter, "x-example", parameter, "example")
    schema = Map(parameter.file, place(parameter, "type"))
    for key in _OF_SCHEMA:
        move(parameter, key, schema)
    upgrade_schema(schema)
    known.made.append(("schema", schema))
    if schema:
        put(parameter, "schema", schema, schema.mark)
    if style:
        put(parameter, "style", style[0], mark)
        put(parameter, "explode", style[1], mark)


def upgrade_response(response: Map, produces: list[str], known: Context) -> None:
    """`schema` and `examples` become content. Does nothing the second time."""
    if "schema" not in response and not isinstance(response.get("examples"), Map):
        return
    mark = place(response, "schema") if "schema" in response else place(response, "examples")
    examples = take(response, "examples")
    media = Map(response.file, mark)
    move(response, "schema", media)
    names = dict.fromkeys([*produces, *(examples if isinstance(examples, Map) else [])]) or {"*/*": None}
    content = _content(response, names, media, known)
    for name, value in examples.items() if isinstance(examples, Map) else []:
        put(content[name], "example", value, place(examples, name))
    put(response, "content", content, mark)


def upgrade_schema(schema: Map) -> None:
    """`x-nullable`, `discriminator` as text, `type: file`."""
    if "x-nullable" in schema and "nullable" not in schema:
        move(schema, "x-nullable", schema, "nullable")
    if isinstance(schema.get("discriminator"), str):
        mark = place(schema, "discriminator")
        put(schema, "discriminator", mapping(schema, mark, propertyName=schema["discriminator"]), mark)
    if schema.get("type") == "file":
        mark = place(schema, "type")
        put(schema, "type", "string", mark)
        put(schema, "format", "binary", mark)
