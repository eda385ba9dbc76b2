from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from bureau import accounts, second_factor
from bureau.logged_admin import CheckedForm, LoggedAdmin
from bureau.models import Office, Staff
from bureau.roles import ROLES, label_of


class StaffForm(CheckedForm):
    """An account without its password. ``is_own``: somebody looks at their own account, whose roles stay."""

    is_own = False
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role.key, role.label) for role in ROLES.values()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("The last three are administrators: each is held alone, without an office and without records."),
    )

    class Meta:
        model = Staff
        fields = ("username", "full_name", "office", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "roles" in self.fields:  # a page that may only be looked at shows no fields
            self.fields["roles"].initial = sorted(self.instance.role_keys) if self.instance.pk else []
            self.fields["roles"].disabled = self.is_own

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "roles" in self.cleaned_data and "office" in self.cleaned_data:
            accounts.check_roles(self.cleaned_data["roles"], self.cleaned_data["office"])
        return cleaned

    def clean_office(self) -> Office | None:
        office = self.cleaned_data["office"]
        if office and not office.is_active and "office" in self.changed_data:
            raise ValidationError(_("This office is not active any more."))
        return office


class RoleFilter(DropdownFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.key, role.label) for role in ROLES.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class ActiveFilter(DropdownFilter):
    title = _("may log in")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No, locked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_active=self.value() == "yes") if self.value() else queryset


@admin.register(Staff)
class StaffAdmin(LoggedAdmin):
    """For the security administrator: accounts are opened, changed and locked, never deleted."""

    menu_area = "administration"
    menu_icon = "group"
    menu_order = 10

    form = StaffForm
    list_display = ("username", "full_name", "office", "shown_roles", "is_active", "last_login")
    list_filter = (RoleFilter, ActiveFilter)
    list_select_related = ("office",)
    search_fields = ("username", "full_name", "office__name", "office__code")
    search_help_text = _("Login name, name or office")
    autocomplete_fields = ("office",)
    readonly_fields = ("is_active", "must_change_password", "has_device", "last_login", "date_joined")
    actions_detail = (
        {
            "title": _("Account"),
            "icon": "manage_accounts",
            "items": ["reset_password", "lock", "allow", "forget_failures", "remove_device"],
        },
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Staff | None = None) -> Any:
        account = (None, {"fields": ("username", "full_name", "office", "phone", "roles")})
        if obj is None:
            return (account,)
        return (account, (_("State"), {"fields": self.readonly_fields}))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"is_own": obj is not None and obj.pk == request.user.pk})

    @display(description=_("roles"))
    def shown_roles(self, staff: Staff) -> str:
        return ", ".join(str(label_of(group.name)) for group in staff.groups.all())

    @display(description=_("one-time codes"))
    def has_device(self, staff: Staff) -> str:
        return gettext("switched on") if second_factor.device_of(staff) else gettext("not set up")

    def save_model(self, request: HttpRequest, obj: Staff, form: Any, change: bool) -> None:
        roles = form.cleaned_data["roles"]
        if change:
            accounts.change_account(obj, roles=roles, by=accounts.staff_of(request), request=request)
        else:
            obj.first_password = accounts.open_account(  # type: ignore[attr-defined]
                obj,
                roles=roles,
                by=accounts.staff_of(request),
                request=request,
            )

    def response_add(self, request: HttpRequest, obj: Staff, post_url_continue: Any = None) -> HttpResponse:
        return self._show_password(request, obj, obj.first_password)  # type: ignore[attr-defined]

    # Buttons -------------------------------------------------------------------------------------

    @action(description=_("New first password"), url_path="reset-password", permissions=["manage"], icon="key")
    def reset_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        staff = self._staff(request, object_id)
        if request.method != "POST":
            question = _(
                "The present password stops working and open sessions end. A new first password is shown once."
            )
            return self._ask(request, staff, gettext("New first password"), question)
        return self._show_password(
            request, staff, accounts.reset_password(staff, by=accounts.staff_of(request), request=request)
        )

    @action(description=_("Lock"), url_path="lock", permissions=["lock"], icon="lock")
    def lock(self, request: HttpRequest, object_id: str) -> HttpResponse:
        staff = self._staff(request, object_id)
        if request.method != "POST":
            question = _("The account cannot log in any more and its sessions end. Its records stay as they are.")
            return self._ask(request, staff, gettext("Lock"), question)
        accounts.lock(staff, by=accounts.staff_of(request), request=request)
        return self._done(request, staff, gettext("The account is locked."))

    @action(description=_("Allow again"), url_path="allow", permissions=["allow"], icon="lock_open")
    def allow(self, request: HttpRequest, object_id: str) -> HttpResponse:
        staff = self._staff(request, object_id)
        if request.method != "POST":
            return self._ask(
                request, staff, gettext("Allow again"), _("The account can log in again with its password.")
            )
        accounts.allow(staff, by=accounts.staff_of(request), request=request)
        return self._done(request, staff, gettext("The account can log in again."))

    @action(description=_("Forget failed logins"), url_path="forget-failures", permissions=["manage"], icon="history")
    def forget_failures(self, request: HttpRequest, object_id: str) -> HttpResponse:
        staff = self._staff(request, object_id)
        if request.method != "POST":
            question = _("Whoever waits after too many failed logins may try again at once.")
            return self._ask(request, staff, gettext("Forget failed logins"), question)
        count = accounts.forget_failures(staff.username, by=accounts.staff_of(request), request=request)
        return self._done(
            request,
            staff,
            gettext("The account may try again at once.") if count else gettext("There were no failed logins."),
        )

    @action(
        description=_("Remove lost device"), url_path="remove-device", permissions=["manage"], icon="phonelink_erase"
    )
    def remove_device(self, request: HttpRequest, object_id: str) -> HttpResponse:
        staff = self._staff(request, object_id)
        if request.method != "POST":
            question = _(
                "Until a new device is set up, the password alone opens this account. Make sure who is asking."
            )
            return self._ask(request, staff, gettext("Remove lost device"), question)
        removed = second_factor.remove_lost(staff, by=accounts.staff_of(request), request=request)
        return self._done(
            request,
            staff,
            gettext("The device is removed.") if removed else gettext("This account has no device."),
        )

    def has_manage_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Another person's account: one's own is looked after on the account pages."""
        staff = self._other(request, object_id)
        return staff is not None

    def has_lock_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        staff = self._other(request, object_id)
        return staff is not None and staff.is_active

    def has_allow_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        staff = self._other(request, object_id)
        return staff is not None and not staff.is_active

    def _other(self, request: HttpRequest, object_id: Any) -> Staff | None:
        if not request.user.has_perm("bureau.change_staff"):
            return None
        staff = self._staff(request, object_id)
        return staff if staff.pk != request.user.pk else None

    def _staff(self, request: HttpRequest, object_id: Any) -> Staff:
        staff = self.get_object(request, unquote(str(object_id)))
        if staff is None:
            raise Http404
        return staff

    def _ask(self, request: HttpRequest, staff: Staff, title: str, question: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": f"{staff.username} · {staff}",
            "opts": self.opts,
            "staff": staff,
            "question": question,
            "back": self._page(staff),
        }
        return render(request, "accounts/staff_question.html", context)

    def _done(self, request: HttpRequest, staff: Staff, sentence: str) -> HttpResponse:
        messages.success(request, sentence)
        return HttpResponseRedirect(self._page(staff))

    def _show_password(self, request: HttpRequest, staff: Staff, password: str) -> HttpResponse:
        """Once, in the answer itself: the password is in no message, cookie, session or log."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("First password"),
            "subtitle": f"{staff.username} · {staff}",
            "opts": self.opts,
            "staff": staff,
            "password": password,
            "back": self._page(staff),
        }
        response = render(request, "accounts/first_password.html", context)
        add_never_cache_headers(response)
        return response

    def _page(self, staff: Staff) -> str:
        return reverse("admin:bureau_staff_change", args=[staff.pk])
