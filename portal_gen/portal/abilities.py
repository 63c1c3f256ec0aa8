"""What each service can do, computed from its description: services by abilities, every cell with the operations that prove it.

The rules are data (`ABILITIES`): a name, the rule in words as the pages show it, and the rule as a function. Nothing but the
description counts, so an ability that nobody described is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from portal_gen.model.document import Document
from portal_gen.model.operation import Operation
from portal_gen.model.schema import Schema
from portal_gen.portal.listing import field_names, item, plain_name
from portal_gen.portal.matching import shape
from portal_gen.portal.portal import OperationPage, Portal, Service

VERBS = {
    "create": frozenset("create add new insert register".split()),
    "list": frozenset("list".split()),
    "read": frozenset("get read fetch retrieve show describe inspect".split()),
    "update": frozenset("update edit modify patch set rename replace save upsert".split()),
    "delete": frozenset("delete remove destroy drop purge".split()),
}
"""First words of an operationId, or of the path's last fixed segment, that say what an operation does."""

PAGING = frozenset(
    "page p pagenumber pageno pageindex pagetoken nextpagetoken nexttoken continuationtoken continue cursor nextcursor marker offset "
    "skip startingafter endingbefore pagesize perpage".split()
)
"""Query parameters that turn pages; a `limit` alone only cuts."""

FILTERS = frozenset("filter filters q query search searchquery keyword where".split())
"""Query parameters that narrow a list whatever its fields are."""

STREAMS = frozenset("text/event-stream application/x-ndjson application/ndjson application/jsonl application/json-seq".split())
"""Media types of answers that arrive piece by piece."""

UPLOADS = re.compile(r"multipart/|application/octet-stream|(image|audio|video)/")
"""Media types of bodies that carry files."""

_VERB = re.compile("[.:]")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(frozen=True)
class Facts:
    """An operation beside its neighbors. `collections` are shapes of paths under which another path has one parameter more."""

    operation: Operation
    document: Document
    collections: frozenset[str]

    @cached_property
    def verb(self) -> str:
        """What its name says it does: a key of `VERBS`, or empty."""
        fixed = [part for part in self.operation.path.split("/") if part and "{" not in part]
        said = [self.operation.id or "", *_VERB.split(fixed[-1] if fixed else "")]
        first = [words[0].lower() for words in map(_WORD.findall, said) if words]
        return next((verb for word in first for verb, words in VERBS.items() if word in words), "")

    @cached_property
    def collection(self) -> bool:
        """Whether single things stand below its path."""
        return shape(self.operation.path) in self.collections

    @cached_property
    def item(self) -> Schema | None:
        """One thing of the list that it answers with."""
        return item(self.operation, self.document)

    @cached_property
    def query(self) -> frozenset[str]:
        """Names of its query parameters, without separators and in lower case."""
        return frozenset(plain_name(parameter.name) for parameter in self.operation.parameters_in("query"))

    @property
    def addressed(self) -> bool:
        """Whether the caller has to say which thing is meant."""
        required = any(parameter.required for parameter in self.operation.parameters_in("query"))
        return required or bool(self.operation.parameters_in("path"))


def _creates(facts: Facts) -> bool:
    method, made = facts.operation.method, any(found.status == "201" for found in facts.operation.responses)
    if facts.verb:
        return facts.verb == "create" and method in ("POST", "PUT")
    return method == "POST" and (made or facts.collection)


def _lists(facts: Facts) -> bool:
    operation = facts.operation
    if facts.verb == "list" and operation.method != "GET":
        return operation.method in ("POST", "QUERY") and facts.item is not None
    if facts.verb == "list":
        return operation.method == "GET"
    ends_in_name = operation.path.rstrip("/").endswith("}")
    return operation.method == "GET" and not ends_in_name and (facts.item is not None or facts.collection)


def _reads(facts: Facts) -> bool:
    other = facts.verb in ("create", "update", "delete")
    return facts.operation.method == "GET" and facts.addressed and not other and not _lists(facts)


def _updates(facts: Facts) -> bool:
    if facts.operation.method in ("PUT", "PATCH"):
        return facts.verb not in ("create", "delete")
    return facts.operation.method == "POST" and facts.verb == "update"


def _deletes(facts: Facts) -> bool:
    return facts.operation.method == "DELETE" or (facts.operation.method == "POST" and facts.verb == "delete")


def _pages(facts: Facts) -> bool:
    return bool(facts.query & PAGING)


def _filters(facts: Facts) -> bool:
    if not _lists(facts):
        return False
    fields = field_names(facts.item, facts.document) if facts.item else frozenset()
    return bool(facts.query & (FILTERS | fields) - PAGING)


def _streams(facts: Facts) -> bool:
    content = [media for response in facts.operation.responses for media in response.content]
    return any(media.item_schema or _type(media.name) in STREAMS for media in content)


def _uploads(facts: Facts) -> bool:
    body = facts.operation.body
    return body is not None and any(UPLOADS.match(_type(media.name)) for media in body.content)


def _calls_back(facts: Facts) -> bool:
    operation = facts.operation
    named = any("webhook" in segment.lower() for segment in operation.path.split("/") if "{" not in segment)
    return operation.kind == "webhook" or bool(operation.callbacks) or named


def _public(facts: Facts) -> bool:
    return not facts.operation.security or any(not needed.schemes for needed in facts.operation.security)


def _type(name: str) -> str:
    return name.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Ability:
    """A column. `rule` says in words what `proves` decides."""

    id: str
    name: str
    rule: str
    proves: Callable[[Facts], bool] = field(compare=False, repr=False)


def _words(verb: str) -> str:
    return ", ".join(sorted(VERBS[verb]))


ABILITIES = (
    Ability(
        "create",
        "Create",
        f"POST or PUT whose name begins with one of {_words('create')}; without such a word, POST that answers 201 or whose path has "
        "single things below it.",
        _creates,
    ),
    Ability(
        "list",
        "List",
        "GET whose name begins with list; POST of such a name that answers with an array; GET whose path does not end in a parameter and which answers with an array, or whose "
        "path has single things below it.",
        _lists,
    ),
    Ability("read", "Read", "GET, not a list, of something that a path parameter or a required query parameter names.", _reads),
    Ability("update", "Update", f"PUT or PATCH; POST whose name begins with one of {_words('update')}.", _updates),
    Ability("delete", "Delete", f"DELETE; POST whose name begins with one of {_words('delete')}.", _deletes),
    Ability("pages", "Pages", "A query parameter that turns pages: page, offset, cursor and their relatives.", _pages),
    Ability(
        "filters",
        "Filters",
        "A list with a query parameter such as filter, search or q, or one that is called like a field of the things listed.",
        _filters,
    ),
    Ability("streams", "Streams", "An answer in pieces: text/event-stream, NDJSON, or an itemSchema.", _streams),
    Ability("uploads", "Uploads", "A body of multipart/*, application/octet-stream, image/*, audio/* or video/*.", _uploads),
    Ability(
        "webhooks", "Webhooks", "A webhook, an operation with callbacks, or one whose path has a segment with webhook.", _calls_back
    ),
    Ability("public", "Public", "No security requirement: none is stated, or one of the alternatives is empty.", _public),
)


@dataclass(frozen=True, slots=True)
class AbilityRow:
    """A service, and for each of `ABILITIES` the operations that prove it, in reading order."""

    service: Service
    cells: tuple[tuple[OperationPage, ...], ...]


def abilities(portal: Portal) -> tuple[AbilityRow, ...]:
    """A row for each service, in the portal's order."""
    return tuple(_row(service) for service in portal.services)


def _row(service: Service) -> AbilityRow:
    collections = frozenset(_parents(service))
    facts = [(page, Facts(page.operation, service.document, collections)) for page in service.pages]
    return AbilityRow(service, tuple(tuple(page for page, known in facts if _proved(ability, known)) for ability in ABILITIES))


def _proved(ability: Ability, facts: Facts) -> bool:
    """A webhook is a request to the caller: it proves that there are webhooks, and nothing else."""
    return ability.proves(facts) and (facts.operation.kind == "operation" or ability.id == "webhooks")


def _parents(service: Service) -> set[str]:
    """Shapes of paths under which some path has one more segment that is a parameter."""
    paths = [shape(page.operation.path) for page in service.pages if page.operation.kind == "operation"]
    return {path.rstrip("/").rpartition("/")[0] for path in paths if path.rstrip("/").endswith("/{}")}
