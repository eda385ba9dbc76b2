from enterprises.sheets import (
    award,
    c_mark,
    certificate,
    enterprise,
    former_name,
    kind,
    licence,
    listed,
    pledge,
    spot_check,
    staff,
)

__all__ = [
    "award",
    "c_mark",
    "certificate",
    "enterprise",
    "former_name",
    "kind",
    "licence",
    "listed",
    "pledge",
    "spot_check",
    "staff",
]
