from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


def _has_jobs(user: Any) -> bool:
    return user.has_perm("jobs.view_job")


class JobsConfig(AppConfig):
    name = "bureau.jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from bureau.menu import MenuItem, register

        register(MenuItem("work", _("My jobs"), "pending_actions", "jobs:list", _has_jobs, order=90))
        # The worker must know every job, though nothing on its way imports the apps' modules.
        autodiscover_modules("jobs")
