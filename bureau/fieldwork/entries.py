"""A batch of entries as it is sent: ``read`` turns JSON into it and refuses what is none.

::

    {"query": "assignment=5", "revision": 3, "sent_at": "2026-11-22T08:00:00Z",
     "entries": [{"id": UUID, "device": UUID, "sequence": 17, "kind": "value", "name": "place", "value": "东门",
                  "base": "", "at": "2026-11-20T08:00:00Z"},
                 {"id": UUID, "device": UUID, "sequence": 18, "kind": "row", "name": "finding.a1",
                  "base": {"finding.a1-facts": "铅封破损"}, "at": …}],
     "photos": [{"id": UUID, "row": "", "size": 120045, "sha256": "…"}]}

``base`` is what the device last knew the server to have; ``revision`` is that of the draft that it knows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bureau.fieldwork.models import FieldEntry

MOST_ENTRIES = 200  # of a batch
MOST_PHOTOS = 100
MOST_BASES = 200  # fields of a row
LARGEST = 2**53 - 1  # what a browser counts up to
Kind = FieldEntry.Kind


class NoBatch(ValueError):
    """What was sent is no batch; the text says why, in English, for whoever wrote the sender."""


@dataclass(frozen=True)
class Entry:
    id: UUID
    device: UUID
    sequence: int
    kind: str
    name: str
    value: str = ""
    base: str = ""
    row_base: Mapping[str, str] | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class PhotoAsked:
    """A photo that the device has; does the server have all of it? Without a digest the size has to do."""

    id: UUID
    row: str
    size: int
    sha256: str = ""


@dataclass(frozen=True)
class Batch:
    entries: tuple[Entry, ...] = ()
    photos: tuple[PhotoAsked, ...] = ()
    query: str = ""
    revision: int = 0
    sent_at: datetime | None = None

    def entered_at(self, entry: Entry, now: datetime) -> datetime | None:
        """When it was entered by our clock: so long ago as it was for the device when it sent."""
        if entry.at is None or self.sent_at is None:
            return None
        try:
            return min(now, now - (self.sent_at - entry.at))
        except OverflowError:
            return None


def read(body: bytes) -> Batch:
    """The batch; raises ``NoBatch``."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise NoBatch("The body is no JSON.") from None
    if not isinstance(data, dict):
        raise NoBatch("The body is no object.")
    return Batch(
        entries=tuple(_entry(each) for each in _list(data, "entries", MOST_ENTRIES)),
        photos=tuple(_photo(each) for each in _list(data, "photos", MOST_PHOTOS)),
        query=_text(data, "query", 300),
        revision=_whole(data, "revision"),
        sent_at=_time(data, "sent_at"),
    )


def _entry(data: Any) -> Entry:
    kind = _text(data, "kind", 10)
    if kind not in Kind.values:
        raise NoBatch(f"There is no kind {kind!r}.")
    base = data.get("base", "")
    row_base = base if kind == Kind.ROW and isinstance(base, dict) else None
    if row_base is not None:
        if len(row_base) > MOST_BASES or not all(isinstance(each, str) for each in row_base.values()):
            raise NoBatch("base is no text by field.")
        base = ""
    if not isinstance(base, str):
        raise NoBatch("base is no text.")
    return Entry(
        id=_uuid(data, "id"),
        device=_uuid(data, "device"),
        sequence=_whole(data, "sequence"),
        kind=kind,
        name=_text(data, "name", 150),
        value=_text(data, "value"),
        base=base,
        row_base=row_base,
        at=_time(data, "at"),
    )


def _photo(data: Any) -> PhotoAsked:
    return PhotoAsked(_uuid(data, "id"), _text(data, "row", 100), _whole(data, "size"), _text(data, "sha256", 64))


def _list(data: Any, name: str, most: int) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list) or len(found) > most or not all(isinstance(each, dict) for each in found):
        raise NoBatch(f"{name} is no list of at most {most} objects.")
    return found


def _text(data: Any, name: str, longest: int | None = None) -> str:
    found = data.get(name, "")
    if not isinstance(found, str) or (longest is not None and len(found) > longest):
        raise NoBatch(f"{name} is no text, or too long.")
    # No database keeps these.
    return found.replace("\0", "").encode("utf-8", "replace").decode()


def _whole(data: Any, name: str) -> int:
    found = data.get(name, 0)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= LARGEST:
        raise NoBatch(f"{name} is no whole number.")
    return found


def _uuid(data: Any, name: str) -> UUID:
    try:
        return UUID(data.get(name, ""))
    except (ValueError, AttributeError, TypeError):
        raise NoBatch(f"{name} is no UUID.") from None


def _time(data: Any, name: str) -> datetime | None:
    """A clock may say anything; what is no time is none."""
    try:
        found = parse_datetime(data.get(name) or "")
    except (ValueError, TypeError):
        return None
    return found if found is not None and timezone.is_aware(found) else None
