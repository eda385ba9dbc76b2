"""What stood on a standard, and what a change of its days does, as far as verifications go."""

from datetime import date

import pytest

from bureau.whatif import Shadow
from inspections.models import Doubt
from standards.models import MeasurementStandard
from tests.ledger_makers import make_verification
from tests.standard_files import happen


@pytest.fixture
def standard(make_standard):
    return make_standard(issued_on=date(2016, 1, 1), valid_until=date(2020, 12, 31))


@pytest.fixture
def verify(cast, make_enterprise, standard):
    """By that standard, unless another is given."""
    return lambda **values: make_verification(
        cast, make_enterprise, **{"standard": standard, "received_on": None, **values}
    )


@pytest.mark.django_db
class TestWhatStoodOnIt:
    URL = "/standards/stood/standard/{}/?from=2016-05-01&to=2016-05-31"

    def shown(self, client, standard, person):
        client.force_login(person)
        (each,) = client.get(self.URL.format(standard.pk)).context["stood"]
        return [used for label, used in each[1] if label == "检定记录"]

    def test_the_number_opens_these_verifications(self, client, cast, standard, verify, make_standard):
        made = [verify(verified_on=date(2016, 5, day)) for day in (1, 31)]
        for day in (date(2016, 4, 30), date(2016, 6, 1)):
            verify(verified_on=day)
        verify(standard=make_standard(), verified_on=date(2016, 5, 12))
        (used,) = self.shown(client, standard, cast.clerk_a)
        assert used.count == 2
        listed = client.get(used.url)
        assert listed.status_code == 200
        assert {row.pk for row in listed.context["cl"].queryset} == {row.pk for row in made}

    def test_only_those_of_the_readers_scope(self, client, cast, standard, verify):
        verify(verified_on=date(2016, 5, 10), office=cast.clerk_b.office, region_id=cast.clerk_b.office.region_id)
        (used,) = self.shown(client, standard, cast.clerk_a)
        assert used.count == 0

    def test_all_since_its_beginning_on_the_page_of_the_chain(self, client, cast, standard, verify):
        for year in (2016, 2019):
            verify(verified_on=date(year, 5, 10))
        client.force_login(cast.clerk_a)
        used = dict(client.get(f"/standards/{standard.pk}/chain/").context["used"])["检定记录"]
        assert used.count == 2
        assert client.get(used.url).context["cl"].queryset.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_trial_asks_nothing(cast, standard, verify):
    """What an import would do to the figures is looked at before anybody confirms it."""
    verify(verified_on=date(2016, 7, 10))
    with Shadow(MeasurementStandard) as shadow:
        shadow.bring([standard.pk])
        with shadow.active():
            happen(standard, cast.clerk_a, "sealed", date(2016, 6, 1))
    assert not Doubt.objects.exists()
