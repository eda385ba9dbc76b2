import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from bureau.archives import BadFile
from bureau.record_admin import RecordAdmin
from bureau.record_forms import RecordForm
from bureau.reporting.marks import Known
from bureau.reporting.models import OfficeTemplate
from bureau.reporting.office_templates import container
from bureau.reporting.office_templates.filling import BadMarks, OfficeForm

# So many marks that cannot be answered are listed at once.
MOST_PROBLEMS = 50


class OfficeTemplateForm(RecordForm):
    """A file is looked at before it is kept: one that holds macros, links or a mark without an answer is not."""

    file = forms.FileField(label=_("File"), widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.docx"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]
        else:
            limit = filesizeformat(container.MAX_BYTES)
            self.fields["file"].help_text = _("xlsx or docx, up to %(limit)s.") % {"limit": limit}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        file, region = cleaned.get("file"), cleaned.get("region")
        if isinstance(file, UploadedFile) and region is not None:
            self._look_at(file, region.pk)
        return cleaned

    def _look_at(self, file: UploadedFile, region: str) -> None:
        name, size = str(file.name), int(file.size or 0)
        try:
            kind = container.kind_of(name, size, file)
            file.seek(0)
            content = file.read()
            OfficeForm(content, kind, Known(region))
        except BadFile as bad:
            self.add_error("file", bad.sentence)
        except BadMarks as bad:
            self.add_error("file", ValidationError(_listed(bad.problems)))
        else:
            file.seek(0)
            row = self.instance
            row.kind, row.name, row.size, row.sha256 = kind, name[-200:], size, hashlib.sha256(content).hexdigest()


def _listed(problems: list[str]) -> list[str]:
    rest = len(problems) - MOST_PROBLEMS
    more = [str(_("And %(count)s more.") % {"count": rest})] if rest > 0 else []
    return [*problems[:MOST_PROBLEMS], *more]


@admin.register(OfficeTemplate)
class OfficeTemplateAdmin(RecordAdmin):
    form = OfficeTemplateForm
    with_attachments = False
    menu_area = "reports"
    menu_icon = "dynamic_form"
    menu_order = 50
    list_display = ("label", "kind", "region", "office", "remark")
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("label", "name", "remark")
    search_help_text = _("Label, file name or remark")
    readonly_fields = ("link",)
    fieldsets = (
        (None, {"fields": ("label", "file", "link", "remark")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A file that stands is only linked, never replaced."""
        hidden = "link" if obj is None else "file"
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != hidden]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    @display(description=_("file"))
    def link(self, row: OfficeTemplate) -> str:
        form = reverse("reporting:template-file", args=[row.pk])
        size = filesizeformat(row.size)
        return format_html('<a class="text-primary-600" href="{}">{}</a> {}', form, row.name, size)
