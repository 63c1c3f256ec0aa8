"""What is wrong with a description beyond what stops it from being read: one rule a file, each a generator of findings.

Rules look at the model, never at text. A rule is called like its module, with hyphens, and stands in docs/portal-gen/checks.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from portal_gen.diagnostics import Diagnostic
from portal_gen.lint import (
    ambiguous_path,
    component_name,
    discriminator_property,
    duplicate_enum_value,
    duplicate_operation_id,
    duplicate_parameter,
    duplicate_required,
    empty_range,
    example_type,
    impossible_required,
    info,
    invalid_pattern,
    license,
    link_operation,
    media_type_name,
    no_responses,
    path_parameters,
    read_and_write_only,
    response_description,
    response_status,
    security_scheme,
    server,
    undefined_security_scheme,
    unexpected_body,
    unknown_type,
    value_type,
)
from portal_gen.model.document import Document

Rule: TypeAlias = Callable[[Document], Iterator[Diagnostic]]

RULES: Final[tuple[Rule, ...]] = (
    info.check,
    license.check,
    server.check,
    security_scheme.check,
    undefined_security_scheme.check,
    component_name.check,
    duplicate_operation_id.check,
    ambiguous_path.check,
    path_parameters.check,
    duplicate_parameter.check,
    unexpected_body.check,
    no_responses.check,
    response_status.check,
    response_description.check,
    link_operation.check,
    media_type_name.check,
    example_type.check,
    unknown_type.check,
    value_type.check,
    duplicate_enum_value.check,
    duplicate_required.check,
    impossible_required.check,
    empty_range.check,
    invalid_pattern.check,
    read_and_write_only.check,
    discriminator_property.check,
)


def lint(document: Document) -> tuple[Diagnostic, ...]:
    """The findings of all rules, each once, in the order of the text."""
    found = {diagnostic for rule in RULES for diagnostic in rule(document)}
    return tuple(sorted(found, key=lambda diagnostic: (diagnostic.location, diagnostic.rule, diagnostic.message)))
