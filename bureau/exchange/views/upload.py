from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bureau.exchange.files.safety import BadFile
from bureau.exchange.forms import UploadForm
from bureau.exchange.sheets import Sheet
from bureau.exchange.views.base import SheetView, go_on, may


class UploadView(SheetView):
    """The first step: nothing is written yet."""

    permission = staticmethod(may("import"))
    action = "import"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        sheet = self.sheet()
        # Coming from the list of an office below, or from an earlier import for it.
        initial = {"office": request.GET["office"]} if request.GET.get("office", "").isdigit() else {}
        return self._page(request, sheet, UploadForm(sheet=sheet, by=self.user, initial=initial))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        sheet = self.sheet()
        form = UploadForm(request.POST, request.FILES, sheet=sheet, by=self.user)
        run = form.receive() if form.is_valid() else None
        if run is None:
            return self._page(request, sheet, form, status=422)
        try:
            return go_on(run, request)
        except BadFile as bad:  # something that shows only when all rows are read
            form.add_error("file", bad.sentence)
            return self._page(request, sheet, form, status=422)

    def _page(self, request: HttpRequest, sheet: Sheet, form: UploadForm, status: int = 200) -> HttpResponse:
        context = self.shell(title=_("Import: %(sheet)s") % {"sheet": sheet.label}, sheet=sheet, form=form)
        return render(request, "exchange/upload.html", context, status=status)
