from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from bureau.exchange import runs
from bureau.exchange.models import Import
from bureau.exchange.safety import BadFile
from bureau.exchange.sheets import Sheet
from bureau.models import Office, Staff


class UploadForm(forms.Form):
    """A file and the office that it is for. A file that cannot be read is refused here, with the reason."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("For office"), empty_label=None, widget=UnfoldAdminSelectWidget
    )
    file = forms.FileField(
        label=_("File"),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv"}),
        help_text=_("xlsx, xls, ods or csv."),
    )

    def __init__(self, *args: Any, sheet: Sheet, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.by = sheet, by
        own = by.office
        offices: Any = self.fields["office"]
        offices.queryset = Office.objects.below(own).filter(is_active=True) if own else Office.objects.none()
        offices.initial = own

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            limit = filesizeformat(settings.IMPORT_MAX_BYTES)
            raise ValidationError(gettext("The file is larger than %(limit)s.") % {"limit": limit})
        return file

    def receive(self, *, is_check_only: bool) -> Import | None:
        """Keep the file for the import; None, and the reason among the form's errors, if it cannot be read."""
        upload = self.cleaned_data["file"]
        with NamedTemporaryFile(suffix=".upload") as copy:
            for block in upload.chunks():
                copy.write(block)
            copy.flush()
            try:
                return runs.receive(
                    Path(copy.name),
                    sheet=self.sheet,
                    office=self.cleaned_data["office"],
                    by=self.by,
                    file_name=upload.name,
                    is_check_only=is_check_only,
                )
            except BadFile as bad:
                self.add_error("file", bad.sentence)
                return None
