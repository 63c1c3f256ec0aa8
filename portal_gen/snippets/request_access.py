"""How a request proves who sends it: one security requirement, with the reader's keys as environment variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal_gen.model.security import SecurityRequirement, SecurityScheme
from portal_gen.snippets.request import TOKEN, Basic, Env, Header, Parts
from portal_gen.snippets.serialize import encode

_NAMED_IN_FORMAT = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]*")
_ENDINGS = re.compile(r"_(?:API_)?(?:KEY|TOKEN|SECRET)$")
_NEGOTIATED = ("digest", "negotiate", "hoba", "mutual", "scram-sha-1", "scram-sha-256", "dpop")
"""Schemes whose credentials depend on the request or on an exchange: no fixed header can show them."""


@dataclass(frozen=True, slots=True)
class Access:
    """The description's schemes, the requirement to meet, and the variable that holds the key."""

    schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    requirement: SecurityRequirement = field(default_factory=SecurityRequirement)
    key_env: str = "API_KEY"


@dataclass(slots=True)
class Credentials:
    """What access adds to a request: headers, keys in the query, cookies, user and password."""

    headers: list[Header]
    query: list[tuple[str, Env]]
    cookies: list[tuple[str, Env]]
    basic: Basic | None
    notes: list[str]


def env_name(text: str) -> str:
    """Some text as the name of an environment variable: `Acme Pets` becomes `ACME_PETS`."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").upper()
    return name if name and not name[0].isdigit() else "API_" + name if name else "API_KEY"


def credentials_for(access: Access) -> Credentials:
    """What meets the requirement."""
    out = Credentials([], [], [], None, [])
    several = len(access.requirement.schemes) > 1
    for key, _ in access.requirement.schemes:
        scheme = access.schemes.get(key)
        if scheme is None:
            out.notes.append(f"The security scheme{' ' + key if key else ''} is not described; its key is left out.")
        else:
            _add(out, scheme, variable(scheme, access.key_env, several), access.key_env)
    return out


def variable(scheme: SecurityScheme, key_env: str, several: bool) -> Env:
    """The variable for a scheme: named by `bearerFormat` where that looks like one, else by the portal."""
    if _NAMED_IN_FORMAT.fullmatch(scheme.bearer_format):
        return Env(scheme.bearer_format)
    return Env(_stem(key_env) + "_" + env_name(scheme.key)) if several else Env(env_name(key_env))


def _stem(key_env: str) -> str:
    return _ENDINGS.sub("", env_name(key_env))


def _add_header(out: Credentials, scheme: SecurityScheme, name: str, value: Parts) -> None:
    """One more header; a second of the same name would say something else than both."""
    if any(name.lower() == known.lower() for known, _ in out.headers):
        out.notes.append(f"The security scheme {scheme.key} needs the header {name} too; its key is left out.")
    else:
        out.headers.append((name, value))


def _add(out: Credentials, scheme: SecurityScheme, key: Env, key_env: str) -> None:
    if scheme.type == "apiKey":
        _add_key(out, scheme, key)
    elif scheme.type in ("oauth2", "openIdConnect"):
        _add_header(out, scheme, "Authorization", ("Bearer ", key))
    elif scheme.type == "http":
        _add_http(out, scheme, key, key_env)
    else:
        out.notes.append(f"The security scheme {scheme.key} ({scheme.type}) cannot be shown in a request.")


def _add_http(out: Credentials, scheme: SecurityScheme, key: Env, key_env: str) -> None:
    name = scheme.scheme.lower()
    if name == "basic":
        out.basic = Basic(Env(_stem(key_env) + "_USERNAME"), Env(_stem(key_env) + "_PASSWORD"))
    elif name in _NEGOTIATED or not TOKEN.fullmatch(name):
        out.notes.append(f"The security scheme {scheme.key} ({scheme.scheme}) cannot be shown in a request.")
    else:
        _add_header(out, scheme, "Authorization", ("Bearer " if name == "bearer" else scheme.scheme + " ", key))


def _add_key(out: Credentials, scheme: SecurityScheme, key: Env) -> None:
    if scheme.place == "query":
        out.query.append((encode(scheme.name), key))
    elif scheme.place == "cookie":
        out.cookies.append((encode(scheme.name), key))
    elif TOKEN.fullmatch(scheme.name):
        _add_header(out, scheme, scheme.name, (key,))
    else:
        out.notes.append(f"{scheme.name!r} is not a header name; the key of {scheme.key} is left out.")
