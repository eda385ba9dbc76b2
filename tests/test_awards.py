"""Demonstration units: what the records say, what people decide, what is found when the pledge ends, what counts."""

import csv
from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.criteria import Criterion, checklist, register
from enterprises.models import DemonstrationAward, Pledge
from tests.case_makers import make_case, make_complaint
from tests.contracts import posted
from tests.enterprise_makers import make_staff_file
from tests.importing import counts, imported
from tests.integrity_makers import make_award, make_listing, make_pledge, make_spot_check

pytestmark = pytest.mark.django_db
OPEN_CASE = {"decided_on": None, "decision_no": "", "closed_on": None, "fine": 0, "confiscated": 0}
GONE = {"withdrawn_on": date(2017, 3, 1), "withdrawal_reason_id": "voluntary"}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def figure(key, year=2016, **values):
    return compute([indicators.get(key)], "210000", Period.year(year), values=values)[0].value


def test_an_import_takes_the_good_awards_and_returns_the_others(cast, make_enterprise, tmp_path):
    bound, unbound = make_pledge(make_enterprise, signed_on=date(2016, 5, 10)).enterprise, make_enterprise()
    path = tmp_path / "awards.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单位名称", "领域", "级别", "授予日期"])
        for enterprise in (bound, unbound):
            writer.writerow([enterprise.name, "加油（气）站", "市级", "2016-12-01"])
    run = imported(path, cast.clerk_a, "demonstration-units")
    assert counts(run) == (1, 0, 0, 1)
    assert "no pledge in force" in run.problems.get().reason
    assert DemonstrationAward.objects.get().enterprise == bound


def test_an_award_whose_pledge_ended_is_found(client, cast, make_enterprise):
    award = make_award(make_enterprise, valid_until=None)
    make_award(make_enterprise)
    pledge = Pledge.objects.get(enterprise=award.enterprise)
    pledge.withdrawn_on, pledge.withdrawal_reason_id = date(2017, 3, 1), "penalised"
    records.save(pledge, by=cast.clerk_a)
    with time_machine.travel("2018-01-01 12:00:00+08:00"):
        assert list(DemonstrationAward.objects.without_pledge(date(2018, 1, 1))) == [award]
        client.force_login(cast.clerk_a)
        page = client.get(reverse("admin:enterprises_demonstrationaward_changelist"), {"pledge": "ended"})
    assert list(page.context["cl"].queryset) == [award]


# Criteria ----------------------------------------------------------------------------------------


def verdicts(enterprise, user, on=date(2019, 5, 1)):
    return {line.key: line.answer.verdict for line in checklist(enterprise, "fuel", on, user=user)}


def test_criteria_are_answered_by_the_records(cast, make_enterprise):
    enterprise = make_enterprise()
    assert verdicts(enterprise, cast.clerk_a) == {
        "pledge_posted": "not_met",
        "county_check": "not_met",
        "spot_checks": "unknown",
        "not_blacklisted": "met",
        "metrology_staff": "unknown",
        "instrument_ledger": "unknown",
        "instruments_valid": "unknown",
        "no_case": "met",
        "no_complaint": "met",
    }
    make_pledge(
        make_enterprise, enterprise=enterprise, signed_on=date(2016, 5, 10), posted_on=date(2016, 6, 1),
        checked_on=date(2016, 6, 2), check_result="passed",
    )  # fmt: skip
    make_spot_check(make_enterprise, enterprise=enterprise, checked_on=date(2017, 1, 1))
    make_staff_file(make_enterprise, enterprise=enterprise)
    answered = {"pledge_posted", "county_check", "spot_checks", "metrology_staff"}
    assert {key for key, verdict in verdicts(enterprise, cast.clerk_a).items() if verdict == "met"} == {
        *answered, "not_blacklisted", "no_case", "no_complaint",
    }  # fmt: skip


def test_three_years_are_looked_back(cast, make_enterprise):
    """From 2 May 2016 to 1 May 2019: the last day that counts, and the one before it that does not."""
    for day, verdict in ((date(2016, 5, 2), "not_met"), (date(2016, 5, 1), "met")):
        enterprise = make_enterprise()
        make_case(cast, make_enterprise, enterprise=enterprise, filed_on=day, **OPEN_CASE)
        make_complaint(cast, make_enterprise, enterprise=enterprise, received_on=day, answered_on=day)
        make_listing(make_enterprise, enterprise=enterprise, from_on=date(2015, 1, 1), until_on=day)
        make_spot_check(make_enterprise, enterprise=enterprise, checked_on=day, result="broken")
        found = verdicts(enterprise, cast.clerk_a)
        assert (found["no_case"], found["no_complaint"], found["not_blacklisted"]) == (verdict,) * 3
        assert found["spot_checks"] == ("not_met" if verdict == "not_met" else "unknown")


def test_a_verdict_tells_nothing_of_what_another_office_keeps(cast, make_enterprise):
    enterprise = make_enterprise()
    make_case(cast, make_enterprise, enterprise=enterprise, by=cast.clerk_b, filed_on=date(2018, 1, 1), **OPEN_CASE)
    assert verdicts(enterprise, cast.clerk_a)["no_case"] == "met"
    assert verdicts(enterprise, cast.manager_province)["no_case"] == "not_met"


def test_a_key_is_taken_once():
    with pytest.raises(ValueError, match="taken"):
        register(type("Again", (Criterion,), {"key": "no_case"}))


def test_people_decide_and_the_checklist_stays(client, cast, make_enterprise):
    pledge = make_pledge(make_enterprise, signed_on=date(2016, 5, 10), posted_on=date(2016, 5, 11))
    make_case(cast, make_enterprise, enterprise=pledge.enterprise, filed_on=date(2016, 5, 10))
    client.force_login(cast.clerk_a)
    page = client.get(reverse("enterprises:criteria", args=[pledge.pk]), {"on": "2016-12-01"})
    assert page.context["unmet"] == 2  # the case, and no county check
    assert "latest on 2016-05-10" in page.content.decode()
    url = page.context["award_url"]
    response = client.post(url, {**posted(client, url), "tier": "municipal", "decision": "情节轻微"})
    assert response.status_code == 302
    assert "No violation case" in " ".join(map(str, get_messages(response.wsgi_request)))
    award = DemonstrationAward.objects.get()
    assert (award.enterprise, award.awarded_on) == (pledge.enterprise, date(2016, 12, 1))
    kept = {line["key"]: line["verdict"] for line in award.checklist}
    assert (kept["no_case"], kept["pledge_posted"], kept["instruments_valid"]) == ("not_met", "met", "unknown")
    make_spot_check(make_enterprise, enterprise=pledge.enterprise, checked_on=date(2016, 7, 1))
    change = reverse("admin:enterprises_demonstrationaward_change", args=[award.pk])
    assert "latest on 2016-05-10" in client.get(change).content.decode()
    assert client.post(change, {**posted(client, change), "remark": "x"}).status_code == 302
    award.refresh_from_db()
    assert {line["key"]: line["verdict"] for line in award.checklist} == kept


def test_without_a_pledge_there_is_no_button(client, cast, make_enterprise):
    pledge = make_pledge(make_enterprise, signed_on=date(2016, 5, 10), **GONE)
    url = reverse("enterprises:criteria", args=[pledge.pk])
    for person, on, offered in (
        (cast.clerk_a, "2016-12-01", True),
        (cast.clerk_a, "2017-03-01", False),
        (cast.inspector_a, "2016-12-01", False),
    ):
        client.force_login(person)
        page = client.get(url, {"on": on})
        assert (page.context["award_url"].replace("&", "&amp;") in page.content.decode()) == offered
    client.force_login(cast.clerk_b)
    assert client.get(url).status_code == 404


# Figures -----------------------------------------------------------------------------------------


def test_figures_of_awards(make_enterprise):
    """By hand: one enterprise by city and province, another by the city, withdrawn in 2017."""
    first = make_award(make_enterprise, awarded_on=date(2016, 7, 1)).enterprise
    make_award(make_enterprise, enterprise=first, tier="provincial", awarded_on=date(2016, 9, 1))
    make_award(make_enterprise, awarded_on=date(2016, 12, 31), **GONE)
    assert figure("integrity.demonstration_units_awarded") == 2
    assert figure("integrity.demonstration_units_awarded", tier="provincial") == 1
    assert (figure("integrity.demonstration_units"), figure("integrity.demonstration_units", 2017)) == (2, 1)
    assert figure("integrity.demonstration_units_withdrawn", 2017) == 1
