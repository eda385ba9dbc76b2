"""The only writers of energy-metering audits: what each step asks for (JJF 1356, chapter 9). What they refuse is a
``ValidationError`` with sentences; a row that somebody changed meanwhile raises ``records.Outdated``.

Every step locks the audit first, so that of two people who take it at once the second is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Office, Staff
from bureau.texts import whole_number
from enterprises.models import EnergyUnit
from inspections.audit_forms import AuditForms, Key, all_rows
from inspections.models import (
    AuditedEquipping,
    AuditFinding,
    AuditItem,
    AuditPlan,
    AuditState,
    DeclaredNumber,
    EnergyAudit,
    EnergyMeter,
    ExaminedMeter,
    Nonconformity,
    PlannedAudit,
)
from inspections.models.audit_item import edition_on
from inspections.models.energy_audit import DAY_OF, STATES
from inspections.models.energy_meter import last_valid_day

Conclusion, Result = EnergyAudit.Conclusion, AuditFinding.Result
# What a sentence names one by one; of the others it says how many there are.
NAMED = 10
SIMPLE_STEPS = (AuditState.SELF_CHECK, AuditState.DOCUMENT_REVIEW, AuditState.ON_SITE, AuditState.RECTIFICATION)


# Opening -----------------------------------------------------------------------------------------


def open_audit(*, unit: EnergyUnit, agency: str, number: str, by: Staff, **details: Any) -> EnergyAudit:
    """A new audit, planned. ``details``: plan, institution, self_check_due_on, planned_on, remark."""
    office = keeper_for(unit, by)
    audit = EnergyAudit(office=office, region_id=unit.region_id, unit=unit, agency=agency, number=number, **details)
    audit.full_clean()
    return records.save(audit, by=by)


@transaction.atomic
def open_planned(plan: AuditPlan, *, by: Staff) -> list[EnergyAudit]:
    """Audits of the units of a plan that have none yet, numbered on; pressing twice opens nothing twice."""
    plan = AuditPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.is_voided:
        raise ValidationError(_("This plan was voided."))
    rows: Any = (
        PlannedAudit.objects.without_audit().filter(plan=plan).select_related("unit__enterprise", "unit__office")
    )
    numbers = _Numbers(plan.year)
    opened = []
    for planned in rows.order_by("pk"):
        agency = planned.body or plan.agency
        audit = open_audit(
            unit=planned.unit,
            agency=agency,
            number=numbers.next_of(agency),
            plan=plan,
            self_check_due_on=plan.self_check_due_on,
            planned_on=planned.on_site_by or plan.on_site_until,
            by=by,
        )
        opened.append(audit)
    return opened


class _Numbers:
    """2026-001 and so on, by auditing body."""

    def __init__(self, year: int) -> None:
        self.year, self._last = year, dict[str, int]()

    def next_of(self, agency: str) -> str:
        if agency not in self._last:
            known = EnergyAudit.objects.not_voided().filter(agency=agency, number__startswith=f"{self.year}-")
            tails = (number.rpartition("-")[2] for number in known.values_list("number", flat=True))
            self._last[agency] = max((whole_number(tail) or 0 for tail in tails), default=0)
        self._last[agency] += 1
        return f"{self.year}-{self._last[agency]:03}"


def keeper_for(unit: EnergyUnit, by: Staff) -> Office:
    """The office that keeps the unit, where that is the writer's own or one below: its people go there."""
    own: Any = by.office
    return unit.office if unit.office.path.startswith(own.path) else own


# Steps -------------------------------------------------------------------------------------------


@transaction.atomic
def advance(audit: EnergyAudit, *, to: str, on: date, by: Staff) -> EnergyAudit:
    """To the next state before the conclusion: self-check, document review, on site, rectification."""
    if to not in SIMPLE_STEPS:
        raise ValueError(f"{to} is reached by a verb of its own.")
    _lock(audit)
    _must_be(audit, STATES[STATES.index(AuditState(to)) - 1])
    if to == AuditState.ON_SITE and not audit.members.not_voided().filter(is_leader=True).exists():
        raise ValidationError(_("An audit goes on site with a team that has a leader: name it first."))
    return _moved(audit, to, on, by)


@transaction.atomic
def conclude(
    audit: EnergyAudit, *, on: date, conclusion: str, by: Staff, opinion: str = "", judged_by: str = ""
) -> EnergyAudit:
    """With a conclusion of the team, and what was found of meters and rates kept as it is on the day of the audit."""
    _lock(audit)
    _must_be(audit, AuditState.ON_SITE, AuditState.RECTIFICATION)
    forms = AuditForms(audit, scoped=all_rows)
    audit.judged_by = judged_by.strip() or audit.judged_by
    if found := [*obstacles(audit), *_against(audit, conclusion), *_not_judged(audit, forms)]:
        raise ValidationError(found)
    audit.on_site_until = audit.on_site_until or on
    audit.conclusion, audit.opinion = conclusion, opinion.strip() or audit.opinion
    equipping = forms.equipping()
    saved = _moved(audit, AuditState.CONCLUDED, on, by)
    records.bulk_add(equipping, by=by)
    return saved


@transaction.atomic
def issue_report(audit: EnergyAudit, *, report_no: str, on: date, by: Staff) -> EnergyAudit:
    _lock(audit)
    _must_be(audit, AuditState.CONCLUDED)
    audit.report_no = report_no.strip()
    return _moved(audit, AuditState.REPORTED, on, by)


@transaction.atomic
def archive(audit: EnergyAudit, *, on: date, by: Staff) -> EnergyAudit:
    _lock(audit)
    _must_be(audit, AuditState.REPORTED)
    return _moved(audit, AuditState.ARCHIVED, on, by)


@transaction.atomic
def step_back(audit: EnergyAudit, *, reason: str, by: Staff) -> EnergyAudit:
    """To the state before, with a reason: a conclusion is taken back with what was kept of it, a report with its
    number."""
    _lock(audit)
    state = AuditState(audit.state)
    if audit.is_voided or state == AuditState.PLANNED:
        raise ValidationError(_("There is no step to take back."))
    if not reason.strip():
        raise ValidationError(_("Say why the step is taken back."))
    setattr(audit, DAY_OF[state], None)
    if state == AuditState.CONCLUDED:
        audit.conclusion = ""
        kept = list(AuditedEquipping.objects.not_voided().filter(audit=audit))
        records.bulk_void(kept, by=by, reason=reason)
    if state == AuditState.REPORTED:
        audit.report_no = ""
    audit.state = STATES[STATES.index(state) - 1]
    audit.full_clean(exclude=["unit", "plan"])
    said = _("Taken back from “%(state)s”: %(reason)s") % {"state": state.label, "reason": reason.strip()}
    return records.save(audit, by=by, reason=said)


def _moved(audit: EnergyAudit, to: str, on: date, by: Staff) -> EnergyAudit:
    audit.state = to
    setattr(audit, DAY_OF[AuditState(to)], on)
    if not audit.findings.not_voided().exists():
        audit.edition = edition_on(audit.day)  # the items of the day on site, not of the day on which it was planned
    audit.full_clean()
    return records.save(audit, by=by, reason=str(AuditState(to).label))


def _lock(audit: EnergyAudit) -> None:
    current = EnergyAudit.objects.select_for_update().get(pk=audit.pk)
    if current.version != audit.version:
        raise records.Outdated(current)


def _must_be(audit: EnergyAudit, *states: str) -> None:
    if audit.is_voided:
        raise ValidationError(_("This audit was voided."))
    if audit.state not in states:
        wanted = _(", ").join(str(AuditState(state).label) for state in states)
        raise ValidationError(
            _("The audit is at “%(state)s”; this step is taken at: %(wanted)s.")
            % {"state": audit.get_state_display(), "wanted": wanted}
        )


# What stands against a conclusion ----------------------------------------------------------------


def open_items(audit: EnergyAudit) -> list[AuditItem]:
    """Items of the edition without a result."""
    answered = audit.findings.not_voided().values("item")
    return list(AuditItem.objects.filter(edition=audit.edition).exclude(pk__in=answered))


def obstacles(audit: EnergyAudit) -> list[str]:
    """Why the audit cannot be concluded at all, each as a sentence that names what is open."""
    open_ones = list(audit.nonconformities.not_voided().filter(closed_on__isnull=True).order_by("number"))
    named = audit.nonconformities.not_voided().filter(item__isnull=False).values("item")
    wrong = audit.findings.not_voided().filter(result=Result.NONCONFORMING).exclude(item__in=named)
    unnamed = [finding.item for finding in wrong.select_related("item")]
    sentences = (
        (_("Items without a result: %(named)s."), open_items(audit)),
        (_("Nonconformities that are not closed: %(named)s."), [_of_nonconformity(row, audit) for row in open_ones]),
        (_("Nonconforming items for which no nonconformity is recorded: %(named)s."), unnamed),
    )
    return [said % {"named": _named(rows)} for said, rows in sentences if rows]


def _of_nonconformity(row: Nonconformity, audit: EnergyAudit) -> str:
    said = _("%(number)s (%(clause)s, due %(due)s)")
    return said % {"number": f"{audit.number}/{row.number}", "clause": row.clause, "due": row.due_on or "—"}


def _named(rows: Sequence[Any]) -> str:
    said = _(", ").join(str(row) for row in rows[:NAMED])
    over = len(rows) - NAMED
    return _("%(named)s and %(count)s more") % {"named": said, "count": over} if over > 0 else said


def _against(audit: EnergyAudit, conclusion: str) -> list[str]:
    """What the nonconformities say against this conclusion."""
    if conclusion not in Conclusion.values:
        return [_("Choose a conclusion.")]
    rows = audit.nonconformities.not_voided()
    if conclusion == Conclusion.CONFORMING and rows.exists():
        return [_("There were nonconformities: it meets the requirements after rectification, or does not meet them.")]
    left = rows.filter(outcome=Nonconformity.Outcome.NOT_RECTIFIED)
    if conclusion != Conclusion.NOT_CONFORMING and left.exists():
        named = _named([_of_nonconformity(row, audit) for row in left.order_by("number")])
        return [_("Nonconformities were not rectified: %(named)s.") % {"named": named}]
    return []


def _not_judged(audit: EnergyAudit, forms: AuditForms) -> list[str]:
    """Without the tables of the day nothing is judged, unless the team says by which text it did that itself."""
    if audit.judged_by or not forms.problems:
        return []
    return [*forms.problems, _("Or state by which text the team has judged.")]


# Rows of an audit --------------------------------------------------------------------------------


@transaction.atomic
def record_findings(audit: EnergyAudit, findings: Iterable[AuditFinding], *, by: Staff) -> int:
    """New or changed findings, while the audit is open; ``Outdated`` for one that somebody changed. How many."""
    current = EnergyAudit.objects.select_for_update().get(pk=audit.pk)
    if not current.is_open:
        raise ValidationError(_("The audit is concluded or voided: its findings stand. Reopen it to change them."))
    count = 0
    for finding in findings:
        finding.full_clean()
        records.save(finding, by=by)
        count += 1
    return count


@transaction.atomic
def record_examined(
    audit: EnergyAudit, said: Mapping[EnergyMeter, Mapping[str, Any]], *, by: Staff
) -> dict[EnergyMeter, list[str]]:
    """How meters of the unit were found, by field of ``ExaminedMeter``, while the audit is open; what the certificates
    say and what is out of use comes to the meters. Sentences for those that are refused."""
    current = EnergyAudit.objects.select_for_update().get(pk=audit.pk)
    if not current.is_open:
        raise ValidationError(_("The audit is concluded or voided: its findings stand. Reopen it to change them."))
    known = {row.meter_id: row for row in audit.examined.not_voided().filter(meter__in=said)}
    refused: dict[EnergyMeter, list[str]] = {}
    added = []
    for meter, values in said.items():
        row = known.get(meter.pk) or ExaminedMeter(audit=audit, meter=meter)
        if row.pk and all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(row, name, value)
        try:
            row.full_clean(exclude=["audit", "meter"])
            _bring_to(meter, row, by)
        except ValidationError as problem:
            refused[meter] = problem.messages
            continue
        if row.pk:
            records.save(row, by=by)
        else:
            added.append(row)
    records.bulk_add(added, by=by)
    return refused


def _bring_to(meter: EnergyMeter, found: ExaminedMeter, by: Staff) -> None:
    """To the record of the meter what it does not say yet; what differs in words alone is nothing of it."""
    news = {name: value for name, value in _told_of(meter, found).items() if value != getattr(meter, name)}
    if not news:
        return
    for name, value in news.items():
        setattr(meter, name, value)
    meter.full_clean()
    records.save(meter, by=by, reason=_("Found by audit %(number)s") % {"number": found.audit.number})


def _told_of(meter: EnergyMeter, found: ExaminedMeter) -> dict[str, Any]:
    """What the record of the meter has to say after this, by field."""
    if found.result == ExaminedMeter.Result.STOPPED and meter.state != EnergyMeter.State.STOPPED:
        return {"state": EnergyMeter.State.STOPPED, "in_use_until": max(found.audit.day, meter.in_use_from)}
    if found.result != ExaminedMeter.Result.DIFFERS:
        return {}
    told: dict[str, Any] = {"accuracy_class": found.accuracy_class or meter.accuracy_class}
    if found.last_verified_on and found.last_verified_on != meter.last_verified_on:
        told["last_verified_on"] = found.last_verified_on
        told["valid_until"] = last_valid_day(found.last_verified_on, meter.interval_months)
    return told


@transaction.atomic
def declare(audit: EnergyAudit, counts: Mapping[Key, int | None], *, by: Staff) -> int:
    """What the unit declares, by figure, line and level; None takes a number back. How many changed."""
    _lock(audit)
    if audit.is_voided:
        raise ValidationError(_("This audit was voided."))
    rows = {(row.figure, row.line, row.level): row for row in audit.declared.not_voided()}
    changed = 0
    for key, count in counts.items():
        row, (figure, line, level) = rows.get(key), key
        if count == (row.count if row else None):
            continue
        changed += 1
        if row and count is None:
            records.void(row, by=by, reason=_("Taken back"))
            continue
        row = row or DeclaredNumber(audit=audit, figure=figure, line=line, level=level)
        row.count = count  # type: ignore[assignment]
        row.full_clean()
        records.save(row, by=by)
    if changed:
        records.save(audit, by=by, reason=_("Declared numbers changed"))
    return changed


# What somebody else did meanwhile ----------------------------------------------------------------


def changes_since(audit: EnergyAudit, version: int) -> list[tuple[str, str, str]]:
    """Label, value before and value now of what changed in the course of the audit since the version was read."""
    line = audit.history.filter(version=version).order_by("-history_id").first()
    if line is None:
        return []
    before, found = line.instance, []
    for name in ("state", *DAY_OF.values(), "conclusion", "opinion", "judged_by", "report_no"):
        old, new = getattr(before, name), getattr(audit, name)
        if old != new:
            field = EnergyAudit._meta.get_field(name)
            labels = dict(getattr(field, "flatchoices", ()))
            found.append((str(field.verbose_name), *(str(labels.get(value, value) or "—") for value in (old, new))))  # type: ignore[union-attr]
    return found
