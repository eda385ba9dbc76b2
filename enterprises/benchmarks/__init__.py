"""Benchmarks on enterprises: the page with everything about one."""

from enterprises.benchmarks import page

__all__ = ["page"]
