"""Merging a double: what would move, the merge itself, and its undo."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from bureau import scoping
from bureau.models import Staff
from bureau.operations import Action, log
from bureau.texts import whole_number
from enterprises import merging
from enterprises.models import Enterprise, EnterpriseMerge
from enterprises.views.page import EnterpriseView


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the two are one"), max_length=200, widget=UnfoldAdminTextInputWidget, initial=_("Entered twice")
    )


class MergeView(EnterpriseView):
    """``kept`` and ``double`` in the address; nothing is written before the second look."""

    permission = "enterprises.void_enterprise"
    title = _("Merge two enterprises")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._answer(None)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._answer(ReasonForm(request.POST))

    def _answer(self, form: ReasonForm | None) -> HttpResponse:
        kept, double = self._pair()
        try:
            planned = merging.plan(kept, double)
            if form is None or not form.is_valid() or planned.obstacles:
                return self._preview(planned, form or ReasonForm())
            self._merge(kept, double, form.cleaned_data["reason"])
        except ValidationError as error:  # also where somebody else has merged them meanwhile
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, gettext("The two are one now. This can be undone on this page."))
        return redirect("enterprises:page", kept.pk)

    def _merge(self, kept: Enterprise, double: Enterprise, reason: str) -> None:
        if not self.may_merge(kept, double):
            raise PermissionDenied
        with transaction.atomic():
            done = merging.merge(kept=kept, double=double, by=staff(self.request), reason=reason)
            target = f"{Enterprise._meta.verbose_name}: {double} → {kept}"
            log(Action.VOID, request=self.request, target=target, id=double.pk, merged_into=kept.pk, merge=done.pk)

    def _pair(self) -> tuple[Enterprise, Enterprise]:
        return self.enterprise(self._number("kept")), self.enterprise(self._number("double"))

    def _number(self, name: str) -> int:
        number = whole_number(self.request.GET.get(name))
        if number is None:
            raise Http404
        return number

    def _preview(self, planned: merging.Plan, form: ReasonForm) -> HttpResponse:
        kept, double = planned.kept, planned.double
        context = self.shell(
            kept=kept,
            double=double,
            form=form,
            planned=planned,
            completed=[
                (Enterprise._meta.get_field(name).verbose_name, self._shown(double, name))  # type: ignore[union-attr]
                for name in planned.completed
            ],
            moves=[(moves.label, count) for moves in planned.kinds if (count := self._visible(moves, double))],
            obstacles=[self._obstacle(row, twin) for row, twin in planned.obstacles],
            may_merge=self.may_merge(kept, double),
        )
        return render(self.request, "enterprises/merge.html", context)

    def _shown(self, double: Enterprise, name: str) -> Any:
        if name == "size":
            return double.get_size_display()
        return double.industry if name == "industry_id" else getattr(double, name)

    def _visible(self, moves: merging.Moves, double: Enterprise) -> int:
        """Other offices' records move too; how many they have is not for everybody."""
        return self.scoped(moves.pointer.rows(double)).filter(voided_at__isnull=True).count()

    def _obstacle(self, row: Any, twin: Any) -> tuple[Any, list[Any]]:
        rows = scoping.visible_to(type(row)._default_manager.filter(pk__in=(row.pk, twin.pk)), self.request.user)
        return row._meta.verbose_name, list(rows)


class UndoView(EnterpriseView):
    permission = "enterprises.void_enterprise"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = get_object_or_404(self.scoped(EnterpriseMerge.objects.select_related("kept", "double")), pk=pk)
        if not self.may_merge(done.kept, done.double):
            raise Http404
        try:
            with transaction.atomic():
                left = merging.undo(done, by=staff(request))
                target = f"{Enterprise._meta.verbose_name}: {done.double} ← {done.kept}"
                log(Action.VOID, request=request, target=target, id=done.double_id, restored=True, merge=done.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, gettext("The merge was undone: “%(name)s” is back.") % {"name": done.double})
            for sentence in left:
                messages.warning(request, sentence)
        return redirect("enterprises:page", done.kept_id)


def staff(request: HttpRequest) -> Staff:
    assert isinstance(request.user, Staff)
    return request.user
