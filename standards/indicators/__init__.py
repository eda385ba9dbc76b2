from standards.indicators import (
    comparison,
    event,
    file,
    institution,
    people,
    service,
    specification,
    spot_check,
    standard,
)

__all__ = [
    "comparison",
    "event",
    "file",
    "institution",
    "people",
    "service",
    "specification",
    "spot_check",
    "standard",
]
