"""Load data: the same numbers give the same rows, and what follows from them is what the system would derive."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum

from inspections import rollups, succession
from inspections.models import Instrument, UsePeriod, Verification, VerificationTally

pytestmark = pytest.mark.django_db

DERIVED = ("id", "due_on", "met_on")


def generate(rows=1500, seed=7, years=3):
    call_command("generate", "--kind=verifications", f"--rows={rows}", f"--years={years}", f"--seed={seed}")


def derived():
    periods = UsePeriod.objects.filter(is_dropped=False).order_by("instrument", "begins_on")
    return (
        list(Verification.objects.order_by("pk").values_list(*DERIVED)),
        list(Instrument.objects.order_by("pk").values_list("id", *succession.OF_INSTRUMENT)),
        list(periods.values_list("instrument", "begins_on", "ends_on", "is_verified", *succession.PLACE)),
    )


@pytest.fixture
def load(reference, capsys):
    generate()
    assert "1500" in capsys.readouterr().out


def test_what_follows_is_what_would_be_derived(load):
    written = derived()
    assert len(written[0]) == 1500
    succession.derive(Instrument.objects.values_list("pk", flat=True))
    assert derived() == written


def test_the_tallies_are_the_rows(load):
    assert [rollups.differences(rollup.tally) for rollup in rollups.ROLLUPS] == [[], [], []]
    pieces = Verification.objects.aggregate(pieces=Sum("quantity"))["pieces"]
    assert VerificationTally.objects.filter(span="year").aggregate(pieces=Sum("quantity"))["pieces"] == pieces


def test_it_is_a_plausible_province(load):
    by_conclusion = dict(Verification.objects.values_list("conclusion").annotate(Count("pk")))
    assert 0.005 < by_conclusion["failed"] / 1500 < 0.05
    months = dict(Verification.objects.values_list("verified_on__month").annotate(Count("pk")))
    assert months[4] > months[2]
    for row in Verification.objects.select_related("instrument")[:200]:
        row.clean()
        row.validate_constraints()


def test_it_goes_into_an_empty_ledger_only(load):
    with pytest.raises(CommandError, match=r"ledger|台账"):
        generate()


def test_an_unknown_kind_is_named(reference):
    with pytest.raises(CommandError, match="weather"):
        call_command("generate", "--kind=weather", "--rows=1")
