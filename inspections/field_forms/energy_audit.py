"""The energy-metering audit on site: items by chapter, the meters of the unit, new ones, nonconformities.

What is filed here comes to the audit; it is concluded at the office, when everything is closed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import records, scoping
from bureau.fieldwork.forms import MAIN, FieldForm, Filled, NotWritten, Part, Row, Written, register
from bureau.models import Staff
from bureau.texts import whole_number
from inspections import audits
from inspections.audit_documents import ON_SITE, photo_of
from inspections.audit_sections import ItemLine, sections_of
from inspections.field_forms.energy_audit_forms import (
    ITEM_FIELDS,
    METER_FIELDS,
    CourseForm,
    ItemForm,
    MeterForm,
    NewMeterForm,
    NonconformityForm,
    filed_by,
)
from inspections.models import AuditFinding, AuditItem, AuditState, EnergyAudit, EnergyMeter, ExaminedMeter

# The part that asks the items of a chapter of JJF 1356.
CHAPTERS = {
    AuditItem.Chapter.MANAGEMENT: "management",
    AuditItem.Chapter.STAFF: "staff",
    AuditItem.Chapter.METERS: "equipment",
    AuditItem.Chapter.DATA: "data",
    AuditItem.Chapter.SELF_CHECK: "self_check",
}
MOST_STARTS = 20


@register
class AuditVisit(FieldForm):
    key = "energy-audit"
    label = gettext_lazy("Energy-metering audit")
    permission = "inspections.change_energyaudit"
    main = CourseForm
    main_label = gettext_lazy("Course")
    by_section = True
    most_photos = 500
    parts = (
        *(
            Part(name, ItemForm, AuditItem.Chapter(chapter).label, is_fixed=True, with_photos=True)
            for chapter, name in CHAPTERS.items()
        ),
        Part("meter", MeterForm, gettext_lazy("Meters on record"), is_fixed=True, is_folded=True, with_photos=True),
        Part("new_meter", NewMeterForm, gettext_lazy("New meters"), gettext_lazy("Add a meter"), with_photos=True),
        Part(
            "nonconformity",
            NonconformityForm,
            gettext_lazy("Nonconformities"),
            gettext_lazy("Add a nonconformity"),
            with_photos=True,
        ),
    )

    def options(self, user: Staff) -> dict[str, Any]:
        return {"user": user}

    def starts(self, user: Staff) -> list[tuple[str, str]]:
        """The audits of the own team that are on site or come next."""
        rows = filed_by(user).order_by("planned_on", "pk")[:MOST_STARTS]
        return [(f"{row.planned_on or ''} {row}".strip(), f"audit={row.pk}") for row in rows]

    def at(self, user: Staff, row: str) -> str | None:
        meter = self.behind(user, row)
        audit = filed_by(user).filter(unit=meter.unit_id).first() if meter else None
        return f"audit={audit.pk}" if audit else None

    def behind(self, user: Staff, row: str) -> EnergyMeter | None:
        part, _dot, key = row.partition(".")
        rows = scoping.visible_to(EnergyMeter.objects.not_voided(), user)
        return rows.filter(pk=whole_number(key)).first() if part == "meter" else None

    def initial(self, user: Staff, query: Mapping[str, str]) -> dict[str, Any]:
        audit = _audit(user, query)
        return {"audit": audit.pk, **_recorded(audit)} if audit else {}

    def standing(self, user: Staff, query: str) -> dict[str, str]:
        audit = _audit(user, QueryDict(query).dict())
        return _recorded(audit) if audit else {}

    def names_of(self, user: Staff, drafts: Sequence[Mapping[str, str]]) -> list[str]:
        keys = [whole_number(each.get("audit")) for each in drafts]
        rows = scoping.visible_to(EnergyAudit.objects.select_related("unit__enterprise"), user)
        seen = rows.in_bulk({key for key in keys if key})
        return [str(seen.get(key, "")) for key in keys]

    def fixed_rows(self, user: Staff, values: Mapping[str, str]) -> dict[str, list[Row]]:
        audit = _audit(user, values)
        if audit is None:
            return {}

        def scoped(rows: Any) -> Any:
            return scoping.visible_to(rows, user)

        found = {
            CHAPTERS[AuditItem.Chapter(section.chapter)]: [_item_row(line) for line in section.lines]
            for section in sections_of(audit, scoped=scoped)
        }
        return {**found, "meter": _meter_rows(audit, scoped)}

    def write(self, filled: Filled, *, by: Staff) -> Written:
        return _Filing(filled, by).write()


def _audit(user: Staff, values: Mapping[str, str]) -> EnergyAudit | None:
    return filed_by(user).filter(pk=whole_number(values.get("audit"))).first()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _recorded(audit: EnergyAudit) -> dict[str, str]:
    """What the records say now of the fields of the form, by name."""
    found = {"on_site_on": _text(audit.on_site_on), "opinion": audit.opinion}
    for row, record, fields in _rows_on_record(audit):
        found |= {f"{row}-{name}": _text(getattr(record, name)) for name in fields}
    return {name: value for name, value in found.items() if value}


def _rows_on_record(audit: EnergyAudit) -> Iterator[tuple[str, AuditFinding | ExaminedMeter, Sequence[str]]]:
    """The rows of the form that there are records of, with these and the fields that they keep."""
    for finding in audit.findings.not_voided().select_related("item"):
        yield f"{CHAPTERS[AuditItem.Chapter(finding.item.chapter)]}.{finding.item_id}", finding, ITEM_FIELDS
    for examined in audit.examined.not_voided():
        yield f"meter.{examined.meter_id}", examined, METER_FIELDS


def _item_row(line: ItemLine) -> Row:
    """With what was wrong with it at earlier audits."""
    earlier = " ".join(map(_said_before, line.earlier))
    known = _("Found before: %(said)s") % {"said": earlier} if earlier else ""
    return Row(str(line.item.pk), str(line.item), known)


def _said_before(finding: AuditFinding) -> str:
    audit, result = finding.audit, finding.get_result_display()
    known = {"day": audit.on_site_on, "number": audit.number, "result": result, "finding": finding.finding}
    return _("%(day)s, audit %(number)s: %(result)s. %(finding)s") % known


def _meter_rows(audit: EnergyAudit, scoped: Callable[[Any], Any]) -> list[Row]:
    """Those in use on the day of the audit, each with what is on record of it."""
    rows = scoped(EnergyMeter.objects.on(audit.day).filter(unit=audit.unit_id)).select_related("energy")
    return [_meter_row(meter, audit.day) for meter in rows.order_by("own_no", "pk")]


def _meter_row(meter: EnergyMeter, day: date) -> Row:
    label = (meter.own_no or meter.serial_no, meter.name, meter.place)
    serial_no = _("serial no. %(number)s") % {"number": meter.serial_no} if meter.serial_no else ""
    known = (str(meter.energy), meter.get_level_display(), meter.accuracy_class, meter.measuring_range, meter.maker,
             serial_no, _validity(meter.valid_until, day))  # fmt: skip
    return Row(str(meter.pk), " ".join(filter(None, label)), " · ".join(filter(None, known)))


def _validity(valid_until: date | None, day: date) -> str:
    if valid_until is None:
        return ""
    said = _("valid until %(day)s") if valid_until >= day else _("overdue since %(day)s")
    return said % {"day": valid_until}


class _Filing:
    """Brings what was filled in to the audit; each row that the records refuse is named."""

    def __init__(self, filled: Filled, by: Staff) -> None:
        self.filled, self.by = filled, by
        self.course = filled.main.cleaned_data
        self.audit: EnergyAudit = self.course["audit"]
        self.rows: dict[str, Any] = {}
        self.kinds: dict[str, str] = {MAIN: ON_SITE}
        self.problems: dict[str, list[str]] = {}

    def write(self) -> Written:
        if self.course["opinion"] != self.audit.opinion:
            self.audit.opinion = self.course["opinion"]
            self.audit = records.save(self.audit, by=self.by)
        if self.audit.state == AuditState.DOCUMENT_REVIEW:
            self._step(AuditState.ON_SITE, "on_site_on")
        self._refuse_emptied()
        self._findings()
        self._examined()
        self._new_meters()
        self._nonconformities()
        if self.course["on_site_until"]:
            self._step(AuditState.RECTIFICATION, "on_site_until")
        if self.problems:
            raise NotWritten(self.problems)
        return Written(self.audit, self.rows, self.kinds)

    @contextmanager
    def _at(self, place: str) -> Iterator[None]:
        """A refusal is said at this field or row."""
        try:
            yield
        except ValidationError as refused:
            self.problems.setdefault(place, []).extend(refused.messages)

    def _step(self, to: str, name: str) -> None:
        with self._at(name):
            self.audit = audits.advance(self.audit, to=to, on=self.course[name], by=self.by)

    def _refuse_emptied(self) -> None:
        """A result on record may be changed, not taken back, here as at the office."""
        values = self.filled.main.data
        for row, record, _fields in _rows_on_record(self.audit):
            if values.get(f"{row}-result") == "":
                said = _("On record is “%(result)s”: choose what was found. It may be changed, not taken back.")
                self.problems[f"{row}-result"] = [said % {"result": record.get_result_display()}]

    def _findings(self) -> None:
        """Photos of an item are papers of the audit."""
        known = {finding.item_id: finding for finding in self.audit.findings.not_voided()}
        items = AuditItem.objects.in_bulk([int(key) for part in CHAPTERS.values() for key in self.filled.rows[part]])
        for part in CHAPTERS.values():
            for key, form in self.filled.rows[part].items():
                item = items[int(key)]
                self.rows[f"{part}.{key}"], self.kinds[f"{part}.{key}"] = self.audit, photo_of(item)
                if form.is_entered:
                    finding = known.get(item.pk) or AuditFinding(audit=self.audit, item=item)
                    self._finding(finding, form.cleaned_data, f"{part}.{key}")

    def _finding(self, finding: AuditFinding, said: Mapping[str, Any], place: str) -> None:
        if any(getattr(finding, name) != said[name] for name in ITEM_FIELDS):
            for name in ITEM_FIELDS:
                setattr(finding, name, said[name])
            with self._at(place):
                audits.record_findings(self.audit, [finding], by=self.by)

    def _examined(self) -> None:
        found = self.filled.rows["meter"]
        meters = EnergyMeter.objects.filter(unit=self.audit.unit_id).in_bulk([int(key) for key in found])
        self.rows |= {f"meter.{key}": meters[int(key)] for key in found}
        said = {
            meters[int(key)]: {name: form.cleaned_data[name] for name in METER_FIELDS}
            for key, form in found.items()
            if form.is_entered
        }
        refused = audits.record_examined(self.audit, said, by=self.by)
        self.problems |= {f"meter.{meter.pk}": sentences for meter, sentences in refused.items()}

    def _new_meters(self) -> None:
        for key, form in self.filled.rows["new_meter"].items():
            meter = form.instance
            meter.unit, meter.office_id, meter.region_id = self.audit.unit, self.audit.office_id, self.audit.region_id
            meter.in_use_from = meter.last_verified_on or self.audit.day
            with self._at(f"new_meter.{key}"):
                meter.full_clean()
                self.rows[f"new_meter.{key}"] = records.save(meter, by=self.by)

    def _nonconformities(self) -> None:
        numbers = self.audit.nonconformities.not_voided().values_list("number", flat=True)
        number = max(numbers, default=0)
        for key, form in self.filled.rows["nonconformity"].items():
            row, number = form.instance, number + 1
            row.audit, row.office_id, row.region_id = self.audit, self.audit.office_id, self.audit.region_id
            row.number, row.found_on = number, self.course["on_site_until"] or self.course["on_site_on"]
            with self._at(f"nonconformity.{key}"):
                row.full_clean()
                self.rows[f"nonconformity.{key}"] = records.save(row, by=self.by)
