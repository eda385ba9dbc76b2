"""Sheets of the records that reporting keeps: exchange and reporting do not know each other, both stand below."""

from bureau.sheets import defined, entered_value, target

__all__ = ["defined", "entered_value", "target"]
