"""Tokens of the JSON interface: made, revoked, and what each opens; every verb leaves a line in the operations log.

Only digests are kept. Who may read what is decided when it is read: by token and office as they then are.
"""

import hashlib
import secrets
import string
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from bureau.models import ApiToken, Staff, TokenReader
from bureau.operations import Action, log

SIGNS = string.ascii_letters + string.digits  # a double click selects all of it
LENGTH, LONGEST = 43, 100  # 256 bits
SHOWN = 8
# How exactly the last use is known: a note on every request would make readers wait for SQLite's one writer.
NOTED_EVERY = timedelta(hours=1)


class Refused(Exception):
    """The token opens nothing. ``reason`` for the log, ``sentence`` for its bearer, ``prefix`` if it is one of ours."""

    def __init__(self, reason: str, sentence: str, prefix: str = "") -> None:
        super().__init__(reason)
        self.reason, self.sentence, self.prefix = reason, sentence, prefix


@transaction.atomic
def make(token: ApiToken, *, by: Staff, request: HttpRequest | None = None) -> str:
    """Save a new token and return its secret, which is told this once. Raises ``ValidationError``."""
    secret = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    token.prefix, token.digest = secret[:SHOWN], digest_of(secret)
    token.made_by, token.made_at = by, timezone.now()
    token.full_clean()
    token.save()
    _log(token, by=by, request=request, event="made", office=token.office.code, expires_on=token.expires_on.isoformat())
    return secret


@transaction.atomic
def revoke(token: ApiToken, *, by: Staff, reason: str, request: HttpRequest | None = None) -> None:
    """From now on the token opens nothing; for one that is revoked already nothing changes."""
    if not reason.strip():
        raise ValueError("A revoked token needs a reason.")
    kept = ApiToken.objects.select_for_update().get(pk=token.pk)
    if kept.is_revoked:
        return
    kept.revoked_by, kept.revoked_at, kept.revoke_reason = by, timezone.now(), reason.strip()[:200]
    kept.save(update_fields=["revoked_by", "revoked_at", "revoke_reason"])
    _log(kept, by=by, request=request, event="revoked", reason=kept.revoke_reason)


@sensitive_variables("secret")
def reader_of(secret: str, *, request: HttpRequest | None = None) -> TokenReader:
    """Who reads by this secret. Raises ``Refused``; asks the database once, and writes at most once an hour."""
    tokens = ApiToken.objects.select_related("office")
    token = tokens.filter(digest=digest_of(secret)).first() if len(secret) <= LONGEST else None
    if token is None:
        raise Refused("unknown token", _("This token is not known here."))
    if token.is_revoked:
        raise Refused("revoked token", _("This token was revoked."), token.prefix)
    if token.is_expired:
        sentence = _("This token was good until %(day)s.") % {"day": token.expires_on.isoformat()}
        raise Refused("expired token", sentence, token.prefix)
    if not token.office.is_active:
        raise Refused("closed office", _("The office of this token is closed."), token.prefix)
    _note_use(token, request)
    return token.reader()


def digest_of(secret: str) -> str:
    # 256 random bits need no salt and no slow hash: nobody tries them out.
    return hashlib.sha256(secret.encode()).hexdigest()


def _note_use(token: ApiToken, request: HttpRequest | None) -> None:
    now, before = timezone.now(), token.last_used_at
    is_first_today = before is None or timezone.localdate(before) < timezone.localdate(now)
    if not is_first_today and before is not None and now - before < NOTED_EVERY:
        return
    with transaction.atomic():
        noted = ApiToken.objects.filter(pk=token.pk, last_used_at=before).update(last_used_at=now)
        if noted and is_first_today:  # of several requests at once one
            _log(token, request=request, event="used")


def _log(token: ApiToken, *, by: Staff | None = None, request: HttpRequest | None, **detail: Any) -> None:
    target = f"{token.prefix}… {token.label}"
    log(Action.TOKEN, by=by, request=request, target=target, **detail)
