"""For how long the certificate of a demo standard holds, and when the next ones followed."""

from collections.abc import Iterator
from datetime import date, timedelta

from bureau.dates import add_months

VALID_YEARS = 5
IN_TIME = timedelta(days=20)


def until(issued_on: date) -> date:
    """The last day of five years, the present period of validity."""
    return add_months(issued_on, 12 * VALID_YEARS) - timedelta(days=1)


def renewals(established_on: date, last: date) -> Iterator[date]:
    """The days of the certificates that followed the first one, up to a day: each some days before the former ends."""
    on = until(established_on) - IN_TIME
    while on <= last:
        yield on
        on = until(on) - IN_TIME
