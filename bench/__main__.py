"""`python -m bench`: measure, print a table, write bench/.work/result.json.

Exit status 1 where a bound is missed or a part failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from bench import report
from bench.builds import Failed
from bench.inputs import WORK, Missing
from bench.parts import PARTS
from bench.report import Row


def _measured(names: list[str], repeat: int) -> Iterator[tuple[str, dict[str, Any], list[Row]]]:
    """Each part; one that cannot be done is a row that says why."""
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            yield name, *PARTS[name](repeat)
        except Missing as fault:
            yield name, {"skipped": str(fault)}, [Row(name, f"skipped: {fault}")]
        except Failed as fault:
            yield name, {"failed": str(fault)}, [Row(name, f"failed: {fault}", "done", False)]


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Time, memory and weight of a build beside a peer's.")
    parser.add_argument(
        "--only", action="append", choices=PARTS, metavar="NAME", help=f"one of {', '.join(PARTS)}; may be given again"
    )
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs of each build [default: 3]")
    asked = parser.parse_args()
    result: dict[str, Any] = {"machine": report.machine()}
    rows: list[Row] = []
    for name, figures, found in _measured(asked.only or list(PARTS), max(1, asked.repeat)):
        result[name] = figures
        rows += found
        report.write(WORK / "result.json", result)
    result["machine"]["load_after"] = report.machine()["load"]
    report.write(WORK / "result.json", result)
    print(report.table(rows), end="")
    return 1 if any(row.holds is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
