"""Typed reading of the process environment; every setting that an office may change passes here."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def whole(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def wholes(name: str, default: str) -> list[int]:
    """Whole numbers above zero, separated by commas; at least one."""
    try:
        numbers = [int(word) for word in (words(name) or default.split(","))]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise ImproperlyConfigured(f"{name} must be whole numbers above zero, separated by commas.")
    return numbers


def words(name: str) -> list[str]:
    """A list separated by commas; blanks around each word are dropped."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def required(name: str, purpose: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set ({purpose}). Set it, or set DEBUG=1 to try the system on this machine."
        )
    return value
