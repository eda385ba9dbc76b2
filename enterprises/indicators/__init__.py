from enterprises.indicators import (
    award,
    c_mark,
    certificate,
    enterprise,
    licence,
    listed,
    outreach,
    pledge,
    service,
    service_campaign,
    staff,
    training,
)

__all__ = [
    "award",
    "c_mark",
    "certificate",
    "enterprise",
    "licence",
    "listed",
    "outreach",
    "pledge",
    "service",
    "service_campaign",
    "staff",
    "training",
]
