"""Long work with progress: it survives the death of its worker and is never done twice (docs/decisions/010-jobs.md).

An app keeps its jobs in a module named ``jobs``, which is found by itself::

    @job("exchange.import", _("Import"), resumable=True)
    def run(progress: Progress, *, import_id: int) -> dict: ...

    bureau.jobs.start("exchange.import", by=request.user, title=..., arguments={"import_id": 7}, request=request)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bureau.jobs.registry import JobKind, job

if TYPE_CHECKING:
    from bureau.jobs.progress import JobError, Progress
    from bureau.jobs.runner import cancel, hold, start, work_on
    from bureau.jobs.sweeper import sweep

__all__ = ["JobError", "JobKind", "Progress", "cancel", "hold", "job", "start", "sweep", "work_on"]

# Django imports this package before its models may be imported: these names are fetched when they are used.
_LATER = {
    "JobError": "progress",
    "Progress": "progress",
    "cancel": "runner",
    "hold": "runner",
    "start": "runner",
    "sweep": "sweeper",
    "work_on": "runner",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"bureau.jobs.{_LATER[name]}"), name)
