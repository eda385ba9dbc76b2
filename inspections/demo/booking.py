"""How many pieces a day the institutions of a demo province take, and a market of Shenyang that has begun to book.

Its scales are all due in the middle of December; three of them have an appointment.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bureau import records
from bureau.demo import LIAONING, Demo
from enterprises.models import Enterprise
from inspections import entry
from inspections import ledger as book
from inspections.models import Appointment, AppointmentItem, Capacity, Catalogue, Instrument, Verification
from standards.models import Institution

SHENYANG = "210100"
# Weekends worked in exchange are entered as they are published.
HOLIDAYS = {
    "国庆节": (date(2026, 10, 1), date(2026, 10, 7)),
    "元旦": (date(2027, 1, 1), date(2027, 1, 3)),
    "春节": (date(2027, 2, 5), date(2027, 2, 13)),
}
PIECES = {"provincial": 120, "municipal": 40}
SCALES, BOOKED = 12, 3
LAST_VERIFIED, COMES = date(2025, 12, 17), date(2026, 12, 14)


def fill(demo: Demo) -> None:
    legal = Institution.objects.filter(demo.within(), kind=Institution.Kind.LEGAL_VERIFICATION).not_voided()
    houses = list(legal.select_related("office", "region").order_by("pk"))
    records.bulk_add([row for house in houses for row in _capacities(house)], by=demo.by)
    if demo.province == LIAONING:
        _market(demo, next(house for house in houses if house.region_id == SHENYANG))


def _market(demo: Demo, house: Institution) -> None:
    by = demo.by
    scales = records.bulk_add(list(_scales(house)), by=by)
    book.instruments_written(scales)
    book.verifications_written(records.bulk_add(list(_verified(house, scales)), by=by))
    (appointment,) = records.bulk_add([_appointment(house, scales[0])], by=by)
    records.bulk_add([AppointmentItem(appointment=appointment, instrument=each) for each in scales[:BOOKED]], by=by)


def _capacities(house: Institution) -> Iterator[Capacity]:
    of = {"office": house.office, "region": house.region, "institution": house}
    yield Capacity(**of, days="workdays", pieces=PIECES.get(house.tier, 20), begins_on=date(2026, 1, 1))
    for name, (first, last) in HOLIDAYS.items():
        yield Capacity(**of, days="dates", pieces=0, begins_on=first, ends_on=last, remark=name)


def _scales(house: Institution) -> Iterator[Instrument]:
    markets = Enterprise.objects.of_kind("market", LAST_VERIFIED).not_voided().filter(office=house.office)
    holder, catalogue = markets.order_by("-pk")[0], Catalogue()
    for number in range(1, SCALES + 1):
        scale = Instrument(
            office=holder.office,
            region_id=holder.region_id,
            holder=holder,
            holder_no=f"秤-{number:02}",
            name="电子计价秤",
            kind_id="nonautomatic_scale",
            model="ACS-15",
            measuring_range="(0～15) kg",
            accuracy_class="Ⅲ级",
            serial_no=f"24{number:06}",
            maker="示范衡器有限公司",
            place=f"{number}号摊位",
            purpose="trade",
            in_use_from=date(2024, 12, 10),
        )
        entry.fill(scale, entry.instrument(entry.values_of(scale), catalogue, LAST_VERIFIED))
        yield scale


def _verified(house: Institution, scales: Sequence[Instrument]) -> Iterator[Verification]:
    catalogue = Catalogue()
    for number, scale in enumerate(scales, start=1):
        row = Verification(
            office=house.office,
            region_id=scale.region_id,
            institution=house,
            certificate_no=f"{LAST_VERIFIED:%Y}-SC-{number:03}",
            verified_on=LAST_VERIFIED,
            received_on=LAST_VERIFIED,
            holder=scale.holder,
            instrument=scale,
            kind="subsequent",
            conclusion="passed",
            is_free=True,
            verifier="检定员甲",
        )
        entry.fill(row, entry.verification(entry.values_of(row), scale, catalogue, LAST_VERIFIED))
        yield row


def _appointment(house: Institution, scale: Instrument) -> Appointment:
    return Appointment(
        office=house.office,
        region_id=scale.region_id,
        holder=scale.holder,
        institution=house,
        day=COMES,
        submission="on_site",
        contact="计量管理员",
        phone="024-00000000",
    )
