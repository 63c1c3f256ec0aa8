"""What is measured, part by part: each gives its figures and the rows that show them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from bench import builds, inputs, peers, sites
from bench.inputs import WORK, Input
from bench.report import Row, kb, mb
from bench.served import middle, wait_for
from bench.weight import Weight, chromium, weigh

Figures = tuple[dict[str, Any], list[Row]]

RATIO, MEMORY, BYTES, REQUESTS = 0.3, 300e6, 85e3, 12
"""The bounds: wall time as a share of the peer's, bytes of memory, bytes (of the median page) and requests until an operation can be
read."""
LARGEST = 100e3
"""Bytes until the largest operation can be read."""
LARGE_PAGE = 250e3
"""Bytes of the largest page of a large description, compressed."""

FIRST = 1.5
EDIT = {"kv": 0.15, "iam": 0.3}
"""Seconds an author may wait, with every description loaded."""

AGAIN = {"nothing changed": 0.35, "one line changed": 0.5}
"""Bounds of wall time, as a share of the cold build."""
TENFOLD, TENFOLD_MEMORY = 10.5, 3.0
"""How many times the time and the memory of H ten times as many descriptions may take."""

EPOCH = "1700000000"
_SHOWN = 5


@cache
def _hanzo() -> Input:
    return inputs.hanzo()


@cache
def _built() -> Path:
    """A site of H, of the code as it is now."""
    builds.succeeded("portal-gen", builds.ours(_hanzo(), "built"))
    return builds.site("built")


def build(repeat: int) -> Figures:
    """H beside the peer, in alternating runs; and the peer once with the tabs and folding that its manual recommends."""
    given = _hanzo()
    warm = Input("warm", given.files[0], "one description")
    builds.succeeded("portal-gen", builds.ours(warm, "warm"))
    builds.succeeded(peers.NAME, builds.peer(warm, "warm"))
    timed = builds.alternate({"ours": lambda: builds.ours(given, "ours"), "peer": lambda: builds.peer(given, "peer")}, repeat)
    peers.check_pages(builds.site("peer"), given)
    advised = builds.Timed("recommended", (builds.succeeded(peers.NAME, builds.peer(given, "recommended", details=True)),))
    ours, peer = timed["ours"], timed["peer"]
    share = builds.ratio(ours, peer)
    rows = [
        Row(f"{given.name}: {given.about}, {repeat} pairs", ""),
        Row("  portal-gen build", _figure(ours), f"≤ {mb(MEMORY)}", ours.peak <= MEMORY),
        Row(f"  {peers.NAME}, {len(given.files) + 2} pages", _figure(peer)),
        Row("  ratio of wall time, median of pairs", f"{share:.2f}", f"≤ {RATIO}", share <= RATIO),
        Row("  ratio of wall time, fastest runs", f"{ours.fastest / peer.fastest:.2f}"),
        Row("  ratio of processor time", f"{ours.cpu / peer.cpu:.2f}"),
        Row(f"  {peers.NAME} as its manual recommends, once", _figure(advised)),
        Row("  ratio of processor time to that", f"{ours.cpu / advised.cpu:.2f}"),
    ]
    return {"ours": _timed(ours), "peer": _timed(peer), "recommended": _timed(advised), "ratio": share}, rows


def floor(repeat: int) -> Figures:
    """H's text read and its site written by nothing but a loop."""
    site = _built()
    found = [builds.floor(_hanzo(), site) for _ in range(repeat)]
    read, write = min(found, key=sum)
    return {"read": read, "write": write}, [Row("floor: the same text read, the same files written", f"{read:.3f} + {write:.3f} s")]


def weight(repeat: int) -> Figures:
    """Bytes until an operation of H can be read: the median page and the largest."""
    del repeat
    chromium()
    site = _built()
    pages = sites.statistics(site).operations
    if pages is None:
        raise builds.Failed("portal-gen: the site has no page of an operation")
    found = dict(zip(("median", "largest"), weigh(site, [pages.median.address, pages.largest.address]), strict=True))
    bounds = {"median": BYTES, "largest": LARGEST}
    rows = [row for name, weighed in found.items() for row in _weighed(name, weighed, bounds[name])]
    record = {name: asdict(weighed) | {"to_read": weighed.to_read} for name, weighed in found.items()}
    return record, [Row("until an operation can be read, cold, compressed", ""), *rows]


def _weighed(name: str, found: Weight, bound: float) -> list[Row]:
    address = found.address.removesuffix("index.html")
    kinds = ", ".join(f"{kind} {kb(size)}" for kind, size in sorted(found.kinds.items()))
    return [
        Row(f"  {name} page, {address}", kb(found.to_read), f"≤ {kb(bound)}", found.to_read <= bound),
        Row("    all that was fetched", f"{kb(found.total)}: {kinds}"),
        Row("    requests, search and sitemap included", str(found.requests), f"≤ {REQUESTS}", found.requests <= REQUESTS),
        Row("    to another host", str(len(found.foreign)), "0", not found.foreign),
        Row("    not found", str(len(found.missing)), "0", not found.missing),
    ]


def pages(repeat: int) -> Figures:
    """How many pages of H there are, and how large."""
    del repeat
    found = sites.statistics(_built())
    return asdict(found), _pages(found)


def _pages(found: sites.Statistics) -> list[Row]:
    rows = [Row("  site", f"{found.files:,} files, {mb(found.size)}")]
    for name, some in (("all pages", found.pages), ("operations", found.operations)):
        if some is not None:
            figure = f"{mb(some.size)}, median {_page(some.median)}, largest {_page(some.largest)}"
            rows.append(Row(f"  {name}: {some.count:,}", figure))
    return rows


def determinism(repeat: int) -> Figures:
    """Two builds of H at one SOURCE_DATE_EPOCH, each from its own copy into its own folder, with different hash seeds."""
    del repeat
    for name, seed in (("first", "1"), ("second", "2")):
        given = inputs.hanzo(WORK / "inputs" / name)
        builds.succeeded("portal-gen", builds.ours(given, name, more={"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": seed}))
    found = sites.differences(builds.site("first"), builds.site("second"))
    rows = [Row("files that differ between two builds", str(len(found)), "0", not found)]
    rows += [Row(f"  {path}", "") for path in found[:_SHOWN]]
    return {"differing": found}, rows


def large(given: Callable[[], Input], bound: float) -> Callable[[int], Figures]:
    """One large description beside H, without the peer, which takes minutes for it."""

    def measured(repeat: int) -> Figures:
        what, small = given(), _hanzo()
        timed = builds.alternate({"it": lambda: builds.ours(what, what.name), "H": lambda: builds.ours(small, "beside")}, repeat)
        share = builds.ratio(timed["it"], timed["H"])
        found = sites.statistics(builds.site(what.name))
        worst = found.pages.largest.compressed
        rows = [
            Row(f"{what.name}: {what.about}", _figure(timed["it"])),
            Row("  as many times H", f"{share:.2f}", f"≤ {bound}", share <= bound),
            *_pages(found),
            Row("  largest page, compressed", kb(worst), f"≤ {kb(LARGE_PAGE)}", worst <= LARGE_PAGE),
        ]
        return {"ours": _timed(timed["it"]), "beside": _timed(timed["H"]), "ratio": share, "site": asdict(found)}, rows

    return measured


def again(repeat: int) -> Figures:
    """H with a cache: cold, again with nothing changed, again after one line was changed."""
    shares: dict[str, list[float]] = {name: [] for name in AGAIN}
    runs: dict[str, list[float]] = {name: [] for name in ("cold", *AGAIN)}
    for number in range(repeat):
        given, cache = inputs.hanzo(WORK / "inputs" / "again"), builds.RUNS / f"cache-{number}"
        shutil.rmtree(cache, ignore_errors=True)
        cold = _cached(given, cache)
        found = {"nothing changed": _cached(given, cache)}
        edit(given.path / "iam" / "openapi.yaml", number)
        found["one line changed"] = _cached(given, cache)
        for name, wall in found.items():
            shares[name].append(wall / cold)
            runs[name].append(wall)
        runs["cold"].append(cold)
    rows = [Row("H with a cache, cold", f"{median(runs['cold']):.2f} s wall")]
    for name, bound in AGAIN.items():
        share = median(shares[name])
        rows.append(Row(f"  {name}", f"{median(runs[name]):.2f} s wall, {share:.2f} of cold", f"≤ {bound}", share <= bound))
    return {"runs": runs, "shares": shares}, rows


def _cached(given: Input, cache: Path) -> float:
    return builds.succeeded("portal-gen", builds.ours(given, "again", options=("--cache", cache))).wall


def edit(path: Path, number: int) -> None:
    """Change one line: a description or summary inside a path."""
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^( {6,}(?:description|summary): )(.*)$", rf"\g<1>Changed {number}", text, count=1)
    if changed == text:
        raise builds.Failed(f"{path} has no line that can be changed")
    path.write_text(changed, encoding="utf-8")


def tenfold(repeat: int) -> Figures:
    """Ten times H beside H: how time and memory grow, in one process, as the memory of several depends on how often one looks."""
    small, big = _hanzo(), inputs.tenfold()
    serial = ("--executor", "serial")
    timed = builds.alternate(
        {"H": lambda: builds.ours(small, "beside", options=serial), "big": lambda: builds.ours(big, "tenfold", options=serial)},
        min(repeat, 3),
    )
    share, memory = builds.ratio(timed["big"], timed["H"]), timed["big"].peak / timed["H"].peak
    rows = [
        Row(f"{big.name}: {big.about}, one process", _figure(timed["big"])),
        Row("  as many times H", f"{share:.1f}", f"≤ {TENFOLD}", share <= TENFOLD),
        Row("  memory, as many times that of H", f"{memory:.2f}", f"≤ {TENFOLD_MEMORY}", memory <= TENFOLD_MEMORY),
    ]
    return {"H": _timed(timed["H"]), "big": _timed(timed["big"]), "ratio": share, "memory": memory}, rows


def serve(repeat: int) -> Figures:
    """An author's waits with all of H loaded: the first page, and an edit of a small and of a large description."""
    del repeat
    chromium()
    waited = wait_for(_hanzo(), {"kv": "reference/kv/get-key/", "iam": "reference/iam/api-controller-get-user/"}, 10)
    rows = [Row("serve until the first operation can be read", f"{waited.first:.2f} s", f"< {FIRST} s", waited.first < FIRST)]
    for name, times in waited.edits.items():
        seconds, bound = middle(times), EDIT[name]
        rows.append(
            Row(f"  {name}: edit to changed text, median of {len(times)}", f"{seconds:.3f} s", f"< {bound} s", seconds < bound)
        )
        rows.append(Row("    worst", f"{max(times):.3f} s"))
    return asdict(waited), rows


PARTS: dict[str, Callable[[int], Figures]] = {
    "build": build,
    "floor": floor,
    "weight": weight,
    "pages": pages,
    "determinism": determinism,
    "serve": serve,
    "again": again,
    "tenfold": tenfold,
    "S": large(inputs.stripe, 1.5),
    "G": large(inputs.github, 2.5),
}


def _figure(timed: builds.Timed) -> str:
    return f"{timed.wall:.2f} s wall, {timed.cpu:.2f} s processor, {mb(timed.peak)}"


def _timed(timed: builds.Timed) -> dict[str, Any]:
    runs = [{"wall": run.wall, "cpu": run.cpu, "peak": run.peak} for run in timed.runs]
    return {"wall": timed.wall, "cpu": timed.cpu, "peak": timed.peak, "runs": runs}


def _page(page: sites.Page) -> str:
    return f"{kb(page.size)} ({kb(page.compressed)} gzip)"
