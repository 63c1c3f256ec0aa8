"""A security scheme says all that a caller needs (OpenAPI 3.2, sections 4.27 to 4.29)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.model.document import Document
from portal_gen.model.security import OAuthFlow, SecurityScheme

_URLS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
    "deviceAuthorization": ("deviceAuthorizationUrl", "tokenUrl"),
}


def check(document: Document) -> Iterator[Diagnostic]:
    """What is missing or unknown, at the scheme."""
    for scheme in document.security_schemes.values():
        for fault in _faults(scheme):
            yield error("security-scheme", f"the security scheme `{scheme.key}` {fault}", scheme.location)


def _faults(scheme: SecurityScheme) -> Iterator[str]:
    match scheme.type:
        case "apiKey":
            if not scheme.name:
                yield "has no `name`; name the header, query parameter or cookie of the key"
            if scheme.place not in ("query", "header", "cookie"):
                yield f'goes `in` "{scheme.place}"; write query, header or cookie'
        case "http" if not scheme.scheme:
            yield "has no `scheme`; write bearer, basic or another one"
        case "oauth2":
            if not scheme.flows:
                yield f"has no `flows`; describe at least one of {', '.join(_URLS)}"
            for flow in scheme.flows:
                yield from _flow(flow)
        case "openIdConnect" if not scheme.open_id_connect_url:
            yield "has no `openIdConnectUrl`; add the address of its discovery document"
        case "http" | "mutualTLS" | "openIdConnect":
            pass
        case "":
            yield "has no `type`; write apiKey, http, mutualTLS, oauth2 or openIdConnect"
        case other:
            yield f"has the unknown type `{other}`; write apiKey, http, mutualTLS, oauth2 or openIdConnect"


def _flow(flow: OAuthFlow) -> Iterator[str]:
    if flow.kind not in _URLS:
        yield f"has the unknown flow `{flow.kind}`; write one of {', '.join(_URLS)}"
    given = {
        "authorizationUrl": flow.authorization_url,
        "tokenUrl": flow.token_url,
        "deviceAuthorizationUrl": flow.device_authorization_url,
    }
    for field in _URLS.get(flow.kind, ()):
        if not given[field]:
            yield f"has no `{field}` in the flow `{flow.kind}`; add it"
