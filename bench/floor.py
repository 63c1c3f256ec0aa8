"""What no generator of the same site can go below: the same text read, the same bytes written to the same number of files.

Run in a process of its own: `python -m bench.floor SOURCE SITE OUT`. What is to be written is in memory before the clock starts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path


def floor(inputs: list[Path], site: Path, out: Path) -> tuple[float, float]:
    """Seconds to read `inputs`, and to write a copy of `site` to `out`, which must not exist."""
    contents = [(path.relative_to(site), path.read_bytes()) for path in sorted(site.rglob("*")) if path.is_file()]
    begun = time.perf_counter()
    for path in inputs:
        path.read_bytes()
    read = time.perf_counter()
    made: set[Path] = set()
    for relative, content in contents:
        path = out / relative
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)
    return read - begun, time.perf_counter() - read


if __name__ == "__main__":
    source, site, out = map(Path, sys.argv[1:])
    print(*floor([source] if source.is_file() else sorted(source.glob("*/openapi.yaml")), site, out))
