"""An energy-metering audit: its course and steps, the items by chapter, what the unit declares, report and forms."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bureau import records, scoping, word
from bureau.models import Staff
from bureau.operations import Action, log
from bureau.views.base import ScopedView
from bureau.workbooks import CONTENT_TYPE as XLSX
from inspections import audits
from inspections.audit_entry import BackForm, DeclaredForm, FindingForm, form_for, steps_of
from inspections.audit_forms import AuditForms
from inspections.audit_report.paper import audit_paper
from inspections.audit_report.workbook import build
from inspections.audit_sections import sections_of
from inspections.models import AuditItem, AuditPlan, AuditState, EnergyAudit, ExaminedMeter
from inspections.models.energy_audit import DAY_OF


class AuditView(ScopedView):
    permission = "inspections.view_energyaudit"

    @property
    def me(self) -> Staff:
        return cast(Staff, self.request.user)

    def audit(self, pk: int, *, to_change: bool = False) -> EnergyAudit:
        if to_change:
            rows = scoping.editable_by(EnergyAudit.objects.not_voided(), self.me)
        else:
            rows = self.scoped(EnergyAudit.objects.not_voided())
        return get_object_or_404(rows.select_related("unit__enterprise", "plan", "institution", "region"), pk=pk)

    def tell_outdated(self, error: records.Outdated, seen: int) -> None:
        """Who changed what since the reader saw it."""
        current = cast(EnergyAudit, error.current)
        changes = "; ".join(f"{label}: {old} → {new}" for label, old, new in audits.changes_since(current, seen))
        messages.error(
            self.request,
            _("%(who)s changed this audit at %(when)s, while you had it open. Nothing was saved. %(changes)s")
            % {
                "who": current.updated_by or _("Somebody"),
                "when": f"{timezone.localtime(current.updated_at):%Y-%m-%d %H:%M}",
                "changes": changes,
            },
        )

    def page(self, audit: EnergyAudit, *, refused: str = "", typed: Mapping[str, Any] | None = None) -> HttpResponse:
        """The audit's page; after a step that was refused its form has again what was typed in it."""
        forms = AuditForms(audit, scoped=self.scoped)
        editable = scoping.editable_by(EnergyAudit.objects.filter(pk=audit.pk), self.me).exists()
        may_change = editable and self.me.has_perm("inspections.change_energyaudit")

        def initial(step: str) -> dict[str, Any]:
            return {**(typed or {} if step == refused else {}), "seen_version": audit.version}

        self.title = _("Energy-metering audit %(audit)s") % {"audit": audit}
        context = self.shell(
            audit=audit,
            course=[(AuditState(state).label, getattr(audit, name)) for state, name in DAY_OF.items()],
            members=audit.members.not_voided(),
            sections=sections_of(audit, scoped=self.scoped),
            examined=_examined(audit),
            nonconformities=audit.nonconformities.not_voided().order_by("number"),
            today=timezone.localdate(),
            numbers=[number for number in forms.numbers if number.declared is not None or number.computed],
            differences=forms.differences(),
            problems=forms.problems if audit.is_open else [],
            obstacles=audits.obstacles(audit) if audit.is_open else [],
            may_change=may_change,
            may_find=may_change and audit.is_open and self.me.has_perm("inspections.add_nonconformity"),
            steps=[(step, form_for(step)(initial=initial(step))) for step in steps_of(audit)] if may_change else [],
            back=BackForm(initial=initial("back")) if may_change and audit.state != AuditState.PLANNED else None,
            refused=refused,
        )
        return render(self.request, "inspections/audit.html", context)


class PageView(AuditView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page(self.audit(pk))


class StepView(AuditView):
    """A step of the course; what is refused is said on the audit's page."""

    permission = "inspections.change_energyaudit"

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        if step != "back" and step not in DAY_OF:
            raise Http404
        audit = self.audit(pk, to_change=True)
        form = BackForm(request.POST) if step == "back" else form_for(step)(request.POST)
        if not form.is_valid():
            said = [f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
            messages.error(request, " ".join(said))
            return self._refused(pk, step)
        # The verb compares what the reader saw with what stands.
        audit.version = form.cleaned_data["seen_version"] or 0
        try:
            saved = self._take(audit, step, form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except records.Outdated as error:
            self.tell_outdated(error, audit.version)
        else:
            messages.success(request, _("The audit is now at “%(state)s”.") % {"state": saved.get_state_display()})
            return redirect("inspections:audit", pk)
        return self._refused(pk, step)

    def _refused(self, pk: int, step: str) -> HttpResponse:
        return self.page(self.audit(pk, to_change=True), refused=step, typed=self.request.POST.dict())

    def _take(self, audit: EnergyAudit, step: str, form: Any) -> EnergyAudit:
        if step == "back":
            return audits.step_back(audit, reason=form.cleaned_data["reason"], by=self.me)
        verbs: dict[str, Any] = {
            AuditState.CONCLUDED: audits.conclude,
            AuditState.REPORTED: audits.issue_report,
            AuditState.ARCHIVED: audits.archive,
        }
        if step in verbs:
            return cast(EnergyAudit, verbs[step](audit, by=self.me, **form.details))
        return audits.advance(audit, to=step, by=self.me, **form.details)


class ChapterView(AuditView):
    """The items of a chapter with what was found, and beside each what was wrong at earlier audits."""

    permission = "inspections.change_energyaudit"

    def get(self, request: HttpRequest, pk: int, chapter: str) -> HttpResponse:
        return self._page(chapter, *self._read(pk, chapter))

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int, chapter: str) -> HttpResponse:
        scoping.editable_by(EnergyAudit.objects.select_for_update(of=("self",)), self.me).filter(pk=pk).first()
        audit, forms = self._read(pk, chapter)
        if [form for form in forms if not form.is_valid()]:
            return self._page(chapter, audit, forms)
        rows = [form.row for form in forms if form.is_entered and form.has_changed()]
        try:
            with transaction.atomic():
                audits.record_findings(audit, rows, by=self.me)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self._page(chapter, audit, forms)
        said = ngettext("%(count)d item was recorded.", "%(count)d items were recorded.", len(rows))
        messages.success(request, said % {"count": len(rows)})
        following = _after(chapter)
        return redirect("inspections:audit-chapter", pk, following) if following else redirect("inspections:audit", pk)

    def _read(self, pk: int, chapter: str) -> tuple[EnergyAudit, list[FindingForm]]:
        if chapter not in AuditItem.Chapter.values:
            raise Http404
        audit = self.audit(pk, to_change=True)
        data = self.request.POST if self.request.method == "POST" else None
        found = sections_of(audit, scoped=self.scoped, chapter=chapter)
        lines = found[0].lines if found else []
        return audit, [FindingForm(data, line=line, audit=audit) for line in lines]

    def _page(self, chapter: str, audit: EnergyAudit, forms: list[FindingForm]) -> HttpResponse:
        self.title = str(AuditItem.Chapter(chapter).label)
        context = self.shell(
            subtitle=str(audit),
            audit=audit,
            chapter=chapter,
            chapters=AuditItem.Chapter.choices,
            forms=forms,
            differences=[each for form in forms for each in form.differences],
        )
        return render(self.request, "inspections/audit_chapter.html", context)


def _examined(audit: EnergyAudit) -> list[tuple[str, str, int]]:
    """Result, its label, and how many meters were found so on site."""
    rows = audit.examined.not_voided().order_by().values_list("result").annotate(count=Count("pk"))
    labels: dict[str, Any] = dict(ExaminedMeter.Result.choices)
    counts = dict(rows)
    return [(result, str(label), counts[result]) for result, label in labels.items() if result in counts]


def _after(chapter: str) -> str | None:
    following = AuditItem.Chapter.values
    place = following.index(chapter) + 1
    return following[place] if place < len(following) else None


class DeclaredView(AuditView):
    """What the unit declares in its forms, beside what its rows amount to."""

    permission = "inspections.change_energyaudit"
    title = gettext_lazy("Numbers declared by the unit")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.audit(pk, to_change=True)
        numbers = AuditForms(audit, scoped=self.scoped).numbers
        return self._page(audit, DeclaredForm(numbers=numbers, initial={"seen_version": audit.version}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.audit(pk, to_change=True)
        form = DeclaredForm(request.POST, numbers=AuditForms(audit, scoped=self.scoped).numbers)
        if not form.is_valid():
            return self._page(audit, form)
        audit.version = form.cleaned_data["seen_version"] or 0
        try:
            audits.declare(audit, form.counts, by=self.me)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except records.Outdated as error:
            self.tell_outdated(error, audit.version)
            return redirect("inspections:audit-declared", pk)
        else:
            messages.success(request, _("The declared numbers were kept."))
        return redirect("inspections:audit", pk)

    def _page(self, audit: EnergyAudit, form: DeclaredForm) -> HttpResponse:
        context = self.shell(subtitle=str(audit), audit=audit, form=form, lines=form.lines())
        return render(self.request, "inspections/audit_declared.html", context)


class DownloadView(AuditView):
    """The report as Word, or all forms as a workbook."""

    def get(self, request: HttpRequest, pk: int, format: str) -> FileResponse:
        if format not in ("docx", "xlsx"):
            raise Http404
        audit = self.audit(pk)
        if format == "docx":
            content, kind = audit_paper(audit, user=self.me), word.CONTENT_TYPE
        else:
            content, kind = BytesIO(), XLSX
            build(AuditForms(audit, scoped=self.scoped), by=self.me).save(content)
            content.seek(0)
        name = f"{audit.number} {audit.unit.enterprise.name}.{format}"
        log(Action.EXPORT, request=request, target=name, audit=pk)
        return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


class OpenPlannedView(ScopedView):
    """The audits of a plan's units, where they are not opened yet."""

    permission = "inspections.add_energyaudit"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        plan = get_object_or_404(scoping.editable_by(AuditPlan.objects.not_voided(), request.user), pk=pk)
        try:
            opened = audits.open_planned(plan, by=cast(Staff, request.user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = ngettext("%(count)d audit was opened.", "%(count)d audits were opened.", len(opened))
            messages.success(request, said % {"count": len(opened)})
        return redirect("admin:inspections_auditplan_change", pk)
