from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone, translation

from bureau import jobs
from bureau.due.jobs import KEY
from bureau.due.models import DailyMail
from bureau.jobs.models import Job


class Command(BaseCommand):
    help = "Have the worker send the due list by mail to those who asked for it; for a timer, once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMAIL_HOST:
            raise CommandError("No mail server is set (MAIL_HOST).")
        today = timezone.localdate()
        queued = Job.objects.filter(key=KEY, state__in=Job.OPEN)
        waiting = (
            DailyMail.objects.filter(Q(mailed_on__isnull=True) | Q(mailed_on__lt=today), owner__is_active=True)
            .exclude(owner__in=queued.values("started_by"))
            .select_related("owner")
        )
        for mail in waiting:
            with translation.override(mail.language):
                jobs.start(KEY, by=mail.owner)
        self.stdout.write(f"{len(waiting)} mails are in the queue.")
