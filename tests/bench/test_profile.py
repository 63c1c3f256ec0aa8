"""`make profile` on a small description: its stages are functions of the program as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.profile import STAGES
from tests.conftest import REPOSITORY

DESCRIPTION = """openapi: 3.1.0
info: {title: Pots, version: '1'}
servers: [{url: https://pots.example}]
paths:
  /pots: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pot'}}}}, responses: {'200': {description: fine}}}}
components: {schemas: {Pot: {type: object, properties: {name: {type: string}}}}}
"""


@pytest.mark.slow
def test_every_stage_is_timed(tmp_path: Path) -> None:
    (tmp_path / "pots.yaml").write_text(DESCRIPTION)
    command = [sys.executable, "-m", "bench.profile", str(tmp_path / "pots.yaml")]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    named = {row[:40].strip() for row in rows}
    never = {"highlighting"}  # no answer has a body
    assert {stage for stage, _, _ in STAGES} - never <= named
    assert named & {"total", "MkDocs and start"} == {"total", "MkDocs and start"}
