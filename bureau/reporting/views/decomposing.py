from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from bureau import records, scoping
from bureau.models.record import NOT_VOIDED
from bureau.models.region import children, final_code
from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute
from bureau.reporting.goals import goal_of
from bureau.reporting.lines import number_text, short_of
from bureau.reporting.models import Target
from bureau.views.base import ScopedView


class SharesForm(forms.Form):
    """One number for each part of the region; an empty one leaves that part without a target."""

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in names.items():
            self.fields[code] = forms.DecimalField(
                label=name, required=False, min_value=0, max_digits=20, decimal_places=4,
                widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "any"}),
            )  # fmt: skip


class DecomposeView(ScopedView):
    """Divides a target among the parts of its region: proposed by what each of them did a year before."""

    permission = "reporting.add_target"
    title = gettext_lazy("Divide a target among the parts of the region")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = self._target(pk)
        present = self._present(target)
        initial = {code: row.value.normalize() for code, row in present.items()} or self._proposed(target)
        form = SharesForm(names=self._parts(target), initial=initial)
        return self._page(target, form, is_proposal=not present)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = self._target(pk)
        form = SharesForm(request.POST, names=self._parts(target))
        if not form.is_valid():
            return self._page(target, form)
        shares = {code: value for code, value in form.cleaned_data.items() if value is not None}
        count = self._keep(target, shares)
        messages.success(request, _("%(count)s targets of parts were kept.") % {"count": count})
        indicator = indicators.get(target.indicator)
        problem = short_of(goal_of(target), sum(shares.values()), indicator.decimals)
        if shares and indicator.is_additive and problem:
            messages.warning(request, problem)
        query = urlencode([("region", final_code(target.region_id)), ("year", target.ends_on.year)])
        return HttpResponseRedirect(f"../?{query}")

    def _target(self, pk: int) -> Target:
        rows = scoping.editable_by(Target.objects.filter(NOT_VOIDED), self.request.user)
        target = get_object_or_404(rows.select_related("region"), pk=pk)
        if target.indicator not in {indicator.key for indicator in indicators.known()}:
            raise Http404  # an office gave up the figure that it had defined
        return target

    def _parts(self, target: Target) -> dict[str, str]:
        return {child.code: child.name for child in children(final_code(target.region_id), target.ends_on)}

    def _present(self, target: Target) -> dict[str, Target]:
        alike = {"indicator": target.indicator, "begins_on": target.begins_on, "ends_on": target.ends_on}
        rows = scoping.editable_by(Target.objects.filter(NOT_VOIDED, **alike), self.request.user)
        return {row.region_id: row for row in rows.filter(region__in=self._parts(target))}

    def _proposed(self, target: Target) -> dict[str, Decimal]:
        """A rate as it is; what adds up by the share that each part had a year before, rest to the largest."""
        parts = list(self._parts(target))
        indicator = indicators.get(target.indicator)
        if not indicator.is_additive or not parts:
            return dict.fromkeys(parts, target.value.normalize())
        [figure] = compute([indicator], final_code(target.region_id), target.period.previous, user=self.request.user)
        before = {code: Decimal(figure.breakdowns[REGION].get(code) or 0) for code in parts}
        weights = before if any(before.values()) else dict.fromkeys(parts, Decimal(1))
        return divided(target.value, weights, indicator.decimals)

    @transaction.atomic
    def _keep(self, target: Target, shares: dict[str, Decimal]) -> int:
        """New ones, changed ones, and those left empty voided; each keeps its history."""
        by: Any = self.request.user
        present = self._present(target)
        for code, row in present.items():
            if code not in shares:
                records.void(row, by=by, reason=_("Left out when the target was divided anew."))
        for code, value in shares.items():
            row = present.get(code) or Target(
                indicator=target.indicator, begins_on=target.begins_on, ends_on=target.ends_on, sense=target.sense,
                basis=target.basis, office=target.office, region_id=code,
            )  # fmt: skip
            if row.pk is None or row.value != value:
                row.value = value
                records.save(row, by=by)
        return len(shares)

    def _page(self, target: Target, form: SharesForm, is_proposal: bool = False) -> HttpResponse:
        indicator = indicators.get(target.indicator)
        context = self.shell(
            target=target,
            indicator=indicator,
            target_text=number_text(target.value, indicator.decimals),
            form=form,
            is_proposal=is_proposal,
        )
        return render(self.request, "reporting/decompose.html", context)


def divided(value: Decimal, weights: dict[str, Decimal], decimals: int) -> dict[str, Decimal]:
    """``value`` by these weights, each part rounded down to so many places and the rest given to the largest parts,
    one unit each: they add up to ``value`` exactly."""
    unit = Decimal(1).scaleb(-decimals)
    total = sum(weights.values())
    shares = {code: (value * weight / total) // unit * unit for code, weight in weights.items()}
    rest = value - sum(shares.values())
    for code in sorted(weights, key=lambda code: (-weights[code], code)):
        step = min(rest, unit)
        shares[code] += step
        rest -= step
    return shares
