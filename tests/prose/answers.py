"""Does every operation show what comes back, and is what it shows valid?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from portal_gen.diagnostics import Diagnostic
from tests.prose.description import Description, Spot, components, followed, operations, read, responses, root

SUCCESS = re.compile("101|[23]..")
TEXTUAL = re.compile(r"text/|application/(.*\+)?(json|yaml|xml)|application/x-(ndjson|www-form-urlencoded)")
EVENT_STREAM = "text/event-stream"


def no_success(description: Description) -> Iterator[Diagnostic]:
    """Operations that never say what happens when all goes well."""
    for operation in operations(description):
        if not any(SUCCESS.fullmatch(status) for status in operation.value["responses"]):
            yield operation.finding("success", f"{operation.value['operationId']} has no answer for success; add it", "responses")


def no_error(description: Description) -> Iterator[Diagnostic]:
    """Operations that never say what happens when the caller is wrong."""
    for operation in operations(description):
        if not any(status.startswith("4") for status in operation.value["responses"]):
            name = operation.value["operationId"]
            yield operation.finding(
                "errors", f"{name} has no 4xx; refer to one of shared/errors.yaml or the service's own", "responses"
            )


def without_example(description: Description) -> Iterator[Diagnostic]:
    """Bodies that nobody can picture: they are text, and none of their media types has an example."""
    for body in _bodies(description):
        textual = [spot for media_type, spot in body.children("content") if TEXTUAL.match(media_type)]
        if textual and not any(_examples(spot) for spot in textual):
            yield body.finding("example", f"{body.pointer} has no example; add one", "content")


def _bodies(description: Description) -> Iterator[Spot]:
    """Request bodies and responses that stand in the file itself."""
    for operation in operations(description):
        if "$ref" not in operation.value.get("requestBody", {"$ref": ""}):
            yield operation.child("requestBody")
    yield from responses(description)


def _examples(holder: Spot) -> list[Spot]:
    """The values that a Media Type, Parameter or Header Object shows."""
    found = [holder.child("example")] if "example" in holder.value else []
    examples = [followed(spot) for _, spot in holder.children("examples")]
    return found + [spot.child("value") for spot in examples if "value" in spot.value]


def invalid_examples(description: Description) -> Iterator[Diagnostic]:
    """Examples that their schema refuses; formats count."""
    for holder in _holders(description):
        if "schema" in holder.value:
            for example in _examples(holder):
                yield from _judged(holder, holder.child("schema"), example)
    for spot in _schemas(root(description)):
        shown = [spot.child("example")] if "example" in spot.value else []
        for example in shown + [value for _, value in spot.children("examples")]:
            yield from _judged(spot, spot, example)


def _judged(holder: Spot, schema: Spot, example: Spot) -> Iterator[Diagnostic]:
    for fault in validator(schema).iter_errors(_plain(example.value)):
        place = "/".join(map(str, fault.instance_path))
        yield holder.finding("invalid", f"the example is not valid at /{place}: {fault.message}; correct it", "examples")


def _holders(description: Description) -> Iterator[Spot]:
    """Everything that may show examples of a schema beside it."""
    for operation in operations(description):
        yield from (spot for _, spot in operation.children("parameters") if "$ref" not in spot.value)
        if "requestBody" in operation.value:
            yield from (spot for _, spot in followed(operation.child("requestBody")).children("content"))
    for response in responses(description):
        yield from (spot for _, spot in response.children("content"))
        yield from (spot for _, spot in response.children("headers") if "$ref" not in spot.value)
    yield from (spot for _, spot in components(description, "parameters") if "$ref" not in spot.value)


def _schemas(spot: Spot) -> Iterator[Spot]:
    """Every Schema Object that stands below a spot: what `schema`, `schemas` and `properties` hold."""
    if isinstance(spot.value, Mapping):
        for key in spot.value:
            if key in ("example", "examples", "default", "enum", "const"):
                continue
            inner = spot.child(key)
            if key == "schema" and isinstance(inner.value, Mapping):
                yield inner
            if key in ("schemas", "properties") and isinstance(inner.value, Mapping):
                yield from (inner.child(name) for name in inner.value if isinstance(inner.value[name], Mapping))
            yield from _schemas(inner)
    elif isinstance(spot.value, list):
        for index in range(len(spot.value)):
            yield from _schemas(spot.child(str(index)))


def event_streams(description: Description) -> Iterator[Diagnostic]:
    """Streams whose example is no stream: events have a `data:` line each and an empty line behind them."""
    for response in responses(description):
        for media_type, spot in response.children("content"):
            for example in _examples(spot) if media_type == EVENT_STREAM else ():
                if isinstance(example.value, str) and not re.search(r"^data:.*\n\n", example.value, re.MULTILINE):
                    yield spot.finding(
                        "events", "the example shows no event; write `data:` lines with an empty line behind each event"
                    )


def validator(schema: Spot) -> jsonschema_rs.Draft202012Validator:
    """A validator of the schema at a spot, which may refer to its own file and to the shared ones."""
    address = f"{schema.path.as_uri()}#{quote(schema.pointer, safe='/~')}"
    return jsonschema_rs.Draft202012Validator(
        {"$ref": address}, registry=_registry(schema.path), validate_formats=True, offline=True
    )


@cache
def _registry(path: Path) -> jsonschema_rs.Registry:
    files = {path, *(path.parent.parent / "shared").glob("*.yaml")}
    return jsonschema_rs.Registry([(file.as_uri(), _plain(read(file).value)) for file in sorted(files)])


def _plain(value: Any) -> Any:
    """Mappings and lists without their places."""
    return json.loads(json.dumps(value))
