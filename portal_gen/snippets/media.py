"""What a media type's name tells: whether it is JSON, a stream, text or bytes, and which file name suits it."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["json", "lines", "sequence", "form", "multipart", "text", "bytes"]

_MEDIA_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[\t ]*;[\t -~]*)?")
_LINES = (
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/json-lines",
)
_SEQUENCE = ("application/json-seq",)
_TEXT = (
    "application/xml",
    "application/yaml",
    "application/x-yaml",
    "application/javascript",
    "application/graphql",
    "application/sql",
    "application/toml",
    "application/sparql-query",
)
_EXTENSIONS = {
    "application/gzip": "gz",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/xml": "xml",
    "application/yaml": "yaml",
    "application/zip": "zip",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/flac": "flac",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "text/csv": "csv",
    "text/html": "html",
    "text/plain": "txt",
    "text/xml": "xml",
    "video/mp4": "mp4",
    "video/webm": "webm",
}


def essence(mime: str) -> str:
    """The name without parameters, in lower case."""
    return mime.partition(";")[0].strip().lower()


def shape(mime: str) -> Shape:
    """What a body of this type looks like."""
    name = essence(mime)
    if name in _LINES:
        return "lines"
    if name in _SEQUENCE or name.endswith("+json-seq"):
        return "sequence"
    if name in ("application/json", "text/json") or name.endswith("+json"):
        return "json"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name == "multipart/form-data":
        return "multipart"
    if name.startswith("text/") or name in _TEXT or name.endswith(("+xml", "+yaml")):
        return "text"
    return "bytes"


def is_stream(mime: str) -> bool:
    """Whether an answer of this type is read piece by piece."""
    return essence(mime) == "text/event-stream" or shape(mime) in ("lines", "sequence")


def extension(mime: str) -> str:
    """The usual end of a file's name, without the dot; `bin` where none is known."""
    return _EXTENSIONS.get(essence(mime), "bin")


def type_of_file(name: str) -> str:
    """The media type that the end of a file's name tells; `application/octet-stream` where it tells none."""
    end = name.rpartition(".")[2].lower()
    return next((mime for mime, known in _EXTENSIONS.items() if known == end), "application/octet-stream")


def content_type(mime: str, otherwise: str) -> str:
    """The type as a Content-Type can say it: ranges and what is no media type become `otherwise`."""
    usable = _MEDIA_TYPE.fullmatch(mime.strip()) and "*" not in essence(mime)
    return mime.strip() if usable else otherwise
