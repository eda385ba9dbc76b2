"""How many queries each page asks: pinned in ``query_counts.json``, and the same for one row as for a full page.

``UPDATE_QUERY_COUNTS=1`` rewrites the file; the change is reviewed like code.
"""

import json
import os
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bureau import records
from bureau.exchange.models import Import, ImportProblem, KeptRow
from bureau.fieldwork.models import FieldDraft
from bureau.models.region import children, region_tree
from bureau.reporting.models import YearReport, YearReportStep
from enterprises.models import Contact, ServiceActivity
from inspections.models import AppointmentItem, AuditItem
from tests import comparisons, institutions, service_makers, standard_files, standard_parts
from tests.audit_makers import (
    make_audit,
    make_examined,
    make_member,
    make_nonconformity,
    make_open,
    make_planned,
)
from tests.audit_makers import make_finding as make_audit_finding
from tests.booking_makers import make_appointment, make_capacity
from tests.cast import office
from tests.energy_makers import make_consumption, make_meter, make_point, make_year
from tests.enterprise_makers import make_former_name, make_staff_file
from tests.figure_makers import make_defined, make_entered, make_frozen, make_report, make_target, make_template
from tests.inspection_makers import make_assignment, make_draw, make_finding, make_inspection, make_lot
from tests.integrity_makers import (
    make_award,
    make_certificate,
    make_declaration,
    make_licence,
    make_listing,
    make_pledge,
    make_product,
    make_spot_check,
)
from tests.ledger_makers import make_doubt, make_instrument, make_verification
from tests.outreach_makers import make_event, make_outreach_award
from tests.planted import plant_draft

pytestmark = pytest.mark.django_db
PINNED = Path(__file__).with_name("query_counts.json")
FULL_PAGE = 25

PAGES = {
    "dashboard": ("clerk_a", "/"),
    "standards: list": ("clerk_a", "/standards/measurementstandard/"),
    "standards: list, filtered": ("clerk_a", "/standards/measurementstandard/?tier__exact=municipal&in_region=210102"),
    "standards: search": ("clerk_a", "/standards/measurementstandard/?q=装置"),
    "standards: form": ("clerk_a", "/standards/measurementstandard/{pk}/change/"),
    "standards: history": ("clerk_a", "/standards/measurementstandard/{pk}/history/"),
    "standards: chain": ("clerk_a", "/standards/{pk}/chain/"),
    "standards: what stood on a device": ("clerk_a", "/standards/stood/device/{device}/"),
    "items: list": ("clerk_a", "/standards/standarditem/"),
    "devices: list": ("clerk_a", "/standards/standarddevice/"),
    "devices: form": ("clerk_a", "/standards/standarddevice/{device}/change/"),
    "traces: list": ("clerk_a", "/standards/devicetrace/"),
    "persons: list": ("clerk_a", "/standards/standardperson/"),
    "institutions: list": ("clerk_a", "/standards/institution/"),
    "institutions: form": ("clerk_a", "/standards/institution/{institution}/change/"),
    "authorised items: list": ("clerk_a", "/standards/authoriseditem/"),
    "technicians: list": ("clerk_a", "/standards/technician/"),
    "technicians: form": ("clerk_a", "/standards/technician/{technician}/change/"),
    "qualifications: list": ("clerk_a", "/standards/qualification/"),
    "administrators: list": ("clerk_a", "/standards/administrator/"),
    "specifications: list": ("clerk_a", "/standards/specification/"),
    "specifications: form": ("clerk_a", "/standards/specification/{specification}/change/"),
    "comparisons: list": ("clerk_a", "/standards/comparison/"),
    "comparisons: form": ("clerk_a", "/standards/comparison/{comparison}/change/"),
    "comparisons: evaluation": ("clerk_a", "/standards/comparisons/{comparison}/"),
    "comparisons: laboratories": ("clerk_a", "/standards/comparisonparticipant/"),
    "comparisons: results": ("clerk_a", "/standards/comparisonresult/"),
    "due list": ("clerk_a", "/due/"),
    "due list: of the province": ("manager_province", "/due/?within=12&region=210100"),
    "due list: calendar and mail": ("clerk_a", "/due/notices/"),
    "repeatability: list": ("clerk_a", "/standards/repeatabilitytest/"),
    "repeatability: form": ("clerk_a", "/standards/repeatabilitytest/{test}/change/"),
    "stability: list": ("clerk_a", "/standards/stabilitycheck/"),
    "characteristics": ("clerk_a", "/standards/{pk}/characteristics/"),
    "events: list": ("clerk_a", "/standards/standardevent/"),
    "event: form": ("clerk_a", "/standards/standardevent/{event}/change/"),
    "examinations: list": ("clerk_a", "/standards/examination/"),
    "examination: form": ("clerk_a", "/standards/examination/{examination}/change/"),
    "spot checks: list": ("clerk_a", "/standards/spotcheck/"),
    "spot check: form": ("clerk_a", "/standards/spotcheck/{check}/change/"),
    "report": ("manager_province", "/reports/?region=210000&from=2016-01-01&to=2016-12-31"),
    "drill-down": ("manager_province", "/figures/standards.established/?region=210000&from=2016-01-01&to=2016-12-31"),
    "frozen years": ("clerk_a", "/reports/frozen/"),
    "frozen year": ("manager_a", "/reports/frozen/{frozen}/"),
    "frozen year: a figure": ("manager_a", "/reports/frozen/{frozen}/standards.established/"),
    "frozen year: records": ("manager_a", "/reports/frozen/{frozen}/records/"),
    "check of a report": ("clerk_a", "/reports/check/?year=2016"),
    "targets": ("clerk_a", "/reports/targets/?year=2016"),
    "targets: divided": ("manager_a", "/reports/targets/{target}/"),
    "targets: list": ("clerk_a", "/reporting/target/"),
    "entered values: list": ("clerk_a", "/reporting/enteredvalue/"),
    "figures of one's own: list": ("clerk_a", "/reporting/definedindicator/"),
    "figures of one's own: form": ("manager_a", "/reporting/definedindicator/{own_figure}/change/?try=2016"),
    "reports of years": ("manager_province", "/reports/years/?year=2016&open=all"),
    "report of a year": ("manager_a", "/reports/years/{year_report}/"),
    "office templates": ("clerk_a", "/reports/forms/"),
    "year text": ("manager_a", "/reports/text/?from=2016-01-01&to=2016-12-31"),
    "marks": ("clerk_a", "/reports/marks/?from=2016-01-01&to=2016-12-31"),
    "enterprises: list": ("clerk_a", "/enterprises/enterprise/"),
    "enterprises: list, filtered": ("clerk_a", "/enterprises/enterprise/?kind=key_energy&in_region=210102"),
    "enterprises: search": ("clerk_a", "/enterprises/enterprise/?q=器具"),
    "enterprises: form": ("clerk_a", "/enterprises/enterprise/{enterprise}/change/"),
    "enterprises: page": ("clerk_a", "/enterprises/{enterprise}/"),
    "enterprises: doubles": ("clerk_a", "/enterprises/doubles/"),
    "enterprises: merge": ("clerk_a", "/enterprises/merge/?kept={enterprise}&double={double}"),
    "staff files: list": ("clerk_a", "/enterprises/enterprisestaff/"),
    "pledges: list": ("clerk_a", "/enterprises/pledge/"),
    "pledges: form": ("clerk_a", "/enterprises/pledge/{pledge}/change/"),
    "pledges: criteria": ("clerk_a", "/enterprises/pledges/{pledge}/criteria/?on=2016-12-31"),
    "demonstration units: list": ("clerk_a", "/enterprises/demonstrationaward/?pledge=ended"),
    "pledges: spot checks": ("clerk_a", "/enterprises/pledgespotcheck/"),
    "red and black lists: public": ("clerk_a", "/enterprises/public-list/"),
    "C mark: list": ("clerk_a", "/enterprises/cmarkdeclaration/"),
    "C mark: form": ("clerk_a", "/enterprises/cmarkdeclaration/{declaration}/change/"),
    "C mark: products": ("clerk_a", "/enterprises/cmarkproduct/"),
    "management systems: list": ("clerk_a", "/enterprises/managementsystemcertificate/"),
    "licences: list": ("clerk_a", "/enterprises/licence/"),
    "outreach: list": ("clerk_a", "/enterprises/outreachevent/"),
    "outreach: form": ("clerk_a", "/enterprises/outreachevent/{outreach}/change/"),
    "outreach: awards": ("clerk_a", "/enterprises/outreachaward/"),
    "service campaigns: list": ("clerk_a", "/enterprises/servicecampaign/"),
    "service campaigns: form": ("clerk_a", "/enterprises/servicecampaign/{service_campaign}/change/"),
    "service campaigns: enterprises": ("clerk_a", "/enterprises/campaignvolunteer/"),
    "service campaigns: reports": ("clerk_a", "/enterprises/campaignreport/?state=missing"),
    "service teams: list": ("clerk_a", "/enterprises/serviceteam/?state=standing"),
    "service visits: list": ("clerk_a", "/enterprises/servicevisit/?satisfied=yes"),
    "service visits: form": ("clerk_a", "/enterprises/servicevisit/{service_visit}/change/"),
    "trainings: list": ("clerk_a", "/enterprises/training/"),
    "trainings: form": ("clerk_a", "/enterprises/training/{training}/change/"),
    "contact points: list": ("clerk_a", "/enterprises/contactpoint/"),
    "campaigns: list": ("clerk_a", "/inspections/inspectioncampaign/"),
    "draws: list": ("clerk_a", "/inspections/draw/"),
    "assignments: list": ("clerk_a", "/inspections/assignment/?state=open"),
    "inspections: list": ("clerk_a", "/inspections/siteinspection/"),
    "inspections: form": ("clerk_a", "/inspections/siteinspection/{inspection}/change/"),
    "findings: list": ("clerk_a", "/inspections/finding/"),
    "finding: form": ("clerk_a", "/inspections/finding/{finding}/change/"),
    "lots: list": ("clerk_a", "/inspections/netcontentlot/"),
    "energy units: list": ("clerk_a", "/enterprises/energyunit/"),
    "energy units: form": ("clerk_a", "/enterprises/energyunit/{energy_unit}/change/"),
    "energy years: form": ("clerk_a", "/enterprises/energyyear/{energy_year}/change/"),
    "energy meters: list": ("clerk_a", "/inspections/energymeter/"),
    "metering points: list": ("clerk_a", "/inspections/meteringpoint/"),
    "equipping: units": ("clerk_a", "/inspections/energy/equipping/"),
    "equipping: unit": ("clerk_a", "/inspections/energy/{energy_unit}/equipping/"),
    "energy meters: labels": ("clerk_a", "/inspections/energy/labels/?unit={energy_unit}"),
    "audits: plans": ("clerk_a", "/inspections/auditplan/"),
    "audits: list": ("clerk_a", "/inspections/energyaudit/"),
    "audits: form": ("clerk_a", "/inspections/energyaudit/{audit}/change/"),
    "audits: page": ("clerk_a", "/inspections/audits/{audit}/"),
    "audits: chapter": ("clerk_a", "/inspections/audits/{audit}/chapter/6/"),
    "audits: declared numbers": ("clerk_a", "/inspections/audits/{audit}/declared/"),
    "audits: round": ("clerk_a", "/inspections/audits/round/"),
    "audits: nonconformities": ("clerk_a", "/inspections/nonconformity/"),
    "audits: on a tablet": ("inspector_a", "/fieldwork/energy-audit/new/?audit={audit}"),
    "fieldwork: list": ("inspector_a", "/fieldwork/"),
    "fieldwork: new": ("inspector_a", "/fieldwork/site-inspection/new/"),
    "instruments: list": ("clerk_a", "/inspections/instrument/?verification=valid"),
    "instruments: search": ("clerk_a", "/inspections/instrument/?q=2015"),
    "instruments: form": ("clerk_a", "/inspections/instrument/{instrument}/change/"),
    "verifications: list": ("clerk_a", "/inspections/verification/"),
    "verifications: search": ("clerk_a", "/inspections/verification/?q=LX2016"),
    "verifications: form": ("clerk_a", "/inspections/verification/{made}/change/"),
    "verifications: of a piece": ("clerk_a", "/inspections/verification/add/?instrument={instrument}"),
    "questions: list": ("clerk_a", "/inspections/doubt/?state=all"),
    "question: form": ("clerk_a", "/inspections/doubt/{doubt}/change/"),
    "appointments: list": ("clerk_a", "/inspections/appointment/"),
    "appointments: list, filtered": ("clerk_a", "/inspections/appointment/?stage=done"),
    "appointments: form": ("clerk_a", "/inspections/appointment/{appointment}/change/"),
    "appointments: page": ("clerk_a", "/inspections/appointments/{appointment}/"),
    "appointments: submission form": ("clerk_a", "/inspections/appointments/{appointment}/form/"),
    "appointments: another day": ("clerk_a", "/inspections/appointments/{appointment}/move/"),
    "appointments: holders": ("clerk_a", "/inspections/appointments/book/"),
    "appointments: book": ("clerk_a", "/inspections/appointments/book/{booking_holder}/"),
    "appointments: spread": ("clerk_a", "/inspections/appointments/spread/"),
    "capacities: list": ("clerk_a", "/inspections/capacity/"),
    "labels": ("clerk_a", "/inspections/labels/?holder={booking_holder}"),
    "imports": ("clerk_a", "/exchange/"),
    "import: file": ("clerk_a", "/exchange/standards/upload/"),
    "import: columns": ("clerk_a", "/exchange/{draft}/columns/"),
    "import: preview": ("clerk_a", "/exchange/{draft}/preview/"),
    "import: result": ("clerk_a", "/exchange/{undone}/"),
    "import: undo": ("clerk_a", "/exchange/{done}/undo/"),
    "jobs": ("clerk_a", "/jobs/"),
    "staff: list": ("security_admin", "/bureau/staff/"),
    "operations log": ("auditor", "/bureau/operation/"),
    "offices": ("system_admin", "/bureau/office/"),
    "regions": ("system_admin", "/bureau/region/"),
}


def count(client, person, url):
    client.force_login(person)
    client.get(url)  # content types and the like are cached by the first visit
    region_tree()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(queries)


@pytest.fixture
def imports(cast, make_standard, tmp_path):
    """One import in each state that has a page of its own, by name; and ``lengthen(times)``, for all of them."""
    office, by = cast.clerk_a.office, cast.clerk_a
    draft = plant_draft(cast, tmp_path)

    def run(**values):
        return Import.objects.create(
            sheet_key="standards", office=office, started_by=by, file_name="a.csv", finished_at=timezone.now(), **values
        )

    done = run(state="done", created=1)
    undone = run(state="undone", created=1, undone_at=timezone.now(), undone_by=by)

    def lengthen(times):
        for _ in range(times):
            run(state="done", corrects=undone)
            standard = make_standard(import_id=done.pk, import_version=1)
            ImportProblem.objects.create(run=undone, row=standard.pk, column="name", reason="?")
            KeptRow.objects.create(run=undone, object_id=standard.pk, label="?", reason="?")
        for kind in ("created", "updated", "unchanged", "failed"):
            draft.preview[kind] *= times
        draft.save()

    lengthen(1)
    return {"draft": draft.pk, "done": done.pk, "undone": undone.pk}, lengthen


@pytest.fixture
def enterprises(cast, make_enterprise):
    """An enterprise and its double, and ``lengthen(times)`` for what is around them and for the list of doubles."""
    enterprise, double = make_enterprise(), make_enterprise()

    def lengthen(times):
        for number in range(times):
            records.save(Contact(enterprise=enterprise, name=f"联系人{number}"), by=cast.clerk_a)
            for each in (enterprise, double):
                make_staff_file(make_enterprise, enterprise=each)
            make_former_name(make_enterprise, enterprise=enterprise, name=f"{times}之{number}")
            for code in ("", None):
                named = {} if code is None else {"credit_code": code}
                make_enterprise(name=f"{times}之{number}商店", kinds=("retail", "market"), **named)

    lengthen(1)
    return {"enterprise": enterprise.pk, "double": double.pk}, lengthen


@pytest.fixture
def integrity(cast, make_enterprise):
    """A pledge, a declaration and an event, and ``lengthen(times)`` for what hangs on them and for the lists."""
    pledge, declaration = make_pledge(make_enterprise, signed_on=date(2016, 5, 10)), make_declaration(make_enterprise)
    event = make_event(cast)

    def lengthen(times):
        for number in range(times):
            for maker in (make_award, make_spot_check):
                maker(make_enterprise, enterprise=pledge.enterprise)
                maker(make_enterprise)
            make_listing(make_enterprise, sector_id="market", published_on=date(2016, 5, 10))
            make_product(make_enterprise, declaration=declaration, name=f"{times}之{number}")
            make_declaration(make_enterprise)
            make_certificate(make_enterprise)
            make_licence(make_enterprise)
            make_outreach_award(cast, event=event)
            make_event(cast)

    lengthen(1)
    return {"pledge": pledge.pk, "declaration": declaration.pk, "outreach": event.pk}, lengthen


@pytest.fixture
def services(cast, make_enterprise):
    """A campaign, a visit and a training session, and ``lengthen(times)`` for their lists and what hangs on them."""
    make = service_makers
    campaign = make.make_campaign(cast, make_enterprise)
    visit, training = (each(cast, make_enterprise, campaign=campaign) for each in (make.make_visit, make.make_training))
    kinds = ServiceActivity.objects.values_list("pk", flat=True)

    def lengthen(times):
        for number in range(times):
            of = {"campaign": campaign}
            make.make_volunteer(cast, make_enterprise, **of)
            make.make_report(cast, make_enterprise, **of, reported_on=None)
            team = make.make_team(cast, make_enterprise)
            if number < len(kinds) - 1:
                make.make_activity(cast, make_enterprise, visit=visit, activity_id=kinds[number + (times > 1)])
            make.make_visit(cast, make_enterprise, **of, team=team)
            make.make_trained(cast, make_enterprise, training=training)
            make.make_training(cast, make_enterprise, **of)
            make.make_contact_point(cast, make_enterprise)
            make.make_campaign(cast, make_enterprise)

    lengthen(1)
    return {"service_campaign": campaign.pk, "service_visit": visit.pk, "training": training.pk}, lengthen


@pytest.fixture
def inspections(cast, make_enterprise):
    """An inspection with a finding, and ``lengthen(times)`` for every list of inspections."""
    inspection = make_inspection(cast, make_enterprise)

    def lengthen(times):
        for _ in range(times):
            draw = make_draw(cast, make_enterprise)
            make_assignment(cast, make_enterprise, draw=draw)
            make_finding(cast, make_enterprise, inspection=inspection)
            make_lot(cast, make_enterprise, inspection=make_inspection(cast, make_enterprise))
            draft = FieldDraft.objects.create(
                client_id=uuid4(), form_key="site-inspection", started_by=cast.inspector_a
            )
            draft.values.create(name="enterprise", value=str(inspection.enterprise_id))

    lengthen(1)
    return {"inspection": inspection.pk, "finding": inspection.findings.get().pk}, lengthen


@pytest.fixture
def bookings(cast, make_enterprise):
    """A holder with an appointment and pieces that are due, and ``lengthen(times)`` for all pages of appointments."""
    capacity = make_capacity(cast, make_enterprise)
    holder = make_enterprise()
    of = {"holder": holder, "institution": capacity.institution}
    appointment = make_appointment(cast, make_enterprise, **of)

    def lengthen(times):
        for _ in range(times):
            for whose in (holder, make_enterprise()):
                piece = make_instrument(cast, make_enterprise, holder=whose)
                make_verification(cast, make_enterprise, instrument=piece, institution=capacity.institution)
            booked = make_instrument(cast, make_enterprise, holder=holder)
            records.save(AppointmentItem(appointment=appointment, instrument=booked), by=cast.clerk_a)
            make_appointment(cast, make_enterprise, **of)
            make_capacity(cast, make_enterprise)

    lengthen(1)
    return {"appointment": appointment.pk, "booking_holder": holder.pk}, lengthen


@pytest.fixture
def ledger(cast, make_enterprise):
    """A piece with a verification that raises a question, and ``lengthen(times)`` for its page and the lists."""
    doubt = make_doubt(cast, make_enterprise)
    piece = doubt.verification.instrument

    def lengthen(times):
        for number in range(times):
            of = {"instrument": piece, "received_on": None}
            make_verification(cast, make_enterprise, verified_on=date(2017, 1, 1 + number + (times > 1)), **of)
            make_doubt(cast, make_enterprise)

    lengthen(1)
    return {"instrument": piece.pk, "made": doubt.verification_id, "doubt": doubt.pk}, lengthen


@pytest.fixture
def audits(cast, make_enterprise):
    """An audit on site of a unit with a year, and ``lengthen(times)`` for its pages and the lists."""
    audit = make_open(cast, make_enterprise)
    make_member(cast, make_enterprise, audit=audit, person=cast.inspector_a)
    year = make_year(cast, make_enterprise, unit=audit.unit)
    items = iter(AuditItem.objects.filter(edition=audit.edition))

    def lengthen(times):
        for _ in range(times):
            meter = make_meter(cast, make_enterprise, unit=audit.unit, in_use_from=date(2016, 1, 1))
            make_point(cast, make_enterprise, unit=audit.unit, meter=meter, begins_on=date(2016, 1, 1))
            make_examined(cast, make_enterprise, audit=audit, meter=meter)
            make_nonconformity(cast, make_enterprise, audit=audit)
            make_consumption(cast, make_enterprise)
            make_planned(cast, make_enterprise)
            make_audit(cast, make_enterprise)
            if item := next(items, None):
                make_audit_finding(cast, make_enterprise, audit=audit, item=item)

    lengthen(1)
    return {"audit": audit.pk, "energy_unit": audit.unit_id, "energy_year": year.pk}, lengthen


@pytest.fixture
def figures(cast):
    """A target, a figure of one's own and the report of a year, and ``lengthen(times)`` for their lists."""
    target, own, report = make_target(cast), make_defined(cast), make_report(cast)
    make_report(cast, by=cast.clerk_b, year=2016)
    cities = iter(children(cast.clerk_province.office.region_id))

    def lengthen(times):
        for number in range(times):
            make_target(cast)
            make_entered(cast, begins_on=date(2016, 1, 1 + number))
            make_template(cast)
            make_report(cast)
            if city := next(cities, None):
                at = office(city.code, cast.clerk_province.office)
                if not YearReport.objects.filter(office=at).exists():
                    make_report(cast, office=at, year=2016)
            YearReportStep.objects.create(report=report, by=cast.manager_province, did="returned", remark="再核")

    lengthen(1)
    pages = {"frozen": make_frozen(cast).pk, "year_report": report.pk}
    return {"target": target.pk, "own_figure": own.pk, **pages}, lengthen


@pytest.mark.once
def test_counts_are_pinned_and_flat(
    client,
    cast,
    make_standard,
    imports,
    enterprises,
    integrity,
    services,
    inspections,
    bookings,
    ledger,
    audits,
    figures,
):
    ContentType.objects.clear_cache()
    numbers, lengthen = imports
    standard = make_standard()
    parts = standard_parts.grow(make_standard, cast, standard)
    files = standard_files.grow(cast, standard, make_standard)
    numbers = {"pk": standard.pk, **parts, **files, **institutions.grow(cast), **numbers, **comparisons.grow(cast)}
    numbers |= {**enterprises[0], **integrity[0], **services[0], **inspections[0], **bookings[0], **ledger[0]}
    numbers |= {**audits[0], **figures[0]}
    counts, grown = {}, {}
    for name, (who, url) in PAGES.items():
        counts[name] = count(client, getattr(cast, who), url.format(**numbers))
    lengthen(FULL_PAGE)
    institutions.grow(cast, FULL_PAGE)
    comparisons.grow(cast, FULL_PAGE)
    standard_parts.grow(make_standard, cast, standard, FULL_PAGE)
    standard_files.grow(cast, standard, make_standard, FULL_PAGE)
    enterprises[1](FULL_PAGE)
    inspections[1](FULL_PAGE)
    bookings[1](FULL_PAGE)
    ledger[1](FULL_PAGE)
    audits[1](FULL_PAGE)
    figures[1](FULL_PAGE)
    integrity[1](FULL_PAGE)
    services[1](FULL_PAGE)
    for name, (who, url) in PAGES.items():
        grown[name] = count(client, getattr(cast, who), url.format(**numbers))
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        PINNED.write_text(json.dumps(grown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert {name: grown[name] - counts[name] for name in grown if grown[name] > counts[name] + 1} == {}
    assert grown == json.loads(PINNED.read_text(encoding="utf-8"))
