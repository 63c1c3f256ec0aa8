"""Each rule of `tests.prose` catches what it is for, and lets the good neighbor pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prose import CHECKS, wording
from tests.prose.description import Description, read

GOOD = """
openapi: 3.1.0
info:
  title: Seeds
  version: '1'
  description: |
    Keeps what the shop has in stock, by variety and year.

    ```bash
    curl -H "Authorization: Bearer $HANZO_API_KEY" https://api.example.com/stock
    ```
tags:
- {name: Stock, description: How many packets of which variety lie in the warehouse.}
security: []
paths:
  /stock:
    get:
      operationId: getStock
      tags: [Stock]
      summary: Count packets in the warehouse
      description: Adds up all shelves as they were at the last inventory; sales since then are not subtracted.
      parameters:
      - name: year
        in: query
        description: Season for which the seeds were packed, four digits.
        schema: {type: integer}
        example: 2026
      responses:
        '200':
          description: Packets by variety, as counted in the last inventory.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Count'}
              example: {variety: tulip, mass: 1.5, counted: '2026-11-02T10:00:00Z', kind: bulb}
            text/event-stream:
              schema: {type: string}
              example: "data: tulip\\n\\n"
        '404': {description: No inventory was made in that season.}
components:
  schemas:
    Count:
      type: object
      description: One line of the inventory.
      properties:
        variety: {type: string, description: Botanical group within the species.}
        mass: {type: number, description: Kilograms of all packets together.}
        counted: {type: string, format: date-time}
        kind:
          type: string
          enum: [bulb, seed]
          description: In what form it is sold.
          x-enumDescriptions: {bulb: Dug up in summer, seed: Packed in paper}
"""

SHOWN = GOOD[GOOD.index("example: {variety") : GOOD.index("        '404'")]
"""The examples of the answer, and what stands between them."""

CASES: list[tuple[str, str, str]] = [
    ("missing", ", description: How many packets of which variety lie in the warehouse.", ""),
    ("missing", "description: Season for which the seeds were packed, four digits.", "required: false"),
    ("missing", "      description: One line of the inventory.\n", ""),
    ("missing", "mass: {type: number, description: Kilograms of all packets together.}", "size: {type: number}"),
    ("missing", "x-enumDescriptions: {bulb: Dug up in summer, seed: Packed in paper}", "x-enumDescriptions: {bulb: Dug up}"),
    ("summaries", "Count packets in the warehouse", "Count packets"),
    ("summaries", "Count packets in the warehouse", "Count packets in the warehouse."),
    ("summaries", "Count packets in the warehouse", "Stocks of all packets"),
    ("summaries", "Count packets in the warehouse", "Counting all of the packets"),
    (
        "summaries",
        "Adds up all shelves as they were at the last inventory; sales since then are not subtracted.",
        "Adds up.",
    ),
    ("overview", "Bearer $HANZO_API_KEY", "Bearer secret"),
    ("repeats_the_name", "Season for which the seeds were packed, four digits.", "The year to use."),
    ("repeats_the_name", "Kilograms of all packets together.", "The mass value."),
    ("repeats_the_name", "Packets by variety, as counted in the last inventory.", "The requested stock."),
    ("duplicates", "In what form it is sold.", "Botanical group within the species."),
    ("spelling", "In what form it is sold.", "The colour in which it is sold."),
    ("spelling", "In what form it is sold.", "How it is organised on shelves."),
    ("marketing", "In what form it is sold.", "A powerful way to sell it."),
    ("unknown_operations", "In what form it is sold.", "In what form `GET /shelves` has it."),
    ("no_success", "'200':", "'500':"),
    ("no_error", "'404':", "'504':"),
    ("without_example", SHOWN, "x-nothing: {}\n"),
    ("invalid_examples", "'2026-11-02T10:00:00Z'", "yesterday"),
    ("invalid_examples", "mass: 1.5", "mass: heavy"),
    ("invalid_examples", "example: 2026", "example: soon"),
    ("event_streams", '"data: tulip', '"tulip'),
    ("other_worlds", "variety: tulip", "variety: maya@larkspur.com"),
    ("other_worlds", "variety: tulip", "variety: https://larkspur.com/tulip"),
    ("other_worlds", "2026-11-02T", "2019-11-02T"),
]
RULES = {check.__name__: check for check in CHECKS}


def described(folder: Path, text: str) -> Description:
    path = folder / "openapi.yaml"
    path.write_text(text)
    return read(path)


@pytest.mark.parametrize("rule", RULES)
def test_a_good_description_has_no_findings(tmp_path: Path, rule: str) -> None:
    assert [str(finding) for finding in RULES[rule](described(tmp_path, GOOD))] == []


@pytest.mark.parametrize(("rule", "good", "bad"), CASES)
def test_a_fault_is_found(tmp_path: Path, rule: str, good: str, bad: str) -> None:
    assert GOOD.count(good) == 1
    assert [*RULES[rule](described(tmp_path, GOOD.replace(good, bad)))]


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == set(RULES)


def test_a_borrowed_run_of_eight_words_is_found(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a.yaml").write_text("description: The total adds up all shelves as they were at the last count\n")
    found = [*wording.borrowed(described(tmp_path, GOOD), theirs)]
    assert [finding.rule for finding in found] == ["borrowed"]
