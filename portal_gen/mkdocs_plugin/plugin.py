"""The MkDocs plugin: puts the portal's pages into the site's navigation, search and sitemap.

MkDocs renders one page of each depth by itself; its markup becomes the shell that all others of that depth are filled into.
This module translates between MkDocs and `Site` and decides nothing about pages.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, cast

import jinja2
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from portal_gen.diagnostics import Diagnostic, Severity
from portal_gen.errors import PortalError
from portal_gen.load import Library, Opened
from portal_gen.mkdocs_plugin.front_links import with_known_links
from portal_gen.mkdocs_plugin.links import resolve_links
from portal_gen.mkdocs_plugin.pages import PortalPage, arrange
from portal_gen.mkdocs_plugin.probe import compare, draw
from portal_gen.mkdocs_plugin.serve import App, Live
from portal_gen.plan import TOP
from portal_gen.portal.discovery import SUFFIXES
from portal_gen.portal.search import records
from portal_gen.portal.urls import Urls
from portal_gen.render.shell import Shell, cut
from portal_gen.resources import Asset, assets, templates
from portal_gen.site import Site

log = get_plugin_logger("portal_gen")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}


_SLOWLY = "every page is drawn by itself, which takes longer; see “Beside other plugins” in the documentation"


class Stopped(PluginError):
    """Faults stop the build because `--strict` was asked for."""


class PortalConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    source = c.Type(str, default="openapi")
    """A description or a folder of them, relative to mkdocs.yml."""
    root = c.Optional(c.Type(str))
    """How far `$ref` may reach; by default the nearest folder upwards with a catalog.yaml."""


class PortalPlugin(BasePlugin[PortalConfig]):  # type: ignore[no-untyped-call]
    """One instance lives as long as the command; what belongs to one build is set anew in `on_config`."""

    site: Site
    opened: Opened
    shells: dict[str, Shell]
    pages: dict[str, PortalPage]
    _library: Library | None = None
    _on_demand = False
    """Whether pages are rendered when they are asked for, so that a build writes none."""
    _live: Live | None = None
    _nav: Navigation
    _probing = False
    _each_alone = False
    """Whether the theme prints something of its own on each page, so that MkDocs has to draw every one."""
    _sitemap = ""
    progress: Callable[[int, int], None] | None = None
    """Told how many of how many files are written; set by the command line."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being there makes MkDocs keep the instance between builds of one serve.

        Without live reload MkDocs never calls `on_serve`, and then files are written as in a build.
        """
        self._library = Library()
        self._on_demand = command == "serve" and "--no-livereload" not in sys.argv

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the portal: before MkDocs empties the old site, so that a fault that stops loses nothing."""
        if not (Path(config.theme.dirs[0]).exists() and any("material" in folder for folder in config.theme.dirs)):
            raise PluginError("portal_gen draws its pages with Material for MkDocs; set `theme: {name: material}` in mkdocs.yml")
        if self._library is None:
            self._library = Library()
        try:
            self.opened = self._open(config)
        except PortalError as fault:
            raise PluginError("\n".join(str(diagnostic) for diagnostic in fault.diagnostics)) from fault
        config.site_name = config.site_name or escape(self.opened.portal.title)  # the theme prints it as it is
        self._report(self.opened.portal.diagnostics, config.strict)
        self.shells, self.pages, self._each_alone = {}, {}, False
        self.site = self._site(config)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(templates()))
        self._add_assets(config)
        if not self._on_demand:
            config.watch += [str(path) for path in self._watched(config)]
        return config

    def _open(self, config: MkDocsConfig) -> Opened:
        """The portal as its files are now; what can not be read while pages are served stays as it was."""
        root = _base(config) / self.config.root if self.config.root else None
        urls = Urls(config.use_directory_urls)
        assert self._library is not None
        opened = self._library.open(self._source(config), root, urls, config.site_name, last=self._live is not None)
        portal, problems = with_known_links(opened.portal, Path(config.docs_dir))
        if portal is opened.portal:
            return opened
        return replace(opened, portal=replace(portal, diagnostics=(*portal.diagnostics, *problems)))

    def _source(self, config: MkDocsConfig) -> Path:
        return _base(config) / self.config.source

    def _site(self, config: MkDocsConfig) -> Site:
        """A site that fills the shells of this build, whatever is drawn later."""
        shells = self.shells

        def shell(url: str) -> Shell:
            return shells.get(url) or shells[_shell_key(site, url)]

        site = Site(self.opened.portal, shell, config.site_url or "")
        return site

    def _watched(self, config: MkDocsConfig) -> list[Path]:
        """The source, and files outside it that descriptions refer to."""
        source = self._source(config)
        return [source, *(file for file in self.opened.files if not file.is_relative_to(source.resolve()))]

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

    def _drawn(self) -> tuple[str, ...]:
        """The pages that MkDocs draws: those in its navigation, and two of each depth, to be compared."""
        found: dict[str, list[str]] = {}
        for url in self.site.pages:
            same = found.setdefault(_shell_key(self.site, url), [])
            if len(same) < 2:
                same.append(url)
        return tuple(url for same in found.values() for url in same)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put our pages where the author named them, else behind his own."""
        arrange(nav, self.pages, self.site, named=config.nav is not None)
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Draw the shells. Where a page can not stand for another, let MkDocs draw them all."""
        drawn: dict[str, list[str]] = {}
        self._probing = True
        try:
            for page in self.pages.values():
                key = _shell_key(self.site, page.portal_url)
                drawn.setdefault(key, []).append(draw(page, self._nav, files, config, env))
        finally:
            self._probing = False
        shells, difference = compare(drawn)
        self.shells.update(shells)
        if difference:
            log.warning("the theme or a plugin prints something of its own on each page (“%s”); %s", difference, _SLOWLY)
            self._draw_all(config, files)
        return env

    def _draw_all(self, config: MkDocsConfig, files: Files) -> None:
        """Hand every page to MkDocs, which draws them one by one."""
        self._each_alone, self._on_demand = True, False
        parent = next(page.parent for page in self.pages.values() if not page.portal_top)
        for url in self.site.pages:
            if url not in self.pages:
                page = self.pages[url] = PortalPage.create(config, self.site, url)
                page.parent = parent
                files.append(page.file)
                page.read_source(config)
                page.render(config, files)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Resolve `op:`, `schema:` and `service:` links of hand-written pages."""
        if isinstance(page, PortalPage):
            return html
        html, problems = resolve_links(html, page.file.content_string, page.file.src_uri, page.url, self.site)
        for problem in problems:
            log.warning("%s", problem)
        return html

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """What MkDocs writes for one of our pages is what the portal answers for it."""
        if not isinstance(page, PortalPage):
            return output
        if self._probing:
            return output
        if self._each_alone:
            self.shells[page.portal_url] = cut(output)
        return self.site.html(page.portal_url)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add our pages to the sitemap: instant navigation follows only links to pages that it names."""
        if template_name != "sitemap.xml" or not config.site_url:
            return output_content
        self._sitemap = output_content
        return self._whole_sitemap(self.site, config.site_url)

    def _whole_sitemap(self, site: Site, site_url: str) -> str:
        """The sitemap that MkDocs made, with the pages of a portal that it did not draw."""
        date = next(iter(self.pages.values())).update_date if self.pages else ""
        rest = "".join(_sitemap_entry(site_url, url, date) for url in site.pages if url not in self.pages)
        return self._sitemap.replace("</urlset>", rest + "</urlset>")

    @event_priority(50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Extend the search index, then write what MkDocs did not draw."""
        _extend_search(config, [record for record in records(self.opened.portal) if record["location"] in self.site.pages])
        if self._on_demand:
            self._serve(config)
            return
        drawn = {self.site.portal.urls.file(url) for url in self.pages}
        out = Path(config.site_dir)
        made: set[Path] = set()
        addresses = [address for address in self.site.addresses() if address not in drawn]
        for done, address in enumerate(addresses):
            path = out / address
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(self.site.get(address))
            if self.progress and done % 100 == 0:
                self.progress(done, len(addresses))

    def _serve(self, config: MkDocsConfig) -> None:
        """Hand the site of a finished build to whoever answers requests."""
        site_url = config.site_url or ""
        if self._live is None:
            self._live = Live(self.site, lambda: self._again(config), lambda: None)
        with self._live.lock:
            self._live.site = self.site
            self._live.drawn = frozenset(self.site.portal.urls.file(url) for url in self.pages)
            self._live.reopen = lambda: self._again(config)
            self._live.sitemap = lambda site: self._whole_sitemap(site, site_url) if site_url else ""
        self._live.channel.send({"kind": "rebuilt"})

    def _again(self, config: MkDocsConfig) -> tuple[Site, tuple[Diagnostic, ...]]:
        """The site after a description has changed: the same shells, the same addresses given to hand-written pages."""
        given = self.site.given
        self.opened = self._open(config)
        self.site = self._site(config)
        for address in given:
            self.site.give_way(address)
        return self.site, self.opened.lost

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
        """Answer for the portal's addresses in front of MkDocs, and watch its files instead of MkDocs."""
        if self._live is None:
            return server
        stamp = Path(tempfile.mkdtemp(prefix="portal-gen-")) / "rebuild"
        stamp.touch()
        server.watch(str(stamp))
        self._live.rebuild = lambda: stamp.write_text(str(time.monotonic_ns()))
        server.set_app(self._live.wrap(cast(App, server.get_app()), server.mount_path))
        source = self._source(config)
        folders = dict.fromkeys((file.parent for file in self.opened.files), False) | ({source: True} if source.is_dir() else {})
        self._live.watch(folders, lambda path: path.suffix in SUFFIXES and not path.name.startswith("."))
        return server

    def on_shutdown(self) -> None:
        """End what listens for changes."""
        if self._live:
            self._live.stop()


def _base(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def _shell_key(site: Site, url: str) -> str:
    """Pages share a shell by their depth; those of the site's own navigation have one each."""
    return url if site.pages[url].kind in TOP else f"depth {url.count('/')}"


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
