"""Security schemes: those that mean the catalog's key once, the others each with their service's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal_gen.bundle.naming import camel, unique
from portal_gen.bundle.part import Part
from portal_gen.spec.tree import Map

_HINTS = ("description", "bearerFormat", "x-internal")
"""What says nothing about how a request is signed (OpenAPI 3.1, section 4.8.27)."""


@dataclass(frozen=True, slots=True)
class Schemes:
    """The schemes of the bundle by name, what those of the parts are called by (service, name), and by service what its own
    words for the key are."""

    entries: dict[str, Any]
    names: dict[tuple[str, str], str]
    words: dict[str, str]


def schemes(parts: Iterable[Part], key: tuple[str, Map] | None) -> Schemes:
    """Join the schemes of the parts; `key` is the name and the scheme of the one key, where the catalog names one."""
    found = {(part.id, name): scheme for part in parts for name, scheme in _schemes(part)}
    meant = {at: scheme for at, scheme in found.items() if key and meaning(scheme) == meaning(key[1])}
    others = unique({at: (camel(*at), "/".join(at)) for at in found if at not in meant})
    entries: dict[str, Any] = {key[0]: _shown(key[1])} if key and meant else {}
    entries |= {others[at]: _shown(scheme) for at, scheme in found.items() if at in others}
    names = others | {at: key[0] for at in meant if key}
    words = {service: scheme["description"] for (service, _), scheme in meant.items() if "description" in scheme}
    return Schemes(entries, names, words)


def _schemes(part: Part) -> Iterable[tuple[str, Map]]:
    components = part.root.get("components")
    declared = components.get("securitySchemes") if isinstance(components, Map) else None
    for name, holder in declared.items() if isinstance(declared, Map) else ():
        scheme = part.resolved(holder)
        if isinstance(scheme, Map) and not part.internal(holder):
            yield name, scheme


def meaning(scheme: Map) -> dict[str, Any]:
    """What decides how a request is signed."""
    found = {name: value for name, value in scheme.items() if name not in _HINTS}
    return found | {"scheme": str(found["scheme"]).lower()} if "scheme" in found else found


def _shown(scheme: Map) -> dict[str, Any]:
    return {name: value for name, value in scheme.items() if name != "x-internal"}
