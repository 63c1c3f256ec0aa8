"""The templates that a site adds, from the folder `portal` of its overrides."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.utils import meta

from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.errors import PortalError
from portal_gen.portal.added import ENDED, PAGES, PARTIALS, SERVICE_PAGES, Added, Template
from portal_gen.render.added import faults
from portal_gen.spec.source import shown

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = frozenset("services capabilities routes reference schemas assets search index".split())


def read_added(folder: Path) -> Added:
    """Every Markdown file below the folder; PortalError where one cannot be used."""
    found = tuple(_template(folder, path) for path in sorted(folder.rglob("*.md"))) if folder.is_dir() else ()
    added = Added(found)
    problems = [problem for template in found if (problem := _misnamed(template))] or list(faults(added))
    if problems:
        raise PortalError(problems)
    return added


def _template(folder: Path, path: Path) -> Template:
    name = path.relative_to(folder).as_posix()
    try:
        whole = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise PortalError(
            [error("template", f"it cannot be read as UTF-8 text ({fault}); mend it", Location(shown(path)))]
        ) from fault
    text, data = meta.get_data(whole) if whole.startswith("---") else (whole, {})
    line = whole.count("\n", 0, len(whole) - len(text)) + 1
    title = str(data.get("title") or path.stem.replace("-", " ").capitalize())
    return Template(name, title, text, shown(path), line)


def _misnamed(template: Template) -> Diagnostic | None:
    """What is wrong with where a template lies; None where nothing is."""
    message = ""
    if template.name.startswith((PAGES, SERVICE_PAGES)):
        if not _SLUG.fullmatch(template.slug) or template.name.count("/") > 1:
            message = "the name becomes an address; take lower-case letters, digits and single hyphens, in no further folder"
        elif template.slug in _TAKEN:
            message = f"`{template.slug}` is an address of the portal's own; take another name"
    elif template.name.startswith(PARTIALS) and template.slug not in ENDED:
        message = (
            f"there are partials for {', '.join(ENDED)} only; take one of these names, or another folder for what others include"
        )
    return error("template", message, Location(template.file)) if message else None
