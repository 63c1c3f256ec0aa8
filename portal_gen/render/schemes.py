"""Security schemes of a description."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.model.security import OAuthFlow, SecurityScheme
from portal_gen.render.authentication import credential, key_name, scheme_anchor
from portal_gen.render.html import esc, link
from portal_gen.render.inline import Inline, md_code, md_text, to_html, to_markdown
from portal_gen.render.markdown import plain
from portal_gen.render.parts import prose
from portal_gen.render.scope import Scope

TYPES = {
    "apiKey": "API key",
    "http": "HTTP",
    "mutualTLS": "client certificate",
    "oauth2": "OAuth 2.0",
    "openIdConnect": "OpenID Connect",
}
FLOWS = {
    "implicit": "Implicit",
    "password": "Password",
    "clientCredentials": "Client credentials",
    "authorizationCode": "Authorization code",
    "deviceAuthorization": "Device authorization",
}


def schemes_html(scope: Scope) -> str:
    """Every scheme as a row: its name and kind, what a request carries, flows and scopes."""
    variable = key_name(scope.context.portal, scope.service)
    rows = "".join([_row(scope, scheme, variable) for scheme in scope.service.document.security_schemes.values()])
    return f'<ul class="pg-rows">\n{rows}</ul>\n' if rows else ""


def kind(scheme: SecurityScheme) -> str:
    """The type of a scheme in words."""
    beside = (
        scheme.scheme if scheme.type == "http" else f"in the {scheme.place}" if scheme.type == "apiKey" and scheme.place else ""
    )
    return " ".join(part for part in (TYPES.get(scheme.type, scheme.type), beside, scheme.bearer_format) if part)


def _row(scope: Scope, scheme: SecurityScheme, variable: str) -> str:
    id_ = scope.claim(scheme_anchor(scheme.key))
    gone = '<span class="pg-flag" data-k="deprecated">deprecated</span>' if scheme.deprecated else ""
    about = prose(scheme.description) if scheme.description else ""
    lines = "".join([f'<p class="pg-rule">{html}</p>' for html in _lines(scheme)])
    flows = "".join([_flow(flow) for flow in scheme.flows])
    return (
        f'<li class="pg-row" id="{id_}"><div><div class="pg-name"><a href="#{id_}">{esc(scheme.key)}</a></div>'
        f'<div class="pg-type"><span>{esc(kind(scheme))}</span>{gone}</div></div>\n'
        f'<div class="pg-desc">{about}<p>{to_html(credential(scheme, variable))}</p>{lines}{flows}</div></li>\n'
    )


def _lines(scheme: SecurityScheme) -> Iterator[str]:
    if scheme.open_id_connect_url:
        yield f"Discovery: {link(scheme.open_id_connect_url, esc(scheme.open_id_connect_url))}"
    if scheme.oauth2_metadata_url:
        yield f"Metadata: {link(scheme.oauth2_metadata_url, esc(scheme.oauth2_metadata_url))}"


def urls(flow: OAuthFlow) -> Iterator[tuple[str, str]]:
    """The addresses of a flow with their names."""
    for name, url in (
        ("Authorization", flow.authorization_url),
        ("Token", flow.token_url),
        ("Device authorization", flow.device_authorization_url),
        ("Refresh", flow.refresh_url),
    ):
        if url:
            yield name, url


def _flow(flow: OAuthFlow) -> str:
    """Addresses are shown and not linked: they are for programs."""
    lines = "".join([f'<p class="pg-rule">{name}: <code>{esc(url)}</code></p>' for name, url in urls(flow)])
    scopes = "".join([f"<dt><code>{esc(name)}</code></dt><dd>{esc(plain(about))}</dd>" for name, about in flow.scopes])
    listed = f'<dl class="pg-enumlist">{scopes}</dl>' if scopes else ""
    return f"<p><b>{FLOWS.get(flow.kind, esc(flow.kind))}</b></p>{lines}{listed}"


def schemes_markdown(scope: Scope) -> Iterator[str]:
    """Every scheme as a list item."""
    variable = key_name(scope.context.portal, scope.service)
    for scheme in scope.service.document.security_schemes.values():
        shown: Inline = credential(scheme, variable)
        about = f". {md_text(plain(scheme.description))}" if scheme.description else ""
        yield f"- {md_code(scheme.key)} ({md_text(kind(scheme))}): {to_markdown(shown)}{about}"
        for name, url in (("Discovery", scheme.open_id_connect_url), ("Metadata", scheme.oauth2_metadata_url)):
            if url:
                yield f"  - {name}: {md_code(url)}"
        for flow in scheme.flows:
            yield f"  - {FLOWS.get(flow.kind, md_text(flow.kind))}"
            yield from [f"    - {name}: {md_code(url)}" for name, url in urls(flow)]
            yield from [f"    - scope {md_code(name)}: {md_text(plain(about))}" for name, about in flow.scopes]
