"""The kinds of long work that exist; apps add theirs at import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bureau.jobs.models import Job

Run = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    """``run(progress, **arguments)`` returns the result as JSON or None.

    ``resumable``: ``run`` goes on from ``progress.cursor`` when it is started a second time; another kind is reported
    as failed when its worker dies.
    ``result_template`` draws the result on the progress page, with ``job`` and ``result``; ``result_url`` leads to a
    page of its own.
    """

    key: str
    label: Any
    run: Run
    resumable: bool = False
    result_template: str = ""
    result_url: Callable[["Job"], str | None] | None = None


_kinds: dict[str, JobKind] = {}


def job(
    key: str,
    label: Any,
    *,
    resumable: bool,
    result_template: str = "",
    result_url: Callable[["Job"], str | None] | None = None,
) -> Callable[[Run], Run]:
    """Register the decorated function; raises ValueError for a blank or taken key."""

    def register(run: Run) -> Run:
        if not key.strip() or not str(label).strip():
            raise ValueError(f"A job needs a key and a label: {run.__module__}.{run.__qualname__}.")
        if key in _kinds:
            raise ValueError(f"The job {key!r} is registered already.")
        _kinds[key] = JobKind(key, label, run, resumable, result_template, result_url)
        return run

    return register


def find(key: str) -> JobKind | None:
    """None where the kind was known once and is no more: old rows outlive their code."""
    return _kinds.get(key)


def get(key: str) -> JobKind:
    """Raises LookupError for an unknown key."""
    kind = _kinds.get(key)
    if kind is None:
        raise LookupError(f"No job {key!r} is registered.")
    return kind
