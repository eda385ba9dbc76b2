"""What is done to accounts, by admin pages and commands alike; every verb leaves a line in the operations log.

Nothing here sends mail: a first password is returned once, handed over in person, and changed at the first login.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any, cast

from axes.models import AccessAttempt
from axes.utils import reset as reset_failures
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import roles as role_table
from bureau.models import Office, Staff
from bureau.operations import Action, log

# No sign that looks like another one on paper: i, l, o, 0 and 1 are left out.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def staff_of(request: HttpRequest) -> Staff:
    """Who asks, on pages that only open to people who are logged in."""
    return cast(Staff, request.user)


def first_password() -> str:
    """Random and easy to read aloud: three groups of four, 59 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _sign in range(4)) for _group in range(3))


def check_roles(roles: Collection[str], office: Office | None) -> None:
    """Raise ``ValidationError`` by field unless one person may hold these roles in that office."""
    if not roles:
        raise ValidationError({"roles": _("Choose at least one role.")})
    unknown = sorted(set(roles) - set(role_table.ROLES))
    if unknown:
        raise ValidationError({"roles": _("There is no role %(name)s.") % {"name": ", ".join(unknown)}})
    conflict = role_table.conflict(set(roles))
    if conflict:
        raise ValidationError({"roles": conflict})
    with_records = any(role_table.ROLES[key].with_records for key in roles)
    if with_records and office is None:
        raise ValidationError({"office": _("Whoever works with records needs an office.")})
    if not with_records and office is not None:
        raise ValidationError({"office": _("An administrator belongs to no office: leave this empty.")})


@transaction.atomic
def open_account(staff: Staff, *, roles: Collection[str], by: Staff | None, request: HttpRequest | None = None) -> str:
    """Save a new account and return its first password, which is kept nowhere. Raises ``ValidationError``."""
    check_roles(roles, staff.office)
    password = first_password()
    staff.set_password(password)
    staff.must_change_password = True
    staff.full_clean()
    staff.save()
    _give_roles(staff, roles)
    note: dict[str, Any] = {"by": by, "request": request, "target": staff.username}
    log(Action.STAFF, **note, event="opened", after=_described(staff))
    log(Action.ROLE, **note, before=[], after=sorted(roles))
    return password


@transaction.atomic
def change_account(staff: Staff, *, roles: Collection[str], by: Staff, request: HttpRequest | None = None) -> None:
    """Save a changed account and its roles. Nobody changes their own roles: ``PermissionDenied``."""
    check_roles(roles, staff.office)
    stored = Staff.objects.select_for_update().get(pk=staff.pk)
    before, roles_before = _described(stored), sorted(stored.role_keys)
    if staff.pk == by.pk and roles_before != sorted(roles):
        raise PermissionDenied
    staff.save()
    after = _described(staff)
    changed = [name for name in after if after[name] != before[name]]
    note: dict[str, Any] = {"by": by, "request": request, "target": staff.username}
    if changed:
        log(
            Action.STAFF,
            **note,
            event="changed",
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    if roles_before != sorted(roles):
        _give_roles(staff, roles)
        log(Action.ROLE, **note, before=roles_before, after=sorted(roles))


@transaction.atomic
def reset_password(staff: Staff, *, by: Staff | None, request: HttpRequest | None = None) -> str:
    """Give the account a new first password and return it; its open sessions end."""
    password = first_password()
    staff.set_password(password)
    staff.must_change_password = True
    staff.save(update_fields=["password", "must_change_password"])
    log(Action.PASSWORD, by=by, request=request, target=staff.username, event="reset")
    return password


@transaction.atomic
def set_own_password(staff: Staff, password: str, *, request: HttpRequest) -> None:
    staff.set_password(password)
    staff.must_change_password = False
    staff.save(update_fields=["password", "must_change_password"])
    log(Action.PASSWORD, by=staff, request=request, target=staff.username, event="changed")


def lock(staff: Staff, *, by: Staff, request: HttpRequest | None = None) -> None:
    """Close the account and, with the next request, its sessions. Nobody locks themselves: ``PermissionDenied``."""
    if staff.pk == by.pk:
        raise PermissionDenied
    _set_active(staff, False, by=by, request=request)


def allow(staff: Staff, *, by: Staff, request: HttpRequest | None = None) -> None:
    """Open a locked account again."""
    _set_active(staff, True, by=by, request=request)


@transaction.atomic
def _set_active(staff: Staff, is_active: bool, *, by: Staff, request: HttpRequest | None) -> None:
    before, staff.is_active = staff.is_active, is_active
    staff.save(update_fields=["is_active"])
    log(
        Action.STAFF,
        by=by,
        request=request,
        target=staff.username,
        event="allowed" if is_active else "locked",
        before={"is_active": before},
        after={"is_active": is_active},
    )


@transaction.atomic
def forget_failures(username: str, *, by: Staff, request: HttpRequest | None = None, address: str | None = None) -> int:
    """Let somebody who failed too often try again at once. Returns the number of counters taken away."""
    count = reset_failures(username=username, ip=address)
    if count:
        log(Action.UNLOCKED, by=by, request=request, target=username, address=address or "")
    return count


def lock_out_time() -> timedelta:
    return timedelta(hours=settings.AXES_COOLOFF_TIME)


def lock_out_left(username: str, address: str | None) -> timedelta:
    """How long this login name still has to wait at this address; never less than a second."""
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    latest = attempts.aggregate(at=Max("attempt_time"))["at"] or timezone.now()
    return max(latest + lock_out_time() - timezone.now(), timedelta(seconds=1))


def has_idled(session_key: str | None) -> bool:
    """Whether a session of this key existed and its time is over."""
    return Session.objects.filter(session_key=session_key, expire_date__lte=timezone.now()).exists()


def _give_roles(staff: Staff, roles: Collection[str]) -> None:
    groups = list(Group.objects.filter(name__in=roles))
    if len(groups) != len(set(roles)):
        raise RuntimeError("The roles are not in the database yet: run manage.py migrate.")
    staff.groups.set(groups)
    staff.__dict__.pop("role_keys", None)  # the cached answer is stale now


def _described(staff: Staff) -> dict[str, Any]:
    """What the log keeps of an account: no password, nothing secret."""
    return {
        "username": staff.username,
        "full_name": staff.full_name,
        "office": staff.office.code if staff.office else None,
        "phone": staff.phone,
        "is_active": staff.is_active,
    }
