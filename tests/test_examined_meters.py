"""How the team of an audit found the meters of a unit, and what of it comes to the record of the meter."""

import pytest
import time_machine
from django.utils import translation

from inspections import audits
from tests.audit_makers import make_open
from tests.energy_makers import make_meter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"), time_machine.travel("2016-06-20 12:00:00+08:00"):
        yield


@pytest.fixture
def on_site(cast, make_enterprise):
    return make_open(cast, make_enterprise)


def examine(audit, meter, by, **values):
    return audits.record_examined(audit, {meter: {"result": "differs", **values}}, by=by)


def test_what_differs_in_words_alone_leaves_the_meter_as_it_is(cast, make_enterprise, on_site):
    meter = make_meter(cast, make_enterprise, unit=on_site.unit, accuracy_class="0.5S")
    told = {"accuracy_class": "0.5S", "last_verified_on": meter.last_verified_on, "finding": "铭牌破损"}
    assert examine(on_site, meter, cast.inspector_a, **told) == {}
    meter.refresh_from_db()
    assert (on_site.examined.get().finding, meter.version, meter.history.count()) == ("铭牌破损", 1, 1)
    assert examine(on_site, meter, cast.inspector_a, **{**told, "accuracy_class": "0.2S"}) == {}
    meter.refresh_from_db()
    assert (meter.accuracy_class, meter.version) == ("0.2S", 2)


def test_what_differs_says_in_what(cast, make_enterprise, on_site):
    meter = make_meter(cast, make_enterprise, unit=on_site.unit)
    assert examine(on_site, meter, cast.inspector_a) == {
        meter: ["Say in what it differs: the class, the day of verification, or in words."]
    }
    assert not on_site.examined.exists()
