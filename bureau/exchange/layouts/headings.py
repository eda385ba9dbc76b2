"""What a heading stands for: one of our columns, its unit, a month."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bureau import units
from bureau.exchange.columns.base import Column
from bureau.exchange.layouts import months
from bureau.exchange.sheets import Sheet, heading

# How sure a match is: by the whole heading, or by one part of a heading of several rows.
WHOLE, LAST, FIRST = 3, 2, 1

_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*(?:[(（][^()（）]*[)）])?[^()（）\[\]【】]*)[)）\]】]")
_TAIL = re.compile(r"(.+)[/／,，、:：\s]\s*([^/／,，、:：\s]{1,8})")
_UNIT_WORD = re.compile(r"(计量|金额|货币|数量)?单位\s*[:：]\s*")
# What may stand in brackets behind a heading without a meaning for its values.
_HINT = re.compile(
    r"必填|选填|可选|必选|必须|格式|如|例|请|填|说明|注|可为空|可空|不为空|含|数字|文本|整数|小数|保留|单选|下拉|\*"
)


class Match(NamedTuple):
    """``unit``: as the heading states it, "" if it states none."""

    column: Column
    unit: str
    month: str
    strength: int


class Matcher:
    """The headings of one sheet class, in all the forms in which they are written.

    A heading is given as its parts, one for each row of the header in which it has a text of its own.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._without_unit = self._stripped()
        self._matches: dict[tuple[str, ...], Match | None] = {}

    def _stripped(self) -> dict[str, Column | None]:
        """Our own headings without the units in them; None where two columns would be meant."""
        found: dict[str, Column | None] = {}
        for column in self.sheet.columns:
            for text in column.headings:
                form = heading(split_unit(text)[0])
                known = found.setdefault(form, column)
                found[form] = column if known is column else None
        return found

    def match(self, parts: Sequence[str]) -> Match | None:
        key = tuple(parts)
        if key not in self._matches:
            self._matches[key] = self._match(key) if key else None
        return self._matches[key]

    def _match(self, parts: tuple[str, ...]) -> Match | None:
        if found := self._month(parts):
            return found
        for text, strength in _candidates(parts):
            if column := self._column(text):
                return Match(column, self._unit(parts, column, text), "", strength)
        return None

    def _month(self, parts: Sequence[str]) -> Match | None:
        """A column for the value of one month."""
        if not self.sheet.months:
            return None
        value = self.sheet.by_name[self.sheet.months[1]]
        month, rest = months.month_in(parts[-1]), ""
        if not month:
            month, rest = months.month_before(parts[-1])
            if not month or self._column(rest) is not value:
                return None
        if len(month) == 2 and (year := months.year_in(" ".join(parts[:-1]))):
            month = f"{year}-{month}"
        is_named = bool(rest) or any(self._column(part) is value for part in parts[:-1])
        return Match(value, stated_unit(parts), month, WHOLE if is_named else LAST)

    def _column(self, text: str) -> Column | None:
        if column := self.sheet.column_for(text):
            return column
        rest = split_unit(text)[0]
        for form in (rest, *_without_hints(rest)):
            column = self.sheet.column_for(form) or self._without_unit.get(heading(form))
            # Brackets that are not understood may hold a unit, and a number must not lose that.
            if column and (form == rest or not column.takes_units or _are_hints(rest)):
                return column
        return None

    def _unit(self, parts: Sequence[str], column: Column, text: str) -> str:
        unit = stated_unit(parts)
        # A label of ours that has a unit in it says nothing new.
        is_own = self.sheet.column_for(text) is column and not takes_unit(column, unit)
        return "" if is_own else unit


def _candidates(parts: Sequence[str]) -> Iterator[tuple[str, int]]:
    yield "".join(parts), WHOLE
    named = [part for part in parts if not _is_unit(part, parts)]
    if named and named != list(parts):
        yield "".join(named), WHOLE
        parts = named
    if len(parts) > 1:
        yield "".join(parts[1:]), LAST
        yield parts[-1], LAST
        yield parts[0], FIRST


def split_unit(text: str) -> tuple[str, str]:
    """检定费（万元） and 检定费/万元 as heading and unit; the text itself and "" if no unit is known in it."""
    for match in _BRACKETS.finditer(text):
        inner = _UNIT_WORD.sub("", match[1]).strip()
        if units.find(inner):
            return text[: match.start()] + text[match.end() :], inner
    tail = _TAIL.fullmatch(text.strip())
    if tail and units.find(tail[2]):
        return tail[1].strip(), tail[2]
    return text, ""


def stated_unit(parts: Sequence[str]) -> str:
    """The unit in a heading; that of the lowest row first."""
    for part in reversed(parts):
        if unit := part if _is_unit(part, parts) else split_unit(part)[1]:
            return unit
    return ""


def _is_unit(part: str, parts: Sequence[str]) -> bool:
    """A row of the header that holds nothing but units."""
    return len(parts) > 1 and units.find(part) is not None


def takes_unit(column: Column, unit: str) -> bool:
    """Whether values in this unit can be counted in the column's own."""
    found = units.find(unit)
    if not unit or found is None or not column.takes_units:
        return not unit
    own = units.find(column.unit) or units.NO_UNIT
    try:
        units.ratio(found, own)
    except units.OtherKind:
        return False
    return True


def units_on_line(text: str) -> list[str]:
    """Those of a line above the header, 填报单位：…  单位：万元、台: in the order in which they stand."""
    found = []
    for match in re.finditer(r"(?:^|[\s(（,，;；]|金额|计量|货币|数量)单位\s*[:：]\s*([^\s)）;；]+)", text):
        written = match[1]
        pieces = [written] if units.find(written) else re.split(r"[、,，/和及]", written)
        found += [piece for piece in pieces if units.find(piece)]
    return found


def _without_hints(text: str) -> Iterator[str]:
    bare = _BRACKETS.sub("", text).strip()
    if bare and bare != text:
        yield bare


def _are_hints(text: str) -> bool:
    return all(_HINT.search(match[1]) for match in _BRACKETS.finditer(text))
