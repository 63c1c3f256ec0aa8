"""The names in braces of a path are its path parameters, no more and no less (OpenAPI 3.2, sections 4.8.2, 4.12.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.lint.walk import label
from portal_gen.model.document import Document

_NAMES = re.compile(r"\{([^{}]*)\}")


def check(document: Document) -> Iterator[Diagnostic]:
    """Names without a parameter, at the operation; parameters without a name in the path, at the parameter."""
    for operation in document.operations:
        written = _NAMES.findall(operation.path)
        declared = {parameter.name: parameter for parameter in operation.parameters_in("path")}
        for name in sorted(set(written) - declared.keys()):
            message = f"{label(operation)} declares no parameter for `{{{name}}}`; add one with `name: {name}` and `in: path`"
            yield error("path-parameters", message, operation.location)
        for name in declared.keys() - set(written):
            message = f"path parameter `{name}` is not in the path `{operation.path}`; add `{{{name}}}` to it or drop the parameter"
            yield error("path-parameters", message, declared[name].location)
