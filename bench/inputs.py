"""What is built: the published descriptions (H), and two large ones (S, G) where they can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench" / ".work"
CORPUS = Path(os.environ.get("PORTAL_CORPUS") or ROOT / ".." / "shared" / "corpus").resolve()

NPM_PACKAGE = "@octokit/openapi"
_NPM_FILE = "package/generated/api.github.com.json"


@dataclass(frozen=True, slots=True)
class Input:
    """A description or a folder of them, and what it is."""

    name: str
    path: Path
    about: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Its descriptions."""
        return (self.path,) if self.path.is_file() else tuple(sorted(self.path.glob("*/openapi.yaml")))


class Missing(Exception):
    """An input cannot be had; the message says why and what to do."""


def hanzo(folder: Path = WORK / "inputs") -> Input:
    """H: a copy of the corpus' services, without the unified description and the shared parts."""
    source = CORPUS / "hanzo"
    if not source.is_dir():
        raise Missing(f"there is no {source}; set PORTAL_CORPUS to the folder that holds hanzo/")
    target = folder / "hanzo"
    shutil.rmtree(target, ignore_errors=True)
    files = sorted(source.glob("*/openapi.yaml"))
    for file in files:
        (target / file.parent.name).mkdir(parents=True)
        shutil.copyfile(file, target / file.parent.name / file.name)
    return Input("H", target, f"{len(files)} published descriptions")


def tenfold() -> Input:
    """Ten copies of H, each under other names."""
    given, target = hanzo(), WORK / "inputs" / "tenfold"
    shutil.rmtree(target, ignore_errors=True)
    for number in range(10):
        for file in given.files:
            (target / f"{file.parent.name}-{number}").mkdir(parents=True)
            shutil.copyfile(file, target / f"{file.parent.name}-{number}" / file.name)
    return Input("10 × H", target, f"{len(given.files) * 10} descriptions")


def stripe() -> Input:
    """S: one description, deeply recursive."""
    path = CORPUS / "stripe.yaml"
    if not path.is_file():
        raise Missing(f"there is no {path}; set PORTAL_CORPUS to the folder that holds it")
    return Input("S", path, "stripe.yaml")


def github() -> Input:
    """G: GitHub's REST description, out of a package that npm fetches once."""
    folder = WORK / "npm"
    path = folder / "github.json"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(_packed(folder), path)
    return Input("G", path, f"GitHub REST, from {_packed(folder).name}")


def _packed(folder: Path) -> Path:
    """The package's archive, fetched where it is not there yet."""
    for archive in sorted(folder.glob("octokit-openapi-*.tgz")):
        return archive
    try:
        done = subprocess.run(["npm", "pack", NPM_PACKAGE], cwd=folder, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Missing(f"npm pack {NPM_PACKAGE}: {fault}") from fault
    if done.returncode:
        raise Missing(f"npm pack {NPM_PACKAGE}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return folder / done.stdout.strip().splitlines()[-1]


def _unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as opened:
        member = opened.extractfile(_NPM_FILE)
        if member is None:
            raise Missing(f"{archive.name} holds no {_NPM_FILE}")
        part = target.with_suffix(".part")
        part.write_bytes(member.read())
        part.rename(target)
