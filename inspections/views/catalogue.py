from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminTextInputWidget

from bureau.exchange.files.safety import BadFile
from bureau.exchange.forms import ENDINGS
from bureau.fieldwork.forms import DateWidget
from bureau.views.base import ScopedView
from inspections import catalogue
from inspections.models import CatalogueEntry
from inspections.sheets.catalogue import CatalogueSheet

SHOWN = 100


class EditionForm(forms.Form):
    edition = forms.CharField(
        label=gettext_lazy("Edition"),
        max_length=CatalogueEntry._meta.get_field("edition").max_length,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Such as 2020年第42号."),
    )
    effective_from = forms.DateField(label=gettext_lazy("In force from"), widget=DateWidget)
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ENDINGS, "class": "file-box"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            limit = filesizeformat(settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
        return file


def may_import(user: Any) -> bool:
    return all(user.has_perm(f"inspections.{action}_catalogueentry") for action in ("add", "change"))


class ImportView(ScopedView):
    """The annex of an edition is taken as a whole, or its faults are shown."""

    permission = staticmethod(may_import)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, EditionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EditionForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            entries = self._read(form.cleaned_data["file"])
        except BadFile as bad:
            form.add_error("file", bad.sentence)
            return self._page(request, form, status=422)
        except catalogue.Refused as refused:
            return self._page(request, form, status=422, faults=refused.faults)
        asked = {name: form.cleaned_data[name] for name in ("edition", "effective_from")}
        messages.success(request, self._said(catalogue.take(entries, request=request, **asked)))
        return redirect("admin:inspections_catalogueentry_changelist")

    def _read(self, upload: Any) -> list[dict[str, Any]]:
        with NamedTemporaryFile(suffix=Path(upload.name).suffix) as copy:
            for block in upload.chunks():
                copy.write(block)
            copy.flush()
            return catalogue.read(Path(copy.name))

    def _said(self, taken: catalogue.Taken) -> str:
        said = _("The edition stands: %(created)s entries are new, %(updated)s were changed.") % vars(taken)
        if not taken.unnamed:
            return said
        more = ngettext(
            "%(count)d entry of this edition is not in the file and stays.",
            "%(count)d entries of this edition are not in the file and stay.",
            taken.unnamed,
        )
        return f"{said} {more % {'count': taken.unnamed}}"

    def _page(self, request: HttpRequest, form: EditionForm, status: int = 200, faults: Any = ()) -> HttpResponse:
        context = self.shell(
            title=_("Import an official edition"),
            form=form,
            faults=faults[:SHOWN],
            more=max(0, len(faults) - SHOWN),
            columns=CatalogueSheet().columns,
        )
        return render(request, "inspections/catalogue_import.html", context, status=status)
