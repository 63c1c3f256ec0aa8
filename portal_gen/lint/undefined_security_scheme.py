"""A security requirement names schemes that are defined (OpenAPI 3.2, section 4.30)."""

from __future__ import annotations

from collections.abc import Iterator

from portal_gen.diagnostics import Diagnostic, error
from portal_gen.lint.walk import operations
from portal_gen.model.document import Document


def check(document: Document) -> Iterator[Diagnostic]:
    """Names without a scheme. A name with a slash or a hash is a URI (3.2), which is not looked up."""
    lists = (document.security, *(operation.security for operation in operations(document)))
    for requirement in (requirement for several in lists for requirement in several):
        for name, _ in requirement.schemes:
            if name and name not in document.security_schemes and not {"/", "#"} & set(name):
                message = f"the security scheme `{name}` is not defined; add it under components.securitySchemes, or drop it here"
                yield error("undefined-security-scheme", message, requirement.location)
