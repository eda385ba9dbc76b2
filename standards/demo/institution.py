"""Institutions of the demo province, what they may do, and the people of metrology."""

from datetime import date, timedelta

from bureau import records
from bureau.demo import PROVINCE, Demo
from bureau.models import Office
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
STAFF, ADMINISTRATORS = 6, 3


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    offices = [office for code, office in sorted(demo.offices.items()) if code.endswith("00-01")]
    legal = [_legal(office) for office in offices]
    others = [*_centres(demo), *(_station(number, office) for number, office in enumerate(offices[1:7]))]
    records.bulk_add([*legal, *others], by=by)
    records.bulk_add([_certificate(number, house) for number, house in enumerate(legal)], by=by)
    records.bulk_add([item for house in legal for item in _items(house)], by=by)
    producer = next(house for house in others if house.kind == Institution.Kind.REFERENCE_MATERIAL_PRODUCER)
    records.bulk_add([_product(producer, *product) for product in PRODUCTS], by=by)
    staff = [_technician(house, number) for house in legal for number in range(STAFF)]
    records.bulk_add(staff, by=by)
    records.bulk_add([_qualification(number, person) for number, person in enumerate(staff)], by=by)
    records.bulk_add([_administrator(office, number) for office in offices for number in range(ADMINISTRATORS)], by=by)


def _house(office: Office, **values: object) -> Institution:
    return Institution(office=office, region_id=office.region_id, **values)


def _legal(office: Office) -> Institution:
    is_province = office.region_id == PROVINCE
    name = f"{office.region.name}{'计量科学研究院' if is_province else '计量测试所'}"
    tier = "provincial" if is_province else "municipal"
    return _house(office, kind="legal_verification", tier=tier, name=name, begins_on=date(1985, 7, 1))


def _centres(demo: Demo) -> list[Institution]:
    office = demo.offices[f"{PROVINCE}-01"]
    return [
        _house(
            office,
            kind="industry_test_centre",
            tier="provincial",
            name="辽宁省石化产业计量测试中心",
            begins_on=date(2015, 9, 1),
        ),
        _house(
            office, kind="reference_material_producer", tier="", name="辽宁省标准气体研究所", begins_on=date(2003, 4, 1)
        ),
        _house(
            office, kind="type_evaluation", tier="provincial", name="辽宁省计量科学研究院", begins_on=date(2006, 3, 1)
        ),
        _house(
            office,
            kind="authorised_verification",
            tier="provincial",
            name="辽宁省电力计量检定站",
            begins_on=date(1998, 5, 1),
        ),
        _house(office, kind="special_authorisation", tier="", name="辽宁省纤维检验站", begins_on=date(2008, 6, 1)),
    ]


def _station(number: int, office: Office) -> Institution:
    """Two of six are no weighing stations, and one was closed."""
    kind = "other_station" if number % 3 == 2 else "weighing_station"
    ended = date(2019, 12, 31) if number == 4 else None
    name = f"{office.region.name}社会公正计量站"
    return _house(office, kind=kind, name=name, begins_on=date(2009 + number, 3, 1), ends_on=ended)


def _certificate(number: int, house: Institution) -> Authorisation:
    """The latest run out between the end of 2026 and 2029."""
    issued_on = date(2021, 12, 1) + timedelta(days=number * 73)
    return Authorisation(
        institution=house,
        authority="辽宁省市场监督管理局" if house.tier == "municipal" else "国家市场监督管理总局",
        certificate_no=f"(辽)法计({issued_on.year}){number + 1:03}号",
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


def _product(producer: Institution, code: str, name: str, level: str, value: str) -> ReferenceMaterialProduct:
    return ReferenceMaterialProduct(
        institution=producer, code=code, name=name, level=level, certified_value=value, begins_on=date(2012, 8, 1)
    )


def _technician(house: Institution, number: int) -> Technician:
    return Technician(
        institution=house,
        office=house.office,
        region_id=house.region_id,
        name=f"检定员{number + 1}",
        staff_no=f"J-{number + 1:03}",
        post=("高级工程师", "工程师", "助理工程师")[number % 3],
        begins_on=date(2008 + number, 7, 1),
    )


def _qualification(number: int, person: Technician) -> Qualification:
    issued_on = date(2022, 1, 10) + timedelta(days=number * 37 % 1500)
    return Qualification(
        technician=person,
        kind=("registered_1", "registered_2", "ability")[number % 3],
        authority="辽宁省市场监督管理局",
        certificate_no=f"辽计师({issued_on.year}){number + 1:04}",
        items="衡器、砝码、天平",
        issued_on=issued_on,
        valid_until=date(issued_on.year + 5, issued_on.month, 1),
    )


def _administrator(office: Office, number: int) -> Administrator:
    return Administrator(
        office=office,
        region_id=office.region_id,
        unit=office.name,
        name=f"计量管理人员{number + 1}",
        staff_no=f"G-{number + 1:02}",
        post="计量科科员",
        is_law_enforcer=number == 0,
        begins_on=date(2012 + number, 4, 1),
    )
