"""The calendar text: folding, escaping, and what a calendar program needs of RFC 5545."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bureau.due.ics import Event, escaped, folded, write

EVENT = Event(
    uid="standards.certificate-7@bureau.example",
    on=date(2026, 12, 31),
    summary="复查：0.05级砝码标准装置; 一, 二\\三",
    description="市计量测试所\n沈阳市",
    category="计量标准复查",
    url="https://bureau.example/standards/measurementstandard/7/change/",
    revised_at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC),
)


def unfolded(content: bytes) -> list[str]:
    """As a calendar program reads it."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_it_works():
    assert unfolded(write("到期提醒", "说明", [EVENT])) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Metrology bureau//Due list//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:到期提醒",
        "X-WR-CALNAME:到期提醒",
        "DESCRIPTION:说明",
        "X-WR-CALDESC:说明",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "UID:standards.certificate-7@bureau.example",
        "DTSTAMP:20260601T083000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:复查：0.05级砝码标准装置\\; 一\\, 二\\\\三",
        "DESCRIPTION:市计量测试所\\n沈阳市",
        "CATEGORIES:计量标准复查",
        "URL:https://bureau.example/standards/measurementstandard/7/change/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_every_line_ends_as_the_standard_says():
    content = write("到期提醒", "说明", [EVENT])
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_line_of_exactly_75_bytes_is_not_folded():
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))))
def test_folding_keeps_lines_short_and_signs_whole(text):
    content = folded(text)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.decode().removesuffix("\r\n").replace("\r\n ", "") == text
    for line in content.split(b"\r\n"):
        line.decode()


@given(st.text())
def test_a_text_stays_one_line_and_comes_back(text):
    inside = escaped(text)
    assert not {"\r", "\n"} & set(inside)
    assert not any(ord(sign) < 32 for sign in inside)
    plain, signs = [], iter(inside)
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            plain.append("\n" if following == "n" else following)
        else:
            assert sign not in ";,"
            plain.append(sign)
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(s for s in kept if s == "\n" or (ord(s) >= 32 and ord(s) != 127 and not 0xD800 <= ord(s) <= 0xDFFF))
    assert "".join(plain) == kept
