"""`openapi/hanzo.yaml` is in step with the descriptions, whole, and closed in itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from portal_gen.bundle import Bundle, bundle, bundle_text, difference
from portal_gen.diagnostics import Severity
from portal_gen.load import check
from portal_gen.portal.matching import names
from tests.conftest import REPOSITORY

FILE = REPOSITORY / "openapi" / "hanzo.yaml"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NAME = re.compile(r"[A-Za-z0-9]+(_[0-9a-f]{8})?")


@pytest.fixture(scope="module")
def made() -> Bundle:
    return bundle(REPOSITORY / "openapi")


def operations(made: Bundle) -> Iterator[tuple[str, str, Any, Any]]:
    """(path, method, path item, operation)."""
    for path, item in made.tree["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item, item[method]


def referred(made: Bundle, value: Any) -> Any:
    while "$ref" in value:
        found: Any = made.tree
        for token in value["$ref"].removeprefix("#/").split("/"):
            found = found[token.replace("~1", "/").replace("~0", "~")]
        value = found
    return value


def test_the_file_is_in_step(made: Bundle) -> None:
    found = difference(FILE, bundle_text(made))
    assert found is None, f"{found}; renew it with `portal-gen bundle openapi --out openapi/hanzo.yaml`"


def test_no_operation_is_lost(made: Bundle) -> None:
    tree = made.tree
    described = {(service.id, page.operation.id): page for service in made.opened.portal.services for page in service.pages}
    assert len(list(operations(made))) + len(tree["x-omitted"]) == len(described)
    assert not {(entry["service"], entry["operationId"]) for entry in tree["x-omitted"]} - described.keys()
    public = {page.public.path for page in described.values() if page.public.path}
    assert public <= tree["paths"].keys()
    omitted = [described[entry["service"], entry["operationId"]] for entry in tree["x-omitted"]]
    assert [page.public.path for page in omitted if page.public.path] == []


def test_operations_have_names_of_their_own(made: Bundle) -> None:
    ids = [operation["operationId"] for *_, operation in operations(made)]
    assert len({id_.lower() for id_ in ids}) == len(ids)
    assert [id_ for id_ in ids if not _NAME.fullmatch(id_)] == []
    components = [name for section in made.tree["components"].values() for name in section]
    assert [name for name in components if not _NAME.fullmatch(name)] == []


def test_every_reference_leads_to_a_component(made: Bundle) -> None:
    found = re.findall(r"^ *(?:- )?\$ref: (.+)$", bundle_text(made), re.MULTILINE)
    assert len(found) > 10_000
    for reference in set(found):
        assert reference.startswith("'#/components/"), reference
        assert referred(made, {"$ref": reference.strip("'")}) is not None


def test_path_parameters_are_those_of_the_key(made: Bundle) -> None:
    for path, method, item, operation in operations(made):
        parameters = [referred(made, value) for value in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        assert {value["name"] for value in parameters if value["in"] == "path"} == set(names(path)), f"{method} {path}"


def test_what_has_no_public_address_has_its_service_s_servers(made: Bundle) -> None:
    for path, _, item, operation in operations(made):
        assert ("servers" in item) == ("x-gateway" not in operation), path


def test_tags_and_schemes_are_declared(made: Bundle) -> None:
    tree = made.tree
    declared = [tag["name"] for tag in tree["tags"]]
    assert len(set(declared)) == len(declared)
    assert [tag for group in tree["x-tagGroups"] for tag in group["tags"]] == declared
    assert {tag for *_, operation in operations(made) for tag in operation["tags"]} <= set(declared)
    asked = [*tree["security"], *(one for *_, operation in operations(made) for one in operation.get("security", ()))]
    assert {name for one in asked for name in one} == tree["components"]["securitySchemes"].keys()


@pytest.mark.slow
def test_it_has_no_faults_but_those_of_its_parts(made: Bundle) -> None:
    own = Counter((found.severity, found.rule) for found in made.opened.portal.diagnostics)
    assert own.keys() <= {(Severity.NOTE, rule) for _, rule in own}
    assert Counter((found.severity, found.rule) for found in check([FILE]).diagnostics) == own
