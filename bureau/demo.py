"""The demo provinces: offices and logins of the ground floor, then what each app's ``demo`` module adds.

Liaoning as it published 2016, and Hebei as it published 2021; what a province published stands beside the records that
make the figure. An app's module has ``fill(demo)``, called for one province after the other, so that the rows of the
first keep their keys whatever the second has. Everything is deterministic, and filling again changes nothing: what is
marked as filled in the database is left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from math import gcd
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import module_has_submodule

from bureau.models import Office, Region, Staff
from bureau.models.region import children, subtree_q
from bureau.reference_data import load_all

PASSWORD = "Try-it-2016"
Kind = Office.Kind
Row = TypeVar("Row")


@dataclass(frozen=True)
class Province:
    """``sign`` as the numbers of its papers have it; ``clerk``: the login that enters its records."""

    code: str
    sign: str
    counties: tuple[str, ...]
    clerk: str


LIAONING = Province("210000", "辽", ("210102", "210202"), "province-clerk")
HEBEI = Province("130000", "冀", ("130102", "130202"), "hebei-clerk")
PROVINCES = (LIAONING, HEBEI)

# (login name, name, role, office code)
PEOPLE = (
    ("province-clerk", "省局录入员", "clerk", "210000-01"),
    ("province-manager", "省局管理人员", "manager", "210000-01"),
    ("shenyang-clerk", "沈阳市局录入员", "clerk", "210100-01"),
    ("shenyang-inspector", "沈阳市局检查员", "inspector", "210100-01"),
    ("shenyang-manager", "沈阳市局管理人员", "manager", "210100-01"),
    ("dalian-manager", "大连市局管理人员", "manager", "210200-01"),
    ("dalian-clerk", "大连市局录入员", "clerk", "210200-01"),
    ("county-clerk", "和平区局录入员", "clerk", "210102-01"),
    ("sysadmin", "系统管理员", "system_administrator", None),
    ("secadmin", "安全管理员", "security_administrator", None),
    ("auditor", "日志审计员", "log_auditor", None),
    ("hebei-manager", "河北省局管理人员", "manager", "130000-01"),
    ("hebei-clerk", "河北省局录入员", "clerk", "130000-01"),
    ("tangshan-clerk", "唐山市局录入员", "clerk", "130200-01"),
)


@dataclass(frozen=True)
class Demo:
    """A province with its offices by code; the logins are those of all provinces."""

    province: Province
    offices: dict[str, Office]
    people: dict[str, Staff]

    @property
    def by(self) -> Staff:
        return self.people[self.province.clerk]

    @property
    def head(self) -> Office:
        """The province's own administration."""
        return self.offices[f"{self.province.code}-01"]

    @property
    def house(self) -> Office:
        """Its institute of metrology."""
        return self.offices[f"{self.province.code}-02"]

    @property
    def cities(self) -> list[Office]:
        return [office for code, office in self.offices.items() if code.endswith("00-01") and office != self.head]

    def keeper(self, region: str) -> Office:
        """The office that keeps the records of a county: the city's; of all else its own."""
        return self.head if region.endswith("0000") else self.offices[f"{region[:4]}00-01"]

    def within(self, path: str = "region") -> Q:
        """Of rows with ``path`` to a region, those of the province."""
        return subtree_q(self.province.code, path)

    def has(self, model: Any) -> bool:
        return model.objects.filter(self.within()).exists()


def counties(city: str, since: date = date.max) -> list[str]:
    """The codes in force under a city, those that began after ``since`` left out."""
    places = [place for place in children(city) if place.valid_to is None]
    return [place.code for place in places if place.valid_from is None or place.valid_from <= since]


def spread(whole: int, parts: int) -> Iterator[int]:
    """A whole over so many parts as evenly as whole numbers allow: the first ones have one more."""
    each, over = divmod(whole, parts)
    return (each + (number < over) for number in range(parts))


def mixed(rows: Sequence[Row]) -> list[Row]:
    """All of them, neighbours far apart: what comes in city after city is of all cities from the first few on."""
    step = next(step for step in range(len(rows) * 618 // 1000, 0, -1) if gcd(step, len(rows)) == 1)
    return [rows[number * step % len(rows)] for number in range(len(rows))]


@transaction.atomic
def fill() -> Sequence[Demo]:
    """Make the demo provinces, or find them; each app then fills its part."""
    made = fill_ground()
    modules = [
        import_module(f"{config.name}.demo")
        for config in reversed(list(apps.get_app_configs()))  # the floors below first
        if config.name != "bureau" and module_has_submodule(config.module, "demo")
    ]
    for demo in made:
        for module in modules:
            module.fill(demo)
    return made


@transaction.atomic
def fill_ground() -> Sequence[Demo]:
    """Regions, offices and logins alone, with no record yet."""
    load_all()
    by_province = {province: _offices(province) for province in PROVINCES}
    people = _people({code: office for offices in by_province.values() for code, office in offices.items()})
    return [Demo(province, offices, people) for province, offices in by_province.items()]


def _offices(province: Province) -> dict[str, Office]:
    head = _office(province.code, "01", None)
    offices = {head.code: head}
    institution = _office(province.code, "02", head, kind=Kind.LEGAL_INSTITUTION, suffix="计量科学研究院")
    offices[institution.code] = institution
    for city in children(province.code):
        if city.valid_to is None:
            office = _office(city.code, "01", head)
            offices[office.code] = office
    for code in province.counties:
        office = _office(code, "01", offices[f"{code[:4]}00-01"])
        offices[office.code] = office
    return offices


def _office(
    region: str, number: str, parent: Office | None, kind: str = Kind.ADMINISTRATION, suffix: str = "市场监督管理局"
) -> Office:
    office, _created = Office.objects.get_or_create(
        code=f"{region}-{number}",
        defaults={
            "name": f"{Region.objects.get(pk=region).name}{suffix}",
            "kind": kind,
            "region_id": region,
            "parent": parent,
        },
    )
    return office


def _people(offices: dict[str, Office]) -> dict[str, Staff]:
    people = {}
    for username, full_name, role, office_code in PEOPLE:
        person, created = Staff.objects.get_or_create(
            username=username,
            defaults={
                "full_name": full_name,
                "office": offices[office_code] if office_code else None,
                "must_change_password": False,
            },
        )
        if created:
            person.set_password(PASSWORD)
            person.save()
            person.groups.add(Group.objects.get(name=role))
        people[username] = person
    return people
