"""The daily mail as a job: one for each person who asked for it, as that person."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.due.digest import digest_for, send
from bureau.due.models import DailyMail
from bureau.jobs import JobError, Progress, job

KEY = "due.daily_mail"


@job(KEY, gettext_lazy("Daily mail of the due list"), resumable=True)
def mail_due_list(progress: Progress) -> dict[str, Any]:
    """Once a day at most: the day is written once the mail is out, so a run that is repeated finds it.

    A worker that dies between sending and writing leaves a mail that comes twice, rather than one that never comes.
    Nothing is locked meanwhile: a mail server may take its time.
    """
    if not settings.EMAIL_HOST:
        raise JobError(_("No mail server is set."))
    today = timezone.localdate()
    mail = DailyMail.objects.select_related("owner__office").filter(owner=progress.by).first()
    if mail is None or mail.mailed_on == today:
        return {"sent": 0}
    digest = digest_for(mail, today)
    if digest is not None:
        try:
            send(mail, digest)
        except (SMTPException, OSError) as problem:
            raise JobError(_("The mail server did not take the mail: %(reason)s") % {"reason": problem}) from problem
    with progress.chunk():
        DailyMail.objects.filter(pk=mail.pk).update(mailed_on=today)
    return {"sent": int(digest is not None)}
