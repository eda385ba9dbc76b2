"""A demo province's enterprises and what the bureaus had to do with them. Deterministic and synthetic."""

from bureau.demo import Demo
from enterprises.demo import certificate, energy, enterprise, outreach, pledge, service
from enterprises.models import Enterprise


def fill(demo: Demo) -> None:
    if demo.has(Enterprise):
        return
    enterprise.fill(demo)
    pledge.fill(demo)
    certificate.fill(demo)
    outreach.fill(demo)
    service.fill(demo)
    energy.fill(demo)
