"""Benchmarks on the ledger, at a province's size."""

from inspections.benchmarks import importing, ledger, lists

__all__ = ["importing", "ledger", "lists"]
