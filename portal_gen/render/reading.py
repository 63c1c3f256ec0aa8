"""How a schema reads: references followed, `allOf` merged, "X or null" seen as a nullable X. Memory for one description."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from portal_gen.examples import Examples
from portal_gen.model.merge import MOST_PARTS, merged
from portal_gen.model.schema import ABSENT, Schema
from portal_gen.portal.portal import OperationPage, Section, Service
from portal_gen.render.blocks import Block, Stencil

MOST_ROWS = 8_000
"""Rows of stencils that are kept for one description, of about a kilobyte each."""


class View(NamedTuple):
    """A schema as a reader sees it. `key` names the schema that this position stands for, where it adds no fields to it."""

    whole: Schema
    key: str | None
    nullable: bool
    includes: tuple[str, ...] = ()
    """Keys of the named schemas whose fields were taken in."""
    more: tuple[str, ...] = ()
    """Descriptions of what was merged, beside the one that the whole kept."""
    plain: bool = False
    """Whether it is a reference to a named schema and nothing else."""


class Reading:
    """The views of one description's schemas, each made once."""

    __slots__ = (
        "_by_id",
        "_by_url",
        "_hrefs",
        "_kept_rows",
        "_leaves",
        "_order",
        "_plain",
        "_schema_at",
        "_sections",
        "_stencils",
        "_views",
        "examples",
        "parents",
        "schemas",
        "service",
        "tags",
    )

    def __init__(self, service: Service) -> None:
        self.service = service
        self.schemas = service.document.schemas
        self.examples = Examples(self.schemas)
        self._order = {page.url: index for index, page in enumerate(service.pages)}
        self._by_id = {page.operation.id: page for page in reversed(service.pages) if page.operation.id}
        self._by_url = {page.url: page for page in service.pages}
        self._schema_at = {page.url: key for key, page in service.schemas.items()}
        self._sections = {page.url: section for section in reversed(service.sections) for page in section.pages}
        self.tags = {tag.name: tag for tag in service.document.tags}
        self.parents = {tag.parent for name, tag in self.tags.items() if name}
        """Names of tags that others stand below."""
        self._views: dict[int, tuple[Schema, View]] = {}
        self._plain: dict[str, View] = {}
        """The views of references to named schemas that say nothing more, by the names."""
        self._leaves: dict[tuple[int, str], tuple[Schema, Block]] = {}
        self._stencils: OrderedDict[tuple[str | int, str, int, int | None], tuple[Schema | str, Stencil]] = OrderedDict()
        self._kept_rows = 0
        self._hrefs: dict[str, dict[str, str]] = {}

    def view(self, schema: Schema) -> View:
        """The view of a schema of this description."""
        known = self._views.get(id(schema))
        if known is not None and known[0] is schema:
            return known[1]
        view = self._view(schema)
        self._views[id(schema)] = (schema, view)
        return view

    def leaf(self, schema: Schema, href: str, make: Callable[[], Block]) -> Block:
        """The block of a schema that looks the same on every page, or on those from which its page is at `href`; made once."""
        known = self._leaves.get((id(schema), href))
        if known is None or known[0] is not schema:
            known = self._leaves[id(schema), href] = (schema, make())
        return known[1]

    def stencils(self, unit: Schema | str, where: tuple[str, int], room: int) -> Iterator[Stencil]:
        """The stencils of a schema (of a named one by its key) in pages of a folder, at a depth: one that had enough room, one that had
        `room` for rows and not enough."""
        for key in ((_name(unit), *where, None), (_name(unit), *where, room)):
            known = self._stencils.get(key)
            if known is not None and (known[0] is unit or isinstance(unit, str)):
                self._stencils.move_to_end(key)
                yield known[1]

    def keep(self, unit: Schema | str, where: tuple[str, int], stencil: Stencil) -> None:
        """Keep a stencil; those that were not used for the longest time go."""
        key = (_name(unit), *where, stencil.counts.room)
        if key in self._stencils:
            self._kept_rows -= self._stencils.pop(key)[1].counts.rows
        self._stencils[key] = (unit, stencil)
        self._kept_rows += stencil.counts.rows
        while self._kept_rows > MOST_ROWS and len(self._stencils) > 1:
            self._kept_rows -= self._stencils.popitem(last=False)[1][1].counts.rows

    def hrefs(self, folder: str) -> dict[str, str]:
        """Links to the pages of named schemas from other pages of a folder, as far as they were made."""
        return self._hrefs.setdefault(folder, {})

    def schema_at(self, url: str) -> str | None:
        """The key of the schema whose page is at `url`."""
        return self._schema_at.get(url)

    def _view(self, schema: Schema) -> View:
        if schema.ref is None and not schema.all_of and not schema.one_of and not schema.any_of:
            return View(schema, None, schema.nullable)
        ref = schema.ref
        if ref is not None and ref in self.schemas and schema == Schema(schema.location, ref, schema.dynamic_ref):
            if ref not in self._plain:
                self._plain[ref] = self._made_of(schema)._replace(plain=True)
            return self._plain[ref]
        return self._made_of(schema)

    def _made_of(self, schema: Schema) -> View:
        inner, nullable = without_null(schema)
        key = self._key(inner)
        whole, deeper = without_null(merged(inner, self.schemas))
        if deeper:
            whole = merged(whole, self.schemas)
        includes = () if key else tuple(part.ref for part in (*inner.all_of, inner) if part.ref)
        more = tuple(text for text in self._descriptions(inner) if text != whole.description)
        return View(whole, key, nullable or deeper or whole.nullable, includes, more)

    def _descriptions(self, schema: Schema) -> list[str]:
        """Every description that a merged schema was made of, each once, outermost first; of what is merged, that is."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [schema]
        for _ in range(MOST_PARTS):
            if not waiting:
                break
            part = waiting.pop()
            if part.description:
                found[part.description] = None
            waiting.extend(reversed(part.all_of))
            if part.ref is not None and part.ref in self.schemas and part.ref not in seen:
                seen.add(part.ref)
                waiting.append(self.schemas[part.ref].schema)
        return list(found)

    def _key(self, schema: Schema) -> str | None:
        if schema.properties or schema.one_of or schema.any_of or schema.pattern_properties or schema.items:
            return None
        if schema.ref is not None:
            return schema.ref if not schema.all_of and schema.ref in self.schemas else None
        only = [part for part in schema.all_of if part.ref or _shapes(part)]
        if len(only) == 1 and (only[0].ref in self.schemas):
            return self._key(only[0])
        return None

    def neighbours(self, url: str) -> tuple[OperationPage | None, OperationPage | None]:
        """The operations before and after the one at `url`."""
        pages, index = self.service.pages, self._order.get(url, -1)
        before = pages[index - 1] if index > 0 else None
        return before, pages[index + 1] if 0 <= index < len(pages) - 1 else None

    def operation(self, id_: str) -> OperationPage | None:
        """The operation with this operationId."""
        return self._by_id.get(id_)

    def page(self, url: str) -> OperationPage | None:
        """The operation whose page is at `url`."""
        return self._by_url.get(url)

    def schema_name(self, url: str) -> str:
        """The name of the schema whose page is at `url`."""
        key = self._schema_at.get(url)
        return self.name(key) if key else url

    def section(self, url: str) -> Section | None:
        """The first section that holds the page at `url`."""
        return self._sections.get(url)

    def name(self, key: str) -> str:
        """The name of a schema as the description has it."""
        named = self.schemas.get(key)
        return named.name if named else key


def _name(unit: Schema | str) -> str | int:
    return unit if isinstance(unit, str) else id(unit)


def _shapes(schema: Schema) -> bool:
    return bool(schema.properties or schema.one_of or schema.any_of or schema.all_of or schema.items or schema.pattern_properties)


def is_null(schema: Schema) -> bool:
    """Whether a schema allows null and nothing else."""
    return schema.ref is None and (schema.types == ("null",) or schema.const is None or schema.enum == (None,))


def without_null(schema: Schema) -> tuple[Schema, bool]:
    """The schema with a union of one shape and null replaced by that shape; whether that was so."""
    variants = schema.one_of or schema.any_of
    if len(variants) < 2 or (schema.one_of and schema.any_of):
        return schema, False
    rest = tuple(variant for variant in variants if not is_null(variant))
    if len(rest) == len(variants) or schema.const is not ABSENT:
        return schema, False
    if len(rest) == 1:
        return replace(schema, one_of=(), any_of=(), discriminator=None, all_of=(*schema.all_of, *rest)), True
    if schema.one_of:
        return replace(schema, one_of=rest), True
    return replace(schema, any_of=rest), True


class _Same:
    """Compares by identity, so that a service can be the key of a cache without being hashed."""

    __slots__ = ("service",)

    def __init__(self, service: Service) -> None:
        self.service = service

    def __hash__(self) -> int:
        return id(self.service)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.service is self.service


def reading(service: Service) -> Reading:
    """The reading of a service's description, shared by its pages."""
    return _reading(_Same(service))


@lru_cache(maxsize=8)
def _reading(same: _Same) -> Reading:
    return Reading(same.service)
