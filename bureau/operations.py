"""Writing the operations log, from a page, a command or a job."""

from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest

from bureau.models import Operation, Staff

Action = Operation.Action


def log(
    action: str,
    *,
    by: Staff | None = None,
    request: HttpRequest | None = None,
    target: str = "",
    ip_address: str | None = None,
    actor_name: str = "",
    **detail: Any,
) -> Operation:
    """Add one line. ``detail`` must be JSON and hold no secret; ``by`` defaults to the request's user."""
    reader = getattr(request, "user", None)
    if by is None and isinstance(reader, Staff):
        by = reader
    return Operation.objects.create(
        action=action,
        actor=by,
        actor_name=actor_name or (by.username if by else ""),
        ip_address=ip_address or (address_of(request) if request else None),
        target=str(target)[:200],
        detail=detail,
    )


def address_of(request: HttpRequest) -> str | None:
    """The client's address; behind a proxy that is trusted by setting, the last one that it forwarded.

    Only an address: "unknown", or one with a port, would not fit into the log and so keep everybody from logging in.
    """
    from django.conf import settings

    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    for text in (forwarded.split(",")[-1].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(text))
        except ValueError:
            continue
    return None
