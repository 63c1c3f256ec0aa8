"""Requests that nobody thought of, run in batches for every target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal_gen.snippets.engine import render
from portal_gen.snippets.request import (
    Basic,
    Body,
    Env,
    FileBody,
    FormBody,
    FormPart,
    Header,
    JsonBody,
    MultipartBody,
    Request,
    TextBody,
)
from portal_gen.snippets.serialize import encode
from tests.snippets.cases import FILES
from tests.snippets.checks import faults_of
from tests.snippets.echo import echo_server
from tests.snippets.programs import TOOLS, missing, run_programs
from tests.snippets.test_quote import TEXTS, TREES

Made: TypeAlias = Callable[[str], Request]
_MIMES = st.sampled_from(["text/plain", "application/json", "application/vnd.x+json", "text/csv; charset=utf-8"])
# Line ends in names are written in three ways by four clients; browsers' own rules say %0A.
_NAMES = TEXTS.map(lambda text: "n" + text.translate(dict.fromkeys([0, 10, 13, 92])))
_FILES = st.builds(FileBody, st.sampled_from(["image/png", "text/plain"]), st.sampled_from(sorted(FILES)))
_FIELDS: st.SearchStrategy[TextBody | JsonBody | FileBody] = st.one_of(
    st.builds(TextBody, st.sampled_from(["", "", "text/plain"]), TEXTS), st.builds(JsonBody, _MIMES, TREES), _FILES
)
_PARTS = st.builds(FormPart, _NAMES, _FIELDS)
_BODIES: st.SearchStrategy[Body | None] = st.one_of(
    st.none(),
    st.builds(JsonBody, _MIMES, TREES),
    st.builds(TextBody, _MIMES, TEXTS),
    st.builds(FormBody, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4).map(tuple)),
    st.builds(MultipartBody, st.lists(_PARTS, min_size=1, max_size=3).map(tuple)),
    _FILES,
)
# Go takes an empty User-Agent to mean: none at all.
_VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(str.strip)
_HEADERS: st.SearchStrategy[tuple[Header, ...]] = st.lists(
    st.tuples(
        st.sampled_from(["X-One", "x-two", "Accept", "User-Agent", "If-Match"]),
        st.one_of(st.tuples(_VALUES), st.just((Env("API_KEY"),)), st.tuples(st.just("a'"), st.just(Env("API_KEY")), _VALUES)),
    ),
    max_size=3,
    unique_by=lambda header: header[0],
).map(lambda headers: tuple(header for header in headers if header != ("User-Agent", ("",))))
_METHODS = st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
_QUERIES = st.lists(st.tuples(TEXTS, TEXTS), max_size=3)
_SEGMENTS = st.lists(TEXTS.filter(lambda text: text not in ("", ".", "..")), max_size=3)


@st.composite
def requests(draw: st.DrawFn) -> Made:
    """A request for a base that is known later."""
    segments, pairs = draw(_SEGMENTS), draw(_QUERIES)
    query = "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)
    path = "/" + "/".join(map(encode, segments)) + ("?" + query if query else "")
    method, headers, body = draw(_METHODS), draw(_HEADERS), draw(_BODIES)
    basic = draw(st.sampled_from([None, None, Basic(Env("API_USERNAME"), Env("API_PASSWORD"))]))
    return lambda base: Request(method, (base + path,), headers, body, basic)


@pytest.mark.slow
@pytest.mark.parametrize("target_id", TOOLS)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(made=st.lists(requests(), min_size=20, max_size=40))
def test_requests_nobody_thought_of(target_id: str, made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> None:
    if missing(target_id):
        pytest.skip(missing(target_id))
    directory = Path(tmp_path_factory.mktemp(target_id))
    with echo_server() as echo:
        wanted = {f"f{number}": make(f"{echo.url}/t/f{number}") for number, make in enumerate(made)}
        snippets = {name: render(target_id, request) for name, request in wanted.items()}
        programs = {name: snippet.text for name, snippet in snippets.items() if not snippet.cannot}
        ran = run_programs(target_id, programs, directory)
        faults = []
        for name, program in programs.items():
            got = [item for item in echo.received if item.target.split("/")[2].split("?")[0] == name]
            faults += [f"{fault}\n{program}" for fault in faults_of(wanted[name], got, ran[name], target_id, directory)]
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:5])
