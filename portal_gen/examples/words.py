"""What a property's name says about its value: data, and how it is looked up.

A name is read as its words (`createdAt`, `created_at` and `created-at` are the same two). The longest ending that is in the
table decides, so that `billing_email` is an address and `email_count` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from portal_gen.examples.formats import EPOCH_SECONDS, EXAMPLES, MOMENT

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_TEXTS: Mapping[str, str] = {
    "id": "id-123",
    "uuid": EXAMPLES["uuid"],
    "guid": EXAMPLES["uuid"],
    "email": "ada@example.com",
    "mail": "ada@example.com",
    "email address": "ada@example.com",
    "from": "ada@example.com",
    "url": "https://example.com/",
    "uri": "https://example.com/",
    "href": "https://example.com/",
    "link": "https://example.com/",
    "website": "https://example.com/",
    "homepage": "https://example.com/",
    "webhook": "https://example.com/webhook",
    "webhook url": "https://example.com/webhook",
    "callback url": "https://example.com/callback",
    "redirect uri": "https://example.com/callback",
    "redirect url": "https://example.com/callback",
    "image url": "https://example.com/image.png",
    "avatar": "https://example.com/avatar.png",
    "avatar url": "https://example.com/avatar.png",
    "logo": "https://example.com/logo.png",
    "icon": "https://example.com/icon.png",
    "endpoint": "https://example.com/v1",
    "base url": "https://example.com/v1",
    "at": MOMENT,
    "timestamp": MOMENT,
    "datetime": MOMENT,
    "created": MOMENT,
    "updated": MOMENT,
    "expires": MOMENT,
    "date": MOMENT[:10],
    "birthday": "1990-12-10",
    "time": MOMENT,
    "start": MOMENT,
    "end": "2026-11-02T10:30:00Z",
    "month": "2026-11",
    "duration": "15m",
    "interval": "1h",
    "timeout": "30s",
    "ttl": "1h",
    "timezone": "Europe/London",
    "time zone": "Europe/London",
    "tz": "Europe/London",
    "ip": "192.0.2.1",
    "ip address": "192.0.2.1",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "cidr": "192.0.2.0/24",
    "subnet": "192.0.2.0/24",
    "host": "host.example.com",
    "hostname": "host.example.com",
    "domain": "example.com",
    "domain name": "example.com",
    "fqdn": "host.example.com",
    "server": "host.example.com",
    "origin": "https://example.com",
    "name": "Example",
    "display name": "Example",
    "full name": "Ada Example",
    "first name": "Ada",
    "given name": "Ada",
    "last name": "Example",
    "family name": "Example",
    "surname": "Example",
    "user name": "ada",
    "username": "ada",
    "nickname": "ada",
    "login": "ada",
    "handle": "ada",
    "user": "ada",
    "owner": "ada",
    "author": "Ada Example",
    "created by": "ada",
    "updated by": "ada",
    "company": "Example Ltd",
    "organization": "example",
    "org": "example",
    "organization name": "Example Ltd",
    "company name": "Example Ltd",
    "project": "example",
    "workspace": "example",
    "team": "example",
    "namespace": "default",
    "bucket": "example-bucket",
    "slug": "an-example",
    "title": "An example",
    "subject": "An example",
    "label": "Example",
    "tag": "example",
    "description": "What this is for.",
    "summary": "A short summary.",
    "comment": "A short comment.",
    "note": "A short note.",
    "notes": "A short note.",
    "bio": "A few words about the person.",
    "message": "Hello, world!",
    "text": "Hello, world!",
    "content": "Hello, world!",
    "body": "Hello, world!",
    "prompt": "Write a haiku about rivers.",
    "query": "example",
    "search": "example",
    "q": "example",
    "reason": "An example reason.",
    "error": "Something went wrong.",
    "error message": "Something went wrong.",
    "detail": "Something more about it.",
    "country": "GB",
    "country code": "GB",
    "nationality": "GB",
    "state": "active",
    "province": "London",
    "city": "London",
    "town": "London",
    "address": "1 Example Street",
    "street": "1 Example Street",
    "line 1": "1 Example Street",
    "line 2": "Floor 2",
    "line1": "1 Example Street",
    "line2": "Floor 2",
    "postal code": "EC1A 1BB",
    "post code": "EC1A 1BB",
    "postcode": "EC1A 1BB",
    "zip": "EC1A 1BB",
    "zip code": "EC1A 1BB",
    "phone": "+12025550123",
    "phone number": "+12025550123",
    "mobile": "+12025550123",
    "telephone": "+12025550123",
    "fax": "+12025550124",
    "currency": "USD",
    "currency code": "USD",
    "language": "en",
    "lang": "en",
    "locale": "en-GB",
    "amount": "19.99",
    "price": "19.99",
    "total": "19.99",
    "balance": "100.00",
    "version": "1.0.0",
    "api version": "2026-11-02",
    "region": "eu-west-1",
    "zone": "eu-west-1a",
    "environment": "production",
    "env": "production",
    "status": "active",
    "role": "member",
    "password": EXAMPLES["password"],
    "path": "/path/to/example",
    "file": "example.txt",
    "filename": "example.txt",
    "file name": "example.txt",
    "mime type": "text/plain",
    "content type": "text/plain",
    "media type": "text/plain",
    "color": "#3366cc",
    "colour": "#3366cc",
    "user agent": "Mozilla/5.0",
    "sha": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha1": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "md5": "d41d8cd98f00b204e9800998ecf8427e",
    "etag": "d41d8cd98f00b204e9800998ecf8427e",
    "cursor": "eyJpZCI6MTIzfQ",
    "sort": "name",
    "order": "asc",
    "cron": "0 9 * * 1",
    "schedule": "0 9 * * 1",
}

_NUMBERS: Mapping[str, float] = {
    "id": 123,
    "at": EPOCH_SECONDS,
    "timestamp": EPOCH_SECONDS,
    "created": EPOCH_SECONDS,
    "updated": EPOCH_SECONDS,
    "expires": EPOCH_SECONDS,
    "time": EPOCH_SECONDS,
    "date": EPOCH_SECONDS,
    "count": 3,
    "total": 3,
    "quantity": 2,
    "size": 1024,
    "bytes": 1024,
    "length": 1024,
    "port": 8080,
    "page": 1,
    "page size": 20,
    "per page": 20,
    "limit": 20,
    "offset": 0,
    "skip": 0,
    "index": 0,
    "position": 1,
    "rank": 1,
    "priority": 1,
    "price": 19.99,
    "amount": 19.99,
    "cost": 19.99,
    "fee": 1.5,
    "balance": 100,
    "rate": 0.05,
    "percent": 42,
    "percentage": 42,
    "ratio": 0.5,
    "score": 0.87,
    "confidence": 0.87,
    "probability": 0.87,
    "temperature": 0.7,
    "top p": 0.9,
    "weight": 1,
    "width": 1024,
    "height": 768,
    "latitude": 51.5074,
    "lat": 51.5074,
    "longitude": -0.1278,
    "lng": -0.1278,
    "lon": -0.1278,
    "age": 36,
    "year": 2026,
    "month": 11,
    "day": 2,
    "hour": 9,
    "minute": 30,
    "duration": 90,
    "seconds": 90,
    "ms": 120,
    "milliseconds": 120,
    "latency": 120,
    "timeout": 30,
    "ttl": 3600,
    "expires in": 3600,
    "tokens": 256,
    "max tokens": 256,
    "replicas": 2,
    "version": 1,
    "code": 200,
    "status": 200,
    "status code": 200,
    "cpu": 2,
    "kb": 64,
    "mb": 512,
    "gb": 16,
    "memory": 2048,
    "retries": 3,
    "seed": 42,
    "exp month": 12,
    "exp year": 2030,
}

_NO_IDS = frozenset(
    "paid void valid invalid avoid grid android solid fluid rapid hybrid prepaid unpaid timid vivid humid braid guid uuid".split()
)
_SECRETS = frozenset({"secret", "token", "key", "api key", "access token", "client secret", "private key"})


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case; at most eight. `orderid` is two, and what follows `per` is a unit, not said here."""
    found = [word.lower() for word in _WORDS.findall(name[:100])][:8]
    if "per" in found[1:]:
        found = found[: found.index("per")]
    if found and len(found[-1]) > 4 and found[-1].endswith("id") and found[-1] not in _NO_IDS:
        found[-1:] = [found[-1][:-2], "id"]
    return tuple(found)


@lru_cache(maxsize=8192)
def word_text(name: tuple[str, ...]) -> str | None:
    """A text for a property of this name, or None where its name says nothing."""
    for ending in _endings(name):
        if ending in _TEXTS:
            found = _TEXTS[ending]
            return f"{name[-2]}-123" if ending == "id" and len(name) > 1 else found
        if ending in _SECRETS:
            return "example-" + "-".join(name)
    return None


@lru_cache(maxsize=8192)
def word_number(name: tuple[str, ...]) -> float | None:
    """A number for a property of this name, or None where its name says nothing."""
    return next((_NUMBERS[ending] for ending in _endings(name) if ending in _NUMBERS), None)


def _endings(name: tuple[str, ...]) -> list[str]:
    return [" ".join(name[start:]) for start in range(len(name))]


def singular(name: str) -> str:
    """The name for one item of a list of this name: `tags` gives `tag`."""
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name
