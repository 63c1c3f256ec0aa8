"""Documents made by hand, pages drawn from them, and what a page may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html.parser import HTMLParser

from portal_gen.diagnostics import Location
from portal_gen.model.document import Document
from portal_gen.model.info import Info, Server, Tag
from portal_gen.model.operation import Operation
from portal_gen.model.schema import NamedSchema, Property, Schema
from portal_gen.portal.address import PublicAddress
from portal_gen.portal.catalog import EMPTY, Catalog
from portal_gen.portal.portal import OperationPage, Portal, SchemaPage, Section, Service
from portal_gen.portal.urls import Urls
from portal_gen.render.context import Context, Page
from portal_gen.render.operation import operation_page
from portal_gen.render.schema_page import schema_page
from portal_gen.render.service import service_page

AT = Location("pets/openapi.yaml", 7, 3)
STRING = Schema(AT, types=("string",))


def obj(*properties: Property, **more: object) -> Schema:
    """An object schema."""
    return Schema(AT, types=("object",), properties=properties, **more)  # type: ignore[arg-type]


def prop(name: str, schema: Schema = STRING, required: bool = False) -> Property:
    """A property."""
    return Property(name, schema, required)


def named(schemas: Mapping[str, Schema]) -> dict[str, NamedSchema]:
    """Schemas by name."""
    return {key: NamedSchema(key, key, schema, AT) for key, schema in schemas.items()}


def document(operations: Iterable[Operation] = (), schemas: Mapping[str, Schema] | None = None, **more: object) -> Document:
    """A small description."""
    fields: dict[str, object] = {
        "info": Info("Pets", "1.0.0", AT, description="Keeps pets."),
        "location": AT,
        "written_version": "3.1.0",
        "servers": (Server("https://pets.example.com", AT),),
        "tags": (Tag("pets", AT, description="All about pets."),),
        "tag_groups": (),
        "operations": tuple(operations),
        "webhooks": (),
        "schemas": named(schemas or {}),
        "security_schemes": {},
        "security": (),
    }
    return Document(**{**fields, **more})  # type: ignore[arg-type]


def portal(described: Document, catalog: Catalog = EMPTY) -> Portal:
    """A portal of one service, with the pages that the document has."""
    base = described.servers[0].address if described.servers else ""
    pages = tuple(
        OperationPage(
            "pets",
            operation,
            f"op-{index}",
            f"reference/pets/op-{index}/",
            operation.summary or "Untitled",
            PublicAddress(),
            () if operation.kind == "webhook" else (base + operation.path,),
        )
        for index, operation in enumerate((*described.operations, *described.webhooks))
    )
    schemas = {
        key: SchemaPage("pets", item, f"s{index}", f"reference/pets/schemas/s{index}/")
        for index, (key, item) in enumerate(described.schemas.items())
    }
    first = described.tags[0] if described.tags else Tag("", AT)
    sections = (Section(first.name, first.label, "tag-pets", first.description, pages=pages),)
    service = Service("pets", "Pets", "pets", "reference/pets/", described, None, "", pages, schemas, sections, "pets/openapi.yaml")
    return Portal("Portal", Urls(), catalog, (service,))


def draw_operation(operation: Operation, schemas: Mapping[str, Schema] | None = None, **more: object) -> Page:
    """The page of one operation."""
    made = portal(document([operation], schemas, **more))
    page = made.services[0].pages[0]
    return operation_page(Context(made, page.url), made.services[0], page)


def draw_schema(schema: Schema, schemas: Mapping[str, Schema] | None = None) -> Page:
    """The page of a schema named `Subject`."""
    made = portal(document((), {"Subject": schema, **(schemas or {})}))
    page = made.services[0].schemas["Subject"]
    return schema_page(Context(made, page.url), made.services[0], page)


def draw_all(described: Document, catalog: Catalog = EMPTY) -> list[Page]:
    """Every page of a document."""
    made = portal(described, catalog)
    service = made.services[0]
    return [
        service_page(Context(made, service.url), service),
        *[operation_page(Context(made, page.url), service, page) for page in service.pages],
        *[schema_page(Context(made, page.url), service, page) for page in service.schemas.values()],
    ]


def operation(**fields: object) -> Operation:
    """A GET that says little."""
    base = Operation("operation", "GET", "/pets", AT, id="listPets", summary="List pets", tags=("pets",))
    return replace(base, **fields)  # type: ignore[arg-type]


_VOID = {"br", "hr", "input", "wbr"}
_OWN = {"svg": {"viewbox", "aria-hidden"}, "rect": {"x", "y", "width", "height", "rx"}, "path": {"d"}}
_TAGS = set(
    "a abbr aside b blockquote br button caption code dd del details div dl dt em fieldset h1 h2 h3 h4 h5 h6 header hr i input ins"
    " kbd label legend li mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead"
    " tr u ul var".split()
)
_ATTRIBUTES = set(
    "align aria-expanded aria-hidden aria-label aria-current checked class data-c data-ev data-k data-label data-m data-pg-alt"
    " data-pg-copy"
    " data-pg-lang data-pg-open href id name open placeholder rel start tabindex title type".split()
)
_ID = re.compile(r"[A-Za-z0-9-][A-Za-z0-9_.~-]*")
_HREF = re.compile(
    r"https?://[^/@\\\s]+(?:[/?#][^\s\\]*)?|mailto:[^?\s]+|#[A-Za-z0-9_.~-]*"
    r"|(?:\.\.?/)*(?:[a-z0-9_-]+/)*(?:[a-z0-9_-]+\.md)?(?:#[A-Za-z0-9_.~-]*)?"
)
_CLASS = re.compile(r"(?:pg[a-z_-]*|highlight|[a-z][a-z0-9]{0,2}|\s)+")


class Checker(HTMLParser):
    """Collects text, ids and everything that a page must not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.text: list[str] = []
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = _OWN.get(tag) or (_ATTRIBUTES if tag in _TAGS else None)
        if allowed is None:
            self.faults.append(f"<{tag}>")
            return
        for name, value in attrs:
            self._attribute(tag, name, value or "", allowed)
        if tag not in _VOID and tag not in ("rect", "path"):
            self.stack.append(tag)

    def _attribute(self, tag: str, name: str, value: str, allowed: set[str]) -> None:
        if name not in allowed:
            self.faults.append(f"{tag}[{name}]")
        if name == "id":
            self.ids.append(value)
            if not _ID.fullmatch(value):
                self.faults.append(f"id {value!r}")
        if name == "href":
            self.targets.append(value)
            if not _HREF.fullmatch(value):
                self.faults.append(f"href {value!r}")
        if name == "name" and not re.fullmatch(r"pg-[a-z]+\d+", value):
            self.faults.append(f"name {value!r}")
        if name == "class" and not _CLASS.fullmatch(value):
            self.faults.append(f"class {value!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect", "path"):
            return
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("processing instruction")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def check(html: str) -> Checker:
    """The page, parsed. What opens is closed, or that is a fault."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    checker.faults += [f"<{tag}> is never closed" for tag in checker.stack]
    if len(set(checker.ids)) != len(checker.ids):
        checker.faults.append("an id stands twice")
    here = {target[1:] for target in checker.targets if target.startswith("#")}
    checker.faults += [f"nothing has the id {target!r}" for target in here - set(checker.ids)]
    return checker


def text_of(html: str) -> str:
    """The words of a page, white space collapsed."""
    return " ".join("".join(check(html).text).split())
