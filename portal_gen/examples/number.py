"""Numbers: a value within bounds and on a grid, exact for decimals."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from portal_gen.examples.formats import INTEGERS
from portal_gen.examples.words import word_number, words
from portal_gen.model.schema import Schema
from portal_gen.spec.tree import Json


def numbers(schema: Schema, kind: str, name: str, turn: int) -> Iterator[Json]:
    """Candidates for a number or an integer, best first. `turn` gives other values for other items of one list."""
    step = _exact(schema, "multipleOf")
    grid = step if step and step > 0 else None
    if kind == "integer":
        grid = _whole(grid)
    low, high = _bounds(schema, kind, grid)
    wish = word_number(words(name))
    preferred = (Fraction(str(wish)),) if wish is not None else ()
    for start in (*preferred, Fraction(1), Fraction(3, 2), low, high, Fraction(0)):
        if start is None:
            continue
        value = _on_grid(start, grid, low, high)
        value = value + turn * (grid or 1)
        if high is not None and value > high:
            value = value - 2 * turn * (grid or 1)
        if (low is None or value >= low) and (high is None or value <= high):
            yield _json(value, kind)


def _whole(grid: Fraction | None) -> Fraction:
    """The grid of whole numbers that are on the given grid: multiples of 3/2 that are whole are multiples of 3."""
    return Fraction(grid.numerator) if grid else Fraction(1)


def _exact(schema: Schema, keyword: str) -> Fraction | None:
    value = schema.rule(keyword)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return Fraction(getattr(value, "lexeme", None) or str(value))
    except (ValueError, OverflowError):
        return None


def _bounds(schema: Schema, kind: str, grid: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    """Least and greatest value, both allowed: an exclusive bound has become the next value on the grid."""
    unit = grid or Fraction(1)
    lows = [_exact(schema, "minimum"), _next(_exact(schema, "exclusiveMinimum"), unit, 1)]
    highs = [_exact(schema, "maximum"), _next(_exact(schema, "exclusiveMaximum"), unit, -1)]
    if kind == "integer" and schema.format in INTEGERS:
        least, greatest = INTEGERS[schema.format]
        lows.append(Fraction(least) if least >= 0 else None)
        highs.append(Fraction(greatest))
    low = max((bound for bound in lows if bound is not None), default=None)
    high = min((bound for bound in highs if bound is not None), default=None)
    if low is not None and high is not None and low > high and grid is None:
        low, high = _between(schema)
    return low, high


def _between(schema: Schema) -> tuple[Fraction | None, Fraction | None]:
    """The middle of a range that is narrower than one: 0 < x < 1."""
    lows = (_exact(schema, "minimum"), _exact(schema, "exclusiveMinimum"))
    highs = (_exact(schema, "maximum"), _exact(schema, "exclusiveMaximum"))
    low = max((bound for bound in lows if bound is not None), default=Fraction(0))
    high = min((bound for bound in highs if bound is not None), default=low)
    return (low + high) / 2, (low + high) / 2


def _next(bound: Fraction | None, unit: Fraction, sign: int) -> Fraction | None:
    """The value on the grid next to a bound that is not allowed itself."""
    if bound is None:
        return None
    return (floor(bound / unit) + 1) * unit if sign > 0 else (ceil(bound / unit) - 1) * unit


def _on_grid(start: Fraction, grid: Fraction | None, low: Fraction | None, high: Fraction | None) -> Fraction:
    """The value nearest to `start` that is within the bounds and on the grid."""
    value = start if low is None else max(start, low)
    value = value if high is None else min(value, high)
    if grid is None or value % grid == 0:
        return value
    below = floor(value / grid) * grid
    return below if low is None or below >= low else below + grid


def _json(value: Fraction, kind: str) -> Json:
    if value.denominator == 1:
        return int(value)
    return float(value)
