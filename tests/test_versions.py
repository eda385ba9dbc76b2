"""The version of a definition follows what is counted, and nothing else."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from bureau.reporting import indicators, versions
from bureau.reporting.indicators import All, Between, Count, Dimension, Distinct, On, Rate, Sum
from standards.indicators.standard import Established, InForce
from standards.models import MeasurementStandard, StandardEvent

SHARED_OUT = """
import django; django.setup()
from bureau.reporting import indicators, versions
print(versions.of_all(indicators.every()))
"""
conditions = st.dictionaries(
    st.sampled_from(["tier", "grade", "kind", "name", "holder__in"]),
    st.one_of(st.text(max_size=3), st.integers(0, 2), st.lists(st.sampled_from("ab"), max_size=2)),
    max_size=3,
)


def changed(base=Established, **values):
    """The figure as it would be with other attributes; never registered."""
    return type("Changed", (base,), values)()


def version(**values):
    return versions.of(changed(**values))


def test_every_figure_has_one_of_its_own():
    found = {versions.of(indicator) for indicator in indicators.every()}
    assert len(found) == len(indicators.every())
    assert all(len(each) == versions.LENGTH for each in found)


def test_it_is_the_same_in_every_process():
    """Sets and texts have another order and hash in each."""
    given_seed = {**os.environ, "PYTHONHASHSEED": "4711", "DJANGO_SETTINGS_MODULE": "bureau.settings"}
    other = subprocess.run(
        [sys.executable, "-c", SHARED_OUT], env=given_seed, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == versions.of_all(indicators.every())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_language_changes_nothing(language):
    established = indicators.get("standards.established")
    known = versions.of(established), versions.of_all([established])
    with override(language):
        assert (versions.of(established), versions.of_all([established])) == known


def test_words_are_not_what_is_counted():
    assert version(label=_("Region"), unit="台", definition="其他说法", on_dashboard=False) == version()


@pytest.mark.parametrize(
    "values",
    [
        {"key": "test.other"},
        {"model": StandardEvent},
        {"predicate": Q()},
        {"predicate": Q(kind="enterprise_highest")},
        {"predicate": ~Q(kind="public")},
        {"predicate": Q(kind="public") | Q(tier="county")},
        {"predicate": Q(kind="public", established_on__lte=F("valid_until"))},
        {"measure": Distinct("field")},
        {"interval": On("issued_on")},
        {"interval": Between("established_on", "valid_until")},
        {"interval": Between("established_on", "valid_until", only=Q(tier="county"))},
        {"interval": All((Between("established_on", "valid_until"),))},
        {"region_path": "office__region"},
        {"since": date(2015, 1, 1)},
        {"dimensions": {"tier": Dimension("tier", "Tier", ())}},
        {"dimensions": {**Established.dimensions, "tier": Dimension("grade", "Tier", ())}},
    ],
    ids=lambda values: "-".join(values),  # alike in every process
)
def test_what_is_counted_changes_it(values):
    assert version(**values) != version()


@given(conditions, conditions)
def test_it_is_another_where_the_predicate_is(one, other):
    same = version(predicate=Q(**one)) == version(predicate=Q(**other))
    assert same == (one == other and list(map(type, one.values())) == list(map(type, other.values())))


@given(conditions, st.randoms())
def test_the_order_of_conditions_changes_nothing(stated, random):
    shuffled = list(stated.items())
    random.shuffle(shuffled)
    assert version(predicate=Q(*shuffled)) == version(predicate=Q(*stated.items()))


def test_values_of_a_dimension_do_not_count():
    """They stand in tables of the database, and name what is there."""
    assert version(dimensions={"tier": Dimension("tier", "A", ())}) == version(
        dimensions={"tier": Dimension("tier", "B", [("county", "County")])}
    )


def test_a_rate_follows_both_its_figures():
    def rate(above, below, **values):
        stated = {"key": "test.share", "numerator": "a", "denominator": "b", "parts": (above, below), **values}
        return versions.of(type("Share", (Rate,), stated)())

    above, below = changed(), changed(InForce)
    known = rate(above, below)
    assert known == rate(changed(), changed(InForce))
    assert known != rate(changed(predicate=Q()), below)
    assert known != rate(above, changed(InForce, measure=Sum("pk")))
    assert known != rate(below, above)
    assert known != rate(above, below, scale=1)


def test_what_has_no_stable_form_is_refused():
    rows = Exists(MeasurementStandard.objects.filter(pk=OuterRef("pk")))
    with pytest.raises(TypeError):
        version(predicate=Q(rows))


def test_all_together_follow_keys_words_and_what_is_counted():
    one, other = changed(), changed(InForce)
    known = versions.of_all([one, other])
    assert known == versions.of_all([other, one])
    assert known != versions.of_all([one])
    assert known != versions.of_all([changed(definition="Another sentence."), other])
    assert known != versions.of_all([changed(measure=Count(), predicate=Q()), other])
