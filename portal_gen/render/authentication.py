"""How a caller proves who he is, in words that can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from portal_gen.model.security import SecurityRequirement, SecurityScheme
from portal_gen.portal.portal import Portal, Service
from portal_gen.portal.slugs import words
from portal_gen.render.html import anchor, esc
from portal_gen.render.inline import Code, Inline, Link, Span, listed, to_html
from portal_gen.render.scope import Scope
from portal_gen.snippets.request_access import variable

_OR = '<span class="pg-label">or</span> '
_KINDS = {"oauth2": "OAuth 2.0", "openIdConnect": "OpenID Connect", "mutualTLS": "a client certificate"}


def key_name(portal: Portal, service: Service) -> str:
    """The environment variable that holds the caller's key: the catalog's, else one made from the service's id."""
    return portal.catalog.key or "_".join([*(word.upper() for word in words(service.id)), "API", "KEY"])


def scheme_anchor(key: str) -> str:
    """The id of a scheme on its service's overview."""
    return anchor(f"auth-{key}")


def credential(scheme: SecurityScheme, variable: str) -> Inline:
    """What a request carries for a scheme."""
    value = "$" + variable
    if scheme.type == "apiKey":
        form = {"query": f"?{scheme.name}={value}", "cookie": f"Cookie: {scheme.name}={value}"}
        return (Code(form.get(scheme.place, f"{scheme.name}: {value}")),)
    if scheme.type == "http" and scheme.scheme.lower() == "basic":
        return (Code("Authorization: Basic …"),)
    if scheme.type == "http" and scheme.scheme.lower() != "bearer":
        return (Code(f"Authorization: {scheme.scheme} …"),)
    if scheme.type == "mutualTLS":
        return ("a client certificate",)
    return (Code(f"Authorization: Bearer {value}"),)


def alternatives(scope: Scope, requirements: Sequence[SecurityRequirement]) -> list[Inline]:
    """Each way in as a sentence; all parts of a sentence are needed together."""
    return [_together(scope, requirement) for requirement in requirements]


def _together(scope: Scope, requirement: SecurityRequirement) -> Inline:
    if not requirement.schemes:
        return ("none needed",)
    spans: list[Span] = []
    for index, (key, scopes) in enumerate(requirement.schemes):
        spans += [" and "] if index else []
        spans += _scheme(scope, key, len(requirement.schemes) > 1)
        if scopes:
            spans += [" with ", *listed([Code(name) for name in scopes])]
    return tuple(spans)


def _scheme(scope: Scope, key: str, several: bool) -> Inline:
    scheme = scope.service.document.security_schemes.get(key)
    if scheme is None:
        return (Code(key), " (not described)") if key else ("a scheme that is not described",)
    shown = credential(scheme, variable(scheme, key_name(scope.context.portal, scope.service), several).name)
    kind = _KINDS.get(scheme.type, "")
    name = Link(f"{kind}, {key}" if kind and kind != shown[0] else key, f"{scope.href(scope.service.url)}#{scheme_anchor(key)}")
    return (*shown, " · ", name)


def authentication_html(scope: Scope, requirements: Sequence[SecurityRequirement]) -> str:
    """The ways in, one a line."""
    ways = [to_html(way) for way in alternatives(scope, requirements)]
    if len(ways) < 2:
        return "".join([way[:1].upper() + way[1:] if way[:1].islower() else way for way in ways])
    items = "".join([f"<li>{_OR if index else ''}{way}</li>" for index, way in enumerate(ways)])
    return f'<ul class="pg-alts">{items}</ul>'


def differs(scope: Scope, auth: str | None, requirements: Sequence[SecurityRequirement]) -> str:
    """What the gateway's configuration asks for, where it is not what the description says."""
    if auth is None:
        return ""
    free = not requirements or any(not requirement.schemes for requirement in requirements)
    asks = {"key": "a key", "jwt": "a JSON Web Token", "none": "nothing"}[auth]
    beside = "" if (auth == "none") == free else ", unlike the description"
    return f'<span class="pg-quiet">The gateway asks for {esc(asks)}{beside}</span>'
