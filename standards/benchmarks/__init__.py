"""Benchmarks on measurement standards: the summary counted from them, and the pages over their twenty years."""

from standards.benchmarks import history, summary

__all__ = ["history", "summary"]
