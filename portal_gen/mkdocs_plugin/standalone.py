"""Sites without an mkdocs.yml, and runs of MkDocs for the command line."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError
from portal_gen.executors import Kind
from portal_gen.mkdocs_plugin.plugin import PortalPlugin, Stopped

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What to make a site of: SOURCE (a description or folder), or the mkdocs.yml of the working directory where it is None."""

    source: Path | None
    root: Path | None = None
    strict: bool = False
    title: str = ""
    executor: Kind | None = None
    dask_scheduler: str = ""
    cache: Path | None = None
    """Where to keep what later builds need not draw again; by default nowhere, in a project where its mkdocs.yml says."""


def site_folder(config_file: Path = Path("mkdocs.yml")) -> Path:
    """Where the site of an mkdocs.yml goes."""
    with _as_portal_error():
        return Path(load_config(str(config_file)).site_dir)


def build_site(run: Run, out: Path, progress: Progress | None = None) -> None:
    """Build into `out`. PortalError where it cannot be done; Stopped where faults stop it because of `strict`."""
    with tempfile.TemporaryDirectory() as empty, _as_portal_error():
        if run.source is None:
            config = load_config("mkdocs.yml", site_dir=str(out), strict=run.strict or None)
        else:
            text = json.dumps(_settings(run, Path(empty)))
            config = load_config(BytesIO(text.encode()), site_dir=str(out), strict=run.strict)
        for plugin in config.plugins.values():
            if isinstance(plugin, PortalPlugin):
                plugin.progress = progress
                plugin.config["executor"] = run.executor or plugin.config.executor
                plugin.config["dask_scheduler"] = run.dask_scheduler or plugin.config.dask_scheduler
                plugin.config["cache"] = str(run.cache.absolute()) if run.cache else plugin.config.cache
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()


def serve_site(run: Run, address: str | None = None) -> None:
    """Serve until interrupted."""
    from mkdocs.commands.serve import serve

    with tempfile.TemporaryDirectory() as folder, _as_portal_error():
        file = Path("mkdocs.yml")
        if run.source is not None:
            file = Path(folder) / "mkdocs.yml"
            docs = Path(folder) / "docs"
            docs.mkdir()
            file.write_text(json.dumps(_settings(run, docs)))
        serve(config_file=str(file), livereload=True, dev_addr=address, strict=run.strict or None)


def _settings(run: Run, docs: Path) -> dict[str, Any]:
    """An mkdocs.yml for a portal and nothing else."""
    source = (run.source or Path()).absolute()
    options = {"source": str(source), "cache": ""} | ({"root": str(run.root.absolute())} if run.root else {})
    return {
        "site_name": run.title,
        "docs_dir": str(docs),
        "dev_addr": "localhost:8000",
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.tabs", "navigation.indexes", "search.suggest", "search.highlight"],
            "palette": [
                _palette("light", "default", "weather-night", "Dark"),
                _palette("dark", "slate", "weather-sunny", "Light"),
            ],
        },
        "plugins": [{"search": {}}, {"portal_gen": options}],
        "extra": {"generator": False},
    }


def _palette(preferred: str, scheme: str, icon: str, other: str) -> dict[str, Any]:
    toggle = {"icon": f"material/{icon}", "name": f"{other} palette"}
    media = f"(prefers-color-scheme: {preferred})"
    return {"media": media, "scheme": scheme, "primary": "custom", "accent": "custom", "toggle": toggle}


@contextmanager
def _as_portal_error() -> Iterator[None]:
    """MkDocs' own stops as ours."""
    try:
        yield
    except Abort as stop:
        reason = stop.__context__ or stop
        cause = reason.__cause__
        if isinstance(reason, Stopped) or isinstance(cause, PortalError):
            raise (cause if isinstance(cause, PortalError) else reason) from stop
        if reason is not stop:
            raise PortalError([error("mkdocs", str(reason), Location("mkdocs.yml"))]) from stop
        raise Stopped(str(stop)) from stop
    except ConfigurationError as fault:
        raise PortalError([error("mkdocs", f"{fault}; mend mkdocs.yml", Location("mkdocs.yml"))]) from fault
