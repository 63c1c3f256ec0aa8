"""May one drawn page stand for all of its depth? Two of them are drawn and compared.

Whatever differs and is no hole comes from the theme or another plugin (a date, an address, a number): then a shell would print
one page's on all others, and every page has to be drawn by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from portal_gen.mkdocs_plugin.pages import PortalPage
from portal_gen.render.shell import Shell, cut

_SHOWN = 60


def populate(page: PortalPage, config: MkDocsConfig, files: Files) -> None:
    """Tell other plugins of a page as MkDocs does before it draws: some expect to have met every page that they are shown."""
    config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)


def draw(page: PortalPage, nav: Navigation, files: Files, config: MkDocsConfig, env: jinja2.Environment) -> str:
    """The page as MkDocs draws it, with what other plugins make of it."""
    page.active = True
    try:
        context = get_context(nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        output = env.get_template(str(page.meta["template"])).render(context)
        return str(config.plugins.on_post_page(output, page=page, config=config))
    finally:
        page.active = False


def compare(drawn: Mapping[str, Sequence[str]]) -> tuple[dict[str, Shell], str]:
    """A shell for each key, and the first thing that differs between two drawings of one key and is no hole (or nothing)."""
    shells: dict[str, Shell] = {}
    for key, pages in drawn.items():
        shells[key] = cut(pages[0])
        for page in pages[1:]:
            difference = _difference(shells[key], cut(page))
            if difference:
                return shells, difference
    return shells, ""


def _difference(one: Shell, other: Shell) -> str:
    """What one page has and the other has not, with a little around it; the holes themselves must be the same ones."""
    for mine, theirs in zip_longest(one.pieces, other.pieces, fillvalue=""):
        if mine != theirs:
            start = next((i for i, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs)))
            return " ".join(mine[max(0, start - _SHOWN // 2) : start + _SHOWN].split())
    return ""
