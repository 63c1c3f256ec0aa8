"""What the values of a discriminator stand for, said in full: once schemas have new names, no name may be left to be guessed."""

from __future__ import annotations

from portal_gen.bundle.part import Part
from portal_gen.errors import PortalError
from portal_gen.spec.edit import mapping
from portal_gen.spec.pointer import tokens
from portal_gen.spec.tree import Map, Seq

_SCHEMAS = "#/components/schemas/"


def alternatives(part: Part, schema: Map) -> dict[str, Map]:
    """Values with references to their schemas: those of `mapping`, and the names of alternatives that it leaves out."""
    discriminator = schema.get("discriminator")
    if not isinstance(discriminator, Map):
        return {}
    pairs = discriminator.get("mapping")
    found = {value: _holder(part, pairs, name) for value, name in pairs.items()} if isinstance(pairs, Map) else {}
    told = {holder["$ref"] for holder in found.values() if holder}
    for keyword in ("oneOf", "anyOf"):
        choices = schema.get(keyword)
        for choice in choices if isinstance(choices, Seq) else ():
            reference = choice.get("$ref") if isinstance(choice, Map) else None
            if isinstance(reference, str) and "#/" in reference and reference not in told:
                found.setdefault(tokens(reference.partition("#")[2])[-1], choice)
    return {value: holder for value, holder in found.items() if holder and not part.internal(holder)}


def _holder(part: Part, pairs: Map, name: object) -> Map | None:
    """The reference that an entry of a mapping is: a bare name is that of a schema, where there is one."""
    if not isinstance(name, str):
        return None
    looks = "#" in name or "/" in name or name.endswith((".yaml", ".yml", ".json"))
    holder = mapping(pairs, pairs.mark, **{"$ref": name if looks else _SCHEMAS + name})
    try:
        part.target(holder)
    except PortalError:
        return None
    return holder
