"""The demo province: offices and logins of the ground floor, then what each app's ``demo`` module adds.

An app's module has ``fill(demo)``. Everything is deterministic, and filling again changes nothing: what is
marked as filled in the database is left alone.
"""

from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from bureau.models import Office, Region, Staff
from bureau.models.region import children
from bureau.reference_data import load_all

PROVINCE = "210000"
PASSWORD = "Try-it-2016"
COUNTIES = ("210102", "210202")
Kind = Office.Kind

# (login name, name, role, office code)
PEOPLE = (
    ("province-clerk", "省局录入员", "clerk", "210000-01"),
    ("province-manager", "省局管理人员", "manager", "210000-01"),
    ("shenyang-clerk", "沈阳市局录入员", "clerk", "210100-01"),
    ("shenyang-inspector", "沈阳市局检查员", "inspector", "210100-01"),
    ("dalian-clerk", "大连市局录入员", "clerk", "210200-01"),
    ("county-clerk", "和平区局录入员", "clerk", "210102-01"),
    ("sysadmin", "系统管理员", "system_administrator", None),
    ("secadmin", "安全管理员", "security_administrator", None),
    ("auditor", "日志审计员", "log_auditor", None),
)


@dataclass(frozen=True)
class Demo:
    offices: dict[str, Office]
    people: dict[str, Staff]


@transaction.atomic
def fill() -> Demo:
    """Make the demo province, or find it; each app then fills its part."""
    demo = fill_ground()
    for config in reversed(list(apps.get_app_configs())):  # the floors below first
        if config.name != "bureau" and module_has_submodule(config.module, "demo"):
            import_module(f"{config.name}.demo").fill(demo)
    return demo


@transaction.atomic
def fill_ground() -> Demo:
    """Regions, offices and logins alone, with no record yet."""
    load_all()
    offices = _offices()
    return Demo(offices, _people(offices))


def _offices() -> dict[str, Office]:
    province = _office(PROVINCE, "01", None)
    offices = {province.code: province}
    institution = _office(PROVINCE, "02", province, kind=Kind.LEGAL_INSTITUTION, suffix="计量科学研究院")
    offices[institution.code] = institution
    for city in children(PROVINCE):
        if city.valid_to is None:
            office = _office(city.code, "01", province)
            offices[office.code] = office
    for code in COUNTIES:
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
