from standards.indicators import standard

__all__ = ["standard"]
