"""One row of every kind, and with them every page: what the walks through the project stand on."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from bureau import records
from bureau.due import addresses, mails
from bureau.exchange import preview
from bureau.exchange.models import Import, ImportProblem, KeptRow, RememberedColumns
from bureau.exchange.sheets import all_sheets
from bureau.jobs.models import Job
from bureau.models import ApiToken, Attachment
from standards.models import EventDevice
from tests import comparisons, institutions, standard_files, standard_parts, walk
from tests.audit_makers import plant_audits
from tests.booking_makers import plant_bookings
from tests.case_makers import plant_cases
from tests.energy_makers import plant_energy
from tests.enterprise_planting import plant_enterprise
from tests.figure_makers import plant_figures
from tests.importing import line, received, write_csv
from tests.inspection_makers import plant_inspections
from tests.integrity_makers import plant_integrity
from tests.ledger_makers import plant_ledger
from tests.outreach_makers import plant_outreach
from tests.service_makers import plant_services

SECRET = "甲市私有之记号"


@pytest.fixture
def planted(cast, make_standard, make_enterprise, tmp_path):
    """One row of every scoped kind, kept by city A, all carrying the mark."""
    standard = make_standard(
        name=SECRET, holder=SECRET, place=SECRET, remark=SECRET, certificate_no=SECRET, issuing_authority=SECRET
    )
    standard.remark = f"{SECRET}二"
    records.save(standard, by=cast.clerk_a)  # a second version for the history pages
    attachment = attach(standard, cast.clerk_a)
    technician = plant_institutions(cast)
    plant_parts(make_standard, cast, standard, technician)
    imported = Import(
        sheet_key="standards", office=cast.clerk_a.office, started_by=cast.clerk_a, file_name=f"{SECRET}.xlsx",
        sha256="0" * 64, state="done", created=1, finished_at=timezone.now(),
    )  # fmt: skip
    imported.file.save("upload.xlsx", ContentFile(SECRET.encode()), save=False)
    imported.save()
    job = Job.objects.create(
        key="exchange.import", title=SECRET, started_by=cast.clerk_a, state="done", finished_at=timezone.now(),
        arguments={"import_id": imported.pk}, result={}, result_name=f"{SECRET}.xlsx",
    )  # fmt: skip
    job.result_file.save("result.xlsx", ContentFile(SECRET.encode()))
    ImportProblem.objects.create(run=imported, row=3, column="name", value=SECRET, reason=SECRET)
    KeptRow.objects.create(run=imported, object_id=standard.pk, label=SECRET, reason=SECRET)
    RememberedColumns.objects.create(
        office=cast.clerk_a.office, sheet_key="standards", signature="0" * 64, places={"0": {"column": SECRET}}
    )
    event = standard.events.get()
    event.remark = SECRET
    records.save(event, by=cast.clerk_a)
    plant_files(cast, standard)
    comparison = plant_comparison(cast)
    plant_due(cast)
    plant_token(cast)
    draft = plant_draft(cast, tmp_path)
    made = {"standard": standard, "attachment": attachment, "job": job, "import": imported, "draft": draft}
    around = plant_enterprise(cast, make_enterprise, SECRET) | plant_cases(cast, make_enterprise, SECRET)
    around |= plant_integrity(make_enterprise, around["enterprise"], SECRET)
    around |= plant_outreach(cast, SECRET)
    around |= plant_inspections(cast, make_enterprise, SECRET)
    around |= plant_bookings(cast, make_enterprise, SECRET)
    around |= plant_services(cast, make_enterprise, SECRET)
    around |= plant_ledger(cast, make_enterprise, SECRET)
    around |= plant_energy(cast, make_enterprise, SECRET)
    around |= plant_audits(cast, make_enterprise, SECRET)
    around |= plant_figures(cast, SECRET)
    return {**made, "comparison": comparison, **around}


def attach(record, by):
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        name=f"{SECRET}.pdf",
        media_type="application/pdf",
        size=4,
        sha256="0" * 64,
        remark=SECRET,
    )
    attachment.file.save("paper.pdf", ContentFile(b"%PDF"), save=False)
    return records.save(attachment, by=by)


def plant_institutions(cast):
    """Who an institution is, everybody may see: it carries the mark only in its history, papers and voided rows."""
    institution = institutions.make_institution(cast)
    records.save(institution, by=cast.clerk_a, reason=SECRET)
    attach(institution, cast.clerk_a)
    voided = institutions.make_institution(cast, name=SECRET, address=SECRET)
    records.void(voided, by=cast.clerk_a, reason=SECRET)
    for make in (
        institutions.make_authorisation,
        institutions.make_authorised_item,
        institutions.make_reference_material,
    ):
        make(cast, institution=institution)
    technician = institutions.make_technician(cast, institution=institution, name=SECRET, staff_no=SECRET, post=SECRET)
    institutions.make_qualification(cast, technician=technician, certificate_no=SECRET, authority=SECRET, items=SECRET)
    institutions.make_administrator(cast, name=SECRET, unit=SECRET, staff_no=SECRET, post=SECRET)
    specification = institutions.make_specification(cast)
    records.save(specification, by=cast.clerk_a, reason=SECRET)
    attach(specification, cast.clerk_a)
    institutions.make_specification_review(cast, specification=specification)
    return technician


def plant_parts(make_standard, cast, standard, technician):
    """What hangs on the standard; its device is traced to another standard of the city, so that the chain has links."""
    above = make_standard(name=SECRET, certificate_no=f"{SECRET}上", issuing_authority=SECRET)
    make_item, make_device = standard_parts.make_item, standard_parts.make_device
    make_item(make_standard, cast, standard=standard, name=SECRET, measuring_range=SECRET, specification=SECRET)
    device = make_device(make_standard, cast, standard=standard, name=SECRET, serial_no=SECRET, maker=SECRET)
    standard_parts.make_trace(
        make_standard, cast, device=device, certificate_no=SECRET, institution_name=SECRET, traced_to=above
    )
    standard_parts.make_person(make_standard, cast, standard=standard, technician=technician)


def plant_files(cast, standard):
    """The papers of an event, a test, a check, an examination and a spot check of the standard."""
    by, first = cast.clerk_a, standard.events.get()
    device = standard.devices.get()
    standard_files.hand_in(first, "application", date(2016, 5, 10), by=by, remark=SECRET)
    records.save(EventDevice(event=first, side="after", device=device, remark=SECRET), by=by)
    texts = {"point": SECRET, "tested_by": SECRET, "remark": SECRET}
    standard_files.repeatability_of(standard, date(2016, 6, 1), by=by, purpose="set_up", **texts)
    standard_files.stability_of(standard, date(2016, 6, 1), by=by, **texts)
    standard_files.make_examination(standard, by=by, text=SECRET, authority=SECRET, conclusion=SECRET, remark=SECRET)
    standard_files.make_spot_check(None, cast, standard=standard, problems=SECRET, checked_by=SECRET, remark=SECRET)


def plant_comparison(cast):
    """A comparison with a row of each kind that hangs on it; the institution of its laboratory is everybody's."""
    comparison = comparisons.make_comparison(
        cast, name=SECRET, organiser=SECRET, transfer_standard=SECRET, basis=SECRET, remark=SECRET, number=SECRET
    )
    point = comparisons.make_point(cast, comparison=comparison, name=SECRET, unit=SECRET)
    lab = comparisons.make_participant(cast, comparison=comparison, name=SECRET, lab_code=SECRET)
    comparisons.make_result(cast, participant=lab, point=point, value="10.9")
    due_on = timezone.localdate()
    comparisons.make_follow_up(cast, participant=lab, due_on=due_on, measures=SECRET)
    return comparison


def plant_due(cast):
    """What a person asked for to be told of what is due; the key of the address is nobody's here."""
    addresses.renew(cast.clerk_a)
    mails.subscribe(cast.clerk_a, "clerk@bureau.example", language="zh-hans")


def plant_token(cast):
    """Its office and the system that uses it are for the security administrator to see."""
    by = cast.security_admin
    expires_on, made_at = timezone.localdate() + timedelta(days=300), timezone.now()
    ApiToken.objects.create(
        office=cast.clerk_a.office, label="统计平台", prefix="20160101", digest="0" * 64, expires_on=expires_on,
        made_by=by, made_at=made_at,
    )  # fmt: skip


def plant_draft(cast, folder):
    """An import that waits to be confirmed: a good row and a bad one, which carry the mark."""
    lines = [line(1, 标准名称=SECRET, 备注=SECRET), line(2, 标准名称=SECRET, 发证日期=SECRET)]
    draft = received(write_csv(folder / f"{SECRET}.csv", lines), cast.clerk_a)
    preview.refresh(draft)
    return draft


@pytest.fixture
def every_page(cast, planted):
    standard = planted["standard"]
    values = {
        "*": {"key": ["standards", "enterprises", "cases"], "format": ["json", "xlsx"], "content_type_id": [1]},
        "admin:app_list": {"app_label": ["bureau", "standards", "enterprises", "inspections"]},
        "standards:comparison": {"pk": [planted["comparison"].pk]},
        "standards:comparison-workbook": {"pk": [planted["comparison"].pk]},
        "files:download": {"pk": [planted["attachment"].pk]},
        "standards:chain": {"pk": [standard.pk]},
        "standards:characteristics": {"pk": [standard.pk]},
        "standards:stood": {"key": ["standard", "device", "technician", "institution"], "pk": [standard.pk, 1]},
        "reporting:drilldown": {
            "key": [
                "standards.established",
                "standards.in_force",
                "standards.fields_covered",
                "standards.events",
                "standards.checked",
            ],
        },
        "reporting:decompose": {"pk": [planted["target"].pk]},
        "reporting:frozen-year": {"pk": [planted["frozen_year"].pk]},
        "reporting:frozen-records": {"pk": [planted["frozen_year"].pk]},
        "reporting:frozen-figure": {"pk": [planted["frozen_year"].pk], "key": ["standards.established"]},
        "reporting:year-report": {"pk": [planted["year_report"].pk]},
        "reporting:download": {"format": ["json", "xlsx", "docx"]},
        "reporting:fill": {"key": ["national", planted["template"].pk]},
        "reporting:template-file": {"key": ["national", planted["template"].pk]},
        "enterprises.Enterprise": {
            "object_id": [planted["enterprise"].pk, planted["double"].pk],
            "version_id": list(planted["enterprise"].history.values_list("pk", flat=True)),
        },
        "enterprises:page": {"pk": [planted["enterprise"].pk, planted["double"].pk]},
        "enterprises:undo-merge": {"pk": [planted["merge"].pk]},
        "enterprises:pledge-paper": {"pk": [planted["pledge"].pk]},
        "enterprises:criteria": {"pk": [planted["pledge"].pk]},
        "enterprises:campaign-report": {"pk": [planted["service_campaign"].pk]},
        "enterprises:campaign-ask": {"pk": [planted["service_campaign"].pk]},
        "enterprises:campaign-download": {"pk": [planted["service_campaign"].pk], "format": ["docx", "xlsx"]},
        "standards.MeasurementStandard": {
            "object_id": [standard.pk],
            "version_id": list(standard.history.values_list("pk", flat=True)),
        },
    }
    values["api:sheet-records"] = {"kind": [sheet.key for sheet in all_sheets()]}
    values["api:figure-records"] = values["reporting:drilldown"]
    values["api:snapshot"] = {"id": [planted["frozen_year"].pk]}
    values["api:nothing"] = {"rest": ["standards"]}
    values["inspections:file-case"] = {"pk": [planted["finding"].pk]}
    for name in ("appointment", "submission-form", "move-appointment", "confirm-appointment", "receive-appointment",
                 "cancel-appointment"):  # fmt: skip
        values[f"inspections:{name}"] = {"pk": [planted["appointment"].pk]}
    values["inspections:equipping"] = {"pk": [planted["energy_unit"].pk]}
    audit = {"pk": [planted["energy_audit"].pk]}
    values["inspections:audit"] = values["inspections:audit-declared"] = audit
    values["inspections:audit-chapter"] = {**audit, "chapter": ["6"]}
    values["inspections:audit-step"] = {**audit, "step": ["concluded"]}
    values["inspections:audit-download"] = {**audit, "format": ["docx", "xlsx"]}
    values["inspections:open-planned-audits"] = {"pk": [planted["audit_plan"].pk]}
    piece = planted["booked_piece"]
    values["inspections:book"] = {"pk": [piece.holder_id]}
    values["inspections:label"] = {"pk": [piece.pk]}
    values["inspections:scan"] = {"code": [piece.label_code]}
    drafted = {"key": ["site-inspection"], "draft": [planted["field_draft"].client_id]}
    for name in ("new", "draft", "sync", "add-photo", "photo", "submit", "discard"):
        values[f"fieldwork:{name}"] = {**drafted, "photo": drafted["draft"]}
    values["fieldwork:new"] = {"key": ["site-inspection", "energy-audit"]}
    values["fieldwork:at"] = {"row": [f"meter.{planted['energy_meter'].pk}"]}
    for name in ("detail", "state", "cancel", "download"):
        values[f"jobs:{name}"] = {"pk": [planted["job"].pk]}
    for name in ("import-detail", "errors", "file", "columns", "preview", "effects", "undo", "resume"):
        values[f"exchange:{name}"] = {"pk": [planted["import"].pk, planted["draft"].pk]}
    for model in admin.site._registry:
        if model._meta.label not in values:
            row = model._default_manager.order_by("pk").first()
            values[model._meta.label] = {"object_id": [row.pk if row else 0], "version_id": [0], "id": [0]}
    admin_prefix = {f"admin:{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    for _path, name, _entry in walk.patterns():
        for prefix, model in admin_prefix.items():
            if name.startswith(f"{prefix}_"):
                values.setdefault(name, values[model._meta.label])
    return walk.pages(values)
