"""A province's load of instruments and verifications, invented but plausible: seasons, cities of unlike size, kinds
with their own periods and purposes, 2 % rejected and verified again, batches of new meters, moved and scrapped pieces.

Rows go straight into the tables; what follows from them (next due, days in use) is written with them as
``inspections.succession`` would derive it, and the tallies are added up once at the end.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from bureau import records
from bureau.credit_code import completed
from bureau.dates import add_months
from bureau.generating import generator
from bureau.models import Office, Region
from bureau.models.region import children
from enterprises.models import Enterprise
from inspections.load_tables import AT_ONCE, Tables
from inspections.models import Instrument, UsePeriod, Verification
from standards.models import Institution

PROVINCE = "130000"
LAST_DAY = date(2025, 12, 31)
DAY = timedelta(days=1)


class Sort(NamedTuple):
    """A kind as it occurs: share of the pieces, what for, period in months (0: once), fee in fen, pieces of a batch."""

    kind: str
    share: int
    purpose: str
    is_mandatory: bool
    months: int
    fee: int
    batch: int = 1


SORTS = (
    Sort("nonautomatic_scale", 230, "trade", True, 12, 4000),
    Sort("fuel_dispenser", 90, "trade", True, 6, 12000),
    Sort("electricity_meter", 120, "trade", True, 0, 800, 200),
    Sort("water_meter_25", 90, "trade", True, 0, 500, 120),
    Sort("gas_meter_natural", 60, "trade", True, 0, 900, 80),
    Sort("taximeter", 60, "trade", True, 12, 6000),
    Sort("pressure_gauge", 170, "safety", True, 6, 2500),
    Sort("combustible_gas", 80, "safety", True, 12, 15000),
    Sort("sphygmo_manual", 70, "medical", True, 6, 2000),
    Sort("electrocardiograph", 30, "medical", True, 12, 20000),
    Sort("patient_monitor", 25, "medical", True, 12, 24000),
    Sort("focimeter", 15, "medical", True, 12, 15000),
    Sort("exhaust_analyser", 12, "environment", True, 12, 30000),
    Sort("sound_level", 8, "environment", True, 12, 18000),
    Sort("charging_pile_ac", 30, "trade", True, 36, 20000),
    Sort("weight", 40, "standard", True, 12, 3000),
    Sort("length_instrument", 60, "other", False, 12, 5000),
    Sort("electrical_instrument", 50, "other", False, 12, 8000),
    Sort("thermal_instrument", 50, "other", False, 12, 7000),
    Sort("chemical_instrument", 30, "other", False, 12, 12000),
)
# More is verified in spring and autumn; of a month as many thousandths of a year.
SEASON = (60, 45, 95, 110, 105, 90, 75, 70, 95, 105, 90, 60)
REJECTED, URGENT, CALIBRATED, STOPPED = 0.02, 0.001, 0.5, 0.03


@generator("verifications")
def generate(rows: int, years: int, seed: int) -> int:
    """Verifications of ``years`` years with their pieces, holders and institutions. Only into an empty ledger."""
    if Verification.objects.exists() or Instrument.objects.exists():
        raise ValueError(_("There are instruments or verifications already: load data goes into an empty ledger."))
    return Load(years, seed).add(rows)


@dataclass(frozen=True)
class Place:
    office: int
    region: str
    institution: int


class Piece(NamedTuple):
    """``key`` None: pieces that are in no ledger."""

    sort: Sort
    holder: int
    place: Place
    key: int | None = None
    serial: str = ""
    is_calibrated: bool = False

    @property
    def legal_kind(self) -> str:
        return "mandatory" if self.sort.is_mandatory else "voluntary"


class Made(NamedTuple):
    """A verification of a piece, and what follows from the next one."""

    on: date
    kind: str
    passed: bool
    due_on: date | None = None
    met_on: date | None = None


class Load:
    """Adds rows of one world; a second ``add`` goes on where the first ended."""

    def __init__(self, years: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.first_day = date(LAST_DAY.year - years + 1, 1, 1)
        self.days = self._days()
        self.places: list[Place] = []
        self.holders: list[tuple[int, Place]] = []
        self.verification = self.piece = self.period = 0

    def add(self, rows: int) -> int:
        self._settle(rows)
        tables = Tables()
        with tables.unguarded(), transaction.atomic():
            written = 0
            for made in self._pieces(rows):
                written += len(made[Verification])
                tables.take(made)
            tables.flush()
            tables.wait()
        return written

    # Where and who -------------------------------------------------------------------------------

    def _settle(self, rows: int) -> None:
        """Offices, institutions and holders; the first time all, later more holders."""
        if not self.places:
            self.places = list(self._places())
        wanted = min(100_000, max(60, rows // 250)) - len(self.holders)
        numbers = range(len(self.holders), len(self.holders) + max(0, wanted))
        weights = list(accumulate(1 + number % 7 for number in range(len(self.places))))
        made = []
        for number in numbers:
            place = self.places[bisect(weights, self.random.random() * weights[-1])]
            made.append(
                Enterprise(
                    office_id=place.office,
                    region_id=place.region,
                    credit_code=completed(f"91{place.region[:6]}{number:08}"),
                    name=f"{WORDS[number % len(WORDS)]}{SHOPS[number // 7 % len(SHOPS)]}{number:06}号",
                )
            )
        for start in range(0, len(made), AT_ONCE):
            records.bulk_add(made[start : start + AT_ONCE], by=None)
        by_office = {place.office: place for place in self.places}
        self.holders += [(row.pk, by_office[row.office_id]) for row in made]

    def _places(self) -> Iterator[Place]:
        top = self._office(PROVINCE, None)
        yield Place(top.pk, PROVINCE, self._institution(top))
        for city in children(PROVINCE, LAST_DAY):
            office = self._office(city.code, top)
            yield Place(office.pk, city.code, self._institution(office))
            for county in children(city.code, LAST_DAY):
                below = self._office(county.code, office)
                yield Place(below.pk, county.code, self._institution(below))

    def _office(self, code: str, parent: Office | None) -> Office:
        name = Region.objects.get(pk=code).name
        values = {"name": name, "kind": "administration", "region_id": code, "parent": parent}
        return Office.objects.get_or_create(code=f"{code}-01", defaults=values)[0]

    def _institution(self, office: Office) -> int:
        row = Institution(
            office=office,
            region_id=office.region_id,
            name=f"{office.parent.name if office.parent else ''}{office.name}计量检定所",
            kind="legal_verification",
            begins_on=date(2000, 1, 1),
        )
        return int(records.save(row, by=None).pk)

    # Pieces and papers ---------------------------------------------------------------------------

    def _days(self) -> list[date]:
        """Working days of the first year, the busier months' days more often."""
        found: list[date] = []
        day = self.first_day
        while day.year == self.first_day.year:
            if day.weekday() < 5:
                found += [day] * (SEASON[day.month - 1] // 10)
            day += DAY
        return found

    def _pieces(self, rows: int) -> Iterator[dict[Any, list[Sequence[Any]]]]:
        weights = list(accumulate(sort.share for sort in SORTS))
        draw, total, written = self.random.random, weights[-1], 0
        while written < rows:
            sort = SORTS[bisect(weights, draw() * total)]
            holder, place = self.holders[int(draw() * len(self.holders))]
            if sort.batch > 1:
                made = self._batch(Piece(sort, holder, place))
            else:
                self.piece += 1
                serial = f"{sort.kind[:2].upper()}{self.piece:09}"
                is_calibrated = not sort.is_mandatory and draw() < CALIBRATED
                made = self._life(Piece(sort, holder, place, self.piece, serial, is_calibrated), rows - written)
            written += len(made[Verification])
            yield made

    def _batch(self, piece: Piece) -> dict[Any, list[Sequence[Any]]]:
        """New meters on one certificate; they are in no ledger yet."""
        on = self._day(LAST_DAY.year)
        pieces = 1 + int(self.random.random() * piece.sort.batch)
        return {Verification: [self._paper(piece, Made(on, "initial", True), pieces)]}

    def _day(self, last_year: int) -> date:
        """A working day of the first year, or about the same of a later one."""
        draw = self.random.random
        on = self.days[int(draw() * len(self.days))]
        later = int(draw() * (last_year - on.year + 1))
        return on.replace(year=on.year + later, day=min(on.day, 28)) if later else on

    def _life(self, piece: Piece, most: int) -> dict[Any, list[Sequence[Any]]]:
        """The piece, its papers, and its days in use with and without a valid one."""
        first = self._day(min(LAST_DAY.year, self.first_day.year + (2 if piece.sort.months > 12 else 0)))
        stopped_on = first + timedelta(days=30 + int(self.random.random() * 1500))
        if self.random.random() >= STOPPED or stopped_on > LAST_DAY:
            stopped_on = None
        made = self._made(piece, first, stopped_on, most)
        return {
            Instrument: [self._instrument(piece, first, stopped_on, made)],
            Verification: [self._paper(piece, each) for each in made],
            UsePeriod: list(self._periods(piece, first, stopped_on, made)),
        }

    def _made(self, piece: Piece, on: date, stopped_on: date | None, most: int) -> list[Made]:
        """Its verifications: again when due, mostly some weeks before, soon where it failed."""
        draw, months, days = self.random.random, piece.sort.months, []
        while on <= LAST_DAY and len(days) < most and (stopped_on is None or on < stopped_on):
            passed = piece.is_calibrated or draw() >= REJECTED
            days.append((on, passed))
            if passed:
                late = int(draw() * 40) - 32 if draw() < 0.93 else int(draw() * 90)
                on = add_months(on, months) + timedelta(days=late)
            else:
                on += timedelta(days=3 + int(draw() * 20))
        found = []
        for number, (day, passed) in enumerate(days):
            kind = "calibration" if piece.is_calibrated else "subsequent" if number else "initial"
            met_on = days[number + 1][0] if number + 1 < len(days) and not piece.is_calibrated else None
            due_on = add_months(day, months) if passed and piece.sort.is_mandatory else None
            if due_on and stopped_on and stopped_on <= due_on and met_on is None:
                due_on = None
            found.append(Made(day, kind, passed, due_on, met_on))
        return found

    def _instrument(self, piece: Piece, first: date, stopped_on: date | None, made: list[Made]) -> Sequence[Any]:
        last = None if piece.is_calibrated else made[-1]
        due = add_months(last.on, piece.sort.months) if last and last.passed else None
        sort, place = piece.sort, piece.place
        return (
            *(piece.key, piece.holder, "", "", NAMES[sort.kind], sort.kind, "T-100", "", "", piece.serial, "", "", ""),
            *(1, sort.purpose, piece.legal_kind, "sent_in", None, first, "stopped" if stopped_on else "in_use"),
            *(stopped_on, "", None, None, last and last.on, due and due - DAY, due),
            *(f"{piece.key:012x}", "", place.office, place.region),
        )

    def _periods(self, piece: Piece, first: date, stopped_on: date | None, made: list[Made]) -> Iterator[Sequence[Any]]:
        covered = []
        for each in made:
            if each.passed and not piece.is_calibrated:
                ends = (add_months(each.on, piece.sort.months), each.met_on, stopped_on)
                covered.append((each.on, min(day for day in ends if day) - DAY))
        for begins_on, ends_on, is_verified in _spans(first, stopped_on and stopped_on - DAY, covered):
            self.period += 1
            yield (
                *(self.period, piece.key, begins_on, ends_on, is_verified, False, piece.place.office),
                *(piece.place.region, piece.sort.kind, piece.sort.purpose, piece.legal_kind, 1),
            )

    def _paper(self, piece: Piece, made: Made, pieces: int = 1) -> Sequence[Any]:
        draw, sort, on = self.random.random, piece.sort, made.on
        self.verification += 1
        is_calibration = made.kind == "calibration"
        next_due = add_months(on, sort.months) if sort.months and made.passed and not is_calibration else None
        fee, took = sort.fee * pieces, 1 + int(draw() * 14)
        if is_calibration:
            paper, conclusion = "calibration", "none"
        else:
            paper, conclusion = ("certificate", "passed") if made.passed else ("rejection", "failed")
        return (
            *(self.verification, piece.place.institution, f"{on.year}{self.verification:010}", paper, made.kind),
            *("calibration" if is_calibration else "verification", on, piece.key, piece.holder, sort.kind),
            *(piece.serial, pieces, sort.purpose, piece.legal_kind, conclusion, "", next_due and next_due - DAY),
            *(next_due, None, "甲", "乙", "丙", _yuan(fee), _yuan(fee if sort.is_mandatory else 0)),
            *(sort.is_mandatory, draw() < URGENT, None, None, on - took * DAY, took, made.due_on, made.met_on, ""),
            *(piece.place.office, piece.place.region),
        )


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _spans(
    first: date, last: date | None, covered: Sequence[tuple[date, date]]
) -> Iterator[tuple[date, date | None, bool]]:
    """Days in use, with and without a valid paper; ``covered`` in order."""
    begins, day = None, first
    for start, end in covered:
        if begins is not None and start > day:
            yield begins, day - DAY, True
            begins = None
        if begins is None:
            if start > day:
                yield day, start - DAY, False
            begins = start
        day = end + DAY
    if begins is not None:
        yield begins, day - DAY, True
    if last is None or day <= last:
        yield day, last, False


WORDS = ("华北", "燕山", "滹沱", "太行", "渤海", "冀中", "白洋淀", "长城")
SHOPS = ("加油站", "农贸市场", "超市", "医院", "化工厂", "眼镜店", "自来水公司", "供电公司", "仪表厂")
NAMES = {
    "nonautomatic_scale": "电子计价秤",
    "fuel_dispenser": "燃油加油机",
    "electricity_meter": "单相电能表",
    "water_meter_25": "旋翼式水表",
    "gas_meter_natural": "膜式燃气表",
    "taximeter": "出租汽车计价器",
    "pressure_gauge": "一般压力表",
    "combustible_gas": "可燃气体检测报警器",
    "sphygmo_manual": "血压表",
    "electrocardiograph": "心电图机",
    "patient_monitor": "多参数监护仪",
    "focimeter": "焦度计",
    "exhaust_analyser": "汽车排放气体测试仪",
    "sound_level": "声级计",
    "charging_pile_ac": "交流充电桩",
    "weight": "砝码",
    "length_instrument": "游标卡尺",
    "electrical_instrument": "数字多用表",
    "thermal_instrument": "温湿度表",
    "chemical_instrument": "酸度计",
}
