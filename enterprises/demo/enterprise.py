"""The enterprises of a demo province: enough for what it published, spread over its cities and their counties.

All synthetic: names are counted up, credit codes have right check characters and belong to nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bureau import records
from bureau.credit_code import completed
from bureau.demo import HEBEI, LIAONING, Demo, counties
from enterprises.models import Contact, Enterprise, EnterpriseKindSince, EnterpriseStaff, FormerName, IndustryClass


@dataclass(frozen=True)
class Facts:
    """How many a city has, of them energy-using units; by its code where it differs from the others.

    ``in_counties_of``: only counties that there were on that day already. ``files``: city, units and people with
    qualification files of that year.
    """

    usual: int
    usual_key: int
    usual_public: int
    phone: str
    count: dict[str, int] = field(default_factory=dict)
    key: dict[str, int] = field(default_factory=dict)
    public: dict[str, int] = field(default_factory=dict)
    in_counties_of: date = date.max
    files: tuple[tuple[str, int, int, int], ...] = ()


FACTS = {
    # In all 1,800, since 1,718 were served in 2016. As published of Shenyang: what the supervision of energy metering
    # covered; of Huludao: the files of 238 people at 17 enterprises.
    LIAONING: Facts(
        usual=100, usual_key=8, usual_public=6, phone="024-00000000",
        count={"210100": 300, "210200": 300}, key={"210100": 70}, public={"210100": 65},
        files=(("211400", 2016, 17, 238),),
    ),
    # In all 9,020, since there were 7,000 demonstration units, and 632 key energy-using units connected.
    HEBEI: Facts(
        usual=800, usual_key=60, usual_public=18, phone="0311-00000000",
        count={"130100": 920, "130200": 900}, key={"130100": 80, "130200": 96}, public={"130100": 40},
        in_counties_of=date(2012, 1, 1),
        files=(("130600", 2019, 12, 150), ("130200", 2020, 14, 172)),
    ),
}  # fmt: skip
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


def fill(demo: Demo) -> None:
    facts, by = FACTS[demo.province], demo.by
    made = list(_all(demo, facts))
    enterprises = records.bulk_add([enterprise for enterprise, _kind in made], by=by)
    since = [
        EnterpriseKindSince(enterprise=enterprise, kind_id=kind, begins_on=date(2012 + number % 4, 1, 1))
        for number, (enterprise, kind) in enumerate(made)
    ]
    records.bulk_add(since, by=by)
    doubles = records.bulk_add([_again(enterprise) for enterprise in enterprises[200:602:200]], by=by)
    records.bulk_add(list(_former_names(enterprises)), by=by)
    records.bulk_add(list(_contacts(facts, [*enterprises[::10], *doubles])), by=by)
    records.bulk_add(list(_files(facts, enterprises)), by=by)


def of_kinds(demo: Demo, *kinds: str) -> list[Enterprise]:
    """The province's enterprises of these kinds, in the order in which they were entered."""
    keys = EnterpriseKindSince.objects.filter(demo.within("enterprise__region"), kind__in=kinds).values("enterprise")
    return list(Enterprise.objects.filter(pk__in=keys).select_related("office", "region").order_by("pk"))


def kind_of(demo: Demo) -> dict[int, str]:
    """Enterprise → its kind."""
    rows = EnterpriseKindSince.objects.filter(demo.within("enterprise__region")).order_by("pk")
    return dict(rows.values_list("enterprise", "kind"))


def _all(demo: Demo, facts: Facts) -> Iterator[tuple[Enterprise, str]]:
    """With the kind of each, city after city."""
    industries = dict(IndustryClass.objects.filter(level="division").values_list("code", "pk"))
    number = 0
    for keeper in demo.cities:
        city = keeper.region_id
        places = counties(city, facts.in_counties_of) or [city]
        for position in range(facts.count.get(city, facts.usual)):
            number += 1
            kind, division, ending = _sort(facts, city, position)
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


def _sort(facts: Facts, city: str, position: int) -> tuple[str, str, str]:
    key = facts.key.get(city, facts.usual_key)
    if position < key:
        return KEY
    if position < key + facts.public.get(city, facts.usual_public):
        return PUBLIC
    return KINDS[position % len(KINDS)]


def _again(enterprise: Enterprise) -> Enterprise:
    """Entered a second time, without code and with blanks: one for the list of doubles."""
    name = f"{enterprise.name[:3]} {enterprise.name[3:]}"
    return Enterprise(office=enterprise.office, region_id=enterprise.region_id, name=name, size=enterprise.size)


def _former_names(enterprises: Sequence[Enterprise]) -> Iterator[FormerName]:
    for enterprise in enterprises[::40]:
        yield FormerName(enterprise=enterprise, name=f"{enterprise.name}（原厂）", until_on=date(2013, 6, 30))


def _contacts(facts: Facts, enterprises: Sequence[Enterprise]) -> Iterator[Contact]:
    for enterprise in enterprises:
        yield Contact(enterprise=enterprise, name="联系人", post="计量负责人", phone=facts.phone)


def _files(facts: Facts, enterprises: Sequence[Enterprise]) -> Iterator[EnterpriseStaff]:
    for city, year, count, people in facts.files:
        units = [each for each in enterprises if each.office.region_id == city][:count]
        for number in range(people):
            enterprise = units[number % len(units)]
            yield EnterpriseStaff(
                enterprise=enterprise,
                office=enterprise.office,
                region_id=city,
                name=f"计量员{number + 1}",
                file_no=f"{city}-{number + 1:03}",
                work=EnterpriseStaff.Work.values[number % 4],
                archived_on=date(year, number % 12 + 1, number % 28 + 1),
            )
