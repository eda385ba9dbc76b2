"""The enterprises of the demo province: enough for what Liaoning published of 2016, spread over its cities.

All synthetic: names are counted up, credit codes have right check characters and belong to nobody.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bureau import records
from bureau.credit_code import completed
from bureau.demo import Demo
from bureau.models.region import children
from enterprises.models import Contact, Enterprise, EnterpriseKindSince, EnterpriseStaff, FormerName, IndustryClass

# In all 1,800, since 1,718 were served in 2016.
COUNTS = {"210100": 300, "210200": 300}
OTHERS = 100
# As published of Shenyang, 2016: what the supervision of energy metering covered.
KEY_UNITS, PUBLIC_INSTITUTIONS = {"210100": 70}, {"210100": 65}
KEY_UNITS_ELSEWHERE, PUBLIC_ELSEWHERE = 8, 6
# (kind, division of industry, end of the name)
KINDS = (
    ("fuel", "52", "加油站"),
    ("retail", "52", "超市"),
    ("market", "72", "农贸市场"),
    ("optical", "52", "眼镜店"),
    ("medical", "84", "医院"),
    ("prepack", "14", "食品有限公司"),
    ("instrument_maker", "40", "仪表有限公司"),
    ("catering", "62", "饭店"),
    ("utility", "46", "供水有限公司"),
    ("retail", "52", "商店"),
    ("jewelry", "52", "珠宝行"),
    ("lpg", "52", "液化气站"),
)
KEY, PUBLIC = ("key_energy", "30", "水泥有限公司"), ("public_institution", "92", "机关服务中心")
SIZES = ("small", "micro", "small", "medium", "micro", "small", "large")
# As published: Huludao put the files of 238 people at 17 enterprises in order.
HULUDAO, FILES_OF_UNITS = "211400", 17
FILES = 238


def fill(demo: Demo) -> None:
    by = demo.people["province-clerk"]
    made = list(_all(demo))
    enterprises = records.bulk_add([enterprise for enterprise, _kind in made], by=by)
    since = [
        EnterpriseKindSince(enterprise=enterprise, kind_id=kind, begins_on=date(2012 + number % 4, 1, 1))
        for number, (enterprise, kind) in enumerate(made)
    ]
    records.bulk_add(since, by=by)
    doubles = records.bulk_add([_again(enterprise) for enterprise in enterprises[200:602:200]], by=by)
    records.bulk_add(list(_former_names(enterprises)), by=by)
    records.bulk_add(list(_contacts([*enterprises[::10], *doubles])), by=by)
    records.bulk_add(list(_files([each for each in enterprises if each.office.region_id == HULUDAO])), by=by)


def _all(demo: Demo) -> Iterator[tuple[Enterprise, str]]:
    """With the kind of each, city after city."""
    industries = dict(IndustryClass.objects.filter(level="division").values_list("code", "pk"))
    number = 0
    for code, keeper in demo.offices.items():
        city = keeper.region_id
        if not code.endswith("00-01") or city.endswith("0000"):
            continue
        places = [place.code for place in children(city) if place.valid_to is None] or [city]
        for position in range(COUNTS.get(city, OTHERS)):
            number += 1
            kind, division, ending = _sort(city, position)
            enterprise = Enterprise(
                office=keeper,
                region_id=places[position % len(places)],
                name=f"{keeper.region.name}第{number}{ending}",
                credit_code=completed(f"91{city}MA{number:06}"),
                address=f"示范路{number % 180 + 1}号",
                industry_id=industries[division],
                size=SIZES[number % len(SIZES)],
            )
            yield enterprise, kind


def _sort(city: str, position: int) -> tuple[str, str, str]:
    key = KEY_UNITS.get(city, KEY_UNITS_ELSEWHERE)
    if position < key:
        return KEY
    if position < key + PUBLIC_INSTITUTIONS.get(city, PUBLIC_ELSEWHERE):
        return PUBLIC
    return KINDS[position % len(KINDS)]


def _again(enterprise: Enterprise) -> Enterprise:
    """Entered a second time, without code and with blanks: one for the list of doubles."""
    name = f"{enterprise.name[:3]} {enterprise.name[3:]}"
    return Enterprise(office=enterprise.office, region_id=enterprise.region_id, name=name, size=enterprise.size)


def _former_names(enterprises: Sequence[Enterprise]) -> Iterator[FormerName]:
    for enterprise in enterprises[::40]:
        yield FormerName(enterprise=enterprise, name=f"{enterprise.name}（原厂）", until_on=date(2013, 6, 30))


def _contacts(enterprises: Sequence[Enterprise]) -> Iterator[Contact]:
    for enterprise in enterprises:
        yield Contact(enterprise=enterprise, name="联系人", post="计量负责人", phone="024-00000000")


def _files(enterprises: Sequence[Enterprise]) -> Iterator[EnterpriseStaff]:
    units = enterprises[:FILES_OF_UNITS]
    for number in range(FILES):
        enterprise = units[number % len(units)]
        yield EnterpriseStaff(
            enterprise=enterprise,
            office=enterprise.office,
            region_id=HULUDAO,
            name=f"计量员{number + 1}",
            file_no=f"{HULUDAO}-{number + 1:03}",
            work=EnterpriseStaff.Work.values[number % 4],
            archived_on=date(2016, number % 12 + 1, number % 28 + 1),
        )
