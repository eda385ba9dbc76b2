"""What the words before a number, and its unit, say of it: which number of a figure it is, and whether it is equal."""

import re
from decimal import Decimal

from bureau.reporting.checking.candidates import Candidate, Kind
from bureau.reporting.checking.in_text import Found
from bureau.reporting.checking.written import Written, unit_named
from bureau.reporting.figures import Figure, Value
from bureau.reporting.measures import Number

UNIT = 0.1
_KIND_WORDS = {
    "target": re.compile(r"目标|任务|计划|[Tt]arget"),
    "change": re.compile(r"增加|增长|减少|下降|提高|降低|同比|上升|回落|增减|比[^，]{1,8}[多少]|[Dd]ifference"),
    "before": re.compile(r"上年|去年|上一年|同期|[Ll]ast year"),
    "share": re.compile(r"占|比重|[Ss]hare"),
}
KINDS_ALONE = re.compile(
    r"完成率?|目标|任务|计划|增加|增长|减少|下降|提高|降低|同比|环比|上升|回落|增减|[多少占]|比重|比|较|上年|去年|上一年|同期|"
    r"增幅|增速|降幅|幅度|分|以上|以下|左右|不低于|不少于|不超过"
)
_COMPLETED = re.compile(r"完成[^，。；]*目标|目标[^，。；]*完成|完成率|完成[^，。；]*(?:计划|任务)|[Cc]ompletion")
_FALLEN = re.compile(r"下降|减少|降低|回落|少")
_HEADED_YEAR = re.compile(r"^\s*((?:19[5-9]|20[0-9])[0-9])\s*年?\s*(?=\||$)")


def kinds(found: Found, labels: str, figure: Figure) -> list[tuple[Kind, int]]:
    """By the words before the number, or over its column; words of the figure's own name tell nothing."""
    if found.is_cell and (match := _HEADED_YEAR.match(found.leading)):
        return [_of_year(int(match[1]), figure)]
    said = {
        name
        for name, pattern in _KIND_WORDS.items()
        if any(match[0] not in labels for match in pattern.finditer(found.leading))
    }
    is_percent = found.written.is_percent
    completed = _COMPLETED.search(found.leading)
    if completed and completed[0] not in labels and (is_percent or found.is_cell):
        return [(Kind.COMPLETION, 0)]
    if found.written.is_points:
        return [(Kind.CHANGE, 0)]
    if "share" in said and is_percent:
        return [(Kind.SHARE, 0), (Kind.VALUE, 0)]
    if "change" in said:
        return [(Kind.RATIO, 0), (Kind.CHANGE, 0)] if is_percent else [(Kind.CHANGE, 0)]
    if "before" in said:
        return [(Kind.PREVIOUS, 0)]
    return [(Kind.TARGET, 0)] if "target" in said else [(Kind.VALUE, 0)]


def _of_year(year: int, figure: Figure) -> tuple[Kind, int]:
    back = figure.period.last.year - year
    return (Kind.VALUE, 0) if not back else (Kind.PREVIOUS, 0) if back == 1 else (Kind.YEAR, year)


def fits(candidate: Candidate, written: Written, *, is_cell: bool) -> bool:
    """A cell does not tell whether its number is a percentage; words do."""
    if candidate.is_percent == written.is_percent:
        return True
    return is_cell and written.unit is None and (candidate.is_percent or not written.is_percent)


def unit_score(candidate: Candidate, written: Written) -> float:
    unit, other = written.unit, unit_named(candidate.unit)
    if unit is None or other is None:
        return 0.0
    if unit.kind == other.kind:
        return UNIT if unit.size == other.size else 0.0
    # 个 counts anything, and 件 pieces as well as cases.
    is_loose = written.unit is not None and {unit.kind, other.kind} & {"pieces", "items", "cases"}
    return -UNIT / 2 if is_loose else -3 * UNIT


def equal(found: Found, candidate: Candidate, value: Value) -> bool:
    """Whether the number says just that, at the precision as written and in its unit; 下降3% is said of −3."""
    if value is None:
        return False
    written = found.written
    number = Decimal(value) * _factor(candidate, written)
    if candidate.kind in (Kind.CHANGE, Kind.RATIO) and not found.is_cell and written.value >= 0:
        fallen = bool(_FALLEN.search(found.leading))
        if number and fallen != (number < 0):
            return False
        number = abs(number)
    if written.agrees_with(number):
        return True
    return found.is_cell and candidate.is_percent and written.unit is None and written.agrees_with(number / 100)


def _factor(candidate: Candidate, written: Written) -> Number:
    """From the unit of the figure to the one that is written: 公斤 of 吨."""
    unit, other = written.unit, unit_named(candidate.unit)
    if unit is None or other is None or unit.kind != other.kind or unit.kind == "share":
        return 1
    return other.size / unit.size
