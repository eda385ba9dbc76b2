from benchmarks.sheets import month, verification

__all__ = ["month", "verification"]
