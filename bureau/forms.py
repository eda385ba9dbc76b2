"""Forms of people's own accounts. Those of records are in ``record_forms``."""

import math
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminOwnPasswordChangeForm, AuthenticationForm
from unfold.widgets import BASE_INPUT_CLASSES, INPUT_CLASSES

from bureau import accounts, second_factor
from bureau.models import Staff


def code_widget(classes: list[str]) -> forms.TextInput:
    return forms.TextInput(
        attrs={"class": " ".join(classes), "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12}
    )


class LoginForm(AuthenticationForm):
    """Login name, password and, for those who have set it up, a one-time code.

    ``kept`` carries a form that was posted after the session had ended (see ``bureau.views.kept_form``) through the
    login, wrong passwords included.
    """

    otp_token = forms.CharField(
        label=_("One-time code"),
        required=False,
        max_length=12,
        help_text=_("Leave it empty if you have not set up one-time codes."),
        widget=code_widget(BASE_INPUT_CLASSES),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django sets the length on the input only; a longer name would not fit into the record of failed logins.
        self.fields["username"].validators.append(MaxLengthValidator(Staff._meta.get_field("username").max_length))

    def get_invalid_login_error(self) -> ValidationError:
        wrong = gettext("The login name or the password is wrong; capital and small letters differ.")
        return ValidationError(f"{wrong} {self._warning()}", code="invalid_login")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_code(self.get_user(), cleaned.get("otp_token", ""))
        return cleaned

    def _check_code(self, user: Staff | None, code: str) -> None:
        device = second_factor.device_of(user) if user else None
        if user is None or device is None:
            return
        if not code:
            raise ValidationError(
                gettext("This account is protected by one-time codes: enter password and code."), code="code_required"
            )
        try:
            user.otp_device = second_factor.verify(device, code)  # type: ignore[attr-defined]
        except second_factor.Refused as refused:
            # Counted like a wrong password: guessing codes locks the login too.
            user_login_failed.send(
                sender=__name__,
                credentials={"username": user.username},
                request=self.request,
                reason="one-time code",
            )
            raise ValidationError(str(refused), code="wrong_code") from None

    def _warning(self) -> str:
        limit, minutes = settings.AXES_FAILURE_LIMIT, math.ceil(accounts.lock_out_time().total_seconds() / 60)
        return ngettext(
            "After %(limit)d failures the login is locked for %(minutes)d minute.",
            "After %(limit)d failures the login is locked for %(minutes)d minutes.",
            minutes,
        ) % {"limit": limit, "minutes": minutes}


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """A password of one's own choice; the first password, or any other in use, does not count as new."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", _("The new password is the old one."))
        return cleaned


class CodeForm(forms.Form):
    """The code that a device shows now."""

    code = forms.CharField(label=_("One-time code"), max_length=12, widget=code_widget(INPUT_CLASSES))
