from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau import scoping


class CalendarAddress(models.Model):
    """The secret address under which one person's calendar program reads the due list.

    The address holds a ``selector``, by which the row is found, and a secret, of which only the digest is kept: whoever
    reads the database cannot read the calendar. ``reads`` since ``window_began_at`` keep a program within bounds.
    """

    SCOPE = scoping.OWN
    OWNER = "owner"
    AREA = "own"

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    selector = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("last read at"), null=True)
    window_began_at = models.DateTimeField(null=True)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.owner)


class DailyMail(models.Model):
    """Where and in which language one person gets the due list by mail every day."""

    SCOPE = scoping.OWN
    OWNER = "owner"
    AREA = "own"

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    mail_to = models.EmailField(_("mail address"))
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    mailed_on = models.DateField(_("last sent on"), null=True)

    class Meta:
        verbose_name = _("daily mail of the due list")
        verbose_name_plural = _("daily mails of the due list")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.owner)
