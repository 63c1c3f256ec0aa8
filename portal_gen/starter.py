"""The files of a new project: enough to serve, small enough to read."""

from __future__ import annotations

from pathlib import Path

from portal_gen.diagnostics import Location, error
from portal_gen.errors import PortalError

_FILES = Path(__file__).parent / "starter_files"


def start(folder: Path) -> tuple[Path, ...]:
    """Copy the starter into `folder` and return the files made. PortalError, and nothing written, where one exists already."""
    pairs = [(path, folder / path.relative_to(_FILES)) for path in sorted(_FILES.rglob("*")) if path.is_file()]
    taken = [target for _, target in pairs if target.exists()]
    if taken:
        message = "exists already and would be overwritten; begin in an empty folder"
        raise PortalError([error("init", message, Location(str(path))) for path in taken])
    for path, target in pairs:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return tuple(target for _, target in pairs)
