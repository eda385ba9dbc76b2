import csv
import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.utils import parse_date_str

from bureau import menu
from bureau.logged_admin import LoggedAdmin
from bureau.models import Office, Operation, Region, Staff
from bureau.operations import Action, log
from bureau.roles import ROLES

# The words that the verbs of the ground floor write into ``detail``; anything else is shown as it was written.
WORDS = {
    "event": _("event"),
    "before": _("before"),
    "after": _("after"),
    "reason": _("reason"),
    "address": _("from address"),
    "rows": _("rows"),
    "filter": _("filter"),
    "id": _("number of the record"),
    "attachment": _("number of the attachment"),
    "job": _("number of the job"),
    "import_id": _("import number"),
    "file": _("file"),
    "sha256": _("digest of the file"),
    "created": _("new"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "failed": _("failed"),
    "restored": _("restored"),
    "effective_from": _("in force from"),
    "ended": _("entries that ended"),
    "unnamed": _("entries not named"),
    "year": _("year"),
    "from": _("from"),
    "to": _("to"),
    "opened": _("account opened"),
    "changed": _("changed"),
    "locked": _("account locked"),
    "allowed": _("account allowed again"),
    "reset": _("new first password"),
    "merged_into": _("number of the record that it was merged into"),
    "merge": _("number of the merge"),
    "campaign": _("number of the campaign"),
    "pledge": _("number of the pledge"),
    "audit": _("number of the audit"),
    "set up": _("device set up"),
    "removed": _("device removed"),
    "one-time code": _("wrong one-time code"),
    "made": _("token made"),
    "used": _("first use of the day"),
    "revoked": _("token revoked"),
    "unknown token": _("a token that is not known"),
    "expired token": _("a token whose time is over"),
    "revoked token": _("a token that was revoked"),
    "renewed": _("new calendar address"),
    "closed": _("calendar address closed"),
    "closed office": _("a token of an office that is closed"),
    "number": _("version"),
    "seal": _("seal"),
    "carried_forward": _("figures whose difference was carried forward"),
    "step": _("step"),
    "remark": _("remark"),
    "findings": _("findings looked through"),
    "asked": pgettext_lazy("report of a year", "asked for"),
    "begun": pgettext_lazy("report of a year", "begun"),
    "submitted": pgettext_lazy("report of a year", "submitted"),
    "returned": pgettext_lazy("report of a year", "returned"),
    "accepted": pgettext_lazy("report of a year", "accepted"),
    "reopened": pgettext_lazy("report of a year", "reopened"),
    "different": _("different"),
    "unknown": _("no figure recognised"),
    "frozen": _("equal to frozen"),
    "live": _("equal to live"),
    "both": _("equal to frozen and live"),
}


class DayRangeFilter(RangeDateFilter):
    """From one day to another, both included: the skin's own filter ends with the first instant of the last day."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        first, last = (self._day(end) for end in ("from", "to"))
        if first:
            queryset = queryset.filter(at__gte=first)
        if last:
            queryset = queryset.filter(at__lt=last + timedelta(days=1))
        return queryset

    def _day(self, end: str) -> datetime | None:
        value = self.used_parameters.get(f"{self.parameter_name}_{end}")
        day = parse_date_str(value) if isinstance(value, str) else None
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None


@admin.register(Operation)
class OperationAdmin(LoggedAdmin):
    """The operations log for its auditor: to look at, search and take along; nobody changes it."""

    menu_area = "administration"
    menu_icon = "policy"
    menu_order = 60

    change_list_template = "admin/record/change_list.html"  # with buttons above the list
    list_display = ("at", "action", "actor_name", "ip_address", "target")
    list_filter = (("action", ChoicesDropdownFilter), ("at", DayRangeFilter))
    date_hierarchy = "at"
    search_fields = ("actor_name", "target", "ip_address")
    search_help_text = _("Login name, on what, or address")
    fields = ("at", "action", "actor_name", "shown_person", "ip_address", "target", "shown_detail")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("name"))
    def shown_person(self, operation: Operation) -> str:
        return operation.actor.full_name if operation.actor else ""

    @display(description=_("details"))
    def shown_detail(self, operation: Operation) -> SafeString:
        return format_html_join("", "<div>{}: {}</div>", _lines(operation.detail))

    # Taking along --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="bureau_operation_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = []
        if request.user.has_perm("bureau.export_operation"):
            url = f"{reverse('admin:bureau_operation_export')}?{request.GET.urlencode()}"
            links.append(menu.ListLink(_("Export this list"), url, "download"))
        return super().changelist_view(request, {"list_links": links, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """What the list shows with this search and these filters, all pages, as CSV that opens in Excel."""
        if not request.user.has_perm("bureau.export_operation"):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise BadRequest from None
        own = log(
            Action.EXPORT,
            request=request,
            target=str(self.opts.verbose_name_plural),
            rows=rows.count(),
            filter=request.GET.urlencode(),
        )
        rows = rows.filter(pk__lt=own.pk)  # what was there before; the rows are read while they are sent
        response = StreamingHttpResponse(_as_csv(rows), content_type="text/csv; charset=utf-8")
        name = f"operations-{timezone.localtime():%Y%m%d-%H%M}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class _Echo:
    """A file that gives back what is written: the csv module then makes one line at a time."""

    def write(self, line: str) -> str:
        return line


def _as_csv(rows: QuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    titles = [
        gettext("time"),
        gettext("operation"),
        gettext("login name"),
        gettext("from address"),
        gettext("on what"),
        gettext("details"),
    ]
    yield "\ufeff"  # by this mark Excel knows that the text is UTF-8
    yield writer.writerow(titles)
    for row in rows.order_by("-at", "-pk").iterator(chunk_size=1000):
        yield writer.writerow(
            [
                f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}",
                row.get_action_display(),
                _as_text(row.actor_name),
                row.ip_address or "",
                _as_text(row.target),
                _as_text(json.dumps(row.detail, ensure_ascii=False) if row.detail else ""),
            ]
        )


def _as_text(value: str) -> str:
    """A spreadsheet must not run what somebody typed as a login name: ``=HYPERLINK(…)`` stays text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _lines(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """("before", "roles: clerk; office: 210100-01") for each entry, in the user's language where the word is known."""
    return [(_word(key), _value(value)) for key, value in detail.items()]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{_word(key)}: {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_value(inner) for inner in value) or "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "—" if value in (None, "") else _word(str(value))


def _word(word: str) -> str:
    if word in WORDS:
        return str(WORDS[word])
    if word in ROLES:
        return str(ROLES[word].label)
    return _field_labels().get(word, word)


def _field_labels() -> dict[str, str]:
    """Of the models whose changes are logged; those of the ground floor name a field that several have."""
    logged: list[Any] = [
        model for model, its_admin in admin.site._registry.items() if isinstance(its_admin, LoggedAdmin)
    ]
    return {
        field.name: str(field.verbose_name)
        for model in (*logged, Region, Office, Staff)
        for field in model._meta.concrete_fields
    }
