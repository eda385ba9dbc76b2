"""Benchmarks on measurement standards: the summary counted from them."""

from standards.benchmarks import summary

__all__ = ["summary"]
