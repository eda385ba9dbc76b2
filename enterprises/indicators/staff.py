"""People who do metrology work at enterprises, and whose qualification files a bureau keeps."""

from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Dimension, Distinct, Indicator, On, Section, register
from enterprises.models import EnterpriseStaff


class Archived(Indicator):
    section = Section.INDUSTRIAL
    model = EnterpriseStaff
    interval = On("archived_on")
    dimensions = {"work": Dimension("work", _("Metrology work"), EnterpriseStaff.Work.choices)}


@register
class PeopleArchived(Archived):
    key = "people.archived"
    label = _("Enterprise metrology staff on file")
    unit = _("persons")
    definition = _(
        "Qualification files of enterprise metrology staff that were opened in the period. A person with files at two "
        "enterprises counts twice; a file stays counted when the person leaves."
    )


@register
class UnitsArchived(Archived):
    key = "people.archived_units"
    label = _("Enterprises with metrology staff on file")
    unit = _("units")
    definition = _("Enterprises for whose staff at least one qualification file was opened in the period.")
    measure = Distinct("enterprise")
