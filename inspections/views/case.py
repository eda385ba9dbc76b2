from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from bureau import scoping
from bureau.views.base import ScopedView
from inspections.cases import file_case
from inspections.models import Finding


class FileCaseView(ScopedView):
    """One click on a finding: its violation case, to be completed."""

    permission = "inspections.add_violationcase"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = scoping.editable_by(Finding.objects.not_voided(), request.user)
        finding = get_object_or_404(rows.select_related("inspection__enterprise", "cause"), pk=pk)
        case = file_case(finding, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The case stands with what the finding says. Give it its number and complete it."))
        return redirect("admin:inspections_violationcase_change", case.pk)
