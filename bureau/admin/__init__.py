from bureau.admin import login_lock, office, operation, region, staff

__all__ = ["login_lock", "office", "operation", "region", "staff"]
