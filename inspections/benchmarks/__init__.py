"""Benchmarks on the ledger at a province's size, and on the form of an audit."""

from inspections.benchmarks import audit_form, importing, ledger, lists

__all__ = ["audit_form", "importing", "ledger", "lists"]
