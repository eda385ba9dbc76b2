"""Times in addresses."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def moment(text: Any) -> datetime:
    """A time such as 2016-06-01T08:00:00+08:00; without an offset it is local. Raises ``ValueError``."""
    found = parse_datetime(text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text)
    if found is None:
        raise ValueError(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
