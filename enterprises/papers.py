"""The integrity pledge as a Word document, for the enterprise to sign and to post."""

from datetime import date
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from bureau import word
from enterprises.models import Pledge
from enterprises.models.pledge_text import Texts

TEMPLATE = settings.BASE_DIR / "templates" / "enterprises" / "pledge.docx"


def pledge_paper(pledge: Pledge) -> BytesIO:
    """In Chinese whatever language the reader works in: it is signed and posted.

    With the text of the pledge's own edition, else of the one in force on its day.

    Raises ``LookupError`` with a sentence where there is none.
    """
    text = pledge.text or Texts().of_day(pledge.signed_on)
    if text is None:
        raise LookupError(_("No text of the pledge is in force on %(day)s.") % {"day": pledge.signed_on})
    enterprise = pledge.enterprise
    values = {
        "title": text.title,
        "edition": text.edition,
        "number": pledge.number,
        "enterprise": enterprise.name,
        "credit_code": enterprise.credit_code,
        "address": enterprise.address,
        "sector": pledge.sector.name,
        "paragraphs": text.paragraphs,
        "complaint_phone": pledge.complaint_phone,
        "signed_on": _day(pledge.signed_on),
        "valid_until": _day(pledge.valid_until) if pledge.valid_until else "长期",
        "office": pledge.office.name,
    }
    return word.filled(TEMPLATE, values)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
