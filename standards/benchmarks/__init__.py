"""Benchmarks on measurement standards: the summary counted from them, and files that renew them."""

from standards.benchmarks import renewal, summary

__all__ = ["renewal", "summary"]
