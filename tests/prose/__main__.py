"""`python -m tests.prose SERVICE…`: what is still to be written or mended. Without names: the written services."""

from __future__ import annotations

import sys

from tests.prose import CORPUS, SERVICES, described, findings, is_written
from tests.prose.texts import texts
from tests.prose.wording import borrowed


def main(services: list[str]) -> int:
    """Print the findings; 1 where there are any."""
    count = 0
    for service in services or [service for service in SERVICES if is_written(service)]:
        found = [*findings(service), *(borrowed(described(service), CORPUS) if CORPUS.is_dir() else ())]
        count += len(found)
        print("\n".join(f"{finding} [{finding.rule}]" for finding in found), end="\n" if found else "")
        print(f"{service}: {len(found)} findings; {_coverage(service)}")
    if not CORPUS.is_dir():
        print(f"{CORPUS} is absent: wording was not compared with it; set PORTAL_CORPUS")
    return 1 if count else 0


def _coverage(service: str) -> str:
    properties = [text for text in texts(described(service)) if text.kind == "property"]
    return f"{sum(bool(text.text) for text in properties)} of {len(properties)} properties are described"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
