"""What a description says of itself: info, servers, tags, links to more (OpenAPI 3.2, sections 4.2 to 4.6, 4.22, 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

from portal_gen.diagnostics import NOWHERE, Location


@dataclass(frozen=True, slots=True)
class ExternalDocs:
    """A link to more documentation. `url` is as written: whoever links it checks it first."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to ask."""

    name: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class License:
    """Under which terms the API may be used; `identifier` is an SPDX expression."""

    name: str = ""
    identifier: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """The `info` object."""

    title: str
    version: str
    location: Location
    summary: str = ""
    description: str = ""
    terms_of_service: str = ""
    contact: Contact | None = None
    license: License | None = None


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """One variable of a server's URL template."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str = ""
    location: Location = NOWHERE
    given: frozenset[str] = frozenset()
    """The fields that are written, since an empty `default` or `enum` is not one that is missing."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where an API answers. `url` is the template as written, relative ones too."""

    url: str
    location: Location
    name: str = ""
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()

    @property
    def address(self) -> str:
        """The URL with every variable replaced by its default, without a slash at the end."""
        url = self.url
        for variable in self.variables:
            url = url.replace("{" + variable.name + "}", variable.default)
        return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Tag:
    """A group of operations. `parent` (3.2, or from `x-tagGroups`) makes a tree; `title` is what a reader sees."""

    name: str
    location: Location
    title: str = ""
    description: str = ""
    external_docs: ExternalDocs | None = None
    parent: str | None = None
    kind: str = ""

    @property
    def label(self) -> str:
        """The title, or the name where there is none."""
        return self.title or self.name
