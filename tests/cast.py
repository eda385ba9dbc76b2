"""The people of the tests: each has a role and an office, none has a name."""

from dataclasses import dataclass, fields

from django.contrib.auth.models import Group

from bureau.models import Office, Region, Staff

PROVINCE, CITY_A, CITY_B, COUNTY = "210000", "210100", "210200", "210102"
PASSWORD = "Verified-2016-metre"


@dataclass
class Cast:
    clerk_a: Staff
    inspector_a: Staff
    manager_a: Staff
    clerk_b: Staff
    clerk_county: Staff
    clerk_province: Staff
    manager_province: Staff
    system_admin: Staff
    security_admin: Staff
    auditor: Staff

    def __iter__(self):
        return iter((field.name, getattr(self, field.name)) for field in fields(self))


def office(region: str, parent: Office | None = None, number: int = 1, **values) -> Office:
    """The administration of a region, or another office there."""
    values.setdefault("kind", Office.Kind.ADMINISTRATION)
    code = f"{region}-{number:02}"
    known = Office.objects.filter(code=code).first()
    if known:
        return known
    name = values.pop("name", f"{Region.objects.get(pk=region).name}市场监督管理局")
    return Office.objects.create(code=code, name=name, region_id=region, parent=parent, **values)


def staff(username: str, role: str, at: Office | None = None, **values) -> Staff:
    values.setdefault("must_change_password", False)
    person = Staff(username=username, full_name=username.replace("_", " "), office=at, **values)
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name=role))
    return person


def assemble() -> Cast:
    province = office(PROVINCE)
    city_a, city_b = office(CITY_A, province), office(CITY_B, province)
    county = office(COUNTY, city_a)
    return Cast(
        clerk_a=staff("clerk_a", "clerk", city_a),
        inspector_a=staff("inspector_a", "inspector", city_a),
        manager_a=staff("manager_a", "manager", city_a),
        clerk_b=staff("clerk_b", "clerk", city_b),
        clerk_county=staff("clerk_county", "clerk", county),
        clerk_province=staff("clerk_province", "clerk", province),
        manager_province=staff("manager_province", "manager", province),
        system_admin=staff("system_admin", "system_administrator"),
        security_admin=staff("security_admin", "security_administrator"),
        auditor=staff("auditor", "log_auditor"),
    )
