"""The public address of one operation, and how it is known.

The first of: a route of the gateway's configuration that names it, a mount whose rule reaches it, a server of the description
under the gateway, a prefix that only a document names (then no address is computed). What contradicts the answer is said with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from portal_gen.model.operation import Operation
from portal_gen.portal.address import PublicAddress
from portal_gen.portal.catalog import Catalog, CatalogService, Gateway, Mount, Route
from portal_gen.portal.matching import renamed, rest, shape, upstream, winner
from portal_gen.portal.origin import below, plain


def public_address(operation: Operation, service: CatalogService | None, catalog: Catalog) -> PublicAddress:
    """Where the gateway answers for an operation; nothing is known where the catalog names no gateway."""
    gateway = catalog.gateway
    if not gateway.url:
        return PublicAddress()
    if not plain(operation.path):
        return PublicAddress(doubt="the path can not be put behind an address as it is written")
    found = _candidates(operation, service, gateway)
    address = next(found, None) or PublicAddress(doubt=_stray(operation, service, gateway))
    return replace(address, url=gateway.url.rstrip("/") + address.path if address.path else None)


def seen(operation: Operation, gateway: Gateway) -> str:
    """The operation's path as its service sees it: the base path of its first own server, plus the path."""
    own = (server.address for server in operation.servers if below(server.address, gateway.url) is None)
    base = next((_base(address) for address in own), "")
    return base + operation.path


def _base(address: str) -> str:
    try:
        path = urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""
    return path if path and plain(path) else ""


def _candidates(operation: Operation, service: CatalogService | None, gateway: Gateway) -> Iterator[PublicAddress]:
    if service:
        yield from _by_route(operation, service, gateway)
        yield from _by_mount(operation, service, gateway)
    yield from _by_server(operation, service, gateway)
    if service:
        yield from _by_document(operation, service, gateway)


def _by_route(operation: Operation, service: CatalogService, gateway: Gateway) -> Iterator[PublicAddress]:
    """Routes that name method and path, those under the service's own prefixes first."""
    path = seen(operation, gateway)
    found = [
        (public, route)
        for route in gateway.routes
        if route.method == operation.method and not route.wildcard and (public := _named(route, operation, path, service, gateway))
    ]
    for public, route in sorted(found, key=lambda pair: _place(pair[0], service)):
        yield PublicAddress("route", public, auth=route.auth, source=route.source, owner=route.service)


def _named(route: Route, operation: Operation, path: str, service: CatalogService, gateway: Gateway) -> str | None:
    """The public path, with the operation's own names, if the route names this operation.

    The owner's operation stands at the route's upstream path or, where its description has public paths, at the route's path.
    The service that documents the gateway's own paths may describe what another service answers.
    """
    if service.id == route.service:
        if shape(route.upstream) == shape(path):
            return renamed(route.path, route.upstream, path)
        if shape(route.path) == shape(operation.path):
            return operation.path
    return path if service.id == gateway.service and shape(route.path) == shape(path) else None


def _place(path: str, service: CatalogService) -> int:
    prefixes = [mount.prefix for mount in service.mounts]
    return next((index for index, prefix in enumerate(prefixes) if rest(path, prefix)), len(prefixes))


def _by_mount(operation: Operation, service: CatalogService, gateway: Gateway) -> Iterator[PublicAddress]:
    """Wildcards whose rule reaches the path, unless a more specific route takes it away."""
    path = seen(operation, gateway)
    for mount in service.mounts:
        tail = rest(path, mount.upstream) if mount.evidence == "mount" and mount.upstream and mount.strip is not None else None
        if not tail:
            continue
        public, doubt = _joined(mount.prefix, tail)
        route = winner(gateway.routes, operation.method, public)
        if route is None or _is_of(route, mount, service):
            yield PublicAddress(
                evidence="mount",
                path=public,
                prefix=mount.prefix,
                auth=route.auth if route else mount.auth,
                methods=mount.methods,
                source=mount.source,
                doubt=doubt or _unlisted(operation.method, mount),
                owner=route.service if route else service.id,
            )


def _by_server(operation: Operation, service: CatalogService | None, gateway: Gateway) -> Iterator[PublicAddress]:
    """Servers of the description under the gateway, with what the gateway's configuration says against them."""
    for server in operation.servers:
        prefix = below(server.address, gateway.url)
        if prefix is None:
            continue
        public, doubt = _joined(prefix, operation.path)
        route = winner(gateway.routes, operation.method, public)
        mount = next((m for m in _configured(service) if rest(public, m.prefix)), None)
        yield PublicAddress(
            evidence="server",
            path=public,
            prefix=prefix or "/",
            auth=route.auth if route else None,
            methods=mount.methods if mount else (),
            source=f"line {server.location.line} of the description",
            doubt=doubt or _against(route, mount, operation, service, public, gateway),
            owner=service.id if service else "",
        )


def _by_document(operation: Operation, service: CatalogService, gateway: Gateway) -> Iterator[PublicAddress]:
    """The prefix that a document names: the first with a wildcard, else that of the service's first mount."""
    lines = [line for line in gateway.documented if line.service == service.id]
    line = next((line for line in lines if line.pattern.endswith("/*")), None)
    prefix = line.pattern.removesuffix("/*") if line else service.mounts[0].prefix if service.mounts else None
    if prefix:
        source = f"{line.pattern} → {line.note or service.name}" if line else service.mounts[0].source
        yield PublicAddress("document", prefix=prefix, source=source, doubt=_missed(operation, service, gateway), owner=service.id)


def _joined(prefix: str, path: str) -> tuple[str, str]:
    """Prefix and path, with a doubt where the path has the prefix already: then it stays as it is written."""
    if prefix and (path == prefix or rest(path, prefix)):
        return path, f"the path already begins with {prefix}: it is not put in front once more"
    return prefix + path, ""


def _is_of(route: Route, mount: Mount, service: CatalogService) -> bool:
    return route.service == service.id or route.path == mount.prefix + "/*"


def _configured(service: CatalogService | None) -> Iterator[Mount]:
    return (mount for mount in (service.mounts if service else ()) if mount.evidence == "mount")


def _unlisted(method: str, mount: Mount) -> str:
    if not mount.methods or method in mount.methods:
        return ""
    return f"the configuration lists {', '.join(mount.methods)} for {mount.prefix}/*, not {method}"


def _against(
    route: Route | None,
    mount: Mount | None,
    operation: Operation,
    service: CatalogService | None,
    public: str,
    gateway: Gateway,
) -> str:
    """What the configuration says against the address that a server gives."""
    if route is None:
        return _unlisted(operation.method, mount) if mount else ""
    if not (service and route.service == service.id) and not (mount and route.path == mount.prefix + "/*"):
        return f"the configuration sends {operation.method} {route.path} to {route.service}"
    arrives = upstream(route, public)
    if shape(arrives) != shape(seen(operation, gateway)):
        return f"the configuration hands {arrives} to the service, the description says {seen(operation, gateway)}"
    return ""


def _missed(operation: Operation, service: CatalogService, gateway: Gateway) -> str:
    """Why the configured mounts of a service do not reach an operation."""
    path = seen(operation, gateway)
    rules = [f"{mount.prefix}/* leads to {mount.upstream.rstrip('/')}/*" for mount in _configured(service) if mount.upstream]
    return f"in the configuration {' and '.join(rules)}, and {path} is not below" if rules else ""


def _stray(operation: Operation, service: CatalogService | None, gateway: Gateway) -> str:
    """For the gateway's own description: whose wildcard takes in a path that no route names."""
    if service is None or service.id != gateway.service:
        return ""
    route = winner(gateway.routes, operation.method, seen(operation, gateway))
    return f"no route names this path; the configuration sends {route.method} {route.path} to {route.service}" if route else ""
