from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bureau.jobs import runner, sweeper
from bureau.jobs.models import Job
from bureau.operations import Action, log
from bureau.views.base import ScopedView

PAGE_SIZE = 25
USUAL_WAIT = timedelta(minutes=1)


class JobView(ScopedView):
    """Only own jobs are in scope, so whoever may see a job may also stop it."""

    permission = "jobs.view_job"
    title = gettext_lazy("My jobs")

    def job(self, pk: int) -> Job:
        return get_object_or_404(self.scoped(Job.objects.select_related("office")), pk=pk)


class ListView(JobView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(self.scoped(Job.objects.all()), PAGE_SIZE).get_page(request.GET.get("page"))
        return render(
            request,
            "jobs/list.html",
            self.shell(page=page, page_range=page.paginator.get_elided_page_range(page.number)),
        )


@method_decorator(never_cache, name="dispatch")
class DetailView(JobView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = settled(self.job(pk))
        return render(request, "jobs/detail.html", self.shell(**outcome(job), title=job.title))


@method_decorator(never_cache, name="dispatch")
class StateView(JobView):
    """What the progress page asks for every moment: {is_over, label, percent, count, message[, html]}."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        job = settled(self.job(pk))
        state = {
            "is_over": job.is_over,
            "label": job.get_state_display(),
            "percent": job.percent,
            "count": count_of(job),
            "message": message_of(job),
        }
        if job.is_over:
            state["html"] = render_to_string("jobs/includes/status.html", outcome(job), request)
        return JsonResponse(state)


class CancelView(JobView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        runner.cancel(self.job(pk))
        return redirect("jobs:detail", pk=pk)


class DownloadView(JobView):
    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        job = self.job(pk)
        if not (job.is_over and job.result_file):
            raise Http404
        try:
            content = job.result_file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        log(Action.DOWNLOAD, request=request, target=job.title, job=job.pk, file=job.result_name)
        return FileResponse(content, as_attachment=True, filename=job.result_name)


def settled(job: Job) -> Job:
    """The job, after its dead worker has been dealt with: nobody watches a progress that will never move."""
    if sweeper.is_dead(job):
        sweeper.sweep()
        job.refresh_from_db()
    return job


def outcome(job: Job) -> dict[str, Any]:
    """The context of jobs/includes/status.html."""
    return {"job": job, "result": job.result, "count": count_of(job), "message": message_of(job)}


def count_of(job: Job) -> str:
    if job.progress_total is not None:
        return _("%(done)s of %(total)s") % {"done": job.progress_done, "total": job.progress_total}
    return str(job.progress_done) if job.progress_done else ""


def message_of(job: Job) -> str:
    """A sentence on what happens now; empty once the job is over."""
    if job.is_cancelling:
        return _("The job is being cancelled.")
    if job.state == Job.State.QUEUED:
        if job.attempts:
            return _("The worker stopped; the job goes on from where it was as soon as a worker is free.")
        if job.created_at < timezone.now() - USUAL_WAIT:
            return _("Waiting longer than usual. If it lasts, ask the system administrator whether the worker runs.")
        return _("Waiting for its turn.")
    if job.state == Job.State.RUNNING:
        return job.message or _("At work.")
    return ""
