"""Makers of outreach events and their awards, kept by city A: ``(cast, **values) -> saved row``."""

from datetime import date, timedelta

from bureau import records
from enterprises.models import OutreachAward, OutreachEvent


def make_event(cast, *, by=None, **values):
    by = by or cast.clerk_a
    office = values.pop("office", by.office)
    defaults = {
        "organiser": "市市场监督管理局",
        "name": f"计量科普{OutreachEvent.objects.count() + 1}",
        "begins_on": date(2016, 5, 10),
        "registered": 30,
        "participants": 20,
        "office": office,
        "region_id": office.region_id,
    }
    return records.save(OutreachEvent(**{**defaults, **values}), by=by)


def make_outreach_award(cast, *, by=None, **values):
    event = values.pop("event", None) or make_event(cast, by=by)
    day = event.begins_on + timedelta(days=event.awards.count())
    defaults = {"grade_id": "weekly", "awarded_on": day, "people": 7}
    return records.save(OutreachAward(event=event, **{**defaults, **values}), by=by or event.created_by)


OUTREACH_MAKERS = {
    OutreachEvent: lambda fixture, **values: make_event(fixture("cast"), **values),
    OutreachAward: lambda fixture, **values: make_outreach_award(fixture("cast"), **values),
}


def plant_outreach(cast, mark):
    """An event of city A with its awards, which carry the mark in every text."""
    event = make_event(cast, organiser=mark, name=mark, topic=mark, place=mark, remark=mark)
    make_outreach_award(cast, event=event, remark=mark)
    return {"event": event}
