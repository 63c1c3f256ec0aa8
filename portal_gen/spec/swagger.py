"""Swagger 2.0 to the shape of OpenAPI 3.0. (What the two have in common is left to the later steps.)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from portal_gen.spec.edit import items, mapping, move, place, put, sequence, take
from portal_gen.spec.kinds import MEMBERS
from portal_gen.spec.schemas import Warn
from portal_gen.spec.swagger_body import request_body
from portal_gen.spec.swagger_values import Context, content, texts
from portal_gen.spec.tree import Map, Mark, Seq

SECTIONS: Final = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""Where the sections of a 2.0 document go, below `components`."""
_FLOWS: Final = {"accessCode": "authorizationCode", "application": "clientCredentials"}
_Items: TypeAlias = list[tuple[Any, Mark]]


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
        consumes=texts(root.get("consumes")),
        produces=texts(root.get("produces")),
        host=host if isinstance(host, str) else "",
        base=base if isinstance(base, str) else "",
    )


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
    consumes = texts(take(operation, "consumes")) if "consumes" in operation else known.consumes
    produces = texts(take(operation, "produces")) if "produces" in operation else known.produces
    servers = _servers(operation, known) if "schemes" in operation else None
    take(operation, "schemes")
    if servers is not None:
        put(operation, "servers", servers, servers.mark)
    kept, inside = _split(items(operation.get("parameters")), target)
    if inside:
        mark = place(operation, "parameters")
        put(operation, "parameters", sequence(operation, kept, operation["parameters"].mark), mark)
        put(operation, "requestBody", request_body([target(part) for part, _ in inside], consumes, known, warn), inside[0][1])
    for response in _maps(operation.get("responses")):
        if "$ref" not in response:
            upgrade_response(response, produces, known)


def upgrade_response(response: Map, produces: list[str], known: Context) -> None:
    """`schema` and `examples` become content. Does nothing the second time."""
    if "schema" not in response and not isinstance(response.get("examples"), Map):
        return
    mark = place(response, "schema") if "schema" in response else place(response, "examples")
    examples = take(response, "examples")
    media = Map(response.file, mark)
    move(response, "schema", media)
    names = dict.fromkeys([*produces, *(examples if isinstance(examples, Map) else [])]) or {"*/*": None}
    made = content(response, names, media, known)
    for name, value in examples.items() if isinstance(examples, Map) else []:
        put(made[name], "example", value, place(examples, name))
    put(response, "content", made, mark)
