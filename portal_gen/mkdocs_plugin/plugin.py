"""The MkDocs plugin: puts the portal's pages into the site's navigation, search and sitemap.

MkDocs renders one page of each depth by itself; its markup becomes the shell that all others of that depth are filled into.
This module translates between MkDocs and `Site` and decides nothing about pages.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

import jinja2
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
from portal_gen.executors import KINDS, carry_out, crew, read_by_two
from portal_gen.jobs import Recipe, digest_of
from portal_gen.kept import Kept, Made, made_of, made_with
from portal_gen.load import Library, Opened, one_by_one
from portal_gen.mkdocs_plugin.links import resolve_links
from portal_gen.mkdocs_plugin.neighbors import extend_search, redirect_targets
from portal_gen.mkdocs_plugin.pages import AWESOME, PortalPage, arrange
from portal_gen.mkdocs_plugin.probe import compare, draw, populate
from portal_gen.mkdocs_plugin.templates import read_added
from portal_gen.portal.added import NOTHING, Added
from portal_gen.portal.discovery import SUFFIXES
from portal_gen.portal.urls import Urls
from portal_gen.readings import Readings
from portal_gen.render.shell import Shell, cut
from portal_gen.resources import ON_DEMAND, Asset, assets, templates
from portal_gen.site import Site
from portal_gen.spec.source import collector_off

if TYPE_CHECKING:  # a build has no use for them
    from mkdocs.livereload import LiveReloadServer

    from portal_gen.mkdocs_plugin.serve import App, Live

log = get_plugin_logger("portal_gen")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}


_LOCATION = re.compile("<loc>(.*?)</loc>")
_SLOWLY = "every page is drawn by itself, which takes longer; make it the same on all pages, or leave it out"


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
    recipe: Recipe
    store: Store | None = None
    shells: dict[str, Shell]
    pages: dict[str, PortalPage]
    _library: Library | None = None
    _serving = False
    _on_demand = False
    """Whether pages are rendered when they are asked for, so that a build writes none."""
    _live: Live | None = None
    _nav: Navigation
    _probing = False
    _config: MkDocsConfig | None = None
    _again_built = False
    """Whether another plugin builds once more with the same settings, for one more language: our pages are there already."""
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
        self._serving = command == "serve"
        self._on_demand = self._serving and "--no-livereload" not in sys.argv

    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the portal: before MkDocs empties the old site, so that a fault that stops loses nothing.

        It comes after other plugins, since those for versions and for offline use change the site's address and the pages' form.
        """
        self._again_built = config is self._config
        if self._again_built:
            return config
        self._config = config
        if not (Path(config.theme.dirs[0]).exists() and any("material" in folder for folder in config.theme.dirs)):
            raise PluginError("portal_gen draws its pages with Material for MkDocs; set `theme: {name: material}` in mkdocs.yml")
        if self._library is None:
            self._library = Library()
        try:
            with collector_off():
                self.made = self._made(config)
                if not self._serving:
                    gc.freeze()  # it stays to the end: to look through it takes time, and in a forked process memory too
            self.shells, self.pages, self._each_alone = {}, {}, False
            self.site = self._site()
            self._try_added()
        except PortalError as fault:
            raise PluginError("\n".join(str(diagnostic) for diagnostic in fault.diagnostics)) from fault
        config.site_name = config.site_name or escape(self.made.title)  # the theme prints it as it is
        self._report(self.made.diagnostics, config.strict)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(templates()))
        self._add_assets(config)
        if not self._on_demand:
            config.watch += [str(path) for path in self._watched(config)]
        return config

    def _made(self, config: MkDocsConfig) -> Made:
        """What the site is made of: read, or kept by an earlier build."""
        base = _base(config)
        root = base / self.config.root if self.config.root else None
        urls = Urls(config.use_directory_urls, _documents(Path(config.docs_dir)))
        canonical = f"{config.site_url.rstrip('/')}/" if config.site_url else ""  # a plugin for versions leaves no slash at the end
        self.recipe = Recipe(
            self._source(config), root, Path.cwd(), urls, config.site_name, canonical, added=self._read_added(config)
        )
        self.store = Store(base / self.config.cache) if self.config.cache and not self._serving else None
        if self.store is None:
            return made_of(self._open())
        return made_with(self.store, self.recipe.source, root, urls, config.site_name, self._open, self.recipe.added)

    def _read_added(self, config: MkDocsConfig) -> Added:
        """The site's own templates, which are looked at again when one of them changes."""
        if not config.theme.custom_dir:
            return NOTHING
        folder = Path(config.theme.custom_dir) / "portal"
        if folder.is_dir():
            config.watch.append(str(folder))
        return read_added(folder)

    def _try_added(self) -> None:
        """Draw one page of each kind that a site adds or ends, so that a fault in a template stops before the old site is gone."""
        if not self.recipe.added.templates:
            return
        kinds = {(page.kind, page.top, page.key if page.kind == "added" else ""): url for url, page in self.site.pages.items()}
        for url in kinds.values():
            self.site.page(url)

    def _open(self) -> Opened:
        """The portal as its files are now; what can not be read while pages are served stays as it was."""
        assert self._library is not None
        recipe = self.recipe
        return self._library.open(
            recipe.source,
            recipe.root,
            recipe.urls,
            recipe.title,
            recipe.added,
            last=self._live is not None,
            spread=read_by_two if self.config.executor in (None, "processes") else one_by_one,
            shelf=Readings(self.store) if self.store else None,
        )

    def _source(self, config: MkDocsConfig) -> Path:
        return _base(config) / self.config.source

    def _site(self) -> Site:
        """A site that fills the shells of this build, whatever is drawn later."""
        shells = self.shells

        def shell(url: str) -> Shell:
            return shells.get(url) or shells[site.pages[url].shell]

        site = Site(self.made.contents, shell, self.recipe.canonical)
        return site

    def _watched(self, config: MkDocsConfig) -> list[Path]:
        """The source, and files outside it that descriptions refer to."""
        source = self._source(config)
        return [source, *(file for file in self.made.files if not file.is_relative_to(source.resolve()))]

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
            if asset.name.endswith(".mjs") and asset.name not in ON_DEMAND:
                script = ExtraScriptValue(asset.address)
                script.type = "module"
                config.extra_javascript.append(script)

    @event_priority(-150)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our assets and the pages that MkDocs is to draw; give way to hand-written pages of the same address.

        It comes last: others make pages too, and the plugin for languages drops what does not lie in `docs_dir`.
        """
        if self._again_built:
            for url, page in self.pages.items():
                if page.portal_top:
                    self.pages[url] = PortalPage.create(config, self.site, url)
                    files.append(self.pages[url].file)
            return files
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
                log.info(
                    "%s is written by hand and stands instead of the generated page at /%s",
                    file.src_uri,
                    file.url.removeprefix("./"),
                )
                self.site.give_way(file.dest_uri)

    def _drawn(self) -> tuple[str, ...]:
        """The pages that MkDocs draws: those in its navigation, and two of each depth, to be compared."""
        found: dict[str, list[str]] = {}
        for url in self.site.pages:
            same = found.setdefault(self.site.pages[url].shell, [])
            if len(same) < 2:
                same.append(url)
        return tuple(url for same in found.values() for url in same)

    @event_priority(-50)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put our pages where the author named them, else behind his own."""
        arrange(nav, self.pages, self.site, named=config.nav is not None or AWESOME in config.plugins)
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Draw the shells. Where a page can not stand for another, let MkDocs draw them all."""
        if self._again_built:
            return env
        drawn: dict[str, list[str]] = {}
        self._probing = True
        try:
            for page in self.pages.values():
                key = self.site.pages[page.portal_url].shell
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
                populate(page, config, files)

    @event_priority(-40)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Undo what was set for a whole folder of hand-written pages, such as tags: ours would be listed by their markers."""
        if isinstance(page, PortalPage):
            page.read_source(config)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Resolve `op:`, `schema:` and `service:` links of hand-written pages."""
        if isinstance(page, PortalPage):
            return html
        html, problems = resolve_links(html, page.file.content_string, page.file.src_uri, page.url, self.site, self.made.targets)
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
        if self._again_built:
            return ""
        if self._each_alone:
            self.shells[page.portal_url] = cut(output)
        try:
            return self.site.html(page.portal_url)
        except PortalError as fault:
            raise PluginError(str(fault)) from fault

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add our pages to the sitemap: instant navigation follows only links to pages that it names."""
        if template_name != "sitemap.xml" or not config.site_url:
            return output_content
        self._sitemap = output_content
        return self._whole_sitemap(self.site, config.site_url)

    def _whole_sitemap(self, site: Site, site_url: str) -> str:
        """The sitemap that MkDocs made, with the pages of a portal that it did not draw."""
        date = next(iter(self.pages.values())).update_date if self.pages else ""
        there = set(_LOCATION.findall(self._sitemap))
        rest = "".join(_sitemap_entry(site_url, url, date) for url in site.pages if _location(site_url, url) not in there)
        return self._sitemap.replace("</urlset>", rest + "</urlset>")

    @event_priority(50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what MkDocs did not draw, then extend the search index, which workers have no use for."""
        if self._again_built:
            return
        if self._on_demand:
            self._serve(config)
        else:
            drawn = {self.site.urls.file(url) for url in self.pages}
            self._write([address for address in self.site.addresses() if address not in drawn], Path(config.site_dir))
        extend_search(config, self.site, [record for record in self.made.records() if record["location"] in self.site.pages])
        redirect_targets(config, self.site)

    def _write(self, addresses: list[str], out: Path) -> None:
        """Draw addresses and write them, in this process or in others."""
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
        """What another process needs to draw the same pages."""
        digest = digest_of(self.made.files) if read_again else ""
        return replace(self.recipe, shells=tuple(self.shells.items()), given_away=tuple(self.site.given), digest=digest)

    def _serve(self, config: MkDocsConfig) -> None:
        """Hand the site of a finished build to whoever answers requests."""
        from portal_gen.mkdocs_plugin.serve import Live

        site_url = config.site_url or ""
        if self._live is None:
            self._live = Live(self.site, self._again, lambda: None)
        with self._live.lock:
            self._live.site = self.site
            self._live.drawn = frozenset(self.site.urls.file(url) for url in self.pages)
            self._live.sitemap = lambda site: self._whole_sitemap(site, site_url) if site_url else ""
        self._live.channel.send({"kind": "rebuilt"})

    def _again(self) -> tuple[Site, tuple[Diagnostic, ...]]:
        """The site after a description has changed: the same shells, the same addresses given to hand-written pages."""
        given = self.site.given
        opened = self._open()
        self.made = made_of(opened)
        self.site = self._site()
        for address in given:
            self.site.give_way(address)
        return self.site, opened.lost

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
        """Answer for the portal's addresses in front of MkDocs, and watch its files instead of MkDocs."""
        if self._live is None:
            return server
        stamp = Path(tempfile.mkdtemp(prefix="portal-gen-")) / "rebuild"
        stamp.touch()
        server.watch(str(stamp))
        self._live.rebuild = lambda: stamp.write_text(str(time.monotonic_ns()))
        server.set_app(self._live.wrap(cast("App", server.get_app()), server.mount_path))
        source = self._source(config)
        folders = dict.fromkeys((file.parent for file in self.made.files), False) | ({source: True} if source.is_dir() else {})
        self._live.watch(folders, lambda path: path.suffix in SUFFIXES and not path.name.startswith("."))
        return server

    def on_shutdown(self) -> None:
        """End what listens for changes."""
        if self._live:
            self._live.stop()


def _base(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).absolute().parent if config.config_file_path else Path.cwd()


def _documents(docs: Path) -> tuple[str, ...]:
    """Hand-written pages, by their paths below `docs`."""
    return tuple(sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md")))


def _asset_file(config: MkDocsConfig, asset: Asset) -> File:
    return File.generated(config, asset.address, content=asset.content, inclusion=InclusionLevel.INCLUDED)


def _location(site_url: str, url: str) -> str:
    return f"{site_url.rstrip('/')}/{url}"


def _sitemap_entry(site_url: str, url: str, date: str) -> str:
    return f"<url>\n<loc>{_location(site_url, url)}</loc>\n<lastmod>{date}</lastmod>\n</url>\n"
