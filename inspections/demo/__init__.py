"""What the bureaus of a demo province inspected, found and decided. Deterministic and synthetic."""

from bureau.demo import Demo
from inspections.demo import audit, booking, case, energy, figure, inspection, ledger, report
from inspections.models import SiteInspection


def fill(demo: Demo) -> None:
    if demo.has(SiteInspection):
        return
    case.fill(demo)
    inspection.fill(demo)
    ledger.fill(demo)
    booking.fill(demo)  # of pieces that stand by then
    energy.fill(demo)
    audit.fill(demo)  # of units and meters that stand by then
    figure.fill(demo)
    report.fill(demo)  # of all that stands by then
