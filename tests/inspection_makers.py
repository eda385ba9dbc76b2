"""Makers of campaigns, inspections and what hangs on them: ``(cast, make_enterprise, **values) -> saved row``."""

from datetime import date
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from bureau import records
from bureau.fieldwork.models import FieldDraft, FieldEntry, FieldPhoto, FieldValue
from inspections.models import (
    Assignment,
    CampaignSector,
    CheckedItem,
    ChecklistItem,
    Draw,
    Finding,
    InspectedInstruments,
    InspectionCampaign,
    NetContentLot,
    SiteInspection,
)

DRAFT_ID = UUID("11111111-2222-4333-8444-555555555555")


def make_campaign(cast, make_enterprise, *, by=None, **values):
    defaults = {
        "agency": "市市场监督管理局",
        "name": f"专项检查{InspectionCampaign.objects.count() + 1}",
        "subject_id": "instruments",
        "begins_on": date(2016, 1, 1),
        "ends_on": date(2016, 12, 31),
        "planned_sites": 100,
    }
    return _saved(InspectionCampaign, {**defaults, **values}, by or cast.clerk_a)


def make_draw(cast, make_enterprise, *, by=None, **values):
    """As it would stand on record, without drawing: three sites, two inspectors."""
    by = by or cast.clerk_a
    campaign = values.pop("campaign", None) or make_campaign(cast, make_enterprise, by=by)
    defaults = {
        "campaign": campaign,
        "sites_wanted": 1,
        "inspectors_per_site": 1,
        "seed": "20160510",
        "rule": "sha256-1",
        "drawn_at": timezone.now(),
        "pool": {"sites": [1, 2, 3], "inspectors": [1, 2]},
        "drawn": [],
    }
    return _saved(Draw, {**defaults, **values}, by)


def make_assignment(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    campaign = values.pop("campaign", None) or make_campaign(cast, make_enterprise, by=by)
    enterprise = values.pop("enterprise", None) or make_enterprise(by=by)
    defaults = {"campaign": campaign, "enterprise": enterprise, "lead": cast.inspector_a, "due_on": date(2016, 5, 10)}
    return _saved(Assignment, {**defaults, **values}, by)


def make_inspection(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "agency": "市市场监督管理局",
        "number": f"J2016-{SiteInspection.objects.count() + 1:04}",
        "inspected_on": date(2016, 5, 10),
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "sector_id": "market",
        "subject_id": "instruments",
        "inspectors": "检查员",
        "result": "conforming",
    }
    return _saved(SiteInspection, {**defaults, **values}, by)


def make_instruments(cast, make_enterprise, *, by=None, **values):
    inspection = values.pop("inspection", None) or make_inspection(cast, make_enterprise, by=by)
    defaults = {"inspection": inspection, "category_id": "scale", "checked": 12, "failed": 1}
    return records.save(InspectedInstruments(**{**defaults, **values}), by=by or cast.clerk_a)


def make_item(cast, make_enterprise, *, by=None, **values):
    inspection = values.pop("inspection", None) or make_inspection(cast, make_enterprise, by=by)
    defaults = {"inspection": inspection, "item": ChecklistItem.objects.get(code="I01"), "answer": "no"}
    return records.save(CheckedItem(**{**defaults, **values}), by=by or cast.clerk_a)


def make_finding(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    inspection = values.pop("inspection", None) or make_inspection(
        cast, make_enterprise, by=by, result="not_conforming"
    )
    defaults = {
        "inspection": inspection,
        "number": inspection.findings.count() + 1,
        "cause_id": "past_period",
        "facts": "三台电子秤超过检定周期",
        "measure": "ordered",
        "due_on": date(2016, 6, 10),
        "rechecked_on": date(2016, 6, 9),
        "is_corrected": True,
    }
    return _saved(Finding, {**defaults, **values}, by)


def make_lot(cast, make_enterprise, *, by=None, **values):
    by = by or cast.clerk_a
    defaults = {
        "agency": "市市场监督管理局",
        "sample_no": f"Y2016-{NetContentLot.objects.count() + 1:04}",
        "sampled_on": date(2016, 5, 10),
        "enterprise": values.pop("enterprise", None) or make_enterprise(by=by),
        "product": "大米",
        "net_content": "5 kg",
        "lot_size": 600,
        "sampled": 80,
        "failed": 1,
        "is_content_conforming": True,
        "is_marking_conforming": True,
    }
    return _saved(NetContentLot, {**defaults, **values}, by)


def _saved(model, values, by):
    office = values.pop("office", by.office)
    return records.save(model(**{"office": office, "region_id": office.region_id, **values}), by=by)


def _with_fixtures(make):
    return lambda fixture, **values: make(fixture("cast"), fixture("make_enterprise"), **values)


INSPECTION_MAKERS = {
    model: _with_fixtures(make)
    for model, make in {
        InspectionCampaign: make_campaign,
        Draw: make_draw,
        Assignment: make_assignment,
        SiteInspection: make_inspection,
        InspectedInstruments: make_instruments,
        CheckedItem: make_item,
        Finding: make_finding,
        NetContentLot: make_lot,
    }.items()
}


def plant_inspections(cast, make_enterprise, mark):
    """An inspection of city A with one row of every kind around it, which carry the mark; who carries out a campaign
    sees it, so the campaign has the mark only where nobody else looks."""
    campaign = make_campaign(cast, make_enterprise)
    records.save(campaign, by=cast.clerk_a, reason=mark)
    records.save(CampaignSector(campaign=campaign, sector_id="market", planned_sites=3), by=cast.clerk_a)
    draw = make_draw(cast, make_enterprise, campaign=campaign, seed=mark, remark=mark)
    assignment = make_assignment(cast, make_enterprise, campaign=campaign, draw=draw, remark=mark)
    inspection = make_inspection(
        cast, make_enterprise, agency=mark, number=mark, place=mark, inspectors=mark, escort=mark, opinion=mark,
        campaign=campaign, assignment=assignment, enterprise=assignment.enterprise, result="not_conforming",
    )  # fmt: skip
    make_instruments(cast, make_enterprise, inspection=inspection)
    make_item(cast, make_enterprise, inspection=inspection, remark=mark)
    finding = make_finding(cast, make_enterprise, inspection=inspection, facts=mark, instruments=mark, remark=mark)
    lot = make_lot(
        cast, make_enterprise, agency=mark, sample_no=mark, product=mark, brand=mark, net_content=mark, lot_no=mark,
        tester=mark, report_no=mark, remark=mark, inspection=inspection, campaign=campaign,
    )  # fmt: skip
    draft = plant_draft(cast.clerk_a, mark)
    return {"campaign": campaign, "inspection": inspection, "finding": finding, "lot": lot, "field_draft": draft}


def plant_draft(by, mark):
    """A field form that somebody has begun, with a photo."""
    draft = FieldDraft.objects.create(client_id=DRAFT_ID, form_key="site-inspection", started_by=by)
    FieldValue.objects.create(draft=draft, name="place", value=mark)
    FieldEntry.objects.create(
        draft=draft, client_id=DRAFT_ID, device=DRAFT_ID, sequence=1, kind="value", name="place", value=mark,
        outcome="kept", revision=1,
    )  # fmt: skip
    photo = FieldPhoto(
        draft=draft, client_id=DRAFT_ID, name=f"{mark}.jpg", media_type="image/jpeg", size=3, sha256="0" * 64
    )
    photo.file.save("a.jpg", ContentFile(mark.encode()), save=False)
    photo.save()
    return draft
