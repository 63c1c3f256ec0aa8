"""How a caller proves who he is (OpenAPI 3.2, sections 4.27 to 4.30)."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal_gen.diagnostics import NOWHERE, Location


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """One OAuth 2.0 flow; `kind` is implicit, password, clientCredentials, authorizationCode or deviceAuthorization."""

    kind: str
    authorization_url: str = ""
    token_url: str = ""
    device_authorization_url: str = ""
    refresh_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """One security scheme; `type` is apiKey, http, mutualTLS, oauth2 or openIdConnect.

    For apiKey, `name` and `place` (query, header, cookie) say where the key goes; for http, `scheme` is bearer, basic, ….
    """

    key: str
    type: str
    location: Location
    description: str = ""
    name: str = ""
    place: str = ""
    scheme: str = ""
    bearer_format: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    open_id_connect_url: str = ""
    oauth2_metadata_url: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """One way in: all of `schemes` (key and scopes) together. None at all means that no key is needed."""

    schemes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    location: Location = field(default=NOWHERE, compare=False)
