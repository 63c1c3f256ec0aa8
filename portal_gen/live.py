"""Hearing of changed files and telling open pages: what a server needs beside the portal itself.

`Watch` calls back when files below some paths have settled after a change. `Channel` hands events to every open page.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

SETTLE = 0.015
"""Seconds without a further change after which files are read: editors write in several steps."""
PING = 10.0
"""Seconds after which a silent stream says something, so that a page that has gone is noticed."""


class Watch:
    """Calls `changed` in a thread of its own, once for each burst of changes to files that `concerns` says yes to.

    `folders` says for each folder whether what lies deeper in it is watched too.
    """

    def __init__(self, folders: Mapping[Path, bool], concerns: Callable[[Path], bool], changed: Callable[[], None]) -> None:
        self._concerns = concerns
        self._changed = changed
        self._touched = threading.Event()
        self._stopped = False
        self._observer = Observer()
        for folder, deep in folders.items():
            self._observer.schedule(_Handler(self._heard), str(folder), recursive=deep)
        self._thread = threading.Thread(target=self._run, name="portal-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        """End both threads."""
        self._stopped = True
        self._touched.set()
        self._observer.stop()
        self._observer.join()
        self._thread.join()

    def _heard(self, paths: Iterable[str]) -> None:
        if any(self._concerns(Path(path)) for path in paths):
            self._touched.set()

    def _run(self) -> None:
        while not self._stopped:
            self._touched.wait()
            while self._touched.is_set() and not self._stopped:
                self._touched.clear()
                self._touched.wait(SETTLE)
            if not self._stopped:
                self._changed()


class _Handler(FileSystemEventHandler):
    """Everything that leaves a file other than it was. `modified` comes in the middle of writing and is not listened to."""

    def __init__(self, heard: Callable[[Iterable[str]], None]) -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Sort out events that change nothing."""
        if event.event_type in ("closed", "moved", "created", "deleted") and not event.is_directory:
            self._heard(str(path) for path in (event.src_path, event.dest_path) if path)


class Channel:
    """Events for every open page: each is sent to all streams; the latest of each kind also to those that come later."""

    def __init__(self, hello: dict[str, object]) -> None:
        self._condition = threading.Condition()
        self._events: list[str] = [_line(hello)]
        self._closed = False

    def send(self, event: dict[str, object]) -> None:
        """Tell every page."""
        with self._condition:
            self._events.append(_line(event))
            self._condition.notify_all()

    def close(self) -> None:
        """End all streams."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def stream(self) -> Iterator[bytes]:
        """A server-sent event stream: a greeting, then every event from now on."""
        with self._condition:
            position = len(self._events)
            first = self._events[0]
        yield first.encode()
        while not self._closed:
            lines = self._after(position)
            position += len(lines)
            yield "".join(lines).encode() or b": still here\n\n"

    def _after(self, position: int) -> list[str]:
        """Events from `position` on, as soon as there are any; none after a while without."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or len(self._events) > position, PING)
            return self._events[position:]


def _line(event: dict[str, object]) -> str:
    return f"data: {json.dumps(event)}\n\n"
