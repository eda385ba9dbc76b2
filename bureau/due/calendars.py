"""One reader's due list as a calendar."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bureau.due import ics
from bureau.due.listing import DueList, Item
from bureau.models import Staff

# A calendar program reads the whole of it each time; what is due later comes up as the nearer is done.
MOST_EVENTS = 2000


def calendar_of(reader: Staff, on: date, *, base_url: str) -> bytes:
    """What the due list shows the reader on that day. ``base_url`` has no slash at its end."""
    listed = DueList(reader, on)
    items = listed[:MOST_EVENTS]
    name = _("Due list of %(office)s") % {"office": reader.office}
    host = base_url.partition("://")[2]
    return ics.write(name, _description(listed.count() - len(items)), (_event(item, base_url, host) for item in items))


def _description(left_out: int) -> str:
    text = _("What is overdue or due soon, as its reader may see it.")
    if left_out:
        more = ngettext("%(count)d later entry is left out.", "%(count)d later entries are left out.", left_out)
        text += " " + more % {"count": left_out}
    return text


def _event(item: Item, base_url: str, host: str) -> ics.Event:
    until = _("Last day: %(day)s") % {"day": date_format(item.due_on, "Y-m-d")}
    return ics.Event(
        uid=f"{item.key}@{host}",
        on=item.due_on,
        summary=_("%(kind)s: %(title)s") % {"kind": item.label, "title": item.title},
        description="\n".join(text for text in (item.holder, item.region, item.office, until) if text),
        category=str(item.label),
        url=base_url + item.url,
        revised_at=item.revised_at,
    )
