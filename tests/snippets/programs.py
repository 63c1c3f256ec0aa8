"""Runs printed programs, many in one go for each language, as a reader would: saved to a file, unchanged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from portal_gen.snippets.targets import target
from tests.snippets.cases import ENVIRONMENT, FILES

TOOLS = {"curl": "curl", "python": sys.executable, "javascript": "node", "go": "go"}
"""What must be on the machine for a target."""

_PYTHON_DRIVER = """
import contextlib, io, json, runpy, sys, traceback
results = {}
for name, path in json.load(open(sys.argv[1])).items():
    out, err = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(path, run_name="__main__")
    except BaseException:
        err = traceback.format_exc()
    results[name] = [out.getvalue(), err]
json.dump(results, open(sys.argv[2], "w"))
"""
_NODE_DRIVER = """
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const results = {};
let out = "";
console.log = (...texts) => { out += texts.join(" "); };
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk) => { out += new TextDecoder().decode(chunk); return true; };
for (const [name, path] of Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
  out = "";
  let err = "";
  try { await import(pathToFileURL(path).href); } catch (error) { err = String(error.stack) + String(error.cause ?? ""); }
  results[name] = [out, err];
}
writeFileSync(process.argv[3], JSON.stringify(results));
"""
_GO_DRIVER = """package main

import "os"

var all = map[string]func(){
CALLS}

func main() {
	all[os.Args[1]]()
}
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program printed; `error` is empty where it ended well."""

    out: str
    error: str


def prepared(directory: Path) -> Path:
    """A directory with the files that programs ask for."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (directory / name).write_bytes(content)
    return directory


def environment(directory: Path) -> dict[str, str]:
    """The variables that programs run with: the test's own, and no proxies or settings of this machine."""
    kept = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    return {**kept, **ENVIRONMENT, "CURL_HOME": str(directory), "NETRC": "/dev/null", "NO_PROXY": "*", "PYTHONUTF8": "1"}


def run_programs(target_id: str, programs: Mapping[str, str], directory: Path) -> dict[str, Ran]:
    """Save and run all programs; the names of `programs` are used for files."""
    directory = prepared(directory)
    if target_id == "go":
        return _run_go(programs, directory)
    saved = directory / "programs"
    saved.mkdir()
    paths = {}
    for name, text in programs.items():
        path = saved / f"{name}.{target(target_id).extension}"
        path.write_text(text, encoding="utf-8", newline="")
        paths[name] = str(path)
    if target_id == "curl":
        return _run_each({name: ["bash", path] for name, path in paths.items()}, directory)
    driver = directory / ("driver.py" if target_id == "python" else "driver.mjs")
    driver.write_text(_PYTHON_DRIVER if target_id == "python" else _NODE_DRIVER)
    (directory / "programs.json").write_text(json.dumps(paths))
    command = [TOOLS[target_id], str(driver), "programs.json", "results.json"]
    done = _run(command, directory, environment(directory))
    if done.returncode:
        raise AssertionError(f"the driver for {target_id} failed:\n{done.stderr}")
    results = json.loads((directory / "results.json").read_text(encoding="utf-8"))
    return {name: Ran(out, err) for name, (out, err) in results.items()}


def _run(command: list[str], directory: Path, settings: dict[str, str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=directory,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )


def _run_each(commands: Mapping[str, list[str]], directory: Path) -> dict[str, Ran]:
    def run(command: list[str]) -> Ran:
        try:
            done = _run(command, directory, environment(directory), 20)
        except subprocess.TimeoutExpired:
            return Ran("", "it did not end")
        return Ran(done.stdout, f"exit code {done.returncode}: {done.stderr}" if done.returncode else "")

    with ThreadPoolExecutor(3) as pool:
        return dict(zip(commands, pool.map(run, commands.values()), strict=True))


def _run_go(programs: Mapping[str, str], directory: Path) -> dict[str, Ran]:
    """One package with a file for each program, its functions renamed: one build, one vet, one check of the format."""
    package = directory / "programs"
    package.mkdir()
    (package / "go.mod").write_text("module snippets\n\ngo 1.18\n")
    for number, (name, text) in enumerate(programs.items()):
        (package / f"{name}.go").write_text(_renamed(text, number), encoding="utf-8", newline="")
    calls = "".join(f'\t"{name}": main{number},\n' for number, name in enumerate(programs))
    driver = (
        'package main\n\nimport "os"\n\nvar all = map[string]func(){\n' + calls + "}\n\nfunc main() {\n\tall[os.Args[1]]()\n}\n"
    )
    (package / "driver.go").write_text(driver)
    for command in (
        ["go", "build", "-o", "../all", "."],
        ["go", "vet", "."],
        ["gofmt", "-l", *(f"{name}.go" for name in programs)],
    ):
        done = _run(command, package, {**environment(directory), "GOPROXY": "off"}, 600)
        if done.returncode or done.stdout:
            raise AssertionError(f"{' '.join(command[:2])}:\n{done.stdout}{done.stderr}")
    return _run_each({name: [str(directory / "all"), name] for name in programs}, directory)


def _renamed(text: str, number: int) -> str:
    """A Go program whose functions can stand beside those of others."""
    for old in ("\nfunc main(", "\nfunc add(", "\nfunc read(", "\tadd(form, ", ", read("):
        text = text.replace(old, old.partition("(")[0] + str(number) + "(" + old.partition("(")[2])
    return text


def missing(target_id: str) -> str:
    """Why programs of a target cannot run here, or nothing."""
    return "" if shutil.which(TOOLS[target_id]) else f"{TOOLS[target_id]} is not on this machine"
