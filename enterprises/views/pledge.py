"""From a pledge: its paper in Word, and the criteria by which its enterprise may become a demonstration unit."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import word
from bureau.operations import Action, log
from bureau.views.base import ScopedView
from enterprises.criteria import Verdict, checklist
from enterprises.models import DemonstrationAward, Pledge, PledgeSpotCheck
from enterprises.papers import pledge_paper


class PledgeView(ScopedView):
    permission = "enterprises.view_pledge"

    def pledge(self, pk: int) -> Pledge:
        rows = self.scoped(Pledge.objects.not_voided())
        return get_object_or_404(rows.select_related("enterprise", "sector", "office", "text"), pk=pk)


class PaperView(PledgeView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        pledge = self.pledge(pk)
        try:
            content = pledge_paper(pledge)
        except LookupError as error:
            messages.error(request, str(error))
            return redirect("admin:enterprises_pledge_change", pk)
        name = f"{pledge.enterprise.name}诚信计量自我承诺书.docx"
        log(Action.DOWNLOAD, request=request, target=name, pledge=pk)
        return FileResponse(content, as_attachment=True, filename=name, content_type=word.CONTENT_TYPE)


class CriteriaView(PledgeView):
    """What the records say on a day; ``on`` in the address, else today. The decision is entered on the award's page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        pledge, on = self.pledge(pk), self._day()
        lines = checklist(pledge.enterprise, pledge.sector_id, on, user=request.user)
        of_pledge = {"enterprise": pledge.enterprise_id, "sector": pledge.sector_id}
        awards = self.scoped(DemonstrationAward.objects.not_voided().filter(**of_pledge))
        checks = self.scoped(PledgeSpotCheck.objects.not_voided().filter(**of_pledge))
        award = urlencode({**of_pledge, "awarded_on": on.isoformat()})
        context = self.shell(
            title=_("Criteria of demonstration units"),
            pledge=pledge,
            on=on,
            is_bound=pledge.signed_on <= on and (pledge.ends_on is None or on <= pledge.ends_on),
            lines=[{**line.kept(), "verdict_label": line.answer.verdict.label} for line in lines],
            unmet=sum(line.answer.verdict == Verdict.NOT_MET for line in lines),
            awards=awards.order_by("-awarded_on"),
            checks=checks.order_by("-checked_on")[:5],
            may_award=request.user.has_perm("enterprises.add_demonstrationaward"),
            award_url=f"{reverse('admin:enterprises_demonstrationaward_add')}?{award}",
        )
        return render(request, "enterprises/criteria.html", context)

    def _day(self) -> date:
        try:
            return date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            return timezone.localdate()
