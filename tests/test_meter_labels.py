"""Labels of energy meters: whose they are, what they say, and what a scan opens."""

import re
from datetime import date

import pytest
from django.urls import reverse

from bureau import records
from inspections.views.meter_label import scan_path
from tests.energy_makers import make_meter, make_unit
from tests.test_labels import coded, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast, make_enterprise):
    return make_unit(cast, make_enterprise)


@pytest.fixture
def meter(cast, make_enterprise, unit):
    return make_meter(cast, make_enterprise, unit=unit, own_no="NY-001", place="1#主变进线", model="DTSD341")


def labelled(client, query):
    return {each.pk for each, _label in client.get(f"{reverse('inspections:meter-labels')}?{query}").context["labels"]}


def test_a_label_names_the_meter_and_carries_its_address(client, cast, meter, settings):
    client.force_login(cast.inspector_a)
    url = f"{reverse('inspections:meter-labels')}?meters={meter.pk}"
    answer = client.get(url)
    text = answer.content.decode()
    for part in (meter.name, "NY-001", "DTSD341", meter.serial_no, "1#主变进线", meter.unit.enterprise.name):
        assert part in text, part
    assert scan_path(meter.pk) == f"/fieldwork/at/meter.{meter.pk}/"
    assert drawn(answer) == [coded(f"http://testserver{scan_path(meter.pk)}")]
    settings.PUBLIC_URL = "https://jl.example/"
    assert drawn(client.get(url)) == [coded(f"https://jl.example{scan_path(meter.pk)}")]


def test_sheets_of_labels(client, cast, make_enterprise, unit, meter):
    stopped = make_meter(cast, make_enterprise, unit=unit, state="stopped", in_use_until=date(2016, 6, 1))
    voided = records.void(make_meter(cast, make_enterprise, unit=unit), by=cast.clerk_a, reason="重复")
    other = make_meter(cast, make_enterprise)
    foreign = make_meter(cast, make_enterprise, by=cast.clerk_b)
    client.force_login(cast.clerk_a)
    assert labelled(client, f"unit={unit.pk}") == {meter.pk}
    asked = (meter, stopped, voided, other, foreign)
    assert labelled(client, "meters=" + ",".join(str(each.pk) for each in asked)) == {meter.pk, stopped.pk, other.pk}


def test_an_address_that_asks_for_nothing_is_no_page(client, cast, meter):
    client.force_login(cast.clerk_a)
    sheet = reverse("inspections:meter-labels")
    for query in ("", "meters=1,x", "unit=", "unit=²", f"meters={'9' * 30}", "unit=999999", f"pieces={meter.pk}"):
        assert client.get(f"{sheet}?{query}").status_code == 404, query


def test_other_office_gets_404(client, cast, unit, meter):
    client.force_login(cast.clerk_b)
    assert client.get(f"{reverse('inspections:meter-labels')}?unit={unit.pk}").status_code == 404
    assert labelled(client, f"meters={meter.pk}") == set()


def test_the_page_of_the_rates_leads_to_the_sheet_of_the_unit(client, cast, unit, meter):
    client.force_login(cast.clerk_a)
    shown = client.get(reverse("inspections:equipping", args=[unit.pk])).content.decode()
    [address] = re.findall(r'href="([^"]*/labels/\?unit=[^"]*)"', shown)
    assert {each.pk for each, _label in client.get(address).context["labels"]} == {meter.pk}


def test_meters_chosen_in_the_list_get_their_labels(client, cast, make_enterprise, unit, meter):
    second = make_meter(cast, make_enterprise, unit=unit)
    foreign = make_meter(cast, make_enterprise, by=cast.clerk_b)
    client.force_login(cast.clerk_a)
    changelist = reverse("admin:inspections_energymeter_changelist")
    chosen = {"action": "labels", "_selected_action": [meter.pk, second.pk, foreign.pk]}
    answer = client.post(changelist, chosen, follow=True)
    assert {each.pk for each, _label in answer.context["labels"]} == {meter.pk, second.pk}


def test_more_than_an_address_holds_is_refused(client, cast, make_enterprise, unit, meter, monkeypatch):
    monkeypatch.setattr("inspections.admin.energy_meter.MOST_LABELS", 1)
    second = make_meter(cast, make_enterprise, unit=unit)
    client.force_login(cast.clerk_a)
    changelist = reverse("admin:inspections_energymeter_changelist")
    chosen = {"action": "labels", "_selected_action": [meter.pk, second.pk]}
    answer = client.post(changelist, chosen, follow=True)
    assert answer.request["PATH_INFO"] == changelist
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_one_label_from_the_page_of_the_meter(client, cast, meter):
    client.force_login(cast.clerk_a)
    change = reverse("admin:inspections_energymeter_change", args=[meter.pk])
    [address] = set(
        re.findall(r'href="(/inspections/energymeter/[^"]*label[^"]*)"', client.get(change).content.decode())
    )
    answer = client.get(address, follow=True)
    assert {each.pk for each, _label in answer.context["labels"]} == {meter.pk}
