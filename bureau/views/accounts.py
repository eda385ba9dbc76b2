"""Pages about one's own account, and the page of somebody who failed to log in too often."""

import math
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bureau import accounts, second_factor
from bureau.forms import CodeForm, OwnPasswordForm
from bureau.operations import address_of
from bureau.qr import qr_code
from bureau.views import kept_form
from bureau.views.base import ANY_STAFF, ScopedView


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The login page again, saying how long to wait; django-axes calls this instead of showing the login's answer."""
    username = request.POST.get("username", "")
    left = accounts.lock_out_left(username, address_of(request))
    minutes = math.ceil(left.total_seconds() / 60)
    sentence = ngettext(
        "Too many failed logins. Wait %(minutes)d minute, or ask the security administrator to unlock you.",
        "Too many failed logins. Wait %(minutes)d minutes, or ask the security administrator to unlock you.",
        minutes,
    )
    return kept_form.login_page(
        request,
        initial={"username": username, kept_form.FIELD: request.POST.get(kept_form.FIELD, "")},
        next_url=request.GET.get("next", reverse("admin:index")),
        error=sentence % {"minutes": minutes},
        status=429,
    )


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class DutyView(ScopedView):
    """A page that may stand between the login and the work: it carries a kept form along and leads back."""

    permission: ClassVar[Any] = ANY_STAFF
    template_name = ""

    @property
    def me(self) -> Any:
        return self.request.user

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, **context: Any) -> HttpResponse:
        carried = self.request.POST.get(kept_form.FIELD, "")
        return render(self.request, self.template_name, self.shell(**{kept_form.FIELD: carried}, **context))

    def lead_on(self, otherwise: str) -> HttpResponse:
        """Back to the form that was carried, or to the page that was wanted, or to ``otherwise``."""
        wanted = self.request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={self.request.get_host()})
        return kept_form.give_back(self.request, HttpResponseRedirect(wanted if is_ours else reverse(otherwise)))


class PasswordView(DutyView):
    """One's own password; the first one has to be changed before anything else."""

    title = _("Change password")
    template_name = "accounts/password.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "new_password1" not in request.POST:  # a kept form on its way through
            return self.show()
        form = OwnPasswordForm(self.me, request.POST)
        if not form.is_valid():
            return self.show(form=form)
        accounts.set_own_password(self.me, form.cleaned_data["new_password1"], request=request)
        update_session_auth_hash(request, self.me)
        messages.success(request, gettext("Your password was changed."))
        return self.lead_on("admin:index")

    def show(self, **context: Any) -> HttpResponse:
        context.setdefault("form", OwnPasswordForm(self.me))
        return super().show(is_first=self.me.must_change_password, **context)


class SecondFactorView(DutyView):
    """One's own one-time codes: set up, catch up with a device confirmed elsewhere, or remove."""

    title = _("One-time codes")
    template_name = "accounts/totp.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "code" not in request.POST:  # a kept form on its way through
            return self.show()
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        try:
            return self._carry_out(form.cleaned_data["code"])
        except second_factor.Refused as refused:
            form.add_error("code", str(refused))
            return self.show(form=form)

    def _carry_out(self, code: str) -> HttpResponse:
        device = second_factor.device_of(self.me)
        if device is None:
            second_factor.confirm(second_factor.pending_device(self.me), code, request=self.request)
            messages.success(self.request, gettext("From now on you log in with password and one-time code."))
        elif "remove" in self.request.POST:
            second_factor.remove_own(device, code, request=self.request)
            messages.success(self.request, gettext("One-time codes are switched off."))
            return HttpResponseRedirect(reverse("accounts:totp"))
        else:
            second_factor.verify_session(device, code, request=self.request)
        return self.lead_on("accounts:totp")

    def show(self, **context: Any) -> HttpResponse:
        context.setdefault("form", CodeForm())
        device = second_factor.device_of(self.me)
        is_required = second_factor.is_required_of(self.me)
        if device is None:
            pending = second_factor.pending_device(self.me)
            context |= {"qr_code": qr_code(pending.config_url), "key": second_factor.manual_key(pending)}
        is_due = is_required and not self.me.is_verified()
        return super().show(device=device, is_required=is_required, is_due=is_due, **context)
