"""Numbers as people write them in reports: what counts as one, its value, and how exact it was meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bureau import units
from bureau.reporting.measures import Number
from bureau.texts import narrow
from bureau.units import Unit

_NUMBER = re.compile(r"(?:(?<![A-Za-z0-9)\]%])[-−])?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_MULTIPLE = re.compile(r"\s*([余多来])?\s*(十万|百万|千万|万亿|[万亿]|千(?![克米瓦卡焦升])|百(?!分))?\s*([余多来])?\s*")
_MULTIPLES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_POINTS = re.compile(r"个?百分点")
_OF_HUNDRED = re.compile(r"(百|千|万)分之\s*$")
_OVER, _NEARLY = re.compile(r"(超过|超出|突破|逾|超)\s*$"), re.compile(r"(接近|将近|近)\s*$")
_ABOUT = re.compile(r"约为?\s*$")
LONGEST_UNIT = 6

# What has digits and is no number of a figure.
_OTHERS = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)\S+|\S*[?&=]\S*=\S*",
            r"[0-9A-Za-z._-]+@[0-9A-Za-z._-]+",
            r"(?:19|20)[0-9]{2}\s*[-—–~至到、和及与,]+\s*(?:(?:19|20)[0-9]{2}|[0-9]{2}(?=年))\s*年(?:度|间|期间)?",
            r"(?<![0-9,.])(?:19|20)[0-9]{2}\s*年(?:度|底|末|初|内|来)?",
            r"(?<![0-9,.])(?:[1-9]|1[0-2])\s*[-—–~至到]\s*(?:[1-9]|1[0-2])\s*月(?:份|底|末|初)?",
            r"(?<![0-9,.])(?:0?[1-9]|1[0-2])\s*月(?:\s*[0-3]?[0-9]\s*[日号])?(?:份|底|末|初|上旬|中旬|下旬)?",
            r"(?<![0-9,.])[0-3]?[0-9]\s*日",
            r"(?<![0-9])(?:19|20)[0-9]{2}\s*[-/.]\s*[01]?[0-9](?:\s*[-/.]\s*[0-3]?[0-9])?(?![0-9])",
            r"(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?",
            r"(?<![0-9])0[0-9]{2,3}[-—\s]?[0-9]{7,8}(?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9]|\s*[余多]?\s*[台件家元人个批次项吨])",
            r"(?:电话|传真|热线|手机|邮编|邮政编码|QQ|微信|账号|代码|编号)[^0-9,。;]{0,6}[0-9][0-9 -]*",
            r"123[0-9]{2}(?=[^0-9]{0,4}(?:热线|平台|投诉|举报|电话))",
            r"第\s*[0-9]+(?:[.-][0-9]+)*\s*(?:条|款|项|章|节|页|号|期|次|届|批|季度|类|位|名|轮|周|部分|个)?",
            r"[〔\[［(【](?:19|20)[0-9]{2}[〕\]］)】]\s*(?:第?\s*[0-9]+\s*号?)?",
            r"(?<![0-9,.])[0-9]+\s*号(?!牌|柴|汽)",
            r"[A-Z][A-Za-z]*(?:/[A-Z]+)?\s?[-—]?[0-9][0-9.]*(?:\s?[-—:：]\s?[0-9]{1,4})?",
            r"[A-Z]+\s?[≤≥<>]\s?[0-9.]+|[×*]\s?[0-9.]+",
            r"(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8}(?![0-9A-Za-z])",
            r"[0-9]{12,}[0-9A-Z]*|[(（][0-9]{6}[)）]",
            r"[0-9]+/[0-9]+(?:/[0-9]+)*",
            r"(?<![0-9])(?<!分之)(?:5[.·]20|3[.·]15|12[.·]4|[0-9]{1,2}·[0-9]{1,2})(?![0-9]|\s*[%‰万亿千元吨])",
            r"^\s*[0-9]{1,2}(?:\.[0-9]{1,2})*(?:[.．、)](?![0-9])|\s+(?=[一-鿿]))",
            r"(?<=[。;:,\s])[0-9]{1,2}[.、](?![0-9])",
            r"[(][0-9]{1,2}[)]",
        )
    ),
    re.MULTILINE,
)
_BARE_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")


@dataclass(frozen=True)
class Written:
    """``value`` in ``unit``, or in what is counted: 3.2万台 is 32,000. ``step`` is one of its last written digit, in
    the same unit. ``start`` to ``end`` are the sign, digits and multiple in the text, ``tail`` ends the unit.

    ``loosely``: "over", "nearly" or "about" where words say so; "" for a number that is meant as it stands.
    """

    text: str
    value: Decimal
    step: Decimal
    start: int = 0
    end: int = 0
    tail: int = 0
    unit: Unit | None = None
    is_percent: bool = False
    is_points: bool = False
    loosely: str = ""

    def agrees_with(self, number: Number) -> bool:
        """At the precision as written: 3.2万 is what 31,987 comes to in 万 with one place.

        Over 600 is 600 and less than 700: one more of the last digit that is not nothing. Nearly 600 is above 500,
        about 600 is from 550 to 650.
        """
        number = Decimal(number)
        if not self.loosely:
            return abs(number - self.value) <= self.step / 2
        room = _last_digit(self.value, self.step)
        if self.loosely == "over":
            return self.value <= number < self.value + room
        if self.loosely == "nearly":
            return self.value - room < number <= self.value
        return abs(number - self.value) <= room / 2


def _last_digit(value: Decimal, step: Decimal) -> Decimal:
    """One of the last digit that is not nothing: 100 of 600."""
    room = step
    while value and not value % (room * 10):
        room *= 10
    return room


def numbers(text: str) -> list[Written]:
    """The numbers of figures in a text, in their order. Years, days, telephone and document numbers, articles and
    numbering are none; nor are numbers in Chinese signs."""
    flat = _flat(text)
    return list(_found(flat, text, _spans_of_others(flat)))


def _flat(text: str) -> str:
    """As narrow as ASCII; a full-width comma between narrow digits parts two numbers, so it stays."""
    flat = narrow(text)
    if "，" not in text:
        return flat
    pieces = list(flat)
    for at, sign in enumerate(text):
        if sign == "，" and not (at and "０" <= text[at - 1] <= "９"):
            pieces[at] = "，"
    return "".join(pieces)


def _spans_of_others(flat: str) -> list[tuple[int, int]]:
    return [match.span() for match in _OTHERS.finditer(flat)]


def _found(flat: str, text: str, others: list[tuple[int, int]]) -> Iterator[Written]:
    place = 0
    for match in _NUMBER.finditer(flat):
        while place < len(others) and others[place][1] <= match.start():
            place += 1
        if place < len(others) and others[place][0] < match.end():
            continue
        found = _read(flat, text, match)
        if found is not None:
            yield found


def _read(flat: str, text: str, match: re.Match[str]) -> Written | None:
    digits = match[0].replace(",", "").replace("−", "-")
    multiple = _MULTIPLE.match(flat, match.end())
    assert multiple is not None  # every part of it may be missing
    words = [multiple[1], multiple[3]]
    power = _MULTIPLES.get(multiple[2] or "", 0)
    unit_at = multiple.end()
    end = multiple.end(2) if multiple[2] else multiple.end(1) if multiple[1] else match.end()
    unit, tail = _unit_at(flat, unit_at)
    points = _POINTS.match(flat, unit_at)
    if unit is None and not points and not power and _BARE_YEAR.fullmatch(match[0]) and not _letters_follow(flat, end):
        return None
    value = Decimal(digits).scaleb(power)
    step = Decimal(1).scaleb(power - (len(digits.partition(".")[2])))
    before = flat[max(0, match.start() - 6) : match.start()]
    share = _OF_HUNDRED.search(before)
    if share:
        shift = {"百": 0, "千": -1, "万": -2}[share[1]]
        value, step, unit, tail = value.scaleb(shift), step.scaleb(shift), units.find("%"), max(tail, end)
    elif points:
        unit, tail = units.find("%"), points.end()
    elif unit is not None and unit.kind == "share":
        value, step, end = value * unit.size, step * unit.size, tail
    return Written(
        text=text[match.start() : end],
        value=value,
        step=step,
        start=match.start(),
        end=end,
        tail=max(tail, end),
        unit=unit,
        is_percent=unit is not None and unit.kind == "share",
        is_points=bool(points),
        loosely=_loosely(before, any(words), flat[tail : tail + 2]),
    )


def _letters_follow(flat: str, at: int) -> bool:
    """A word that is no known unit may be one all the same: 2016本证书."""
    return bool(re.match(r"[一-鿿]", flat[at : at + 1])) and not re.match(r"[年至到和与及的]", flat[at : at + 1])


def _loosely(before: str, has_more: bool, after: str) -> str:
    if has_more or _OVER.search(before) or after.startswith(("以上", "余")):
        return "over"
    if _NEARLY.search(before):
        return "nearly"
    return "about" if _ABOUT.search(before) or after.startswith("左右") else ""


def _unit_at(flat: str, at: int) -> tuple[Unit | None, int]:
    """The longest known unit that stands there, and where it ends."""
    for length in range(min(LONGEST_UNIT, len(flat) - at), 0, -1):
        piece = flat[at : at + length]
        if piece != piece.strip() or piece[-1] in "(（[":
            continue
        if unit := unit_named(piece):
            return unit, at + length
    return None, at


@lru_cache(maxsize=4096)
def unit_named(text: str) -> Unit | None:
    """A plain unit: a number word before it has been read as a part of the number."""
    found = units.find(text)
    return found if found is not None and found.kind != units.NUMBER and found.multiple == 1 else None


def whole_cell(text: str) -> Written | None:
    """The one number that is all of a text: "1,518", "≤ 5", "86项"; None if there is more, or none."""
    found = numbers(text)
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].tail :]
    return None if rest.strip(" ≤≥<>约近超过()（）+") else found[0]


def of_cell(value: float) -> Written:
    """What a workbook keeps of a number: no trailing noughts and no unit; how exact it was meant, its digits tell."""
    exact = round(Decimal(repr(value)), 6).normalize()
    exponent = exact.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, int(exponent)))
    return Written(f"{exact:,f}", exact, step)
