"""Servers with their variables."""

from __future__ import annotations

from collections.abc import Sequence

from portal_gen.model.info import Server, ServerVariable
from portal_gen.render.html import esc
from portal_gen.render.markdown import inline
from portal_gen.render.parts import prose


def servers_html(servers: Sequence[Server]) -> str:
    """A list of servers: URL template, words, variables."""
    items = "".join([f"<li>{server_html(server)}</li>\n" for server in servers])
    return f'<ul class="pg-stack pg-pad">\n{items}</ul>\n' if items else ""


def server_html(server: Server) -> str:
    """One server."""
    name = f"<b>{esc(server.name)}</b> " if server.name else ""
    about = prose(server.description) if server.description else ""
    variables = "".join([_variable(variable) for variable in server.variables])
    listed = f'<dl class="pg-facts pg-vars">{variables}</dl>' if variables else ""
    return f'{name}<span class="pg-path">{esc(server.url)}</span>{about}{listed}'


def _variable(variable: ServerVariable) -> str:
    values = "".join([f"<code>{esc(value)}</code>" for value in variable.enum])
    chips = f'<span class="pg-enum"><span class="pg-rule">One of</span>{values}</span>' if values else ""
    about = f" {inline(variable.description)}" if variable.description else ""
    return f"<dt>{{{esc(variable.name)}}}</dt><dd>{chips} default <code>{esc(variable.default)}</code>{about}</dd>"
