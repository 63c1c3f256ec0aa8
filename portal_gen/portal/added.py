"""What a site adds to the portal: templates of its own, for pages of a new kind and for the end of pages that are there."""

from __future__ import annotations

from dataclasses import dataclass

PAGES, SERVICE_PAGES, PARTIALS = "pages/", "service-pages/", "partials/"
ENDED = ("service", "operation", "schema")
"""Kinds of pages that a partial of this name can end."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text in Markdown with Jinja's marks. `name` is its path below the folder of templates (`pages/limits.md`)."""

    name: str
    title: str
    text: str
    file: str
    """The path that messages show."""
    line: int = 1
    """The line of the file in which the text begins."""

    @property
    def slug(self) -> str:
        """Its part of an address: `limits`."""
        return self.name.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Added:
    """All templates of a site, those that only others include too."""

    templates: tuple[Template, ...] = ()

    @property
    def pages(self) -> tuple[Template, ...]:
        """Templates of which one page is drawn."""
        return self._below(PAGES)

    @property
    def service_pages(self) -> tuple[Template, ...]:
        """Templates of which a page is drawn for every service."""
        return self._below(SERVICE_PAGES)

    def _below(self, folder: str) -> tuple[Template, ...]:
        return tuple(template for template in self.templates if template.name.startswith(folder))

    def get(self, name: str) -> Template | None:
        """A template by its name."""
        return next((template for template in self.templates if template.name == name), None)


NOTHING = Added()
