"""The text of a bundle, its file, and where the two differ."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from portal_gen.bundle.document import Bundle
from portal_gen.diagnostics import Diagnostic, Location, error
from portal_gen.errors import PortalError
from portal_gen.portal.discovery import descriptions
from portal_gen.spec.emit import to_yaml
from portal_gen.spec.source import shown

HEAD = """\
# Made by `portal-gen bundle` from the descriptions in this folder and their catalog. Change those, then make it anew.
"""


def bundle_text(bundle: Bundle) -> str:
    """A bundle as YAML."""
    return HEAD + to_yaml(bundle.tree)


def write_bundle(out: Path, text: str, source: Path) -> None:
    """Write the text; PortalError where that can not be done, or where the file would be read as a description of SOURCE."""
    if out.resolve() in {path.resolve() for _, path in descriptions(source)}:
        message = "this file would be read as one of the descriptions; name one outside of their folder with --out"
        raise PortalError([error("out", message, Location(shown(out)))])
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        message = f"cannot be written: {fault.strerror or fault}; name another file with --out"
        raise PortalError([error("out", message, Location(shown(out)))]) from fault


def difference(file: Path, text: str) -> Diagnostic | None:
    """The first line at which a file is not the text, as a finding; None where they are the same."""
    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return error("bundle", "there is no such file that can be read", Location(shown(file)))
    if written == text:
        return None
    lines = zip_longest(written.split("\n"), text.split("\n"))
    number, old, new = next((number, old, new) for number, (old, new) in enumerate(lines, 1) if old != new)
    message = f"the file is not in step: {_line(old)} stands where the descriptions give {_line(new)}"
    return error("bundle", message, Location(shown(file), number))


def _line(line: str | None) -> str:
    return "nothing" if line is None else f"`{line.strip()[:80]}`" if line.strip() else "an empty line"
