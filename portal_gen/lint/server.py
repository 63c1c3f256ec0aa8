"""A server has a URL, and the variables of it are defined (OpenAPI 3.2, sections 4.5 and 4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error, warning
from portal_gen.lint.walk import servers
from portal_gen.model.document import Document
from portal_gen.model.info import Server, ServerVariable

RULE = "server"
_NAMES = re.compile(r"\{([^{}]*)\}")


def check(document: Document) -> Iterator[Diagnostic]:
    """Errors where no address can be made, warnings for the rest."""
    for server in set(servers(document)):
        if not server.url:
            yield error(RULE, "a server has no URL; add `url`, `/` for where the description is", server.location)
        yield from _names(server)
        for variable in server.variables:
            yield from _values(variable)


def _names(server: Server) -> Iterator[Diagnostic]:
    written = set(_NAMES.findall(server.url))
    defined = {variable.name: variable for variable in server.variables}
    for name in written - defined.keys():
        yield error(RULE, f"`{{{name}}}` in `{server.url}` is not defined; add `{name}` under `variables`", server.location)
    for name in defined.keys() - written:
        message = f"the variable `{name}` is not in `{server.url}`; write `{{{name}}}` there or drop it"
        yield warning(RULE, message, defined[name].location)


def _values(variable: ServerVariable) -> Iterator[Diagnostic]:
    name, default = variable.name, variable.default
    if "default" not in variable.given:
        yield error(RULE, f"the variable `{name}` has no default; add one", variable.location)
    if "enum" in variable.given and not variable.enum:
        yield warning(RULE, f"`enum` of the variable `{name}` is empty; list its values or drop `enum`", variable.location)
    elif variable.enum and "default" in variable.given and default not in variable.enum:
        message = f"the default `{default}` of the variable `{name}` is not in its `enum`; add it there or choose another"
        yield warning(RULE, message, variable.location)
