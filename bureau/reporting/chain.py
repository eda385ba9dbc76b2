"""The reporting chain: an office confirms its year, the one above accepts it. The only writers of ``YearReport``.

Each verb is one transaction that locks the report first and compares the version that its caller had read, so that of
two managers who act at once the second is told what the first did. What cannot be done now raises ``Refused``, what
the person may not do ``PermissionDenied``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.models import Office
from bureau.models.region import children
from bureau.operations import Action, log
from bureau.reporting import freezing, plausibility
from bureau.reporting.completeness import administrations
from bureau.reporting.models import YearReport, YearReportStep
from bureau.reporting.models.year_report import LONGEST_REMARK
from bureau.reporting.periods import InvalidPeriod, Period
from bureau.reporting.plausibility import Finding

State, Did = YearReport.State, YearReportStep.Did


class Refused(Exception):
    """The message is a sentence for the manager."""


@dataclass(frozen=True)
class Asked:
    """How many offices were asked for their year, of how many the due date changed, and regions without an office."""

    added: int
    changed: int
    without_office: tuple[str, ...]


# Who may ----------------------------------------------------------------------------------------


def may_confirm(user: Any) -> bool:
    """Managers of an office that reports."""
    return user.has_perm("reporting.confirm_yearreport") and reports(user.office)


def reports(office: Office | None) -> bool:
    """Only the administration of a region answers for the region's figures."""
    return office is not None and office.code == f"{office.region_id}-01"


def may_submit(report: YearReport, user: Any) -> bool:
    return may_confirm(user) and user.office_id == report.office_id


def may_judge(report: YearReport, user: Any) -> bool:
    """A manager of an office above; where there is none, one of the office itself."""
    if not may_confirm(user):
        return False
    if user.office_id == report.office_id:
        return not superiors(report.office).exists()
    return report.office.path.startswith(user.office.path)


def superiors(office: Office) -> Any:
    """The active administrations above an office."""
    above = [int(number) for number in office.path.split("/")[:-2]]
    return Office.objects.filter(pk__in=above, is_active=True, code__endswith="-01")


def asked_by(office: Office, year: int) -> tuple[dict[str, Office], list[str]]:
    """Whom an office asks for their year: the administrations of the direct parts of its region, by code; and the
    names of the parts that have none under it."""
    places = {place.code: place.name for place in children(office.region_id, date(year, 12, 31))}
    found = {code: each for code, each in administrations(places).items() if each.path.startswith(office.path)}
    return found, [name for code, name in places.items() if code not in found]


# Verbs -------------------------------------------------------------------------------------------


@transaction.atomic
def call_for(year: int, due_on: date | None, *, by: Any, request: HttpRequest | None = None) -> Asked:
    """Ask each office one level below for its year. Asked again, it moves the due date of those not handed in yet."""
    _must(may_confirm(by))
    _check_year(year)
    if due_on and due_on < timezone.localdate():
        raise Refused(_("%(day)s lies in the past: name a day until which they have time.") % {"day": due_on})
    offices, without = asked_by(by.office, year)
    if not offices:
        raise Refused(_("Below this office there is none to ask. The system administrator sets up offices."))
    known = {report.office_id: report for report in _of(offices.values(), year)}
    changed = [report for report in known.values() if report.is_waiting and report.due_on != due_on]
    added = [_new(office, year) for office in offices.values() if office.pk not in known]
    for report in [*changed, *added]:
        report.due_on = due_on
        _note(report, Did.ASKED, report.state, by=by, request=request)
    return Asked(len(added), len(changed), tuple(without))


@transaction.atomic
def begin(year: int, *, by: Any, request: HttpRequest | None = None) -> YearReport:
    """The report of the own office, which nobody asked for yet; one that there is stays as it is."""
    _must(may_confirm(by))
    _check_year(year)
    known = _of([by.office], year)
    if known:
        return known[0]
    return _note(_new(by.office, year), Did.BEGUN, State.DRAFT, by=by, request=request)


def submit(
    report: YearReport, *, by: Any, confirmed: str = "", remark: str = "", request: HttpRequest | None = None
) -> YearReport:
    """``confirmed``: the digest of the findings that the manager looked through (``plausibility.digest``)."""
    _must(may_submit(report, by))
    # Before anything is locked: on a large region the checks take seconds.
    found = plausibility.findings(report.region_id, report.year, user=by)
    with transaction.atomic():
        current = _locked(report)
        _must_be(current, *YearReport.WAITING)
        if found and plausibility.digest(found) != confirmed:
            raise Refused(
                _("Look through what the checks found and tick that you did.")
                if not confirmed
                else _("The checks find something else than a moment ago: look through it once more.")
            )
        return _note(current, Did.SUBMITTED, State.SUBMITTED, by=by, remark=remark, findings=found, request=request)


@transaction.atomic
def give_back(report: YearReport, *, by: Any, reason: str, request: HttpRequest | None = None) -> YearReport:
    """To the office, which mends it and submits it again."""
    _must(may_judge(report, by))
    current = _locked(report)
    _must_be(current, State.SUBMITTED)
    _must_say(reason, _("Say why the report is returned."))
    return _note(current, Did.RETURNED, State.RETURNED, by=by, remark=reason, request=request)


@transaction.atomic
def accept(report: YearReport, *, by: Any, request: HttpRequest | None = None) -> YearReport:
    """The year is frozen in the same transaction: if that fails, the report stays submitted."""
    _must(may_judge(report, by))
    current = _locked(report)
    _must_be(current, State.SUBMITTED)
    try:
        freezing.freeze(current.region_id, current.year, office=current.office, by=by)
    except freezing.CannotFreeze as problem:
        raise Refused(str(problem)) from problem
    return _note(current, Did.ACCEPTED, State.ACCEPTED, by=by, request=request)


@transaction.atomic
def reopen(report: YearReport, *, by: Any, reason: str, request: HttpRequest | None = None) -> YearReport:
    """An accepted year goes back to its office. Refused while the year of an office above rests on it."""
    _must(may_judge(report, by))
    current = _locked(report)
    _must_be(current, State.ACCEPTED)
    _must_say(reason, _("Say why the year is reopened."))
    above = YearReport.objects.filter(office__in=superiors(current.office), year=current.year, state=State.ACCEPTED)
    if resting := above.select_related("office").order_by("-office__path").first():
        raise Refused(
            _("The year of %(office)s is accepted and rests on this one: it is reopened first.")
            % {"office": resting.office}
        )
    try:
        freezing.reopen(current.region_id, current.year, by=by, reason=reason.strip())
    except freezing.CannotFreeze as problem:
        raise Refused(str(problem)) from problem
    return _note(current, Did.REOPENED, State.RETURNED, by=by, remark=reason, request=request)


# Steps -------------------------------------------------------------------------------------------


def _of(offices: Iterable[Office], year: int) -> list[YearReport]:
    """The reports that these offices have. The offices are locked: of two who ask at once, one makes the rows."""
    keys = [office.pk for office in offices]
    list(Office.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    reports = YearReport.objects.select_for_update(of=("self",)).select_related("office")
    return list(reports.filter(office__in=keys, year=year).order_by("pk"))


def _new(office: Office, year: int) -> YearReport:
    return YearReport(office=office, region_id=office.region_id, year=year, version=0)


def _locked(report: YearReport) -> YearReport:
    rows = YearReport.objects.select_for_update(of=("self",)).select_related("office")
    current = rows.get(pk=report.pk)
    if current.version != report.version:
        raise Refused(_overtaken(current))
    return current


def _note(
    report: YearReport,
    did: str,
    state: str,
    *,
    by: Any,
    remark: str = "",
    findings: Iterable[Finding] = (),
    request: HttpRequest | None = None,
) -> YearReport:
    """The new state, the step that led to it and the line of the operations log."""
    remark, now = _checked(remark), timezone.now()
    report.state, report.version, report.updated_at = state, report.version + 1, now
    report.save()
    said = [finding.as_json() for finding in findings]
    due_on = report.due_on if did == Did.ASKED else None
    YearReportStep.objects.create(report=report, at=now, by=by, did=did, due_on=due_on, remark=remark, findings=said)
    log(Action.REPORT, by=by, request=request, target=str(report), step=did, remark=remark, findings=len(said))
    return report


def _must(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _must_be(report: YearReport, *states: str) -> None:
    if report.state not in states:
        wanted = _(", ").join(str(State(state).label) for state in states)
        raise Refused(
            _("The report is at “%(state)s”; this is done at: %(wanted)s.")
            % {"state": report.get_state_display(), "wanted": wanted}
        )


def _must_say(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)


def _checked(remark: str) -> str:
    remark = remark.replace("\r\n", "\n").strip()
    if len(remark) > LONGEST_REMARK:
        raise Refused(_("The text has more than %(limit)s characters.") % {"limit": LONGEST_REMARK})
    return remark


def _check_year(year: int) -> None:
    try:
        Period.year(year)
    except InvalidPeriod as problem:
        raise Refused(str(problem)) from None
    if year > timezone.localdate().year:
        raise Refused(_("The year %(year)s has not begun.") % {"year": year})


_MEANWHILE = {
    Did.ASKED: gettext_lazy("%(who)s changed the due date at %(at)s. The page shows it now; try again."),
    Did.SUBMITTED: gettext_lazy("%(who)s submitted this year at %(at)s."),
    Did.RETURNED: gettext_lazy("%(who)s returned this report at %(at)s."),
    Did.ACCEPTED: gettext_lazy("%(who)s accepted this year at %(at)s."),
    Did.REOPENED: gettext_lazy("%(who)s reopened this year at %(at)s."),
}


def _overtaken(report: YearReport) -> str:
    """What somebody did since the page was opened."""
    last = YearReportStep.objects.filter(report=report, did__in=_MEANWHILE).select_related("by").order_by("pk").last()
    if last is None:
        return _("The report was changed since you opened the page.")
    at = timezone.localtime(last.at)
    shown = date_format(at, "H:i" if at.date() == timezone.localdate() else "Y-m-d H:i")
    return _MEANWHILE[Did(last.did)] % {"who": last.by or _("Somebody"), "at": shown}
