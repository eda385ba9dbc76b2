from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bureau.exchange import drafts, jobs
from bureau.exchange.files.safety import BadFile
from bureau.exchange.forms import ConfirmForm
from bureau.exchange.models import Import
from bureau.exchange.views.base import WriterView, to_preview, upload_url, url_of
from bureau.exchange.views.foresight import Foresight, effects_of
from bureau.jobs.models import Job
from bureau.jobs.views import settled


@method_decorator(never_cache, name="dispatch")
class PreviewView(WriterView):
    """What an import would do, before anything is written; from here it is started."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        if run.state != Import.State.PREVIEW:
            return redirect(url_of(run))
        return self._page(request, run)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run(pk)
        if run.state != Import.State.PREVIEW:  # a second click, or a colleague was quicker
            return self._to_job(run)
        form = ConfirmForm(request.POST)
        if not run.preview:  # what was begun did not come to its end
            return self._recount(request, run, {}) if "recount" in request.POST else redirect(url_of(run))
        if not form.is_valid():
            return redirect(url_of(run))
        chosen, foresight = form.cleaned_data, Foresight(run)
        if chosen["seen"] != foresight.stamp:
            messages.warning(request, _("The preview has changed since you opened the page. Look at it again."))
            return redirect("exchange:preview", run.pk)
        mode, accepts = chosen["mode"], chosen["accepts_unverified"]
        if reason := drafts.problem_of_mode(run, mode):
            messages.error(request, reason)
            return redirect("exchange:preview", run.pk)
        if "recount" in request.POST or accepts != run.accepts_unverified:
            return self._recount(request, run, chosen)
        if foresight.why_not:
            messages.error(request, foresight.why_not)
            return redirect("exchange:preview", run.pk)
        job = jobs.confirm(run, mode=mode, accepts_unverified=accepts, by=self.user, request=request)
        if job is None and run.state in Import.OPEN:
            messages.warning(request, _("The preview has changed since you opened the page. Look at it again."))
        return self._to_job(run)

    def _recount(self, request: HttpRequest, run: Import, chosen: dict[str, Any]) -> HttpResponse:
        """The counts for another choice: nobody imports what was not shown."""
        run.mode = chosen.get("mode", run.mode)
        run.accepts_unverified = chosen.get("accepts_unverified", run.accepts_unverified)
        if not drafts.keep_choices(run):  # a colleague was quicker
            return redirect(run)
        try:
            return to_preview(run, request)
        except BadFile as bad:
            messages.error(request, bad.sentence)
            return redirect("exchange:preview", run.pk)

    def _to_job(self, run: Import) -> HttpResponse:
        if run.job and run.job.started_by_id == self.user.pk and not run.job.is_over:
            return redirect("jobs:detail", run.job.pk)
        return redirect(url_of(run))

    def _page(self, request: HttpRequest, run: Import) -> HttpResponse:
        context = self.shell(
            title=_("Preview: %(file)s") % {"file": run.file_name},
            run=run,
            foresight=Foresight(run) if run.preview else None,
            earlier=self.earlier(run),
            upload_url=upload_url(run),
            **_effects(run),
        )
        return render(request, "exchange/preview.html", context)


@method_decorator(never_cache, name="dispatch")
class EffectsView(WriterView):
    """What the preview page asks for until the effects on the figures are there: {is_over, message, html}."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        context = _effects(run := self.run(pk))
        html = render_to_string("exchange/includes/effects.html", {"run": run, **context}, request)
        return JsonResponse({"is_over": not context["is_reckoning"], "html": html})


def _effects(run: Import) -> dict[str, Any]:
    """The context of exchange/includes/effects.html."""
    job = settled(run.effects_job) if run.effects is None and run.effects_job else None
    return {
        "effects": effects_of(run),
        "is_reckoning": job is not None and not job.is_over,
        "reckoning_failed": job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED),
    }
