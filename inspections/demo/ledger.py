"""Instruments and verifications of a demo province: what it published, and a small ledger.

As published: in Liaoning 21,610 pieces were verified free of charge in 2016, and in Liaoyang 54 alarms on an urgent
request; of Hebei see ``batch``. Batches stand for many pieces; in the ledger there are single ones, some of them due,
overdue or to be replaced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bureau import records
from bureau.dates import add_months
from bureau.demo import HEBEI, LIAONING, Demo, spread
from bureau.models import Office
from enterprises.demo.enterprise import kind_of
from enterprises.models import Enterprise
from inspections import entry
from inspections import ledger as book
from inspections.demo import batch
from inspections.models import Catalogue, Instrument, Verification
from standards.models import Institution

FREE, FREE_BATCHES_OF_A_CITY = 21_610, 8
LIAOYANG, ALARMS = "211000", (20, 20, 14)
LAST_DAY = date(2026, 10, 31)
# (kind, purpose, name, model): what is verified free of charge, mostly at markets and hospitals.
SORTS = (
    ("nonautomatic_scale", "trade", "电子计价秤", "ACS-30"),
    ("sphygmo_manual", "medical", "无创非自动测量血压计", "XJ11D"),
    ("pressure_gauge", "safety", "一般压力表", "Y-100"),
    ("combustible_gas", "safety", "可燃气体检测报警器", "GT-10"),
)
# (kind of enterprise, kind, name, model, measuring range, class, pieces): this year's ledger.
HELD = (
    ("fuel", "fuel_dispenser", "燃油加油机", "JDK50", "(5～50) L/min", "0.3级", 30),
    ("market", "nonautomatic_scale", "电子计价秤", "ACS-30", "(0～30) kg", "Ⅲ级", 40),
    ("retail", "nonautomatic_scale", "电子台秤", "TCS-150", "(0～150) kg", "Ⅲ级", 30),
    ("utility", "water_meter_25", "水表", "LXS-20", "DN20", "2级", 20),
)
PURPOSE, MAKER = "trade", "示范衡器有限公司"
THIS_YEAR, WATER_METERS_SINCE = 2026, date(2020, 11, 5)


@dataclass(frozen=True)
class Facts:
    """From when on the pieces of the ledger are in use and verified; the years with batches of new water meters.

    ``first_serial``: how their serial numbers begin.
    """

    in_use_from: date
    first_year: int
    meters: tuple[int, ...]
    first_serial: str


FACTS = {
    LIAONING: Facts(date(2020, 1, 5), 2025, (2016, 2025, 2026), "20"),
    HEBEI: Facts(date(2016, 1, 5), 2019, (2018, 2019, 2020, 2021, 2025, 2026), "16"),
}
MONTHS = {"fuel_dispenser": 6, "nonautomatic_scale": 12}
FEES = {"fuel_dispenser": 180, "nonautomatic_scale": 60}


def fill(demo: Demo) -> None:
    by, filling = demo.by, Filling(demo)
    published = [*filling.free(), *filling.alarms()] if demo.province == LIAONING else []
    batches = [*published, *filling.new_meters()]
    records.bulk_add(batches, by=by)
    pieces = records.bulk_add(list(filling.pieces()), by=by)
    book.instruments_written(pieces)
    made = records.bulk_add(list(filling.verifications(pieces)), by=by)
    if demo.province == HEBEI:
        made += records.bulk_add(list(filling.by_the_million([*batches, *made])), by=by)
    book.verifications_written([*batches, *made])


class Filling:
    def __init__(self, demo: Demo) -> None:
        self.catalogue, self.demo, self.facts = Catalogue(), demo, FACTS[demo.province]
        self.cities = demo.cities
        legal = Institution.objects.filter(demo.within(), kind=Institution.Kind.LEGAL_VERIFICATION).not_voided()
        self.houses = {house.region_id: house for house in legal.order_by("-pk")}
        self.number = 0

    def free(self) -> Iterator[Verification]:
        """Spread evenly over the cities and the year; the first batches have one piece more."""
        quantities = spread(FREE, len(self.cities) * FREE_BATCHES_OF_A_CITY)
        for place, keeper in enumerate(self.cities):
            clients = self._enterprises("market", keeper)
            for turn in range(FREE_BATCHES_OF_A_CITY):
                number = place * FREE_BATCHES_OF_A_CITY + turn
                kind, purpose, _name, _model = SORTS[number % len(SORTS)]
                yield self._made(
                    keeper,
                    clients[turn % len(clients)],
                    date(2016, 1, 11) + timedelta(days=number * 41 % 340),
                    instrument_kind_id=kind,
                    purpose=purpose,
                    quantity=next(quantities),
                    is_free=True,
                )

    def alarms(self) -> Iterator[Verification]:
        keeper = next(office for office in self.cities if office.region_id == LIAOYANG)
        for number, (client, quantity) in enumerate(zip(self._enterprises("fuel", keeper), ALARMS, strict=False)):
            on = date(2016, 8, 16) + timedelta(days=number)
            yield self._made(
                keeper,
                client,
                on,
                instrument_kind_id="combustible_gas",
                purpose="safety",
                quantity=quantity,
                is_emergency=True,
                requested_at=_at(on - timedelta(days=1), 9),
                finished_at=_at(on, 16),
            )

    def new_meters(self) -> Iterator[Verification]:
        """Water meters on their first verification, in batches."""
        for place, keeper in enumerate(self.cities):
            for year in self.facts.meters:
                yield self._made(
                    keeper,
                    self._enterprises("utility", keeper)[0],
                    date(year, 3 + place % 6, 15),
                    kind="initial",
                    instrument_kind_id="water_meter_25",
                    purpose=PURPOSE,
                    quantity=400 + 50 * (place % 5),
                    fee=4000,
                    fee_waived=1000,
                )

    def pieces(self) -> Iterator[Instrument]:
        for kind_of_holder, kind, name, model, measuring_range, accuracy_class, count in HELD:
            for number in range(count):
                holders = self._enterprises(kind_of_holder, self.cities[number % len(self.cities)])
                holder = holders[number // len(self.cities) % len(holders)]
                self.number += 1
                since = WATER_METERS_SINCE if kind == "water_meter_25" else self.facts.in_use_from
                in_use_from = since + timedelta(days=number * 13)
                piece = Instrument(
                    office=holder.office,
                    region_id=holder.region_id,
                    holder=holder,
                    name=name,
                    kind_id=kind,
                    model=model,
                    measuring_range=measuring_range,
                    accuracy_class=accuracy_class,
                    # One slip of the pen, for the questions to the clerk.
                    serial_no=f"{self.facts.first_serial}{self.number - (number == 17):06}",
                    maker=MAKER,
                    origin="常州",
                    place=f"{number % 9 + 1}号位",
                    purpose=PURPOSE,
                    in_use_from=in_use_from,
                    first_verified_on=in_use_from if kind == "water_meter_25" else None,
                )
                entry.fill(piece, entry.instrument(entry.values_of(piece), self.catalogue, LAST_DAY))
                yield piece

    def verifications(self, pieces: Sequence[Instrument]) -> Iterator[Verification]:
        """Some days before they are due, every fifth piece no longer this year; what failed came again."""
        for number, piece in enumerate(pieces):
            if piece.kind_id == "water_meter_25":
                yield self._of(piece, piece.in_use_from, kind="initial")
                continue
            first = date(self.facts.first_year, 2, 1) + timedelta(days=number * 29 % 270)
            years = THIS_YEAR - self.facts.first_year + 1
            for turn in range(12 * years // MONTHS[piece.kind_id]):
                on = add_months(first, turn * MONTHS[piece.kind_id]) - timedelta(days=turn * (1 + number % 9))
                if on > LAST_DAY or (on.year == THIS_YEAR and number % 5 == 4):
                    break
                is_recent = on.year >= THIS_YEAR - 1
                if number % 40 == 7 and is_recent:
                    yield self._of(piece, on - timedelta(days=10), conclusion="failed")
                printed = {"valid_until": add_months(on, 24)} if number % 50 == 20 and is_recent else {}
                yield self._of(piece, on, **printed)

    def by_the_million(self, known: Sequence[Verification]) -> Iterator[Verification]:
        rows = Enterprise.objects.filter(self.demo.within(), credit_code__startswith="91").not_voided()
        enterprises = list(rows.select_related("office").order_by("pk"))
        made = batch.batches(enterprises, kind_of(self.demo), known)
        for each, waived in zip(made, batch.waived(made, known), strict=True):
            yield self._made(each.client.office, each.client, each.on, **each.values, fee_waived=waived)

    def _of(self, piece: Instrument, on: date, **values: Any) -> Verification:
        fee = FEES.get(piece.kind_id, 0)
        usual = {"is_free": True, "received_on": on - timedelta(days=2 + on.day % 9), "fee": fee, "fee_waived": fee}
        keeper = next(office for office in self.cities if office.region_id[:4] == piece.region_id[:4])
        return self._made(keeper, piece.holder, on, instrument=piece, **{**usual, **values})

    def _made(self, keeper: Office, client: Enterprise, on: date, **values: Any) -> Verification:
        self.number += 1
        piece = values.get("instrument")
        row = Verification(
            office=keeper,
            region_id=piece.region_id if piece else client.region_id,
            institution=self.houses.get(client.region_id, self.houses[keeper.region_id]),
            certificate_no=f"{on.year}-{keeper.region_id[:4]}-{self.number:05}",
            verified_on=on,
            holder=client,
            verifier="检定员甲",
            checker="核验员乙",
            approver="批准人丙",
            **{"kind": "subsequent", "conclusion": "passed", **values},
        )
        entry.fill(row, entry.verification(entry.values_of(row), piece, self.catalogue, LAST_DAY))
        return row

    def _enterprises(self, kind: str, keeper: Office) -> list[Enterprise]:
        rows = Enterprise.objects.of_kind(kind, date(2016, 12, 31)).not_voided().filter(office=keeper)
        return list(rows.select_related("office").order_by("pk")[:8])


def _at(on: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(hour)))
