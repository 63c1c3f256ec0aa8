"""Security schemes and requirements from raw mappings (OpenAPI 3.2, sections 4.27 to 4.30)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal_gen.diagnostics import error
from portal_gen.model.reading import Fault, Reading
from portal_gen.model.security import OAuthFlow, SecurityRequirement, SecurityScheme
from portal_gen.spec.tree import Map, where


def security_schemes(reading: Reading, components: Map) -> dict[str, SecurityScheme]:
    """The schemes under `components.securitySchemes`; a broken one is named and left out."""
    found: dict[str, SecurityScheme] = {}
    for key, holder in reading.items(components, "securitySchemes"):
        try:
            found[key] = _scheme(reading, key, holder, components["securitySchemes"])
        except Fault as fault:
            reading.diagnostics.append(fault.diagnostic)
    return found


def _scheme(reading: Reading, key: str, holder: Any, parent: Map) -> SecurityScheme:
    raw, _ = reading.resolve(holder, f"the security scheme `{key}`", where(parent, key))
    text = reading.text
    return SecurityScheme(
        key=key,
        type=text(raw, "type"),
        location=where(parent, key),
        description=text(raw, "description"),
        name=text(raw, "name"),
        place=text(raw, "in"),
        scheme=text(raw, "scheme"),
        bearer_format=text(raw, "bearerFormat"),
        flows=tuple(_flow(reading, kind, flow) for kind, flow in reading.items(raw, "flows") if isinstance(flow, Map)),
        open_id_connect_url=text(raw, "openIdConnectUrl"),
        oauth2_metadata_url=text(raw, "oauth2MetadataUrl"),
        deprecated=reading.flag(raw, "deprecated"),
    )


def _flow(reading: Reading, kind: str, raw: Map) -> OAuthFlow:
    text = reading.text
    scopes = reading.mapping(raw, "scopes")
    return OAuthFlow(
        kind=kind,
        authorization_url=text(raw, "authorizationUrl"),
        token_url=text(raw, "tokenUrl"),
        device_authorization_url=text(raw, "deviceAuthorizationUrl"),
        refresh_url=text(raw, "refreshUrl"),
        scopes=tuple((name, text(scopes, name)) for name in scopes),
    )


def internal_schemes(reading: Reading, components: Map) -> frozenset[str]:
    """The names of the schemes that readers are not told of."""
    schemes = components.get("securitySchemes")
    return frozenset(name for name, raw in schemes.items() if reading.internal(raw)) if isinstance(schemes, Map) else frozenset()


def security(reading: Reading, raw: Map, hidden: frozenset[str] = frozenset()) -> tuple[SecurityRequirement, ...] | None:
    """The `security` of a document or operation, None where it is not given. Ways in that need an internal scheme are left out;
    where there is no other, the first one stays, with an empty name for the scheme."""
    if "security" not in raw:
        return None
    items = reading.sequence(raw, "security")
    found = []
    for index, item in enumerate(items):
        if not isinstance(item, Map):
            raise Fault(error("security", "a security requirement is no mapping; write `- name: []`", where(items, index)))
        schemes = tuple((name, reading.texts(item, name)) for name in item)
        found.append(SecurityRequirement(schemes, where(items, index)))
    open_ = [requirement for requirement in found if hidden.isdisjoint(name for name, _ in requirement.schemes)]
    return tuple(open_ or [_without(hidden, requirement) for requirement in found[:1]])


def _without(hidden: frozenset[str], requirement: SecurityRequirement) -> SecurityRequirement:
    """A requirement that internal schemes are part of: they are needed, but not told."""
    return replace(requirement, schemes=tuple(("" if key in hidden else key, scopes) for key, scopes in requirement.schemes))
