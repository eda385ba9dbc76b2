"""A calendar as text: the part of RFC 5545 that a list of days needs.

All-day events without alarm that leave the day free. ``DTSTAMP`` says when the information was last revised (RFC 5545,
3.8.7.2: the calendar has no METHOD), so that a calendar in which nothing changed stays the same to the last byte.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
LINE_BYTES = 75  # RFC 5545, 3.1: without the line break
PRODUCT = "-//Metrology bureau//Due list//ZH"
REFRESH = "PT6H"


@dataclass(frozen=True)
class Event:
    """``uid`` stays the same as long as it is the same matter, whatever its day."""

    uid: str
    on: date
    summary: str
    description: str
    category: str
    url: str
    revised_at: datetime


def write(name: str, description: str, events: Iterable[Event]) -> bytes:
    """The calendar, in UTF-8, with the line breaks that the standard asks for."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"DESCRIPTION:{escaped(description)}",
        f"X-WR-CALDESC:{escaped(description)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.revised_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"CATEGORIES:{escaped(event.category)}"
    yield f"URL:{_visible(event.url)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """TEXT (3.3.11): backslash, semicolon and comma escaped, a line break as \\n, other control characters left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    text = text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return _visible(text)


def _visible(text: str) -> str:
    return "".join(sign for sign in text if ord(sign) >= 32 and ord(sign) != 127 and not 0xD800 <= ord(sign) <= 0xDFFF)


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 bytes (3.1), each but the first behind a blank; no sign is cut in two."""
    pieces, room = [b""], LINE_BYTES
    for sign in line:
        code = sign.encode()
        if len(code) > room:
            pieces.append(b" ")
            room = LINE_BYTES - 1
        pieces[-1] += code
        room -= len(code)
    return b"\r\n".join(pieces) + b"\r\n"
