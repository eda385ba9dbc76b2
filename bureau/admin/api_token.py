from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action, display

from bureau import accounts, api_tokens, menu
from bureau.dates import add_months
from bureau.logged_admin import CheckedForm, LoggedAdmin
from bureau.models import ApiToken, Office
from bureau.record_admin import VoidForm

USUAL_MONTHS = 12


class ApiTokenForm(CheckedForm):
    def clean_office(self) -> Office:
        office: Office = self.cleaned_data["office"]
        if not office.is_active:
            raise ValidationError(_("This office is not active any more."))
        return office


class StateFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("In use")), ("over", _("Expired or revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        is_over = Q(revoked_at__isnull=False) | Q(expires_on__lt=timezone.localdate())
        if self.value() == "open":
            return queryset.exclude(is_over)
        return queryset.filter(is_over) if self.value() == "over" else queryset


@admin.register(ApiToken)
class ApiTokenAdmin(LoggedAdmin):
    """For the security administrator: tokens are made and revoked, never changed; a secret is shown once."""

    menu_area = "administration"
    menu_icon = "key"
    menu_order = 15

    form = ApiTokenForm
    change_list_template = "admin/record/change_list.html"  # with buttons above the list
    list_display = ("label", "shown_prefix", "office", "expires_on", "last_used_at", "shown_state")
    list_filter = (StateFilter,)
    list_select_related = ("office",)
    search_fields = ("label", "prefix__startswith", "office__name", "office__code")
    search_help_text = _("System, first characters or office")
    autocomplete_fields = ("office",)
    actions_detail = ("revoke_action",)

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        asked = ("office", "label", "expires_on")
        if obj is None:
            return asked
        revoked = ("revoked_by", "revoked_at", "revoke_reason") if obj.is_revoked else ()
        return (*asked, "shown_prefix", "shown_state", "made_by", "made_at", "last_used_at", *revoked)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        usual: dict[str, date] = {"expires_on": add_months(timezone.localdate(), USUAL_MONTHS)}
        return {**usual, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("begins with"), ordering="prefix")
    def shown_prefix(self, token: ApiToken) -> SafeString:
        return format_html("<code>{}…</code>", token.prefix)

    @display(description=_("state"))
    def shown_state(self, token: ApiToken) -> str:
        if token.is_revoked:
            return gettext("Revoked")
        if token.is_expired:
            return gettext("Expired")
        return gettext("In use") if token.office.is_active else gettext("Office closed")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = [menu.ListLink(_("What can be read"), reverse("api:docs"), "description")]
        return super().changelist_view(request, {"list_links": links, **(extra_context or {})})

    # Making --------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        obj.secret = api_tokens.make(  # type: ignore[attr-defined]
            obj, by=accounts.staff_of(request), request=request
        )

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: Any = None) -> HttpResponse:
        """Once, in the answer itself: the secret is in no message, cookie, session or log."""
        context = self._context(request, obj, gettext("Interface token"))
        secret = obj.secret  # type: ignore[attr-defined]
        address = request.build_absolute_uri(reverse("api:indicators"))
        response = render(request, "accounts/api_token.html", {**context, "secret": secret, "address": address})
        add_never_cache_headers(response)
        return response

    # Revoking ------------------------------------------------------------------------------------

    @action(description=_("Revoke"), url_path="revoke", permissions=["revoke"], icon="block")
    def revoke_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        token, form = self._token(request, object_id), VoidForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            api_tokens.revoke(token, by=accounts.staff_of(request), reason=reason, request=request)
            messages.success(request, _("The token opens nothing any more."))
            return HttpResponseRedirect(self._page(token))
        context = self._context(request, token, gettext("Revoke"))
        return render(request, "accounts/revoke_token.html", {**context, "form": form})

    def has_revoke_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("bureau.change_apitoken") and not self._token(request, object_id).is_revoked

    def _token(self, request: HttpRequest, object_id: Any) -> ApiToken:
        token = self.get_object(request, unquote(str(object_id)))
        if token is None:
            raise Http404
        return token

    def _context(self, request: HttpRequest, token: ApiToken, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": f"{token.label} · {token.office}",
            "opts": self.opts,
            "token": token,
            "back": self._page(token),
        }

    def _page(self, token: ApiToken) -> str:
        return reverse("admin:bureau_apitoken_change", args=[token.pk])
