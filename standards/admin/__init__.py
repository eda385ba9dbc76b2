from standards.admin import reference, standard

__all__ = ["reference", "standard"]
