from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bureau.exchange import drafts
from bureau.exchange.files.safety import BadFile
from bureau.exchange.forms import ColumnsForm
from bureau.exchange.models import Import
from bureau.exchange.views.base import WriterView, go_on, upload_url, url_of
from bureau.views import kept_form


class ColumnsView(WriterView):
    """What each column of the file means: proposed by the program, decided by the clerk, remembered for the office."""

    shows_kept_form = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answer(request, self.run(pk), None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answer(request, self.run(pk), request.POST)

    def _answer(self, request: HttpRequest, run: Import, data: Any) -> HttpResponse:
        if run.state not in Import.OPEN:
            return redirect(url_of(run))
        try:
            with drafts.reading():
                proposal = drafts.proposal_of(run)
            if data and data.get("instead") in {one.name for one in proposal.sheets if one.is_instead}:
                with drafts.reading():
                    drafts.read_instead(run, data["instead"])
                return redirect("exchange:columns", run.pk)
            form = ColumnsForm(data, sheet=run.sheet, proposal=proposal, office=run.office)
            if data is None:
                return self._page(request, run, form)
            if kept_form.is_given_back(request):
                form.add_error(None, kept_form.NOTICE)
            elif form.is_valid():
                found = drafts.assign(run, form.places(), form.part_names(), constants=form.constants(), by=self.user)
                if found.is_ready:
                    return go_on(run, request)
                form.refuse(found)
        except BadFile as bad:
            messages.error(request, bad.sentence)
            return redirect("exchange:upload", run.sheet_key)
        return self._page(request, run, form, status=422)

    def _page(self, request: HttpRequest, run: Import, form: ColumnsForm, status: int = 200) -> HttpResponse:
        context = self.shell(
            title=_("Columns of %(file)s") % {"file": run.file_name},
            run=run,
            sheet=run.sheet,
            form=form,
            proposal=form.proposal,
            ignored=form.proposal.ignored_headings,
            earlier=self.earlier(run),
            upload_url=upload_url(run),
        )
        return render(request, "exchange/columns.html", context, status=status)
