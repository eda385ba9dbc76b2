"""The form of an audit on a tablet, of a unit with many meters: how long it takes to open and to keep a field."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bureau import records
from bureau.bench import Measure, at_most, benchmark, seconds
from bureau.models import Office, Staff
from enterprises.models import EnergyUnit, Enterprise, MeteredEnergy
from inspections import audits
from inspections.models import AuditItem, AuditMember, EnergyAudit, EnergyMeter

CITY = "210100"
GOAL_ROWS = 1_200


@benchmark("audit-form", full_rows=GOAL_ROWS, quick_rows=120)
def run(rows: int) -> Iterator[Measure]:
    audit, inspector = _audit_on_site(rows)
    client = Client(headers={"host": "127.0.0.1", "x-person": str(inspector.pk)})
    client.force_login(inspector, backend="django.contrib.auth.backends.ModelBackend")
    tablet = _Tablet(client, audit)
    judged = rows >= GOAL_ROWS
    meter = EnergyMeter.objects.filter(unit=audit.unit).order_by("pk")[rows // 2]
    tablet.keep("audit", str(audit.pk))
    # All sections are one page, of which one is shown at a time.
    opened = seconds(tablet.open, repeat=7) * 1000
    yield at_most("the form with all its sections", opened, 400, unit="ms", judged=judged)
    chapter = seconds(lambda: tablet.get(f"/inspections/audits/{audit.pk}/chapter/6/"), repeat=7) * 1000
    yield at_most("a chapter at the office", chapter, 400, unit="ms", judged=judged)
    texts = map(str, count())
    for label, name in (("a field of the course", "opinion"), ("a field of a meter", f"meter.{meter.pk}-finding")):
        kept = seconds(lambda name=name: tablet.keep(name, next(texts)), repeat=15) * 1000
        yield at_most(label, kept, 150, unit="ms", judged=judged)
    with CaptureQueriesContext(connection) as queries:
        tablet.open()
    yield at_most("queries of the form", len(queries), 40, unit="queries", judged=judged)
    with CaptureQueriesContext(connection) as queries:
        tablet.keep("opinion", next(texts))
    yield at_most("queries of keeping a field", len(queries), 40, unit="queries", judged=judged)


class _Tablet:
    def __init__(self, client: Client, audit: EnergyAudit) -> None:
        self.client, self.query = client, f"audit={audit.pk}"
        self.path, self.device, self.sequence = f"/fieldwork/energy-audit/{uuid4()}/", str(uuid4()), 0
        self.known: dict[str, str] = {}

    def get(self, path: str) -> None:
        response = self.client.get(path)
        assert response.status_code == 200, response.status_code

    def open(self) -> None:
        self.get(self.path)

    def keep(self, name: str, value: str) -> None:
        self.sequence += 1
        entry = {
            "id": str(uuid4()), "device": self.device, "sequence": self.sequence, "kind": "value", "name": name,
            "value": value, "base": self.known.get(name, ""),
        }  # fmt: skip
        batch = {"query": self.query, "revision": self.sequence - 1, "entries": [entry], "photos": []}
        response = self.client.post(f"{self.path}sync/", json.dumps(batch), content_type="application/json")
        assert response.json()["results"][entry["id"]]["outcome"] == "kept", response.content
        self.known[name] = value


def _audit_on_site(meters: int) -> tuple[EnergyAudit, Staff]:
    office, _created = Office.objects.get_or_create(
        code=f"{CITY}-01", defaults={"name": "bench", "kind": "administration", "region_id": CITY}
    )
    inspector = Staff.objects.create(
        username="bench-inspector", full_name="bench", office=office, must_change_password=False
    )
    inspector.groups.add(Group.objects.get(name="inspector"))
    today = timezone.localdate()
    unit = _unit(office)
    energies = list(MeteredEnergy.objects.values_list("pk", flat=True))
    levels = [level for level, _label in EnergyMeter._meta.get_field("level").flatchoices]
    made = [
        EnergyMeter(
            unit=unit, office=office, region_id=CITY, own_no=f"NY-{number:05}", serial_no=f"S{number:06}",
            name="电能表", energy_id=energies[number % len(energies)], level=levels[number % len(levels)],
            accuracy_class="0.5", maker="某某仪表有限公司", place=f"{number % 40}号车间",
            in_use_from=today - timedelta(days=900),
        )
        for number in range(meters)
    ]  # fmt: skip
    records.bulk_add(made, by=None)
    audit = audits.open_audit(unit=unit, agency="某某计量测试院", number="2026-B01", by=inspector)
    member = AuditMember(audit=audit, name="审查组长", is_leader=True, person=inspector)
    records.save(member, by=inspector)
    for to in ("self_check", "document_review", "on_site"):
        audit = audits.advance(audit, to=to, on=today, by=inspector)
    assert AuditItem.objects.filter(edition=audit.edition).exists()
    return audit, inspector


def _unit(office: Office) -> EnergyUnit:
    enterprise = Enterprise(office=office, region_id=CITY, name="某某水泥有限公司", credit_code="")
    records.save(enterprise, by=None)
    unit = EnergyUnit(
        enterprise=enterprise, office=office, region_id=CITY, kind=EnergyUnit.Kind.KEY,
        sector=EnergyUnit.Sector.BUILDING_MATERIALS, size_class="ten_thousand",
        begins_on=timezone.localdate() - timedelta(days=900),
    )  # fmt: skip
    return records.save(unit, by=None)
