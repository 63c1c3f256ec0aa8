"""Where the time of a build goes, stage by stage: `python -m bench.profile [SOURCE]`.

Functions that begin a stage are wrapped in the modules that call them; the time of a stage is that of its functions without those
of other stages that they call. Everything is done by one process. What no stage claims is MkDocs' and the start's. The wrappers
take time themselves, a few per cent in all.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any

from bench.floor import floor
from bench.inputs import Missing, hanzo

STAGES: tuple[tuple[str, str, str], ...] = (
    ("reading", "portal_gen.load", "load"),
    ("building", "portal_gen.load", "build"),
    ("checking", "portal_gen.load", "lint"),
    ("joining", "portal_gen.load", "assemble"),
    ("operation pages", "portal_gen.render.renderer", "operation_page"),
    ("schema pages", "portal_gen.render.renderer", "schema_page"),
    ("service pages", "portal_gen.render.renderer", "service_page"),
    ("service pages", "portal_gen.render.renderer", "services_page"),
    ("service pages", "portal_gen.render.renderer", "front_page"),
    ("navigation", "portal_gen.render.renderer", "nav_parts"),
    ("snippets", "portal_gen.render.operation", "request_samples"),
    ("examples", "portal_gen.render.samples", "media_example"),
    ("examples", "portal_gen.render.examples", "media_example"),
    ("highlighting", "portal_gen.render.examples", "json_html"),
    ("twins", "portal_gen.render.operation", "operation_twin"),
    ("twins", "portal_gen.render.schema_page", "document"),
    ("twins", "portal_gen.render.service", "service_twin"),
    ("shell", "portal_gen.site", "Site.html"),
    ("writing", "portal_gen.jobs", "write"),
    ("old site removed, new one put in place", "portal_gen.build", "exchange"),
)


class Clock:
    """Seconds of processor time by stage; only the innermost stage runs."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._open = ["MkDocs and start"]
        self._since = time.process_time()

    def switch(self) -> None:
        """Book what has passed on the stage that runs."""
        now = time.process_time()
        self.spent[self._open[-1]] = self.spent.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed; a generator is run to its end at once."""
        whole = (lambda *args, **more: iter(list(function(*args, **more)))) if isgeneratorfunction(function) else function

        @wraps(function)
        def timed(*args: Any, **more: Any) -> Any:
            self.switch()
            self._open.append(stage)
            try:
                return whole(*args, **more)
            finally:
                self.switch()
                self._open.pop()

        return timed


def measured(source: Path, out: Path) -> dict[str, float]:
    """Seconds by stage of one build of `source` into `out`, imports included."""
    clock = Clock()
    from portal_gen.build import replacing
    from portal_gen.mkdocs_plugin import standalone

    for stage, module, name in STAGES:
        holder: Any = import_module(module)
        *path, last = name.split(".")
        for part in path:
            holder = getattr(holder, part)
        setattr(holder, last, clock.wrap(stage, getattr(holder, last)))
    with replacing(out) as folder:
        standalone.build_site(standalone.Run(source, executor="serial"), folder)
    clock.switch()
    return clock.spent


def lines(spent: dict[str, float], floors: tuple[float, float]) -> Iterator[str]:
    """The table."""
    total = sum(spent.values())
    for stage, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        yield f"{stage:40} {seconds:6.2f} s  {seconds / total:4.0%}"
    yield f"{'total':40} {total:6.2f} s"
    yield f"{'floor: the same text read':40} {floors[0]:6.2f} s"
    yield f"{'floor: the same files written':40} {floors[1]:6.2f} s"


def main() -> int:
    """Print the table; exit status 1 where the descriptions are missing."""
    try:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else hanzo().path
    except Missing as fault:
        print(fault, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        spent = measured(source, out)
        inputs = [source] if source.is_file() else sorted(source.glob("*/openapi.yaml"))
        print("\n".join(lines(spent, floor(inputs, out, Path(folder) / "floor"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
