from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.fields import CodeField
from bureau.models.record import NOT_VOIDED


class Authorisation(Tracked):
    """A certificate by which an authority entitles an institution: examination, authorisation, licence.

    Each renewal is a row of its own, so that a time without a valid certificate can be seen afterwards.
    """

    SCOPE = "as_parent"
    PARENT = "institution"

    institution = models.ForeignKey(
        "standards.Institution",
        on_delete=models.PROTECT,
        related_name="authorisations",
        verbose_name=_("institution"),
    )
    authority = models.CharField(_("issuing authority"), max_length=100)
    certificate_no = CodeField(_("certificate no."), max_length=60)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="standards_authorisation_validity",
                violation_error_message=_("The certificate cannot run out before it is issued."),
            ),
            models.UniqueConstraint(
                fields=["authority", "certificate_no"],
                condition=NOT_VOIDED,
                name="standards_authorisation_certificate",
                violation_error_message=_("This authority already issued a certificate with this number."),
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="standards_authorisation_due")]

    def __str__(self) -> str:
        return self.certificate_no
