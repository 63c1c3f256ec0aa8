"""Which version of OpenAPI a description is written in, and whether it can be read at all."""

from __future__ import annotations

import re
from typing import Any

from portal_gen.errors import PortalError
from portal_gen.spec.faults import Faults
from portal_gen.spec.tree import Decimal, Map, Mark

_KNOWN = re.compile(r"3\.[012](\.\d+)?(-\S+)?\Z")
_READS = "2.0, 3.0, 3.1 and 3.2 can be read"


def written_version(root: Any, faults: Faults) -> str:
    """The version as written ("2.0", "3.0.3", "3.1.0"). PortalError, with every fault of the text, where the file is none."""
    if not isinstance(root, Map):
        raise faults.stop("structure", "the file holds no mapping; a description begins with openapi, info and paths")
    key = next((key for key in ("openapi", "swagger") if key in root), None)
    if key is None:
        raise faults.stop(
            "version", 'there is no openapi field; add openapi: "3.1.0" (or the version that this is written in)', root.mark
        )
    version = _version(root, key, faults)
    _check(root, faults)
    return version


def version_of(value: Any) -> str:
    """The version of a file that a reference leads to, if it is a whole document; else nothing."""
    faults = Faults("")
    key = next((key for key in ("openapi", "swagger") if key in value), "") if isinstance(value, Map) else ""
    try:
        return _version(value, key, faults) if key else ""
    except PortalError:
        return ""


def is_version_2(version: str) -> bool:
    """Whether this is Swagger 2.0."""
    return version == "2.0"


def is_version_3_0(version: str) -> bool:
    """Whether schemas are 3.0's dialect, that of Swagger 2.0 included."""
    return version.startswith(("2.", "3.0"))


def _version(root: Map, key: str, faults: Faults) -> str:
    value = root[key]
    mark = root.marks.get(key, root.mark)
    text = value.lexeme if isinstance(value, Decimal) else value
    if not (isinstance(text, str) and (text == "2.0" if key == "swagger" else _KNOWN.match(text))):
        raise faults.stop("version", _unknown(key, text), mark)
    if isinstance(value, Decimal):
        faults.add("warning", "version", f'{key} is a number here; quote it: {key}: "{text}"', mark)
    if key == "openapi" and "swagger" in root:
        faults.add(
            "warning", "version", "openapi and swagger both stand here, openapi counts; remove swagger", _mark(root, "swagger")
        )
    return text


def _unknown(key: str, value: object) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return f'{key} is not a text; give a version such as "3.1.0"'
    return f"{key}: {value} is not known, {_READS}; correct the version or convert the description"


def _check(root: Map, faults: Faults) -> None:
    if "paths" in root and not isinstance(root["paths"], Map):
        raise faults.stop("structure", "paths is not a mapping; give it one entry for each path", _mark(root, "paths"))
    info = root.get("info")
    if not (isinstance(info, Map) and str(info.get("title") or "").strip()):
        place = _mark(root, "info") if "info" in root else root.mark
        faults.add("warning", "info", "the description has no title; add info.title", place)


def _mark(root: Map, key: str) -> Mark:
    return root.marks.get(key, root.mark)
