"""What a standard's tests, checks and examinations have in common: a page of their own, and the standard said once."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from bureau import scoping
from bureau.filters import RegionFilter
from bureau.models.record import standing
from bureau.record_admin import RecordAdmin
from standards.models import MeasurementStandard


class ChildRegionFilter(RegionFilter):
    path = "standard__region"


class OfStandardAdmin(RecordAdmin):
    """Rows that hang on a standard: seen and edited by whoever sees and edits the standard."""

    menu_area = "standards"
    with_attachments = False
    autocomplete_fields: ClassVar[Any] = ("standard",)
    list_select_related: ClassVar[Any] = ("standard",)
    search_fields: ClassVar[Any] = ("standard__name", "standard__certificate_no", "standard__holder")
    search_help_text = _("Name, certificate no. or establishing unit of the standard")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without those of voided standards."""
        return super().get_queryset(request).filter(standing(MeasurementStandard, "standard__"))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters = super().get_list_filter(request)
        return [ChildRegionFilter if each is RegionFilter else each for each in filters]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if name not in ("office", "region")}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "standard") if obj else fixed

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        rows = super().choices_for(db_field, request)
        return scoping.editable_by(rows, request.user) if db_field.name == "standard" else rows

    @display(description=_("measurement standard"), ordering="standard__name")
    def of_standard(self, row: Any) -> str:
        return str(row.standard)
