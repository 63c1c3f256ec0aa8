"""What these tests share: a schema from YAML, a validator that is not ours."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from portal_gen.model.builder import build
from portal_gen.model.document import Document
from portal_gen.spec.load import load

ROOT = "urn:description"


def document(schemas: str) -> Document:
    """A description with these components, written as a YAML mapping from name to schema."""
    indented = "\n".join("    " + line for line in schemas.strip("\n").splitlines())
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}\n"
    return document_of(text, ".yaml")


def document_of(text: str, suffix: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"openapi{suffix}"
        path.write_text(text, encoding="utf-8")
        return build(load(path))


@cache
def described(path: Path) -> tuple[Document, Any]:
    """A description's document and its plain values, in the shape of OpenAPI 3.2."""
    loaded = load(path)
    return build(loaded), plain(loaded.root)


def plain(value: Any) -> Any:
    """Values as the validator takes them: no float that remembers its spelling, references that are legal URIs, and without
    leftovers of other drafts that make a schema illegal (`exclusiveMinimum: true`, a name required twice)."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return float(value) if isinstance(value, float) else value
    found = {name: plain(member) for name, member in value.items()}
    if isinstance(found.get("$ref"), str) and found["$ref"].startswith("#"):
        found["$ref"] = ROOT + "#" + quote(found["$ref"][1:], safe="/~%")
    if isinstance(found.get("required"), list):
        found["required"] = list(dict.fromkeys(found["required"]))
    for name in ("exclusiveMinimum", "exclusiveMaximum", "$recursiveAnchor"):
        if isinstance(found.get(name), bool):
            del found[name]
    return found


def validator(root: Any) -> jsonschema_rs.Draft202012Validator:
    """One validator for all named schemas of a description: it judges `{name: value}`."""
    names = root["components"]["schemas"]
    pointers = {name: quote(name.replace("~", "~0").replace("/", "~1"), safe="~") for name in names}
    schema = {"properties": {name: {"$ref": f"{ROOT}#/components/schemas/{pointers[name]}"} for name in names}}
    registry = jsonschema_rs.Registry([(ROOT, root)], draft=jsonschema_rs.Draft202012)
    return jsonschema_rs.Draft202012Validator(schema, registry=registry, offline=True, validate_formats=True)
