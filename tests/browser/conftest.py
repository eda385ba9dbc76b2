"""Two served systems and a browser; they end with this package, since a running browser forbids Django's database."""

from pathlib import Path

import pytest

from tests.browser.system import DEMO, EMPTY, System, stops_cleanly
from tests.browser.tablet import Tablet
from tests.browser.visit import PHONE, Visitors, chromium, started_chromium

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not chromium():
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="package")
def demo(tmp_path_factory):
    """What ``make run`` serves."""
    system = System(tmp_path_factory.mktemp("demo"), DEMO).start()
    yield system
    stops_cleanly(system)


@pytest.fixture(scope="package")
def empty(tmp_path_factory):
    """The demo's offices and logins, no record."""
    system = System(tmp_path_factory.mktemp("empty"), EMPTY).start()
    yield system
    stops_cleanly(system)


@pytest.fixture(scope="package")
def visitors():
    with started_chromium() as browser:
        yield Visitors(browser)


@pytest.fixture
def enter(visitors):
    """``enter(system, username)`` opens a watched page; "" for somebody who is not logged in."""
    visits = []

    def open_visit(system, username="", size=None):
        visits.append(visitors.enter(system, username, size))
        return visits[-1]

    yield open_visit
    for visit in visits:
        visit.end()


@pytest.fixture
def clerk(enter, demo):
    """The clerk of the province, at the demo."""
    return enter(demo, "province-clerk")


@pytest.fixture
def phone(enter, demo):
    """The same person with a telephone."""
    return enter(demo, "province-clerk", PHONE)


@pytest.fixture
def tablet(visitors, demo, tmp_path):
    """An inspector's, which the line may be taken from."""
    made = Tablet(visitors, demo, tmp_path / "browser")
    made.log_in()
    yield made
    made.end()
