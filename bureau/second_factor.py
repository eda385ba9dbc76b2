"""The second step of a login: a one-time code (TOTP, RFC 6238) from a device that the person holds."""

import math
from base64 import b32encode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import login as mark_verified
from django_otp.plugins.otp_totp.models import TOTPDevice

from bureau.models import Staff
from bureau.operations import Action, log


class Refused(Exception):
    """The code does not open the door; the message is the sentence to show."""


def device_of(staff: Staff) -> TOTPDevice | None:
    """The device that the person has confirmed, if any."""
    return TOTPDevice.objects.filter(user=staff, confirmed=True).first()


def pending_device(staff: Staff) -> TOTPDevice:
    """The device that is being set up: its key stays the same until the first right code confirms it."""
    # Not get_or_create: two pages opened at once would make two, and a second one must not bar the person for good.
    pending = TOTPDevice.objects.filter(user=staff, confirmed=False).order_by("pk").first()
    return pending or TOTPDevice.objects.create(user=staff, confirmed=False, name=staff.username)


def is_required_of(staff: Staff) -> bool:
    return bool(settings.OTP_REQUIRED_ROLES) and not staff.role_keys.isdisjoint(settings.OTP_REQUIRED_ROLES)


def verify(device: TOTPDevice, code: str) -> TOTPDevice:
    """The device, if the code is its present one. Raises ``Refused``; wrong codes make the next try wait longer."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        allowed, why_not = device.verify_is_allowed()
        if allowed and device.verify_token("".join(code.split())):
            return device
    if not allowed:
        seconds = max(1, math.ceil((why_not["locked_until"] - timezone.now()).total_seconds()))
        raise Refused(_("Too many wrong codes. Try again in %(seconds)d seconds.") % {"seconds": seconds})
    raise Refused(_("The one-time code is wrong or was used already. Wait until your device shows the next one."))


def confirm(device: TOTPDevice, code: str, *, request: HttpRequest) -> None:
    """The first right code turns the pending device into the person's own. Raises ``Refused``."""
    device = verify(device, code)
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    mark_verified(request, device)
    log(Action.SECOND_FACTOR, request=request, target=device.user.username, event="set up")


def verify_session(device: TOTPDevice, code: str, *, request: HttpRequest) -> None:
    """A session that began before the device was confirmed is caught up. Raises ``Refused``."""
    mark_verified(request, verify(device, code))


def remove_own(device: TOTPDevice, code: str, *, request: HttpRequest) -> None:
    """The owner takes the device away, with a code as proof. Raises ``Refused``."""
    _forget(verify(device, code), by=None, request=request)


def remove_lost(staff: Staff, *, by: Staff, request: HttpRequest | None = None) -> bool:
    """The security administrator takes a lost device away; False if there was none."""
    device = device_of(staff)
    if device is None:
        return False
    _forget(device, by=by, request=request)
    return True


def _forget(device: TOTPDevice, *, by: Staff | None, request: HttpRequest | None) -> None:
    with transaction.atomic():
        log(Action.SECOND_FACTOR, by=by, request=request, target=device.user.username, event="removed")
        TOTPDevice.objects.filter(user=device.user).delete()


def manual_key(device: TOTPDevice) -> str:
    """The key in groups of four letters, for typing into an app without a camera."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
