"""Three-way merge of one field: what it was when the device left, what it is here, what it is there."""

from enum import Enum


class Merged(Enum):
    HERE = "here"
    THERE = "there"
    CONFLICT = "conflict"


def merge(base: str, here: str, there: str) -> Merged:
    """Whose value stands. Where both changed it, and not to the same, a person has to decide."""
    if here in (there, base):
        return Merged.THERE
    return Merged.HERE if there == base else Merged.CONFLICT
