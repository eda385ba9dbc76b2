from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.operations import Action, log
from bureau.views.base import ScopedView
from bureau.workbooks import CONTENT_TYPE as XLSX
from standards import comparison_table, comparison_workbook
from standards.comparisons import Evaluation, evaluate
from standards.models import Comparison


class ComparisonView(ScopedView):
    """A comparison evaluated: the verdicts, and each point with its chart and everything that was handed in."""

    permission = "standards.view_comparison"

    def evaluation(self, pk: int) -> Evaluation:
        rows = self.scoped(Comparison.objects.not_voided().select_related("field", "region"))
        return evaluate(get_object_or_404(rows, pk=pk))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        evaluation = self.evaluation(pk)
        comparison = evaluation.comparison
        self.title = _("Evaluation: %(name)s") % {"name": comparison.name}
        context = self.shell(
            evaluation=evaluation,
            comparison=comparison,
            points=comparison_table.points(evaluation),
            verdicts=[(each, evaluation.verdicts[each.pk]) for each in evaluation.participants],
            change_url=reverse("admin:standards_comparison_change", args=[comparison.pk]),
            may_export=request.user.has_perm("standards.export_comparison"),
        )
        return render(request, "standards/comparison.html", context)


class ComparisonWorkbookView(ComparisonView):
    permission = "standards.export_comparison"

    def get(self, request: HttpRequest, pk: int) -> FileResponse:  # type: ignore[override]
        evaluation = self.evaluation(pk)
        content = BytesIO()
        comparison_workbook.build(evaluation, by=request.user).save(content)
        content.seek(0)
        name = f"{evaluation.comparison}.xlsx"
        log(Action.EXPORT, request=request, target=name, id=pk)
        return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
