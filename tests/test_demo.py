"""``manage.py demo`` as a newcomer runs it: an empty data directory becomes the demo province, once."""

import json
import sqlite3
import time
from collections import Counter

import pytest

from tests.browser.system import manage

TIERS = {"regional": 7, "provincial": 14, "municipal": 65, "county": 0}
# Of 2016, as Liaoning published it: by region, the key of the figure and the value of a dimension.
PUBLISHED = {
    "210000": {
        ("integrity.pledges_signed",): 630,
        ("outreach.registered",): 1363,
        ("verification.free_instruments",): 21610,
        ("outreach.participants",): 1214,
        ("outreach.awards", "award", "weekly"): 476,
        ("outreach.awards", "award", "monthly"): 170,
        ("outreach.awards", "award", "annual"): 72,
    },
    "210200": {("integrity.pledges_signed",): 153, ("integrity.demonstration_units_awarded",): 38},
    "211000": {("verification.emergency_instruments",): 54},
}


def contents(directory):
    """Rows and highest id of every table."""
    database = sqlite3.connect(directory / "bureau.sqlite3")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.execute(f'SELECT count(*), max(rowid) FROM "{name}"').fetchone() for name in names}
    database.close()
    return found


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The demo province, made from nothing."""
    directory = tmp_path_factory.mktemp("demo") / "not-there-yet"
    began = time.monotonic()
    done = manage(directory, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 60
    assert "18 offices, 9 logins" in done.stdout
    return directory


def test_again_changes_nothing(directory):
    before = contents(directory)
    assert before["standards_measurementstandard"][0] > 400
    done = manage(directory, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert contents(directory) == before


def test_the_summary_gives_the_published_figures(directory):
    done = manage(directory, "summary", "--region", "210000", "--year", "2016", "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["period"] == {"from": "2016-01-01", "to": "2016-12-31"}
    figures = {figure["key"]: figure for figure in answer["figures"]}
    assert figures["specifications.issued_or_revised"]["value"] == 83
    assert figures["specifications.reviewed"]["value"] == 283
    figure = figures["standards.established"]
    assert figure["value"] == 86
    assert figure["breakdowns"]["tier"] == TIERS

    regions = figure["breakdowns"]["region"]
    cities = {code: count for code, count in regions.items() if code != "210000"}
    assert regions["210000"] == 21
    assert len(cities) == 14
    # 65 over fourteen cities: nine have five, five have four.
    assert Counter(cities.values()) == {5: 9, 4: 5}


@pytest.mark.parametrize("region", PUBLISHED)
def test_enterprises_give_the_published_figures(directory, region):
    done = manage(directory, "summary", "--region", region, "--year", "2016", "--format", "json")
    assert done.returncode == 0, done.stderr
    figures = {figure["key"]: figure for figure in json.loads(done.stdout)["figures"]}
    found = {}
    for key, *part in PUBLISHED[region]:
        figure = figures[key]
        found[(key, *part)] = figure["breakdowns"][part[0]][part[1]] if part else figure["value"]
    assert found == PUBLISHED[region]


def test_production_has_no_demo(tmp_path):
    """Its passwords are known to everybody."""
    done = manage(tmp_path, "demo", "--no-serve", DEBUG="", SECRET_KEY="x" * 60, ALLOWED_HOSTS="bureau.example")
    assert done.returncode != 0
    assert "DEBUG=1 only" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "bureau.sqlite3").exists()
