"""The daily mail: what is overdue and what is due within the nearest warning level, as its reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.due.addresses import may_read
from bureau.due.listing import DueList
from bureau.due.models import DailyMail

MOST_LINES = 50


@dataclass(frozen=True)
class Digest:
    subject: str
    text: str


def digest_for(mail: DailyMail, on: date) -> Digest | None:
    """The mail of that day in the active language; None where nothing is due, or the reader may read nothing."""
    reader = mail.owner
    if not may_read(reader):
        return None
    listed = DueList(reader, on)
    nearest = listed.levels[0]
    counts = listed.counts
    overdue, near = counts.overdue, counts.within[nearest]
    if not overdue + near:
        return None
    items = listed[: min(overdue + near, MOST_LINES)]
    words = {"office": reader.office, "overdue": overdue, "near": near, "months": nearest}
    context = {
        **words,
        "day": on,
        "items": items,
        "left_out": overdue + near - len(items),
        "url": settings.PUBLIC_URL and settings.PUBLIC_URL.rstrip("/") + reverse("due:list"),
    }
    subject = _("%(office)s: %(overdue)d overdue, %(near)d due within %(months)d months") % words
    return Digest(" ".join(subject.split()), render_to_string("due/digest.txt", context))


def send(mail: DailyMail, digest: Digest) -> None:
    EmailMessage(digest.subject, digest.text, to=[mail.mail_to]).send()
