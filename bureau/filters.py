"""List filters whose choices stay within the scope."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from bureau import scoping
from bureau.models.region import Region, children, subtree_q


class RegionFilter(DropdownFilter):
    """The direct children of the user's own region, each with all that counts below it."""

    title = _("region")
    parameter_name = "in_region"
    path = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        user: Any = request.user
        office = user.office
        if office is None:
            return []
        return [(region.code, region.name) for region in children(office.region_id, timezone.localdate())]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        code = self.value()
        if not code:
            return queryset
        if not Region.objects.filter(code=code).exists():
            return queryset.none()
        return queryset.filter(subtree_q(code, self.path))


class VoidedFilter(DropdownFilter):
    """Voided rows stay out of the list until they are asked for."""

    title = _("voided")
    parameter_name = "voided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Voided only")), ("all", _("With voided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(voided_at__isnull=self.value() != "yes")


class ScopedRelatedFilter(RelatedDropdownFilter):
    """A foreign key's choices, limited to the rows that the user may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        visible = scoping.visible_to(field.remote_field.model._default_manager.all(), request.user)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(
            include_blank=False, ordering=ordering, limit_choices_to={"pk__in": visible.values("pk")}
        )
