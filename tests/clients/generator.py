"""OpenAPI Generator, as PyPI's `openapi-generator-cli` brings it, run by the machine's Java."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

from tests.conftest import REPOSITORY

SOURCE = REPOSITORY / "openapi" / "hanzo.yaml"
CLIENTS = REPOSITORY / "clients"
LANGUAGES = {
    "python": ("--additional-properties", "packageName=hanzo_client"),
    "typescript-axios": ("--additional-properties", "npmName=hanzo-client"),
    # An operation with two tags is declared once in each of its two files otherwise, and equal enum values of two types meet.
    "go": (
        *("--additional-properties", "packageName=hanzo,enumClassPrefix=true"),
        *("--openapi-normalizer", "KEEP_ONLY_FIRST_TAG_IN_OPERATION=true"),
    ),
    "rust": ("--additional-properties", "packageName=hanzo-client"),
}
"""Generators with the options that are given to each."""
LONGEST = 99_999_999
"""Characters of YAML that the generator may read: its own limit is 3,145,728, and the description is longer."""


def missing() -> str:
    """What is not installed, or nothing."""
    if not shutil.which("java"):
        return "there is no java; install a JDK, 17 or later"
    if not importlib.util.find_spec("openapi_generator_cli"):
        return "there is no openapi-generator-cli; install the extra `clients`"
    return ""


def generator(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """One run. What it prints on both streams is `stdout`."""
    spec = importlib.util.find_spec("openapi_generator_cli")
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("openapi-generator.jar")
    command = ["java", f"-DmaxYamlCodePoints={LONGEST}", "-Xmx3g", "-jar", str(jar), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=900)
