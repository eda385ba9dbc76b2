"""The double-random draw: anybody can repeat it, and it is fair."""

import hashlib
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from bureau import records
from inspections import draws
from inspections.models import Assignment, Draw
from tests.cast import staff
from tests.inspection_makers import make_campaign, make_inspection

pytestmark = pytest.mark.django_db
DRAWS = 3000
# Quantiles of chi-squared at 0.999: by degrees of freedom.
CHI_SQUARED = {19: 43.82, 5: 20.52, 14: 36.12}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def pool(cast, make_enterprise):
    """Eight fuel stations and a shop, three inspectors."""
    for number in (2, 3):
        staff(f"inspector_a{number}", "inspector", cast.inspector_a.office)
    make_enterprise(kinds=("retail",))
    return [make_enterprise(kinds=("fuel",)) for _ in range(8)]


@pytest.fixture
def draw(cast, make_enterprise):
    """A draw that is not run yet."""

    def make(**values):
        campaign = make_campaign(cast, make_enterprise)
        office = cast.clerk_a.office
        defaults = {"site_kind_id": "fuel", "sites_wanted": 4, "seed": "20261102"}
        return Draw(campaign=campaign, office=office, region=office.region, **{**defaults, **values})

    return make


# The rule ----------------------------------------------------------------------------------------


def test_the_rule_is_what_it_says():
    """The digests of "7|site|1" and so on decide, as sha256sum gives them."""
    lots = draws.draw_lots("7", sites=[1, 2, 3], inspectors=[8, 9], wanted=3, per_site=1)
    digests = {site: hashlib.sha256(f"7|site|{site}".encode()).hexdigest() for site in (1, 2, 3)}
    assert [site for site, _going in lots] == sorted(digests, key=digests.get)
    first = lots[0][0]
    people = {one: hashlib.sha256(f"7|inspector|{first}|{one}".encode()).hexdigest() for one in (8, 9)}
    assert lots[0][1] == [min(people, key=people.get)]


def test_the_same_seed_gives_the_same_whatever_the_order():
    sites, inspectors = list(range(100, 140)), list(range(1, 8))
    drawn = draws.draw_lots("雪", sites=sites, inspectors=inspectors, wanted=15, per_site=2)
    shuffled = Random(5)
    shuffled.shuffle(sites)
    shuffled.shuffle(inspectors)
    again = draws.draw_lots("雪", sites=sites, inspectors=inspectors, wanted=15, per_site=2)
    assert drawn == again
    assert drawn != draws.draw_lots("雨", sites=sites, inspectors=inspectors, wanted=15, per_site=2)


def test_nobody_gets_more_than_a_fair_share():
    for seed in range(50):
        drawn = draws.draw_lots(str(seed), sites=range(30), inspectors=range(7), wanted=20, per_site=2)
        load = Counter(person for _site, going in drawn for person in going)
        assert set(load.values()) <= {5, 6}
        assert all(len(set(going)) == 2 for _site, going in drawn)


def test_it_rejects_too_small_a_pool():
    for sites, inspectors in (([1, 2], [1]), ([1, 2, 3], [])):
        with pytest.raises(ValueError, match="smaller"):
            draws.draw_lots("1", sites=sites, inspectors=inspectors, wanted=3, per_site=1)


def test_every_site_is_equally_likely():
    """Chi-squared over many draws of 5 of 20 without replacement."""
    sites, wanted = 20, 5
    drawn: Counter = Counter()
    for seed in range(DRAWS):
        drawn.update(
            site
            for site, _going in draws.draw_lots(
                str(seed), sites=range(sites), inspectors=[1], wanted=wanted, per_site=1
            )
        )
    expected = DRAWS * wanted / sites
    # Draws without replacement vary less than independent ones would.
    spread = expected * (1 - wanted / sites) * sites / (sites - 1)
    statistic = sum((drawn[site] - expected) ** 2 for site in range(sites)) / spread
    assert statistic < CHI_SQUARED[sites - 1]


def test_every_inspector_is_equally_likely_for_a_site():
    inspectors, site = 6, 3
    going: Counter = Counter()
    for seed in range(DRAWS):
        lots = dict(draws.draw_lots(str(seed), sites=range(4), inspectors=range(inspectors), wanted=4, per_site=1))
        going.update(lots[site])
    expected = DRAWS / inspectors
    assert sum((going[one] - expected) ** 2 / expected for one in range(inspectors)) < CHI_SQUARED[inspectors - 1]


def test_every_pair_of_inspectors_is_equally_likely():
    pairs: Counter = Counter()
    for seed in range(DRAWS):
        [(_site, going)] = draws.draw_lots(str(seed), sites=[1], inspectors=range(6), wanted=1, per_site=2)
        pairs[tuple(sorted(going))] += 1
    expected = DRAWS / 15
    assert len(pairs) == 15
    assert sum((count - expected) ** 2 / expected for count in pairs.values()) < CHI_SQUARED[14]


# On record ---------------------------------------------------------------------------------------


def test_a_draw_makes_the_assignments(cast, pool, draw):
    made = draws.run(draw(due_on=date(2026, 12, 20)), by=cast.clerk_a)
    assignments = list(Assignment.objects.order_by("pk"))
    assert [[row.enterprise_id, [row.lead_id, row.companion_id]] for row in assignments] == made.drawn
    assert {row.enterprise for row in assignments} <= set(pool)
    assert {(row.due_on, row.draw, row.office) for row in assignments} == {(made.due_on, made, made.office)}
    assert draws.holds(made)
    made.drawn = [*made.drawn[1:], made.drawn[0]]
    assert not draws.holds(made)


def test_the_pool_leaves_out_who_was_seen_lately(cast, make_enterprise, pool, draw):
    make_inspection(cast, make_enterprise, enterprise=pool[0], inspected_on=date(2026, 3, 1))
    records.void(pool[1], by=cast.clerk_a, reason="歇业")
    found = draws.pool_of(draw(not_inspected_since=date(2026, 1, 1)))
    assert found["sites"] == sorted(site.pk for site in pool[2:])
    assert len(found["inspectors"]) == 3
    assert len(draws.pool_of(draw(site_kind_id=None))["sites"]) == 8


def test_a_seed_is_made_where_none_was_drawn(cast, pool, draw):
    first, second = (draws.run(draw(seed=""), by=cast.clerk_a) for _ in range(2))
    assert first.seed != second.seed
    assert len(first.seed) == 32


def test_it_rejects_more_than_there_are(cast, pool, draw):
    for name, value, sentence in (("sites_wanted", 9, "Only 8 sites"), ("office", cast.clerk_b.office, "only 0 insp")):
        wanted = draw()
        setattr(wanted, name, value)
        with pytest.raises(ValidationError, match=sentence):
            draws.run(wanted, by=cast.clerk_a)
    assert not Draw.objects.exists()


def test_the_office_draws_on_its_page(client, cast, make_enterprise, pool):
    client.force_login(cast.clerk_a)
    campaign, office = make_campaign(cast, make_enterprise), cast.clerk_a.office
    data = {
        "campaign": campaign.pk, "site_kind": "fuel", "sites_wanted": 9, "inspectors_per_site": 2, "seed": "7",
        "region": office.region_id, "office": office.pk,
    }  # fmt: skip
    papers = "bureau-attachment-content_type-object_id-"
    data |= {f"{papers}TOTAL_FORMS": 0, f"{papers}INITIAL_FORMS": 0}
    refused = client.post("/inspections/draw/add/", data)
    assert "Only 8 sites can be drawn from." in refused.content.decode()
    assert client.post("/inspections/draw/add/", {**data, "sites_wanted": 3}).status_code == 302
    made = Draw.objects.get()
    assert Assignment.objects.filter(draw=made).count() == 3
    text = client.get(f"/inspections/draw/{made.pk}/change/").content.decode()
    assert str(Assignment.objects.first().enterprise) in text
    # Seed and pools stand as they were drawn.
    client.post(f"/inspections/draw/{made.pk}/change/", {**data, "seed": "8", "seen_version": 1, "remark": "已公示"})
    again = Draw.objects.get()
    assert (again.seed, again.remark, again.drawn) == ("7", "已公示", made.drawn)
