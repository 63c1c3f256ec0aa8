"""Path items and webhooks of a bundle."""

from __future__ import annotations

from typing import Any

from portal_gen.bundle.copying import Copier, Tree
from portal_gen.bundle.part import Part
from portal_gen.bundle.places import Item
from portal_gen.portal.address import PublicAddress
from portal_gen.portal.portal import OperationPage
from portal_gen.spec.kinds import MEMBERS
from portal_gen.spec.tree import Map, Seq

METHODS = MEMBERS["pathItem"].keys() - {"parameters", "additionalOperations"}
_OF_ITEM = ("summary", "description")


def path_item(item: Item, copier: Copier, security: list[Tree]) -> Tree:
    """The path item with the operations that stand at its key; `security` is what the bundle's root asks for."""
    part = item.part
    written = {page.operation.path: part.item(page) for page in item.pages}
    alone = next(iter(written.values())) if len(written) == 1 else None
    made: Tree = _shared(alone) if alone is not None else {}
    made["x-service"] = part.id
    own = servers(part, next(iter(written.values())))
    if not item.public:
        made["servers"] = own
    parameters = _parameters(alone, copier) if alone is not None else []
    if parameters:
        made["parameters"] = parameters
    for page in item.pages:
        operation = _operation(page, copier, security)
        if alone is None:
            _inherit(operation, page, copier)
        if page.public.path:
            operation.pop("servers", None)
            operation["x-gateway"] = _gateway(page.public)
        elif item.public:
            operation.setdefault("servers", own)
        _put(made, page.operation.method, operation)
    return made


def webhook(page: OperationPage, copier: Copier, security: list[Tree]) -> Tree:
    """The path item of a webhook's one method."""
    made: Tree = {"x-service": copier.part.id}
    parameters = _parameters(copier.part.item(page), copier)
    if parameters:
        made["parameters"] = parameters
    _put(made, page.operation.method, _operation(page, copier, security))
    return made


def servers(part: Part, item: Map) -> Any:
    """A service's own servers: of the path, of the description, its endpoint in the catalog; else the place of the text."""
    endpoint = part.service.entry.endpoint if part.service.entry else ""
    return part.servers(item) or part.servers(part.root) or [{"url": endpoint or "/"}]


def default_security(copier: Copier) -> list[Tree]:
    """What the operations of a part ask for that do not say it themselves."""
    return copier.security(copier.part.root.get("security"))


def _shared(item: Map) -> Tree:
    return {name: value for name, value in item.items() if name in _OF_ITEM or (name.startswith("x-") and name != "x-internal")}


def _parameters(item: Map, copier: Copier) -> list[Any]:
    found = item.get("parameters")
    visible = (value for value in found if not copier.part.internal(value)) if isinstance(found, Seq) else ()
    return [copier.copy("parameter", value) for value in visible if isinstance(value, Map)]


def _operation(page: OperationPage, copier: Copier, security: list[Tree]) -> Tree:
    part, operation = copier.part, page.operation
    copied = copier.copy("operation", part.raw(page))
    made: Tree = {"operationId": copier.names.operations[part.id, operation.id or unnamed(page)]}
    made |= {"tags": [part.title]} if not copied.get("tags") else {}
    made |= {name: value for name, value in copied.items() if name not in made}
    asked = default_security(copier)
    if "security" not in made and asked != security:
        made["security"] = asked
    return made


def unnamed(page: OperationPage) -> str:
    """What stands for the operationId of an operation without one."""
    return f"{page.operation.method.lower()} {page.operation.path}"


def _inherit(operation: Tree, page: OperationPage, copier: Copier) -> None:
    """Give an operation the parameters of its path, where the bundle's path item stands for several paths."""
    item, raw = copier.part.item(page), copier.part.raw(page)
    taken = {_name(copier.part, value) for value in raw.get("parameters") or ()}
    shared = (value for value in item.get("parameters") or () if _name(copier.part, value) not in taken)
    kept = [copier.copy("parameter", value) for value in shared if not copier.part.internal(value)]
    if kept:
        operation["parameters"] = [*kept, *operation.get("parameters", ())]


def _name(part: Part, value: Any) -> tuple[Any, Any]:
    parameter = part.resolved(value)
    return parameter.get("in"), parameter.get("name")


def _gateway(address: PublicAddress) -> Tree:
    """How the public address is known, and what speaks against it."""
    return {"evidence": address.evidence} | ({"doubt": address.doubt} if address.doubt else {})


def _put(item: Tree, method: str, operation: Tree) -> None:
    if method.lower() in METHODS:
        item[method.lower()] = operation
    else:
        item.setdefault("additionalOperations", {})[method] = operation
