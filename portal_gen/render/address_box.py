"""The address of an operation: what to call, how that is known, and what may be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.portal.address import PublicAddress
from portal_gen.portal.portal import OperationPage
from portal_gen.render.html import esc
from portal_gen.render.parts import copy_button, method
from portal_gen.render.scope import Scope

EVIDENCE = {
    "route": ("config", "Gateway configuration"),
    "mount": ("config", "Gateway configuration, by a wildcard"),
    "server": ("server", "Server in the description"),
    "document": ("document", "Document only"),
}
"""For each kind of evidence, the dot and the words that stand beside it."""

_NAME = re.compile(r"\{([^{}/]+)\}")


def address_box(page: OperationPage, ids: dict[str, str]) -> str:
    """The box under the title. `ids` leads from the name of a path parameter to its row."""
    rows = list(_rows(page, ids))
    first = method(page.operation.method, chip=True)
    labels = [first, *(f'<span class="pg-label">{label}</span>' for label, _, _ in rows[1:])]
    return (
        '<div class="pg-addr">'
        + "".join(
            [
                f'\n<div class="pg-addr__row">{label}<span class="pg-path">{html}</span>'
                f"<span>{copy_button(what) if what else ''}</span></div>"
                for label, (_, html, what) in zip(labels, rows, strict=True)
            ]
        )
        + "</div>\n"
    )


def _rows(page: OperationPage, ids: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Label, address and what a copy button copies. The first row loses its label to the method."""
    operation, public = page.operation, page.public
    if operation.kind == "webhook":
        yield "", f"<b>{esc(operation.path)}</b>", ""
        return
    written = False
    if public.url and public.path is not None:
        yield "Gateway", _gateway(public, operation.path, ids), "gateway address"
        written = public.path.endswith(operation.path)
    for index, url in enumerate(page.direct):
        origin = url[: -len(operation.path)] if operation.path and url.endswith(operation.path) else ""
        html = esc(origin) + tokens(url[len(origin) :], ids)
        yield "Direct", html if index or public.url else f"{esc(origin)}<b>{tokens(url[len(origin) :], ids)}</b>", "direct address"
        written = written or bool(origin)
    if not written:
        yield "Path", tokens(operation.path, ids), "path"
    if public.evidence == "document" and public.prefix:
        yield "Gateway", f'{esc(public.prefix)} <span class="pg-quiet">documented prefix, path not confirmed</span>', ""


def _gateway(public: PublicAddress, path: str, ids: dict[str, str]) -> str:
    """The gateway's address with the part in bold that tells this operation from its neighbours."""
    assert public.path is not None
    assert public.url is not None
    own = path if public.path.endswith(path) and public.path != path else public.path
    return f"{esc(public.url.removesuffix(own))}<b>{tokens(own, ids)}</b>"


def tokens(path: str, ids: dict[str, str]) -> str:
    """A path with its parameters linked to their rows."""
    return "".join([_token(piece, ids) if index % 2 else esc(piece) for index, piece in enumerate(_NAME.split(path))])


def _token(name: str, ids: dict[str, str]) -> str:
    token = f"<var>{{{esc(name)}}}</var>"
    return f'<a href="#{ids[name]}">{token}</a>' if name in ids else token


def evidence(scope: Scope, page: OperationPage) -> str:
    """How the public address is known, and what speaks against it."""
    public = page.public
    if public.evidence is None:
        return ""
    dot, words = EVIDENCE[public.evidence]
    beside = [text for text in (_owner(scope, page), esc(public.source), esc(public.doubt)) if text]
    quiet = f' <span class="pg-quiet">· {" · ".join(beside)}</span>' if beside else ""
    return f'<span class="pg-ev" data-ev="{dot}">{words}</span>{quiet}'


def _owner(scope: Scope, page: OperationPage) -> str:
    """Who answers at the gateway, where that is another service than the one that describes the operation."""
    owner = page.public.owner
    if not owner or owner == page.service:
        return ""
    for service in scope.context.portal.services:
        if service.id == owner:
            return f'answered by <a href="{esc(scope.href(service.url))}">{esc(service.name)}</a>'
    return f"answered by {esc(owner)}"
