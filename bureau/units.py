"""Units as they stand in headings and cells, by symbol or Chinese word, and how one is counted in another.

Number words go before any unit: 万元, 千台, 亿kWh. Alone they are a unit as well: 1.2万 is 12,000 of whatever the
column counts.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

NUMBER = "number"

_NUMBER_WORDS = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}

# kind → {size in the kind's first unit: spellings}. Spellings of Latin letters that begin with m or M stand for
# themselves alone, since m is milli and M is mega; all others are taken in any case.
_KINDS: dict[str, dict[str, str]] = {
    "money": {"1": "元 人民币元 人民币 圆 ¥ rmb cny yuan"},
    "pieces": {"1": "台件 台 件 台/件 台、件 台套 台/套 台件套 个 只 支 块 把 piece pieces"},
    "guns": {"1": "枪 条枪 把枪"},
    "sets": {"1": "套 组"},
    "persons": {"1": "人 名"},
    "attendances": {"1": "人次"},
    "units": {"1": "家 户"},
    "visits": {"1": "家次 户次"},
    "times": {"1": "次"},
    "batches": {"1": "批次 批"},
    "items": {"1": "项"},
    "copies": {"1": "份"},
    "cases": {"1": "起 宗"},
    "share": {"1": "%", "0.1": "‰"},
    "energy": {
        "1": "J 焦 焦耳",
        "1e3": "kJ 千焦 千焦耳",
        "1e6": "MJ 兆焦 兆焦耳",
        "1e9": "GJ 吉焦 吉焦耳",
        "1e12": "TJ 太焦 太焦耳",
        "3.6e3": "Wh 瓦时 瓦小时",
        "3.6e6": "kWh 千瓦时 千瓦小时 度",
        "3.6e9": "MWh MWH Mwh 兆瓦时 兆瓦小时",
        "3.6e12": "GWh 吉瓦时 吉瓦小时",
    },
    "coal equivalent": {
        "1": "kgce 千克标准煤 千克标煤 公斤标准煤 公斤标煤",
        "0.001": "gce 克标准煤 克标煤",
        "1000": "tce 吨标准煤 吨标煤",
    },
    "mass": {"1": "kg 千克 公斤", "1e-6": "mg 毫克", "0.001": "g 克", "0.5": "斤 市斤", "1000": "t 吨 公吨"},
    "volume": {"1": "m3 M3 立方米 立方", "0.001": "L 升", "1e-6": "mL ml 毫升"},
    # At 0 °C or 20 °C and normal pressure: not to be added to a volume as it is.
    "normal volume": {"1": "Nm3 标准立方米 标立方米 标方"},
    "area": {"1": "m2 M2 平方米 平米 平方", "10000": "ha 公顷", "1e6": "km2 平方公里 平方千米"},
    "length": {"1": "m 米 公尺", "0.001": "mm MM 毫米", "0.01": "cm 厘米 公分", "1000": "km 千米 公里"},
    "power": {"1": "W 瓦 瓦特", "0.001": "mW 毫瓦", "1000": "kW 千瓦", "1e6": "MW 兆瓦", "1e9": "GW 吉瓦"},
    "months": {"1": "月 个月", "12": "年"},
    "days": {"1": "日 天", "7": "周"},
    "hours": {"1": "h 小时 时"},
}
# What may stand inside a unit without a meaning of its own: 台（件）, kW·h, m^3, [万元].
_PASSED_OVER = str.maketrans("", "", " ()[]【】〔〕{}·•∙⋅*.^_\u3000")


class OtherKind(ValueError):
    """One unit cannot be counted in the other."""


@dataclass(frozen=True)
class Unit:
    """``size`` is in the first unit of its kind; ``multiple`` is what its number word says, 1 without one."""

    symbol: str
    kind: str
    size: Decimal
    multiple: int = 1

    def __str__(self) -> str:
        return self.symbol


# Of a column that counts nothing in particular: a number word goes before it as before any other.
NO_UNIT = Unit("", "", Decimal(1))


def _spellings() -> Iterator[tuple[str, Unit]]:
    for kind, sizes in _KINDS.items():
        for size, texts in sizes.items():
            symbol, *_further = texts.split()
            for text in texts.split():
                yield _form(text), Unit(symbol, kind, Decimal(size))


def _form(text: str) -> str:
    """㎡ and m² as m2, full width as half, without what is passed over; upper and lower case as they are."""
    return unicodedata.normalize("NFKC", "".join(text.split())).translate(_PASSED_OVER)


_EXACT = dict(_spellings())
_ANY_CASE = {text.casefold(): unit for text, unit in _EXACT.items() if text[0] not in "mM" or len(text) == 1}


@lru_cache(maxsize=4096)
def find(text: str) -> Unit | None:
    """The unit that is written so; None if it is none that is known here."""
    form = _form(text)
    if found := _plain(form):
        return found
    for word, multiple in _NUMBER_WORDS.items():
        rest = form.removeprefix(word)
        if rest == form:
            continue
        if not rest:
            return Unit(word, NUMBER, Decimal(multiple), multiple)
        if unit := _plain(rest):
            return Unit(word + unit.symbol, unit.kind, unit.size * multiple, multiple)
    return None


def _plain(form: str) -> Unit | None:
    return _EXACT.get(form) or _ANY_CASE.get(form.casefold())


def ratio(from_unit: Unit, to_unit: Unit) -> tuple[Decimal, Decimal]:
    """``number * first / second`` is the number in the other unit, exact where the result can be written exactly.

    Raises ``OtherKind``. A bare number word multiplies a plain unit; before one with a number word of its own it is
    not clear whether 1.2万 of 万元 are 万元 or 亿元.
    """
    if from_unit.kind == NUMBER and to_unit.multiple == 1:
        return from_unit.size, Decimal(1)
    if from_unit.kind != to_unit.kind:
        raise OtherKind(f"{from_unit} cannot be counted in {to_unit}.")
    return from_unit.size, to_unit.size


def factor(from_unit: Unit, to_unit: Unit) -> Decimal:
    """By what a number in the first unit is multiplied to be in the second; raises ``OtherKind``."""
    first, second = ratio(from_unit, to_unit)
    return first / second
