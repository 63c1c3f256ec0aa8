"""What ships inside the package: templates for the theme, styles and scripts for the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or script; `address` holds a digest of its content, so it may be cached for ever."""

    name: str
    address: str
    content: bytes


_FOR_AUTHORS = re.compile(rb"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
"""Comments and indentation of our own style sheets: a fifth of their compressed size."""
ON_DEMAND = frozenset({"resolve.mjs"})
"""Scripts that only pages which name them load (`data-pg-module`)."""


def module(name: str) -> str:
    """The address of a script of `frontend`, relative to the site's root."""
    return next(asset.address for asset in assets() if asset.name == name)


@cache
def assets() -> tuple[Asset, ...]:
    """Every file of `frontend`, by name."""
    return tuple(_asset(path) for path in sorted((_HERE / "frontend").iterdir()) if path.suffix in (".css", ".mjs"))


def templates() -> Path:
    """The folder of templates that extend the theme's."""
    return _HERE / "templates"


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    if path.suffix == ".css":
        content = _FOR_AUTHORS.sub(b"", content)
    return Asset(path.name, f"assets/portal/{path.stem}.{sha256(content).hexdigest()[:10]}{path.suffix}", content)


@cache
def live_script() -> bytes:
    """The script that only a server adds to pages."""
    return (_HERE / "frontend" / "live.js").read_bytes()
