"""The one table of roles: who may do what with which area of the system.

An area is named by each model (``AREA``, or ``FOREIGN_AREAS`` here); a role gives actions on areas. The last three
roles are kept apart by rule: who manages accounts does not see records, who reads the log changes nothing.
"""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

WRITE = ("view", "add", "change")


@dataclass(frozen=True)
class Role:
    key: str
    label: Any
    grants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    with_records: bool = False


ROLES = {
    role.key: role
    for role in (
        Role(
            "clerk",
            _("Clerk"),
            {
                "record": (*WRITE, "void", "import", "export"),
                "verification": (*WRITE, "void", "import", "export"),
                "fieldwork": (*WRITE, "void", "import", "export"),
                "figure": (*WRITE, "void", "import", "export"),
                "exchange": WRITE,
                "job": WRITE,
                "reference": ("view",),
                "administration": ("view",),
            },
            with_records=True,
        ),
        Role(
            "inspector",
            _("Inspector"),
            {
                "record": ("view", "export"),
                "verification": ("view", "export"),
                "fieldwork": (*WRITE, "export"),
                "figure": ("view", "export"),
                "job": WRITE,
                "reference": ("view",),
                "administration": ("view",),
            },
            with_records=True,
        ),
        Role(
            "manager",
            _("Manager"),
            {
                "record": ("view", "change", "void", "export"),
                "verification": ("view", "change", "void", "export"),
                "fieldwork": ("view", "change", "void", "export"),
                "figure": (*WRITE, "void", "import", "export", "confirm"),
                "exchange": ("view",),
                "job": WRITE,
                "reference": ("view",),
                "administration": ("view",),
            },
            with_records=True,
        ),
        Role(
            "system_administrator",
            _("System administrator"),
            {"administration": WRITE, "reference": (*WRITE, "import", "export"), "job": ("view",)},
        ),
        Role(
            "security_administrator",
            _("Security administrator"),
            {"staff": WRITE, "login_lock": ("view", "delete"), "administration": ("view",)},
        ),
        Role("log_auditor", _("Log auditor"), {"log": ("view", "export")}),
    )
}
APART = [key for key, role in ROLES.items() if not role.with_records]

FOREIGN_AREAS = {"axes.AccessAttempt": "login_lock"}


def area_of(model: type[Model]) -> str | None:
    return getattr(model, "AREA", None) or FOREIGN_AREAS.get(model._meta.label)


def label_of(key: str) -> Any:
    role = ROLES.get(key)
    return role.label if role else key


def conflict(keys: set[str]) -> str | None:
    """A sentence when the roles may not be held by one person, else None."""
    apart = [key for key in APART if key in keys]
    if apart and len(keys) > 1:
        return str(_("%(role)s cannot be combined with another role.") % {"role": ROLES[apart[0]].label})
    return None


def granted(role: Role, model: type[Model]) -> list[str]:
    """Code names of the permissions that the role holds on the model."""
    known = model._meta.default_permissions
    actions = role.grants.get(area_of(model) or "", ())
    return [f"{action}_{model._meta.model_name}" for action in actions if action in known]


def grant_permissions(sender: Any = None, **kwargs: Any) -> None:
    """Give each role's group exactly what the table says; runs after every migrate, so a new model is covered."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    if sender is not None and sender.name != "bureau":  # once a migrate
        return
    # Django makes an app's permissions at that app's own turn, which for some comes after this one.
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    by_name = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES.values():
        group, _created = Group.objects.get_or_create(name=role.key)
        wanted = [
            by_name[(model._meta.app_label, codename)]
            for model in apps.get_models()
            for codename in granted(role, model)
            if (model._meta.app_label, codename) in by_name
        ]
        group.permissions.set(wanted)
