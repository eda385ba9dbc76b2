"""One row of every kind, and with them every page: what the walks through the project stand on."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from bureau import records
from bureau.exchange import preview
from bureau.exchange.models import Import, ImportProblem, KeptRow, RememberedColumns
from bureau.jobs.models import Job
from bureau.models import Attachment
from standards.models import MeasurementStandard
from tests import walk
from tests.case_makers import plant_cases
from tests.enterprise_planting import plant_enterprise
from tests.importing import line, received, write_csv
from tests.inspection_makers import plant_inspections
from tests.integrity_makers import plant_integrity
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
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(MeasurementStandard),
        object_id=standard.pk,
        name=f"{SECRET}.pdf",
        media_type="application/pdf",
        size=4,
        sha256="0" * 64,
        remark=SECRET,
    )
    attachment.file.save("paper.pdf", ContentFile(b"%PDF"), save=False)
    records.save(attachment, by=cast.clerk_a)
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
    draft = plant_draft(cast, tmp_path)
    around = plant_enterprise(cast, make_enterprise, SECRET) | plant_cases(cast, make_enterprise, SECRET)
    around |= plant_integrity(make_enterprise, around["enterprise"], SECRET)
    around |= plant_outreach(cast, SECRET)
    around |= plant_inspections(cast, make_enterprise, SECRET)
    around |= plant_services(cast, make_enterprise, SECRET)
    return {"standard": standard, "attachment": attachment, "job": job, "import": imported, "draft": draft, **around}


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
        "files:download": {"pk": [planted["attachment"].pk]},
        "reporting:drilldown": {
            "key": ["standards.established", "standards.in_force", "standards.fields_covered"],
        },
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
    values["inspections:file-case"] = {"pk": [planted["finding"].pk]}
    drafted = {"key": ["site-inspection"], "draft": [planted["field_draft"].client_id]}
    for name in ("new", "draft", "value", "remove-row", "add-photo", "photo", "remove-photo", "submit", "discard"):
        values[f"fieldwork:{name}"] = {**drafted, "photo": drafted["draft"]}
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
