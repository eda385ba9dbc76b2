"""Benchmarks on standards: the summary counted from them, files that renew them, the pages over twenty years."""

from standards.benchmarks import history, renewal, summary

__all__ = ["history", "renewal", "summary"]
