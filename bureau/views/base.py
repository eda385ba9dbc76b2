"""The base of every page outside the model admins: no permission named, no page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View

from bureau import scoping
from bureau.models import Staff
from bureau.roles import ROLES

Permission = str | Callable[[Any], bool]


def ANY_STAFF(user: Any) -> bool:
    """Whoever is logged in; for pages about the user's own account or own work."""
    return True


class ScopedView(View):
    """``permission`` is "app.codename", or a function of the user; the page's rows come from ``scoped``."""

    permission: ClassVar[Permission | None] = None
    title: Any = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        answers = any(hasattr(cls, method) for method in ("get", "post", "put", "patch", "delete"))
        if answers and cls.permission is None:
            raise ImproperlyConfigured(f"{cls.__name__} names no permission.")

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.scoped_view = cls
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not admin.site.has_permission(request):
            return admin.site.to_login(request)  # type: ignore[attr-defined]
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        permission = type(self).permission
        return user.has_perm(permission) if isinstance(permission, str) else bool(permission and permission(user))

    def scoped(self, queryset: QuerySet) -> QuerySet:
        return scoping.visible_to(queryset, self.request.user)

    def shell(self, **context: Any) -> dict[str, Any]:
        """What the admin shell (menu, header, languages) needs, and the page's own."""
        return {**admin.site.each_context(self.request), "title": self.title, "view": self, **context}


def with_records(user: Staff) -> bool:
    """Roles that work with records, in an office."""
    return bool(user.office_id) and any(ROLES[key].with_records for key in user.role_keys if key in ROLES)
