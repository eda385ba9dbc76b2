from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked


class Contact(Tracked):
    """Whom to speak to at an enterprise. A person's number is nobody's identity: seen where the enterprise is kept."""

    SCOPE = "enterprise__region"

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("contact name"), max_length=50)
    post = models.CharField(_("post"), max_length=50, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
