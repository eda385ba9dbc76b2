"""Benchmarks on measurement standards: importing them, and the summary counted from them."""

from standards.benchmarks import exchange, summary

__all__ = ["exchange", "summary"]
