"""Twenty years in the life of many standards: their list, the due list and the figures, each as a reader gets it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from bureau import records
from bureau.bench import Measure, at_most, benchmark, seconds
from bureau.dates import add_months
from bureau.models import Staff
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import lifecycle
from standards.benchmarks import load
from standards.models import MeasurementStandard, StandardEvent
from standards.models.rule import EventKind

YEARS, VALID_YEARS = 20, 5
LIMIT = 300  # ms
FULL = 5_000
CHUNK = 1_000
# Days before a certificate runs out on which it is applied for, accepted, begun to be examined, and renewed.
STEPS = (
    (EventKind.APPLIED, 190),
    (EventKind.ACCEPTED, 183),
    (EventKind.REEXAMINATION_BEGUN, 120),
    (EventKind.REEXAMINED, 25),
)


@benchmark("standards", full_rows=FULL, quick_rows=200)
def run(rows: int) -> Iterator[Measure]:
    store(rows)
    client, judged = Client(), rows >= FULL
    client.force_login(_manager())
    pages = {
        "list of standards": "/standards/measurementstandard/",
        "the same, expired ones of a city": "/standards/measurementstandard/?due=expired&in_region=210100",
        "due list": "/due/",
    }
    for name, path in pages.items():
        yield at_most(name, _ms(lambda path=path: _opened(client, path)), LIMIT, unit="ms", judged=judged)
    year = Period.year(timezone.localdate().year - 1)
    yield at_most("figures of standards", _ms(lambda: _figures(year)), LIMIT, unit="ms", judged=judged)


def _ms(work: Callable[[], None]) -> float:
    work()
    return 1000 * seconds(work, repeat=5)


def _opened(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}.")


def _figures(year: Period) -> None:
    """Those of standards, with all breakdowns and the year before beside them."""
    compute([each for each in indicators.every() if each.key.startswith("standards.")], load.PROVINCE, year)


def _manager() -> Staff:
    manager = Staff.objects.create(username="bench", office=load.office(), must_change_password=False)
    manager.groups.add(Group.objects.get(name="manager"))
    return manager


def store(count: int) -> None:
    """Standards whose lives go back so many years, written as an import would."""
    made = iter(load.standards(count))
    number = 0
    while chunk := list(islice(made, CHUNK)):
        lives = [list(_life(number + place)) for place in range(len(chunk))]
        for standard, life in zip(chunk, lives, strict=True):
            last = [step for step in life if step[2] is not None][-1]
            standard.established_on, standard.issued_on, standard.valid_until = life[0][1], last[1], last[2]
        records.bulk_add(chunk, by=None)
        pairs = zip(chunk, lives, strict=True)
        records.bulk_add([event for standard, life in pairs for event in _events(standard, life)], by=None)
        lifecycle.derive(chunk, by=None)
        number += len(chunk)


Step = tuple[str, date, date | None]


def _life(number: int) -> Iterator[Step]:
    """Kind, day and end of validity of each event up to today; every seventh standard was sealed for a while once."""
    today = timezone.localdate()
    on = add_months(today, -12 * YEARS) + timedelta(days=number * 7919 % 1500)
    until = _until(on)
    yield EventKind.ESTABLISHED, on, until
    if number % 7 == 0:
        yield EventKind.SEALED, on + timedelta(days=400), None
        yield EventKind.RESTORED, on + timedelta(days=600), None
    yield EventKind.EQUIPMENT_REPLACED, on + timedelta(days=900), None
    # One in eleven lets its last certificate run out.
    last = today - timedelta(days=900) if number % 11 == 0 else today
    while True:
        steps = [(kind, until - timedelta(days=days)) for kind, days in STEPS]
        if steps[-1][1] > last:
            return
        until = _until(steps[-1][1])
        yield from ((kind, day, until if kind == EventKind.REEXAMINED else None) for kind, day in steps)


def _until(on: date) -> date:
    return add_months(on, 12 * VALID_YEARS) - timedelta(days=1)


def _events(standard: MeasurementStandard, life: list[Step]) -> Iterator[StandardEvent]:
    for kind, on, until in life:
        number = f"{standard.certificate_no} {on.year}" if until else ""
        yield StandardEvent(standard=standard, kind=kind, on=on, valid_until=until, certificate_no=number)
