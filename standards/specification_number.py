"""Numbers of local technical specifications, such as ``JJG(冀) 121-2015`` or ``JJF(京津冀) 3001-2021``.

``JJG`` (verification regulation) or ``JJF`` (calibration or other technical specification), the short names of one to
three different provinces in brackets, a number, a dash and the year. Brackets, dashes, letters and digits are written
in many widths, with blanks or without: one normal form serves for all, and only that is kept.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from bureau.texts import clean_text, narrow

# Short name → province (GB/T 2260), in the order of the codes; some provinces go by two.
PROVINCES: Final = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31",
    "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43",
    "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "贵": "52", "黔": "52", "云": "53", "滇": "53",
    "藏": "54", "陕": "61", "甘": "62", "青": "63", "宁": "64", "新": "65", "台": "71", "港": "81", "澳": "82",
}  # fmt: skip
MOST_PROVINCES = 3
_DASHES = "-‐‑‒–—―−﹣－─"
_OPENING, _CLOSING = "([【〔〖﹙﹝", ")]】〕〗﹚﹞"
_PLAIN = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_OPENING, "("), **dict.fromkeys(_CLOSING, ")")})
_NUMBER = re.compile(r"(JJ[GF])\(([^()]*)\)(\d{1,5}(?:\.\d{1,2})?)-+((?:19|20)\d{2})", re.ASCII)
_SEPARATORS = re.compile(r"[、,，·/和]")
_BLANKS = re.compile(r"\s+")


class BadNumber(ValueError):
    """The message is a sentence for the clerk."""


@dataclass(frozen=True)
class SpecificationNumber:
    """``kind``: JJG or JJF; ``provinces``: short names in the printed order; ``running``: the number as printed."""

    kind: str
    provinces: str
    running: str
    year: int

    def __str__(self) -> str:
        return f"{self.kind}({self.provinces}) {self.running}-{self.year}"

    @property
    def key(self) -> str:
        """The form in which two numbers are the same: whatever the order of the provinces or leading zeros."""
        whole, dot, part = self.running.partition(".")
        return f"{self.kind}({in_order(self.provinces)}) {int(whole)}{dot}{part}-{self.year}"


def parse(text: str) -> SpecificationNumber:
    """Raises ``BadNumber``."""
    plain = _BLANKS.sub("", clean_text(narrow(text))).translate(_PLAIN).upper()
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise BadNumber(
            _(
                "A number of a local specification is JJG or JJF, the provinces in brackets, a number, a dash and the "
                "year in four digits, such as JJG(冀) 121-2015."
            )
        )
    kind, provinces, running, year = found.groups()
    return SpecificationNumber(kind, parse_provinces(provinces), running, int(year))


def parse_provinces(text: str) -> str:
    """The short names of one to three different provinces, without what stands between. Raises ``BadNumber``."""
    names = _SEPARATORS.sub("", _BLANKS.sub("", clean_text(narrow(text))))
    if unknown := "".join(dict.fromkeys(name for name in names if name not in PROVINCES)):
        raise BadNumber(_("%(signs)s is no short name of a province, such as 冀 or 京津冀.") % {"signs": unknown})
    codes = [PROVINCES[name] for name in names]
    if not 1 <= len(codes) <= MOST_PROVINCES or len(set(codes)) < len(codes):
        raise BadNumber(_("A specification is issued by one to three different provinces."))
    return names


def in_order(provinces: str) -> str:
    """One name for each province, in the order of their codes."""
    first = {code: name for name, code in reversed(PROVINCES.items())}
    return "".join(first[code] for code in sorted({PROVINCES[name] for name in provinces}))


def normalised(text: str) -> str:
    """The normal form, or the cleaned text where it is no such number: saying so is for the checks."""
    try:
        return str(parse(text))
    except BadNumber:
        return clean_text(narrow(text))
