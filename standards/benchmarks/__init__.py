"""Benchmarks on standards: the summary counted from them, files that renew them, the pages over twenty years."""

from standards.benchmarks import history, renewal

__all__ = ["history", "renewal"]
