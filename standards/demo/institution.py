"""Institutions of a demo province, what they may do, and the people of metrology.

As Hebei published of 2021: 173 legal verification institutions with 2,710 technicians, 569 administrators, 16 producers
of reference materials, 3 industry test centres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.dates import add_months
from bureau.demo import HEBEI, LIAONING, Demo, counties, spread
from bureau.models import Office, Region
from standards.models import (
    Administrator,
    Authorisation,
    AuthorisedItem,
    Institution,
    Qualification,
    ReferenceMaterialProduct,
    Technician,
)

ITEMS = (
    ("砝码", "1 mg～20 kg", "F1级", "JJG 99-2022"),
    ("电子天平", "(0～20) kg", "Ⅰ级", "JJG 1036-2022"),
    ("数字指示秤", "(0～60) t", "Ⅲ级", "JJG 539-2016"),
    ("弹性元件式一般压力表", "(-0.1～60) MPa", "1.6级", "JJG 52-2013"),
    ("电子式交流电能表", "3×(57.7～380) V", "0.5级", "JJG 596-2012"),
)
PRODUCTS = (
    ("GBW(E) 080123", "氮中一氧化碳气体标准物质", "secondary", "50 μmol/mol，U=2% (k=2)"),
    ("GBW(E) 080124", "氮中甲烷气体标准物质", "secondary", "1%，U=1% (k=2)"),
    ("GBW 08606", "水中氯成分分析标准物质", "primary", "1000 μg/mL，U=0.5% (k=2)"),
)


@dataclass(frozen=True)
class Facts:
    """How many there are in all; ``in_counties``: the institutions that counties have of their own.

    ``rounds``: the first days on which certificates of institutions and qualifications of persons were issued, one for
    each generation of them; those of institutions follow each other by ``days_between``.
    """

    technicians: int
    administrators: int
    others: tuple[tuple[str, str, str, date], ...]
    rounds: tuple[tuple[date, date], ...]
    days_between: int
    materials: tuple[str, ...] = ()
    in_counties: int = 0
    administers_in_counties: bool = False


# Kind, tier, name and first day of the other institutions of the province.
FACTS = {
    LIAONING: Facts(
        technicians=90,
        administrators=45,
        others=(
            ("industry_test_centre", "provincial", "石化产业计量测试中心", date(2015, 9, 1)),
            ("reference_material_producer", "", "标准气体研究所", date(2003, 4, 1)),
            ("type_evaluation", "provincial", "计量科学研究院", date(2006, 3, 1)),
            ("authorised_verification", "provincial", "电力计量检定站", date(1998, 5, 1)),
            ("special_authorisation", "", "纤维检验站", date(2008, 6, 1)),
        ),
        rounds=((date(2021, 12, 1), date(2022, 1, 10)),),
        days_between=73,
    ),
    HEBEI: Facts(
        technicians=2710,
        administrators=569,
        others=(
            ("industry_test_centre", "provincial", "钢铁产业计量测试中心", date(2016, 11, 1)),
            ("industry_test_centre", "provincial", "医药产业计量测试中心", date(2018, 6, 1)),
            ("industry_test_centre", "provincial", "轨道交通产业计量测试中心", date(2020, 9, 1)),
            ("type_evaluation", "provincial", "计量科学研究院", date(2005, 3, 1)),
            ("authorised_verification", "provincial", "电力计量检定站", date(1997, 5, 1)),
            ("special_authorisation", "", "纤维检验站", date(2007, 6, 1)),
        ),
        rounds=((date(2017, 3, 1), date(2017, 1, 10)), (date(2022, 2, 1), date(2021, 12, 10))),
        days_between=9,
        # Two producers of each sort, from one year to the next.
        materials=("标准气体", "环境标准样品", "钢铁标准样品", "药物对照品", "水质标准物质", "土壤标准物质",
                   "食品成分标准物质", "粘度标准物质"),
        in_counties=161,
        administers_in_counties=True,
    ),
}  # fmt: skip
PRODUCER = Institution.Kind.REFERENCE_MATERIAL_PRODUCER


def fill(demo: Demo) -> None:
    facts, by = FACTS[demo.province], demo.by
    legal = list(_legal(demo, facts))
    stations = [_station(number, office) for number, office in enumerate(demo.cities[:6])]
    others = [*_others(demo, facts), *_producers(demo, facts), *stations]
    records.bulk_add([*legal, *others], by=by)
    records.bulk_add(list(_certificates(demo, facts, legal)), by=by)
    records.bulk_add([item for house in legal for item in _items(house)], by=by)
    producers = [house for house in others if house.kind == PRODUCER]
    records.bulk_add(list(_products(demo, producers)), by=by)
    numbers = zip(legal, spread(facts.technicians, len(legal)), strict=True)
    staff = [_technician(house, number) for house, count in numbers for number in range(count)]
    records.bulk_add(staff, by=by)
    records.bulk_add(list(_qualifications(demo, facts, staff)), by=by)
    records.bulk_add(list(_administrators(demo, facts)), by=by)


def _places(demo: Demo, of_counties: int | None) -> list[str]:
    """The province, its cities and so many of its counties (None: all)."""
    cities = [office.region_id for office in demo.cities]
    below = [county for city in cities for county in counties(city)]
    return [demo.province.code, *cities, *below[:of_counties]]


def _names() -> dict[str, str]:
    """As institutions are called by their place: of a county with the city, since many counties are namesakes."""
    rows = Region.objects.select_related("parent")
    return {row.code: row.name if row.code.endswith("00") or row.parent is None else row.parent.name + row.name
            for row in rows}  # fmt: skip


def _legal(demo: Demo, facts: Facts) -> Iterator[Institution]:
    names = _names()
    for region in _places(demo, facts.in_counties):
        tier = "provincial" if region == demo.province.code else "municipal" if region.endswith("00") else "county"
        yield Institution(
            office=demo.keeper(region),
            region_id=region,
            kind="legal_verification",
            tier=tier,
            name=f"{names[region]}{'计量科学研究院' if tier == 'provincial' else '计量测试所'}",
            begins_on=date(1985, 7, 1),
        )


def _house(office: Office, **values: object) -> Institution:
    return Institution(office=office, region_id=office.region_id, **values)


def _others(demo: Demo, facts: Facts) -> Iterator[Institution]:
    for kind, tier, name, begins_on in facts.others:
        yield _house(demo.head, kind=kind, tier=tier, name=f"{demo.head.region.name}{name}", begins_on=begins_on)


def _producers(demo: Demo, facts: Facts) -> Iterator[Institution]:
    for number, material in enumerate(facts.materials * 2):
        name = f"{demo.head.region.name}示范{material}{'研究所' if number < len(facts.materials) else '有限公司'}"
        yield _house(demo.head, kind=PRODUCER, name=name, begins_on=date(2001 + number, 4, 1))


def _station(number: int, office: Office) -> Institution:
    """Two of six are no weighing stations, and one was closed."""
    kind = "other_station" if number % 3 == 2 else "weighing_station"
    ended = date(2019, 12, 31) if number == 4 else None
    name = f"{office.region.name}社会公正计量站"
    return _house(office, kind=kind, name=name, begins_on=date(2009 + number, 3, 1), ends_on=ended)


def _authority(demo: Demo) -> str:
    return f"{demo.head.region.name}市场监督管理局"


def _certificates(demo: Demo, facts: Facts, legal: Sequence[Institution]) -> Iterator[Authorisation]:
    """Each valid for five years; Liaoning's latest run out between the end of 2026 and 2029."""
    for first, _of_persons in facts.rounds:
        for number, house in enumerate(legal):
            issued_on = first + timedelta(days=number * facts.days_between)
            yield Authorisation(
                institution=house,
                authority="国家市场监督管理总局" if house.tier == "provincial" else _authority(demo),
                certificate_no=f"({demo.province.sign})法计({issued_on.year}){number + 1:03}号",
                issued_on=issued_on,
                valid_until=date(issued_on.year + 5, issued_on.month, 1) - timedelta(days=1),
            )


def _items(house: Institution) -> list[AuthorisedItem]:
    return [
        AuthorisedItem(
            institution=house,
            service="verification",
            name=name,
            measuring_range=measuring_range,
            accuracy=accuracy,
            specification=specification,
            begins_on=date(2016, 5, 1),
        )
        for name, measuring_range, accuracy, specification in ITEMS
    ]


def _products(demo: Demo, producers: Sequence[Institution]) -> Iterator[ReferenceMaterialProduct]:
    """Those of the first producer; each of the others has one of its own numbers."""
    for place, producer in enumerate(producers):
        for code, name, level, value in PRODUCTS if demo.province == LIAONING else PRODUCTS[place % 3 : place % 3 + 1]:
            yield ReferenceMaterialProduct(
                institution=producer,
                code=code if demo.province == LIAONING else f"{code[:-3]}{200 + place}",
                name=name,
                level=level,
                certified_value=value,
                begins_on=max(date(2012, 8, 1), add_months(producer.begins_on, 12)),
            )


def _technician(house: Institution, number: int) -> Technician:
    return Technician(
        institution=house,
        office=house.office,
        region_id=house.region_id,
        name=f"检定员{number + 1}",
        staff_no=f"J-{number + 1:03}",
        post=("高级工程师", "工程师", "助理工程师")[number % 3],
        begins_on=date(2008 + number % 12, 7, 1),
    )


def _qualifications(demo: Demo, facts: Facts, staff: Sequence[Technician]) -> Iterator[Qualification]:
    for _of_houses, first in facts.rounds:
        for number, person in enumerate(staff):
            issued_on = max(first + timedelta(days=number * 37 % 1500), add_months(person.begins_on, 6))
            yield Qualification(
                technician=person,
                kind=("registered_1", "registered_2", "ability")[number % 3],
                authority=_authority(demo),
                certificate_no=f"{demo.province.sign}计师({issued_on.year}){number + 1:04}",
                items="衡器、砝码、天平",
                issued_on=issued_on,
                valid_until=date(issued_on.year + 5, issued_on.month, 1),
            )


def _administrators(demo: Demo, facts: Facts) -> Iterator[Administrator]:
    """At the administrations of the province, its cities and, where they are on record, its counties."""
    names = _names()
    places = _places(demo, None if facts.administers_in_counties else 0)
    for region, people in zip(places, spread(facts.administrators, len(places)), strict=True):
        for number in range(people):
            yield Administrator(
                office=demo.keeper(region),
                region_id=region,
                unit=f"{names[region]}市场监督管理局",
                name=f"计量管理人员{number + 1}",
                staff_no=f"G-{number + 1:02}",
                post="计量科科员",
                is_law_enforcer=number == 0,
                begins_on=date(2012 + number, 4, 1),
            )
