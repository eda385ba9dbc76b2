"""Outreach events and their awards: what is refused everywhere alike, what is found by name, what counts."""

import csv
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bureau import records
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.models import OutreachAward, OutreachEvent
from tests.contracts import posted
from tests.importing import counts, imported
from tests.outreach_makers import make_event, make_outreach_award

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def figure(key, year=2016, region="210000", **values):
    return compute([indicators.get(key)], region, Period.year(year), values=values)[0].value


@pytest.mark.parametrize(
    ("maker", "changes", "sentence"),
    [
        (make_event, {"until_on": date(2016, 5, 9)}, "end before it begins"),
        (make_event, {"registered": 19}, "More people took part"),
        (make_outreach_award, {"people": 0}, "one person at least"),
    ],
)
def test_it_is_rejected(cast, maker, changes, sentence):
    row = maker(cast)
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=None)


def test_it_takes_an_event_without_registration(cast):
    make_event(cast, registered=None, participants=500).full_clean()


@time_machine.travel("2016-05-09 12:00:00+08:00")
def test_nobody_took_part_in_what_has_not_begun(cast):
    event = make_event(cast)
    with pytest.raises(ValidationError, match="before the event began"):
        event.clean()
    event.participants = None
    event.clean()
    row = {"organiser": "市局", "name": "开放日", "begins_on": "2016-05-10", "participants": "3", "region": "210100"}
    with pytest.raises(BadRow, match="before the event began"):
        get_sheet("outreach-events").validate(row, Context(cast.clerk_a.office))
    get_sheet("outreach-events").validate({**row, "participants": ""}, Context(cast.clerk_a.office))


def test_no_award_before_the_event(client, cast):
    award = make_outreach_award(cast, awarded_on=date(2016, 5, 10))
    award.clean()
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_outreachevent_change", args=[award.event_id])
    refused = client.post(url, {**posted(client, url), "awards-0-awarded_on": "2016-05-09"})
    assert "No award is given before" in refused.content.decode()
    with time_machine.travel("2016-05-09 12:00:00+08:00"), pytest.raises(ValidationError, match="future"):
        award.clean()


def test_an_event_is_entered_with_its_awards(client, cast):
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_outreachevent_add")
    data = posted(client, url) | {
        "name": "知识问答", "organiser": "市局", "begins_on": "2016-05-20", "participants": "20",
        "awards-TOTAL_FORMS": "1", "awards-0-grade": "weekly", "awards-0-awarded_on": "2016-05-19",
        "awards-0-people": "3",
    }  # fmt: skip
    refused = client.post(url, data)
    assert "No award is given before" in refused.content.decode()
    assert not OutreachEvent.objects.exists()
    assert client.post(url, data | {"awards-0-awarded_on": "2016-05-27"}).status_code == 302
    assert OutreachAward.objects.get().event == OutreachEvent.objects.get()


def test_awards_come_by_the_name_of_the_event(cast, tmp_path):
    event = make_event(cast, name="知识问答")
    for year in (2015, 2016):
        make_event(cast, name="开放日", begins_on=date(year, 5, 20))
    make_event(cast, by=cast.clerk_b, name="他市活动")
    path = tmp_path / "awards.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["活动名称", "奖项", "颁奖日期", "获奖人数"])
        writer.writerow(["知识问答", "周达人", "2016-05-17", "17人"])
        writer.writerow(["开放日 2015-05-20", "一等奖", "2016-05-20", "1"])
        writer.writerow(["知识问答", "周达人", "2016-05-09", "1"])
        writer.writerow(["开放日", "一等奖", "2016-05-20", "1"])
        writer.writerow(["他市活动", "一等奖", "2016-05-20", "1"])
        writer.writerow(["知识问答", "周达人", "2016-05-24", "0"])
    run = imported(path, cast.clerk_a, "outreach-awards")
    assert counts(run) == (2, 0, 0, 4)
    reasons = list(run.problems.order_by("row").values_list("reason", flat=True))
    for reason, sentence in zip(reasons, ("before the event", "Several events", "keeps no outreach", "1"), strict=True):
        assert sentence in reason
    assert OutreachAward.objects.get(people=17).event == event


def test_figures_of_outreach(cast):
    """By hand: 2016 two events, 30 registered and 20 + 45 took part; the awards of one ran into 2017."""
    quiz = make_event(cast, begins_on=date(2016, 12, 1), until_on=date(2017, 1, 31))
    make_event(cast, begins_on=date(2016, 5, 20), registered=None, participants=45)
    make_event(cast, begins_on=date(2017, 1, 1))
    make_outreach_award(cast, event=quiz, awarded_on=date(2016, 12, 31), people=3)
    make_outreach_award(cast, event=quiz, awarded_on=date(2017, 1, 7), people=4)
    make_outreach_award(cast, event=quiz, grade_id="annual", awarded_on=date(2016, 12, 31), people=1)
    assert (figure("outreach.events"), figure("outreach.registered")) == (2, 30)
    assert figure("outreach.participants") == 65
    assert (figure("outreach.awards"), figure("outreach.awards", 2017)) == (4, 4)
    assert (figure("outreach.awards", award="weekly"), figure("outreach.awards", award="annual")) == (3, 1)
    assert figure("outreach.awards", region="210200") == 0
    records.void(quiz, by=cast.clerk_a, reason="重复")  # and with it, its awards
    assert figure("outreach.awards") == 0
