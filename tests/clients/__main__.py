"""`python -m tests.clients`: make the clients, with the time that each takes."""

from __future__ import annotations

import re
import shutil
import sys
import time

from tests.clients.generator import CLIENTS, LANGUAGES, SOURCE, generator, missing


def main() -> int:
    """Make every client anew; 1 where one can not be made."""
    if missing():
        print(missing(), file=sys.stderr)
        return 1
    for language, options in LANGUAGES.items():
        begun = time.monotonic()
        shutil.rmtree(CLIENTS / language, ignore_errors=True)
        made = generator("generate", "-i", SOURCE, "-g", language, "-o", CLIENTS / language, *options)
        if made.returncode:
            told = [line for line in made.stdout.splitlines() if not re.match(r"\[main\] (INFO|WARN) ", line)]
            print("\n".join(told[-40:]), f"{language}: exit status {made.returncode}", sep="\n", file=sys.stderr)
            return 1
        files = sum(1 for path in (CLIENTS / language).rglob("*") if path.is_file())
        print(f"{language}: {files:,} files, {time.monotonic() - begun:.0f} s", flush=True)
    return 0


sys.exit(main())
