from standards.sheets import standard

__all__ = ["standard"]
