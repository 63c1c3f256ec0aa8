"""The figures as rows of a table and as a JSON file."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `holds` is None where no bound is set."""

    what: str
    figure: str
    bound: str = ""
    holds: bool | None = None


def table(rows: Iterable[Row]) -> str:
    """Aligned columns. A long figure without a bound may run on."""
    rows = list(rows)
    what = max((len(row.what) for row in rows), default=0)
    figure = max((len(row.figure) for row in rows if row.bound), default=0)
    return "".join(f"{row.what:{what}}  {row.figure:{figure}}  {row.bound:10} {_MARKS[row.holds]}".rstrip() + "\n" for row in rows)


_MARKS = {None: "", True: "ok", False: "MISSED"}


def machine() -> dict[str, Any]:
    """The machine in general terms, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30),
        "python": platform.python_version(),
        "mkdocs": version("mkdocs"),
        "material": version("mkdocs-material"),
        "load": round(os.getloadavg()[0], 1),
    }


def write(path: Path, result: dict[str, Any]) -> None:
    """Leave the figures for other programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n")


def kb(size: float) -> str:
    """Bytes in kB of 1,000."""
    return f"{size / 1000:,.1f} KB"


def mb(size: float) -> str:
    """Bytes in MB of 1,000,000."""
    return f"{size / 1e6:,.0f} MB"
