"""Makers of what reporting keeps, kept by city A: ``(cast, **values) -> saved row``."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from bureau import records
from bureau.reporting import freezing, indicators
from bureau.reporting.models import (
    DefinedIndicator,
    EnteredValue,
    FrozenYear,
    OfficeTemplate,
    SummaryText,
    Target,
    YearReport,
    YearReportStep,
)
from bureau.reporting.models.entered_value import is_entered

YEAR = {"begins_on": date(2016, 1, 1), "ends_on": date(2016, 12, 31)}


def make_target(cast, *, by=None, **values):
    """Of the standards set up; each further one of the same region for one more year."""
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    number = Target.objects.filter(region=values.get("region_id", office.region_id)).count()
    days = {"begins_on": date(2016 - number, 1, 1), "ends_on": date(2016, 12, 31)}
    defaults = {"indicator": "standards.established", "value": 10, "office": office, "region_id": office.region_id}
    return records.save(Target(**{**defaults, **days, **values}), by=by)


def make_entered(cast, *, by=None, **values):
    """Of the figures that are entered one after the other, so that a region has one value of each."""
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    keys = [indicator.key for indicator in indicators.every() if is_entered(indicator)]
    key = keys[EnteredValue.objects.count() % len(keys)]
    defaults = {"indicator": key, "value": 3, "source": "统计局公报", "office": office, "region_id": office.region_id}
    return records.save(EnteredValue(**{**defaults, **YEAR, **values}), by=by)


def make_defined(cast, *, by=None, **values):
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    number = DefinedIndicator.objects.count() + 1
    defaults = {
        "code": f"xj_{number}",
        "label": f"县级新建标准{number}",
        "section": "scientific",
        "definition": "本期内新建的县级社会公用计量标准",
        "of": "standards.established",
        "narrowed_to": "tier=county",
        "office": office,
        "region_id": office.region_id,
    }
    return records.save(DefinedIndicator(**{**defaults, **values}), by=by)


def make_template(cast, *, by=None, content=None, **values):
    """A workbook of one cell with a mark, unless another content is given."""
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    if content is None:
        workbook, written = Workbook(), BytesIO()
        workbook.active["A1"] = "{{ standards.established }}"
        workbook.save(written)
        content = written.getvalue()
    defaults = {
        "label": f"报表{OfficeTemplate.objects.count() + 1}",
        "name": "form.xlsx",
        "kind": "xlsx",
        "size": len(content),
        "sha256": "0" * 64,
        "office": office,
        "region_id": office.region_id,
    }
    template = OfficeTemplate(**{**defaults, **values})
    template.file.save("form.xlsx", ContentFile(content), save=False)
    return records.save(template, by=by)


def make_text(cast, *, by=None, **values):
    """Of a year each, the latest first."""
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    year = 2016 - SummaryText.objects.filter(office=office).count()
    defaults = {
        "begins_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "body": "# {{ region }}总结\n新建计量标准{{ standards.established }}项。",
        "office": office,
        "region_id": office.region_id,
    }
    return records.save(SummaryText(**{**defaults, **values}), by=by)


def make_report(cast, *, by=None, steps=1, **values):
    """Of a year each, the latest first; ``steps`` of submission, each with a finding, under the manager's name."""
    by = by or cast.manager_a
    office = values.pop("office", by.office)
    year = values.pop("year", 2016 - YearReport.objects.filter(office=office).count())
    defaults = {"office": office, "region_id": office.region_id, "year": year, "due_on": date(year + 1, 1, 15)}
    report = YearReport.objects.create(**{**defaults, **values})
    finding = {"severity": "odd", "figure": "新建标准", "sentence": "由1增至20。", "url": "/reports/"}
    for _ in range(steps):
        YearReportStep.objects.create(report=report, by=by, did="submitted", findings=[finding])
    return report


FIGURE_MAKERS = {
    Target: lambda fixture, **values: make_target(fixture("cast"), **values),
    EnteredValue: lambda fixture, **values: make_entered(fixture("cast"), **values),
    DefinedIndicator: lambda fixture, **values: make_defined(fixture("cast"), **values),
    OfficeTemplate: lambda fixture, **values: make_template(fixture("cast"), **values),
    SummaryText: lambda fixture, **values: make_text(fixture("cast"), **values),
}


def make_frozen(cast, mark="", **values):
    """City A's 2016 with one figure, as if it had been frozen before any record there is now."""
    indicator, before = indicators.get("standards.established"), FrozenYear.objects.order_by("-pk").first()
    label = mark or str(indicator.label)
    kept = {"label": label, "unit": "项", "decimals": 0, "version": "0" * 8, "definition": mark}
    defaults = {
        "office": cast.clerk_a.office,
        "region_id": cast.clerk_a.office.region_id,
        "year": 2016,
        "number": 1,
        "frozen_by": cast.manager_a,
        "frozen_at": timezone.now(),
        "definitions": "0" * 8,
        "figures": {indicator.key: {**kept, "value": "0", "breakdowns": {"tier": {"municipal": "0"}}}},
        "digests": {},
        "marks": {},
        "previous_seal": before.seal if before else freezing.BEGINNING,
    }
    row = FrozenYear(**{**defaults, **values})
    row.seal = row.reckoned_seal()
    row.save()
    return row


def plant_figures(cast, mark):
    """What a figure or a form of one's own is, others see: these carry the mark only in history and voided rows."""
    target = make_target(cast, basis=mark, remark=mark)
    make_entered(cast, source=mark, remark=mark)
    own = make_defined(cast)
    records.save(own, by=cast.clerk_a, reason=mark)
    records.void(make_defined(cast, label=mark, definition=mark), by=cast.clerk_a, reason=mark)
    template = make_template(cast, name="年报.xlsx")  # every office below sees it
    records.save(template, by=cast.clerk_a, reason=mark)
    records.void(make_template(cast, label=mark, name=f"{mark}.xlsx", remark=mark), by=cast.clerk_a, reason=mark)
    text = make_text(cast, body=f"# {mark}\n{mark}{{{{ standards.established }}}}项。", remark=mark, shown={mark: mark})
    frozen = make_frozen(cast, mark, carried={"standards.established": "1"}, carry_reason=mark)
    report = make_report(cast, state="returned", due_on=timezone.localdate())
    told = {"severity": "odd", "figure": mark, "sentence": mark, "url": "/reports/"}
    YearReportStep.objects.create(report=report, by=cast.manager_province, did="returned", remark=mark, findings=[told])
    planted = {"target": target, "own_figure": own, "template": template, "summary_text": text}
    return {**planted, "year_report": report, "frozen_year": frozen}
