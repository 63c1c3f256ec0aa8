"""Every named schema of real descriptions: its example satisfies it, both ways, short and full."""

from pathlib import Path

import pytest

from portal_gen.examples import Examples, Mode
from portal_gen.model.schema import ABSENT
from tests.conftest import CORPUS
from tests.examples.described import described, plain, validator

PATHS = [*sorted(CORPUS.glob("hanzo/*/openapi.yaml")), CORPUS / "stripe.yaml", CORPUS / "openai.yaml", CORPUS / "discord.json"]

MISSES = {
    # Two object branches of a oneOf that share `key` and forbid nothing: whatever is sensible for one fits the other too.
    "hanzo/vector/openapi.yaml": {"Condition"},
}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is absent: set PORTAL_CORPUS to run on real descriptions")


def name_of(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_named_schemas(path: Path) -> None:
    document, root = described(path)
    judge = validator(root)
    misses = set()
    for mode, full in ((Mode.RESPONSE, False), (Mode.RESPONSE, True), (Mode.REQUEST, False), (Mode.REQUEST, True)):
        examples = Examples(document.schemas)
        for key, named in document.schemas.items():
            value = examples.value(named.schema, mode, full=full)
            if value is ABSENT or (named.component and not judge.is_valid({key: plain(value)})):
                misses.add(key)
    assert misses == MISSES.get(name_of(path), set())


@pytest.mark.parametrize("path", [CORPUS / "stripe.yaml", CORPUS / "discord.json"], ids=name_of)
def test_the_same_every_time(path: Path) -> None:
    """In whatever order they are asked for: what is kept for one example does not change another."""
    document, _ = described(path)
    forwards, backwards = Examples(document.schemas), Examples(document.schemas)
    keys = list(document.schemas)
    for mode, full in ((Mode.RESPONSE, False), (Mode.REQUEST, True)):
        one = {key: forwards.value(document.schemas[key].schema, mode, full=full) for key in keys}
        other = {key: backwards.value(document.schemas[key].schema, mode, full=full) for key in reversed(keys)}
        assert one == other
