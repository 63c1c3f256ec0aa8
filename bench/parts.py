"""What is measured, part by part: each gives its figures and the rows that show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from bench import builds, inputs, peers, sites
from bench.inputs import WORK, Input
from bench.report import Row, kb, mb
from bench.served import middle, wait_for
from bench.weight import Weight, chromium, weigh

Figures = tuple[dict[str, Any], list[Row]]

RATIO, MEMORY, BYTES, REQUESTS = 0.5, 500e6, 100e3, 12
"""The bounds: wall time as a share of the peer's, bytes of memory, bytes and requests until an operation can be read."""

FIRST = 1.5
EDIT = {"kv": 0.15, "iam": 0.3}
"""Seconds an author may wait, with every description loaded."""

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
    rows = [row for name, weighed in found.items() for row in _weighed(name, weighed)]
    record = {name: asdict(weighed) | {"to_read": weighed.to_read} for name, weighed in found.items()}
    return record, [Row("until an operation can be read, cold, compressed", ""), *rows]


def _weighed(name: str, found: Weight) -> list[Row]:
    address = found.address.removesuffix("index.html")
    kinds = ", ".join(f"{kind} {kb(size)}" for kind, size in sorted(found.kinds.items()))
    return [
        Row(f"  {name} page, {address}", kb(found.to_read), f"≤ {kb(BYTES)}", found.to_read <= BYTES),
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


def large(given: Callable[[], Input]) -> Callable[[int], Figures]:
    """One large description, without the peer, which takes minutes for it."""

    def measured(repeat: int) -> Figures:
        what = given()
        timed = builds.alternate({"portal-gen": lambda: builds.ours(what, what.name)}, repeat)["portal-gen"]
        found = sites.statistics(builds.site(what.name))
        rows = [Row(f"{what.name}: {what.about}", _figure(timed)), *_pages(found)]
        return {"ours": _timed(timed), "site": asdict(found)}, rows

    return measured


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
    "S": large(inputs.stripe),
    "G": large(inputs.github),
}


def _figure(timed: builds.Timed) -> str:
    return f"{timed.wall:.2f} s wall, {timed.cpu:.2f} s processor, {mb(timed.peak)}"


def _timed(timed: builds.Timed) -> dict[str, Any]:
    runs = [{"wall": run.wall, "cpu": run.cpu, "peak": run.peak} for run in timed.runs]
    return {"wall": timed.wall, "cpu": timed.cpu, "peak": timed.peak, "runs": runs}


def _page(page: sites.Page) -> str:
    return f"{kb(page.size)} ({kb(page.compressed)} gzip)"
