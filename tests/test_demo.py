"""``manage.py demo`` as a newcomer runs it: an empty data directory becomes the demo provinces, once.

What they published stands in ``published_facts.csv``: a fact a row, ``kind`` as it was put. The demo has exactly the
number for "at least" too; of a target it has a target of that number over exactly that period.
"""

import csv
import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.system import manage

pytestmark = pytest.mark.once

TIERS = {"regional": 7, "provincial": 14, "municipal": 65, "county": 0}


class Fact(NamedTuple):
    id: str
    region: str
    first: str
    last: str
    key: str
    dimension: str
    part: str
    value: str
    kind: str

    @property
    def asked(self):
        return self.region, self.first, self.last

    def read(self, figure):
        """The number of the fact in the answer of ``manage.py summary``; None if it has none."""
        if self.kind == "target":
            return figure["target"]
        return figure["breakdowns"][self.dimension][self.part] if self.dimension else figure["value"]


with (Path(__file__).parent / "published_facts.csv").open(encoding="utf-8") as file:
    FACTS = [Fact(*row) for row in csv.reader(file)][1:]


def contents(directory):
    """Rows and highest id of every table."""
    database = sqlite3.connect(directory / "bureau.sqlite3")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.execute(f'SELECT count(*), max(rowid) FROM "{name}"').fetchone() for name in names}
    database.close()
    return found


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The demo provinces, made from nothing."""
    directory = tmp_path_factory.mktemp("demo") / "not-there-yet"
    done = manage(directory, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "33 offices, 14 logins" in done.stdout
    return directory


@pytest.fixture(scope="module")
def summary(directory):
    """``summary(region, first day, last day)``: the answer of the command, asked once."""
    answers = {}

    def ask(*asked):
        if asked not in answers:
            region, first, last = asked
            done = manage(directory, "summary", "--region", region, "--from", first, "--to", last, "--format", "json")
            assert done.returncode == 0, done.stderr
            answers[asked] = json.loads(done.stdout)
        return answers[asked]

    return ask


def test_again_changes_nothing(directory):
    before = contents(directory)
    assert before["standards_measurementstandard"][0] > 3400 + 400
    done = manage(directory, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert contents(directory) == before


def test_the_facts_are_those_of_both_provinces():
    assert Counter(fact.id[:2] for fact in FACTS) == {"HB": 30, "LN": 36}
    assert {fact.kind for fact in FACTS} == {"exact", "at_least", "target"}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.id}-{fact.key}")
def test_the_summary_gives_what_was_published(summary, fact):
    figures = {figure["key"]: figure for figure in summary(*fact.asked)["figures"]}
    assert fact.read(figures[fact.key]) == float(fact.value)


def test_figures_of_other_provinces_are_known(directory):
    """Shandong 2010, Xianyang 2008 and the national campaign of 2012 published these; the demo does not hold them."""
    done = manage(directory, "indicators", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {indicator["key"] for indicator in json.loads(done.stdout)} >= {
        "energy.direct_reporting_units",
        "services.teams",
        "targets.decomposed",
        "energy.intensity_decline",
        "assessments.subjects",
        "services.campaign_reports_in_time",
        "services.fees_charged",
    }


def test_parts_of_a_figure(summary):
    answer = summary("210000", "2016-01-01", "2016-12-31")
    assert answer["period"] == {"from": "2016-01-01", "to": "2016-12-31"}
    figure = next(figure for figure in answer["figures"] if figure["key"] == "standards.established")
    assert figure["breakdowns"]["tier"] == TIERS

    regions = figure["breakdowns"]["region"]
    cities = {code: count for code, count in regions.items() if code != "210000"}
    assert regions["210000"] == 21
    assert len(cities) == 14
    # 65 over fourteen cities: nine have five, five have four.
    assert Counter(cities.values()) == {5: 9, 4: 5}


def test_hebei_is_spread_over_its_cities_and_had_a_year_before(summary):
    """Main figures of 2020, and those of 2019 beside them."""
    before, figures = (
        {figure["key"]: figure for figure in summary("130000", f"{year}-01-01", f"{year}-12-31")["figures"]}
        for year in (2019, 2020)
    )
    for key in ("verification.instruments", "cases.filed", "audits.units_audited", "licensing.new_instrument_products"):
        assert before[key]["value"] > 0, key
        cities = {code: count for code, count in figures[key]["breakdowns"]["region"].items() if code != "130000"}
        assert len(cities) == 11, key
        assert min(cities.values()) > 0, key


def test_production_has_no_demo(tmp_path):
    """Its passwords are known to everybody."""
    done = manage(tmp_path, "demo", "--no-serve", DEBUG="", SECRET_KEY="x" * 60, ALLOWED_HOSTS="bureau.example")
    assert done.returncode != 0
    assert "DEBUG=1 only" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "bureau.sqlite3").exists()
