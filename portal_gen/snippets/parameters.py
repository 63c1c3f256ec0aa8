"""What a reader chose for an operation, and the value that each parameter gets from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal_gen.model.content import MediaType
from portal_gen.model.operation import Operation, Parameter, Place
from portal_gen.model.schema import ABSENT, Absent
from portal_gen.snippets.json_text import compact_json
from portal_gen.snippets.media import shape
from portal_gen.snippets.request_body import Schemas, example_value, schema_value
from portal_gen.spec.tree import Json


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader or an example fills in: parameter values by place and name, the body's media type and value."""

    values: Mapping[tuple[Place, str], Json] = field(default_factory=dict)
    media: str = ""
    """Name of the body's media type; the first one where empty."""
    body: Json | Absent = ABSENT


@dataclass(slots=True)
class Draft:
    """A request in the making."""

    operation: Operation
    choice: Choice
    schemas: Schemas
    notes: list[str]


def parameter_value(draft: Draft, parameter: Parameter) -> Json | Absent:
    """The value to show for a parameter; ABSENT where it is left out."""
    chosen = draft.choice.values.get((parameter.place, parameter.name), ABSENT)
    if not isinstance(chosen, Absent):
        return chosen
    if not (parameter.required or parameter.place == "path"):
        return ABSENT
    for example in parameter.examples:
        if not isinstance(example.value, Absent):
            return example.value
    shown = example_value(parameter.content[0], draft.schemas) if parameter.content else ABSENT
    if isinstance(shown, Absent):
        shown = schema_value(parameter.schema, draft.schemas)
    return placeholder(parameter.name) if isinstance(shown, Absent) else shown


def placeholder(name: str) -> str:
    """A word that stands for a value nobody knows: `order_id` and `orderId` become `ORDER_ID`."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper() or "VALUE"


def content_text(media: MediaType, value: Json) -> str:
    """A value in the representation that a parameter's `content` asks for."""
    return value if isinstance(value, str) and shape(media.name) != "json" else compact_json(value)
