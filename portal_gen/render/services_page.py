"""All services by group, the organizations that keep them, and the published packages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal_gen.portal.catalog import Group
from portal_gen.portal.portal import Portal, Service
from portal_gen.render.catalog_parts import (
    SERVICES,
    evidence_html,
    evidence_text,
    host,
    legend_html,
    local_md,
    organization_html,
    organization_md,
    service_html,
    service_md,
    table_md,
    usual,
)
from portal_gen.render.context import Context, Page
from portal_gen.render.deprecated import DEPRECATED, deprecated, deprecated_html, deprecated_md
from portal_gen.render.html import esc, link, plural
from portal_gen.render.inline import md_link, md_text
from portal_gen.render.parts import place_url
from portal_gen.render.scope import Scope

TITLE = "Services"
_HEAD = ("Service", "Version", "Operations", "Gateway", "Endpoint", "Organization", "Description")
_OTHERS = Group("", "Other services")


def services_page(context: Context) -> Page:
    """Tables of services, organizations and packages; the last two only where the catalog has them."""
    portal = context.portal
    lead = f"{plural(len(portal.services), 'service')}: what each is for, where it answers and who keeps it."
    parts = [_group_html(context, group, found) for group, found in grouped(portal)]
    parts += [_organizations_html(portal), _packages_html(context), deprecated_html(context)]
    html = (
        f'<div class="pg"><div class="pg-wide"><div class="pg-top"><h1>{TITLE}</h1><p class="pg-lead">{lead}</p>'
        f"{legend_html() if portal.catalog.gateway.url else ''}</div>"
        '<div class="pg-filters"><input class="pg-field" type="search" placeholder="Filter by word" aria-label="Filter services" '
        f'data-pg-filter="services"><a class="pg-quiet" href="{esc(context.href(SERVICES + ".json"))}">As JSON</a></div>'
        f'<div class="pg-stack" id="services">{"".join(parts)}</div></div></div>'
    )
    toc = [(group.name, _anchor(group), 2) for group, _ in grouped(portal)]
    others = {
        "Organizations": portal.catalog.organizations,
        "Packages": portal.catalog.packages,
        DEPRECATED: [*deprecated(portal)],
    }
    toc += [(title, title.split()[0].lower(), 2) for title, some in others.items() if some]
    return Page(TITLE, lead, html, _markdown(context, lead), tuple(toc))


def grouped(portal: Portal) -> Iterator[tuple[Group, tuple[Service, ...]]]:
    """The groups that have services, then the services without a group."""
    for group in (*portal.catalog.groups, _OTHERS):
        named = {known.id for known in portal.catalog.groups}
        found = tuple(s for s in portal.services if (s.group if s.group in named else "") == group.id)
        if found:
            yield group, found


def _anchor(group: Group) -> str:
    return "group-" + (group.id or "other")


def _group_html(context: Context, group: Group, found: tuple[Service, ...]) -> str:
    classes = {"Operations": " class=pg-num", "Organization": " class=pg-mid"}
    head = "".join(f'<th scope="col"{classes.get(name, "")}>{name}</th>' for name in _HEAD)
    rows = "\n".join(_row(context, service) for service in found)
    note = f'<p class="pg-quiet">{esc(group.description)}</p>' if group.description else ""
    return (
        f'<section class="pg-sec" id="{esc(_anchor(group))}"><div class="pg-sec__h"><h2>{esc(group.name)}</h2>'
        f'<span class="pg-quiet">{_statuses(context.portal, found)}</span></div>{note}'
        f'<table class="pg-table"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></section>'
    )


def _row(context: Context, service: Service) -> str:
    entry = service.entry
    evidence, prefix = usual(service.pages)
    endpoint = link(entry.endpoint, esc(host(entry.endpoint))) if entry and entry.endpoint else ""
    status = _status(context.portal, service)
    tag = f' <span class="pg-tag" data-k="{esc(status.lower())}">{esc(status)}</span>' if status else ""
    return (
        f'<tr><th scope="row">{service_html(context, service.id)}{tag} {_file_html(context, service)}</th><td>{esc(service.document.info.version)}</td>'
        f'<td class="pg-num">{len(service.pages):,}</td>'
        f"<td>{evidence_html(evidence, f'<code>{esc(prefix)}</code>' if prefix else '')}</td><td>{endpoint}</td>"
        f'<td class="pg-mid">{organization_html(context.portal, entry.organization) if entry else ""}</td>'
        f"<td>{esc(entry.description) if entry else ''}</td></tr>"
    )


def _file_html(context: Context, service: Service) -> str:
    """The description's path, linked to the repository where the catalog names one."""
    url = place_url(Scope(context, service), service.document.location)
    path = f'<code class="pg-file">{esc(service.file)}</code>'
    return f'<a href="{esc(url)}">{path}</a>' if url else path


def _file_md(context: Context, service: Service) -> str:
    url = place_url(Scope(context, service), service.document.location)
    return md_link(service.file, url) if url else md_text(service.file)


def _status(portal: Portal, service: Service) -> str:
    """What the catalog says of the service, or else of all its capabilities alike; empty where that is not one word."""
    if service.entry and service.entry.status:
        return service.entry.status
    said = {capability.status for capability in portal.catalog.capabilities if capability.service == service.id}
    return said.pop() if len(said) == 1 else ""


def _statuses(portal: Portal, found: tuple[Service, ...]) -> str:
    """How many services of a group have which status."""
    counts = Counter(status for service in found if (status := _status(portal, service)))
    return ", ".join([str(len(found)), *(f"{number} {status.lower()}" for status, number in counts.items())])


def _organizations_html(portal: Portal) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{organization_html(portal, found.id)}</th><td>{esc(found.purpose)}</td><td>{esc(found.upstream)}</td>'
        f"<td>{esc(_kept(portal, found.id))}</td></tr>"
        for found in portal.catalog.organizations
    )
    return _section("organizations", "Organizations", ("Organization", "Purpose", "Upstream projects", "Services"), rows)


def _packages_html(context: Context) -> str:
    rows = "\n".join(
        f'<tr><th scope="row"><code>{esc(package.name)}</code></th><td>{esc(package.registry)}</td>'
        f"<td>{service_html(context, package.service)}</td><td>{esc(package.description)}</td></tr>"
        for package in context.portal.catalog.packages
    )
    return _section("packages", "Packages", ("Package", "Registry", "Service", "Description"), rows)


def _section(anchor: str, title: str, names: tuple[str, ...], rows: str) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return (
        f'<section class="pg-sec" id="{anchor}"><div class="pg-sec__h"><h2>{title}</h2></div>'
        f'<table class="pg-table"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></section>'
    )


def _kept(portal: Portal, organization: str) -> str:
    return ", ".join(s.name for s in portal.services if s.entry and s.entry.organization == organization)


def _markdown(context: Context, lead: str) -> str:
    portal = context.portal
    parts = [f"# {TITLE}\n\n{lead}\n"]
    head = (*_HEAD, "Spec", "Status")
    for group, found in grouped(portal):
        parts.append(
            f"## {md_text(group.name)}\n\n{_statuses(portal, found)}\n\n{table_md(head, (_row_md(context, service) for service in found))}"
        )
    if portal.catalog.organizations:
        rows = [
            (organization_md(portal, o.id), md_text(o.purpose), md_text(o.upstream), md_text(_kept(portal, o.id)))
            for o in portal.catalog.organizations
        ]
        parts.append(f"## Organizations\n\n{table_md(('Organization', 'Purpose', 'Upstream projects', 'Services'), rows)}")
    if portal.catalog.packages:
        rows = [
            (md_text(p.name), md_text(p.registry), service_md(context, p.service), md_text(p.description))
            for p in portal.catalog.packages
        ]
        parts.append(f"## Packages\n\n{table_md(('Package', 'Registry', 'Service', 'Description'), rows)}")
    parts += deprecated_md(context)
    return "\n".join(parts)


def _row_md(context: Context, service: Service) -> tuple[str, ...]:
    entry = service.entry
    evidence, prefix = usual(service.pages)
    return (
        local_md(context, service.name, service.url),
        md_text(service.document.info.version),
        f"{len(service.pages):,}",
        f"{md_text(prefix)} ({evidence_text(evidence)})" if prefix else evidence_text(evidence),
        md_link(host(entry.endpoint), entry.endpoint) if entry and entry.endpoint else "",
        organization_md(context.portal, entry.organization) if entry else "",
        md_text(entry.description) if entry else "",
        _file_md(context, service),
        _status(context.portal, service),
    )
