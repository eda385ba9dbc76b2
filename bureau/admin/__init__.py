from bureau.admin import api_token, login_lock, office, operation, region, staff

__all__ = ["api_token", "login_lock", "office", "operation", "region", "staff"]
