"""The public address of an operation: a claim, with the evidence for it.

An operation is reached at its service's own servers, and perhaps through a gateway in front of many services. What is known of
the gateway comes from the catalog; nothing is guessed. A key is sent to addresses known by `route`, `mount` or `server` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Evidence: TypeAlias = Literal["route", "mount", "server", "document"]
"""route: the gateway's configuration names this method and path. mount: it has a wildcard whose rule reaches this path. server:
the description lists a server under the gateway. document: only prose names the prefix, and no address is computed."""

GatewayAuth: TypeAlias = Literal["key", "jwt", "none"]


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """Where the gateway answers for one operation. `path` is a template (`/v1/kv/keys/{key}`) and None where none is known."""

    evidence: Evidence | None = None
    path: str | None = None
    url: str | None = None
    """Gateway origin plus path, None where path is."""
    prefix: str | None = None
    """The mount's or the documented prefix."""
    auth: GatewayAuth | None = None
    """What the gateway's configuration asks for on this route, where it says so."""
    methods: tuple[str, ...] = ()
    """Methods that the configuration lists for the mount; empty where it does not say."""
    source: str = ""
    """Where the claim can be looked up, as the catalog words it."""
    doubt: str = ""
    """Why the address may be wrong (a method that the mount does not list, a prefix that would be doubled), or empty."""
    owner: str = ""
    """Id of the service that answers, which need not be the one that documents the operation; empty where not known."""
