"""A target: one client of one language, as data. Read from `targets.json`, see `targets`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from portal_gen.snippets.json_text import Dialect, Limits, Span
from portal_gen.snippets.quote import Quoting
from portal_gen.snippets.template import Nodes, Term, Words, colored, condition, parsed


@dataclass(frozen=True, slots=True)
class Lines:
    """How strings on lines of their own become one: what stands before, after each but the last, and behind them."""

    open: str
    between: str
    close: str
    step: int


@dataclass(frozen=True)
class Target:
    """One client. `needs` says in a line what must be installed; `extension` is that of a file holding its programs.

    `string` quotes any text, `raw` quotes JSON (less to escape), `verbatim` is a delimiter between which nothing is
    escaped, `lines` says how a string is spread over lines. `limits` is None where the language has no literals for JSON.
    `implied` names the bodies whose Content-Type the client writes itself. `cannot` lists conditions under which the
    client cannot send a request, and why.
    """

    id: str
    label: str
    lang: str
    extension: str
    needs: str
    words: Words
    string: Quoting
    raw: Quoting
    verbatim: str
    lines: Lines | None
    expression: Literal["join", "shell"]
    join: str
    env: str
    url_env: str
    dialect: Dialect
    limits: Limits | None
    implied: frozenset[str]
    cannot: tuple[tuple[tuple[Term, ...], str], ...]
    template: Nodes

    def environment(self, name: str) -> tuple[Span, ...]:
        """The expression that reads an environment variable."""
        return _environment(self.env, name, self.string(name), self.words)

    def environment_in_url(self, name: str) -> tuple[Span, ...]:
        """The same, percent-encoded."""
        return _environment(self.url_env, name, self.string(name), self.words)


@lru_cache(maxsize=256)
def _environment(pattern: str, name: str, literal: str, words: Words) -> tuple[Span, ...]:
    return colored(pattern.replace("{string}", literal).replace("{name}", name), words)


def read_target(data: Mapping[str, Any]) -> Target:
    """A target from its entry in `targets.json`. Raises KeyError, TypeError or TemplateError where that is not well formed."""
    words = Words(frozenset(data["keywords"]), frozenset(data["constants"]), data["comment"])
    string = _quoting(data["string"])
    dialect = data.get("json", {})
    return Target(
        id=data["id"],
        label=data["label"],
        lang=data["lang"],
        extension=data["extension"],
        needs=data["needs"],
        words=words,
        string=string,
        raw=_quoting(data["raw"]) if "raw" in data else string,
        verbatim=data.get("verbatim", ""),
        lines=Lines(**data["lines"]) if "lines" in data else None,
        expression=data["expression"],
        join=data.get("join", ""),
        env=data.get("env", ""),
        url_env=data.get("url_env", ""),
        dialect=Dialect(**{**dialect, "string": string, "keys": tuple(map(tuple, dialect.get("keys", ())))}),
        limits=Limits(**data["limits"]) if "limits" in data else None,
        implied=frozenset(data["implied"]),
        cannot=tuple((condition(case["when"]), case["because"]) for case in data["cannot"]),
        template=parsed("".join(data["template"]), words),
    )


def _quoting(data: Mapping[str, Any]) -> Quoting:
    return Quoting(**{**data, "codes": tuple(map(tuple, data.get("codes", ())))})
