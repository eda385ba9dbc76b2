from enterprises.admin import (
    award,
    c_mark,
    certificate,
    enterprise,
    licence,
    listed,
    parts,
    pledge,
    reference,
    spot_check,
    staff,
)

__all__ = [
    "award",
    "c_mark",
    "certificate",
    "enterprise",
    "licence",
    "listed",
    "parts",
    "pledge",
    "reference",
    "spot_check",
    "staff",
]
