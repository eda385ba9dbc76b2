"""Secret addresses of calendars: made anew, taken back, and read by programs that cannot log in.

Only digests are kept. Who may read what is decided when it is read: by the account as it then is.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from bureau import second_factor
from bureau.due.models import CalendarAddress
from bureau.models import Staff
from bureau.operations import Action, log
from bureau.views.base import with_records

SELECTOR_BYTES, SECRET_BYTES = 9, 32
LONGEST_KEY = 100
# Calendar programs ask once in some hours; several devices of one person may share an address.
READS, WINDOW = 30, timedelta(minutes=10)
_NOBODY = "0" * 64


class UnknownKey(LookupError):
    """The key opens nothing (any more); why is not said."""


class TooOften(Exception):
    """The address was read too often; ``seconds`` until it may be read again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Again in {seconds} seconds.")
        self.seconds = seconds


def renew(owner: Staff, *, request: HttpRequest | None = None) -> str:
    """A new key for the owner's calendar; the one before opens nothing any more. It is told this once."""
    selector, secret = secrets.token_urlsafe(SELECTOR_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        unread = {"created_at": timezone.now(), "read_at": None, "window_began_at": None, "reads": 0}
        known = {"selector": selector, "digest": _digest(secret)}
        CalendarAddress.objects.update_or_create(owner=owner, defaults={**known, **unread})
        log(Action.CALENDAR, by=owner, request=request, target=owner.username, event="renewed")
    return f"{selector}.{secret}"


def revoke(owner: Staff, *, request: HttpRequest | None = None) -> None:
    """Close the owner's calendar; without one nothing happens."""
    with transaction.atomic():
        if CalendarAddress.objects.filter(owner=owner).delete()[0]:
            log(Action.CALENDAR, by=owner, request=request, target=owner.username, event="closed")


def reader_of(key: str) -> Staff:
    """The person whose calendar the key opens. Raises ``UnknownKey``, or ``TooOften``.

    An account that is locked, owes a password of its own or works with no records opens nothing.
    """
    selector, _dot, secret = key.partition(".") if len(key) <= LONGEST_KEY else ("", "", "")
    address = CalendarAddress.objects.select_related("owner__office").filter(selector=selector).first()
    is_right = constant_time_compare(_digest(secret), address.digest if address else _NOBODY)
    if address is None or not is_right:
        raise UnknownKey
    owner = address.owner
    if not may_read(owner):
        raise UnknownKey
    _count(address)
    return owner


def may_read(person: Staff) -> bool:
    """Whether the account, as it is now, may be sent what is due: it could log in, owes nothing, works with records."""
    if not person.is_active or person.must_change_password or not with_records(person):
        return False
    return not second_factor.is_required_of(person) or second_factor.device_of(person) is not None


def _digest(secret: str) -> str:
    # 256 random bits need no salt and no slow hash: nobody tries them out.
    return hashlib.sha256(secret.encode()).hexdigest()


def _count(address: CalendarAddress) -> None:
    now = timezone.now()
    row = CalendarAddress.objects.filter(pk=address.pk)
    if address.window_began_at is None or address.window_began_at <= now - WINDOW:
        row.update(window_began_at=now, reads=1, read_at=now)
    elif not row.filter(reads__lt=READS).update(reads=F("reads") + 1, read_at=now):
        raise TooOften(int((address.window_began_at + WINDOW - now).total_seconds()) + 1)
