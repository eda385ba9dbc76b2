from benchmarks.models.month import TrialMonth
from benchmarks.models.verification import TrialVerification

__all__ = ["TrialMonth", "TrialVerification"]
