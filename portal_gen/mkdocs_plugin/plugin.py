"""The MkDocs plugin: puts the portal's pages into the site's navigation, search and sitemap.

MkDocs renders one page of each depth by itself; its markup becomes the shell that all others of that depth are filled into.
This module translates between MkDocs and `Site` and decides nothing about pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from portal_gen.cache import Store
from portal_gen.diagnostics import Diagnostic, Severity
from portal_gen.errors import PortalError
from portal_gen.executors import KINDS, carry_out, crew
from portal_gen.jobs import Recipe, digest_of
from portal_gen.kept import Kept, Made, made_of, made_with
from portal_gen.load import Opened, open_portal
from portal_gen.mkdocs_plugin.links import resolve_links
from portal_gen.mkdocs_plugin.pages import PortalPage, arrange
from portal_gen.portal.urls import Urls
from portal_gen.render.shell import Shell, cut
from portal_gen.resources import Asset, assets, templates
from portal_gen.site import Site

log = get_plugin_logger("portal_gen")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}


class Stopped(PluginError):
    """Faults stop the build because `--strict` was asked for."""


class PortalConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    source = c.Type(str, default="openapi")
    """A description or a folder of them, relative to mkdocs.yml."""
    root = c.Optional(c.Type(str))
    """How far `$ref` may reach; by default the nearest folder upwards with a catalog.yaml."""
    executor = c.Optional(c.Choice(KINDS))
    """Who draws the pages; by default this process, or processes beside it where that is faster."""
    dask_scheduler = c.Type(str, default="")
    """The address of a Dask scheduler; without it, `dask` starts a cluster on this machine."""
    cache = c.Type(str, default=".cache/portal_gen")
    """The folder that keeps what later builds need not draw again, relative to mkdocs.yml; empty for none."""


class PortalPlugin(BasePlugin[PortalConfig]):  # type: ignore[no-untyped-call]
    """One instance lives as long as the command; what belongs to one build is set anew in `on_config`."""

    site: Site
    made: Made
    shells: dict[str, Shell]
    pages: dict[str, PortalPage]
    recipe: Recipe
    given_away: list[str]
    store: Store | None
    _building = False
    progress: Callable[[int, int], None] | None = None
    """Told how many of how many files are written; set by the command line."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being there makes MkDocs keep the instance between builds of one serve."""
        self._building = command != "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the portal: before MkDocs empties the old site, so that a fault that stops loses nothing."""
        if not (Path(config.theme.dirs[0]).exists() and any("material" in folder for folder in config.theme.dirs)):
            raise PluginError("portal_gen draws its pages with Material for MkDocs; set `theme: {name: material}` in mkdocs.yml")
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        base = base.absolute()
        source, root, urls = (
            base / self.config.source,
            base / self.config.root if self.config.root else None,
            Urls(config.use_directory_urls),
        )
        self.recipe = Recipe(source, root, Path.cwd(), urls, config.site_name, config.site_url or "")
        try:
            self.made = self._made(base)
        except PortalError as fault:
            raise PluginError("\n".join(str(diagnostic) for diagnostic in fault.diagnostics)) from fault
        config.site_name = config.site_name or self.made.title
        self._report(self.made.diagnostics, config.strict)
        self.shells, self.pages = {}, {}
        self.given_away = []
        self.site = Site(self.made.contents, self._shell, self.recipe.canonical)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(templates()))
        self._add_assets(config)
        config.watch += [str(source), *(str(file) for file in self.made.files if not file.is_relative_to(source.resolve()))]
        return config

    def _made(self, base: Path) -> Made:
        """What the site is made of: read, or kept by an earlier build."""
        source, root, urls, title = self.recipe.source, self.recipe.root, self.recipe.urls, self.recipe.title

        def read() -> Opened:
            return open_portal(source, root, urls, title)

        self.store = Store(base / self.config.cache) if self.config.cache and self._building else None
        return made_with(self.store, source, root, urls, title, read) if self.store else made_of(read())

    def _report(self, found: tuple[Diagnostic, ...], strict: bool) -> None:
        faults = [diagnostic for diagnostic in found if diagnostic.severity is not Severity.NOTE]
        if strict and faults:
            lines = "\n".join(str(diagnostic) for diagnostic in faults)
            raise Stopped(lines)
        for diagnostic in found:
            log.log(_LEVELS[diagnostic.severity], "%s", diagnostic)

    def _add_assets(self, config: MkDocsConfig) -> None:
        for asset in reversed([asset for asset in assets() if asset.name.endswith(".css")]):
            config.extra_css.insert(0, asset.address)
        for asset in assets():
            if asset.name.endswith(".mjs"):
                script = ExtraScriptValue(asset.address)
                script.type = "module"
                config.extra_javascript.append(script)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our assets and the pages that MkDocs is to draw; give way to hand-written pages of the same address."""
        for asset in assets():
            files.append(_asset_file(config, asset))
        self._give_way(files)
        for url in self._drawn():
            page = PortalPage.create(config, self.site, url)
            self.pages[url] = page
            files.append(page.file)
        return files

    def _give_way(self, files: Files) -> None:
        """Hand-written wins: its address is no longer ours."""
        ours = set(self.site.addresses())
        for file in files:
            if file.dest_uri in ours and file.inclusion is not InclusionLevel.EXCLUDED:
                log.info("%s is written by hand and stands instead of the generated page at /%s", file.src_uri, file.url)
                self.site.give_way(file.dest_uri)
                self.given_away.append(file.dest_uri)

    def _drawn(self) -> tuple[str, ...]:
        """The pages that MkDocs draws: those in its navigation, and the first of each depth."""
        first: dict[str, str] = {}
        for url in self.site.pages:
            first.setdefault(self.site.pages[url].shell, url)
        return tuple(first.values())

    def _shell(self, url: str) -> Shell:
        return self.shells[self.site.pages[url].shell]

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put our pages where the author named them, else behind his own."""
        arrange(nav, self.pages, self.site, named=config.nav is not None)
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Resolve `op:` and `schema:` links of hand-written pages."""
        if isinstance(page, PortalPage):
            return html
        html, problems = resolve_links(html, page.file.content_string, page.file.src_uri, page.url, self.site, self.made.targets)
        for problem in problems:
            log.warning("%s", problem)
        return html

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Cut a drawn page into a shell, and fill it for the page that it was drawn for."""
        if not isinstance(page, PortalPage):
            return output
        self.shells[self.site.pages[page.url].shell] = cut(output)
        return self.site.html(page.url)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add our pages to the sitemap: instant navigation follows only links to pages that it names."""
        if template_name != "sitemap.xml" or not config.site_url:
            return output_content
        date = next(iter(self.pages.values())).update_date if self.pages else ""
        rest = (url for url in self.site.pages if url not in self.pages)
        return output_content.replace(
            "</urlset>", "".join(_sitemap_entry(config.site_url, url, date) for url in rest) + "</urlset>"
        )

    @event_priority(50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what MkDocs did not draw, then extend the search index, which workers have no use for."""
        drawn = {self.site.urls.file(url) for url in self.pages}
        self._write([address for address in self.site.addresses() if address not in drawn], Path(config.site_dir))
        _extend_search(config, [record for record in self.made.records() if record["location"] in self.site.pages])

    def _write(self, addresses: list[str], out: Path) -> None:
        try:
            if isinstance(self.made.contents, Kept):
                self.made.contents.prepare()
            with crew(self.config.executor, len(addresses), self.config.dask_scheduler) as workers:
                recipe = self._recipe(read_again=not workers.forked)
                for done in carry_out(workers, self.site, recipe, addresses, out):
                    if self.progress:
                        self.progress(done, len(addresses))
            if self.store:
                self.store.trim()
        except PortalError as fault:
            raise PluginError(str(fault)) from fault

    def _recipe(self, read_again: bool) -> Recipe:
        digest = digest_of(self.made.files) if read_again else ""
        return replace(self.recipe, shells=tuple(self.shells.items()), given_away=tuple(self.given_away), digest=digest)


def _asset_file(config: MkDocsConfig, asset: Asset) -> File:
    return File.generated(config, asset.address, content=asset.content, inclusion=InclusionLevel.INCLUDED)


def _sitemap_entry(site_url: str, url: str, date: str) -> str:
    return f"<url>\n<loc>{site_url.rstrip('/')}/{url}</loc>\n<lastmod>{date}</lastmod>\n</url>\n"


def _extend_search(config: MkDocsConfig, entries: list[dict[str, str]]) -> None:
    """Material's search keeps its records in `entries`, MkDocs' own in `_entries`."""
    for name in ("material/search", "search"):
        index: Any = getattr(config.plugins.get(name), "search_index", None)
        kept = getattr(index, "entries", None) if index is not None else None
        if kept is None and index is not None:
            kept = getattr(index, "_entries", None)
        if kept is not None:
            kept.extend(entries)
            return
