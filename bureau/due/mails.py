"""The daily mail of one person: asked for, and ended."""

from bureau.due.models import DailyMail
from bureau.models import Staff


def subscribe(owner: Staff, mail_to: str, *, language: str) -> DailyMail:
    """Have the due list sent to an address; an earlier one is replaced, and today's mail is not sent twice."""
    return DailyMail.objects.update_or_create(owner=owner, defaults={"mail_to": mail_to, "language": language})[0]


def stop(owner: Staff) -> None:
    DailyMail.objects.filter(owner=owner).delete()
