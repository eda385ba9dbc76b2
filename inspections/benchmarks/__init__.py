"""Benchmarks on the ledger and the summary at a province's size, and on the form of an audit."""

from inspections.benchmarks import audit_form, importing, ledger, lists, summary

__all__ = ["audit_form", "importing", "ledger", "lists", "summary"]
