from enterprises.indicators import (
    award,
    c_mark,
    certificate,
    enterprise,
    licence,
    listed,
    pledge,
    staff,
)

__all__ = [
    "award",
    "c_mark",
    "certificate",
    "enterprise",
    "licence",
    "listed",
    "pledge",
    "staff",
]
