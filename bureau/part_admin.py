"""The list of the rows that hang on records of a kind: to look up, export and import; edited on the record's page."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bureau import menu, scoping
from bureau.filters import RegionFilter, VoidedFilter
from bureau.models.record import standing
from bureau.site import ScopedAdmin


class PartAdmin(ScopedAdmin):
    """Rows of one kind across all records (``PARENT``) that the reader sees, 25 a page; a row opens its record."""

    change_list_template = "admin/record/change_list.html"
    lookup_fields = ("import_id",)
    menu_order: ClassVar[int] = 60

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without those of voided records."""
        parent = self.opts.get_field(self.model.PARENT)
        return super().get_queryset(request).filter(standing(parent.related_model, f"{parent.name}__"))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        in_region = type("PartRegionFilter", (RegionFilter,), {"path": scoping.region_path(self.model)})
        return [in_region, *super().get_list_filter(request), VoidedFilter]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            raise Http404
        record = getattr(row, self.model.PARENT)
        opts = record._meta
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # the history of the record's own page has it

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = menu.list_links(self.model, request.user, request.GET.urlencode())
        return super().changelist_view(request, {"list_links": links, **(extra_context or {})})
