"""Months in headings: 1月, 一月, 2016年1月, 2016-01; and the year in what stands above them."""

import re
from calendar import month_abbr, month_name
from datetime import date
from typing import Any

from bureau.exchange.cells import text_of
from bureau.texts import narrow

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE = {text: number for number, text in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)}
_ENGLISH = {
    name.casefold(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if number
}
_NUMERALS = {**_CHINESE, **_ENGLISH, "元": 1, "正": 1, "sept": 9}

_MONTH = r"(\d{1,2}|[一二三四五六七八九十元正]{1,2})"
_FULL = (
    re.compile(rf"(\d{{4}})年{_MONTH}月份?"),
    re.compile(r"(\d{4})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})"),
)
_SHORT = re.compile(rf"{_MONTH}月份?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")


def month_in(value: Any) -> str:
    """ "2016-05", "05" where the year stands elsewhere, or "" if the heading is no month."""
    if isinstance(value, date):
        return f"{value:%Y-%m}" if value.day == 1 else ""
    if isinstance(value, float) and not value.is_integer():
        return _of_number(value)
    text = "".join(narrow(text_of(value)).split())
    for form in _FULL:
        if match := form.fullmatch(text):
            year, month = int(match[1]), _number(match[2])
            return f"{year}-{month:02}" if month and 1900 <= year < 2100 else ""
    match = _SHORT.fullmatch(text)
    month = _number(match[1]) if match else _ENGLISH.get(text.casefold().rstrip("."), 0)
    return f"{month:02}" if month else ""


def month_before(text: str) -> tuple[str, str]:
    """1月检定数量 as month and rest; two blanks if the text does not begin with a month."""
    plain = "".join(narrow(text).split())
    for form in (_FULL[0], _SHORT):
        if match := form.match(plain):
            return month_in(match[0]), plain[match.end() :]
    return "", ""


def _of_number(number: float) -> str:
    """2016.11 as a number; 2016.1 may be January or October."""
    year, dot, month = repr(number).partition(".")
    is_clear = month != "1" and len(month) <= 2
    return month_in(f"{year}{dot}{month}") if is_clear else ""


def _number(text: str) -> int:
    number = int(text) if text.isascii() else _NUMERALS.get(text, 0)
    return number if 1 <= number <= 12 else 0


def year_in(text: str) -> int:
    """The one year that a text speaks of; 0 if there is none, or more than one."""
    plain = "".join(narrow(text).split())
    plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), plain)
    years = set(_YEAR.findall(plain))
    return int(years.pop()) if len(years) == 1 else 0
