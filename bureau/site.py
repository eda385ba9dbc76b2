"""The one admin site, and the base of every model admin on it: rows only through the scope."""

import logging
from functools import update_wrapper
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from bureau import menu, panels, records, scoping
from bureau.addresses import ClosedAddresses
from bureau.views import kept_form

logger = logging.getLogger(__name__)


class BureauSite(UnfoldAdminSite):
    index_title = _("Overview")
    index_template = "admin/index.html"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"panels": panels.render(request), **(extra_context or {})})

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only pages that keep to the scope stand on the site; what other packages register by themselves does not."""
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)
        elif admin_class is None or (settings.BASE_DIR / admin_class.__module__.partition(".")[0]).is_dir():
            raise ImproperlyConfigured(f"The admin page of {model_or_iterable} must derive from ScopedAdmin.")

    def get_urls(self) -> list[Any]:
        # No page of ours has a public address, so the redirect to it is left out.
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # The skin's own search caches its results by user alone and is not offered here.
        raise Http404

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        # The menu goes by area of work, so a list by Django app has no meaning for anybody here.
        return HttpResponseRedirect(reverse("admin:index"))

    # Logging in ----------------------------------------------------------------------------------

    def to_login(self, request: HttpRequest) -> HttpResponse:
        """Log in, then come back; a posted form is not lost meanwhile."""
        return kept_form.to_login(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if self.has_permission(request) or request.path == reverse("admin:logout"):
                return inner(request, *args, **kwargs)
            return self.to_login(request)

        return update_wrapper(guarded, inner)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().login(request, extra_context)
        succeeded = request.method == "POST" and response.status_code == 302
        return kept_form.give_back(request, response) if succeeded else response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("accounts:password"))

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:index"))


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    return menu.build(request)


def environment_badge(request: HttpRequest) -> list[Any] | None:
    return [_("For trying"), "warning"] if settings.DEBUG else None


NOT_CHOSEN = "Select value"  # the skin's words, translated in its catalogue


class ScopedChoices:
    """Foreign keys and many-to-many fields offer only rows that the user may see."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            # Reference rows are not edited from within a record: the buttons would only be in the clerk's way.
            for right in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
                setattr(formfield.widget, right, False)
        return formfield

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # The skin would choose the first value of a required list by itself, and nobody would notice.
        is_open = db_field.blank or not db_field.has_default()
        blank = [("", _(NOT_CHOSEN))]
        kwargs.setdefault("choices", db_field.get_choices(include_blank=is_open, blank_choice=blank))
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet:
        related = db_field.remote_field.model._default_manager.all()
        return scoping.visible_to(related, request.user)


class _Refused:
    """A form whose save the database has just refused: shown again as it was filled, with the reason."""

    refusal = ""

    def clean(self) -> Any:
        self.add_error(None, self.refusal)  # type: ignore[attr-defined]
        return super().clean()  # type: ignore[misc]


class ScopedAdmin(ScopedChoices, ClosedAddresses):
    """Closed by default: rows through the scope, choices of foreign keys too, nothing deleted.

    A row out of sight is 404; a role without the right is 403.
    """

    menu_area: ClassVar[str | None] = None
    menu_icon: ClassVar[str] = "table_rows"
    menu_order: ClassVar[int] = 50

    list_per_page = 25
    list_max_show_all = 25  # no "show all": a page stays a page
    view_on_site = False
    list_filter_submit = True
    warn_unsaved_form = True
    actions = None
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return scoping.visible_to(super().get_queryset(request), request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self.is_editable(request, obj))

    def is_editable(self, request: HttpRequest, obj: Model) -> bool:
        rows = scoping.editable_by(type(obj)._default_manager.all(), request.user)
        return rows.filter(pk=obj.pk).exists()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Somebody may save between our checks and our save, and rows of a page may contradict each other."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, records.Outdated):
            logger.warning("A save was refused.", exc_info=True)
            refusal = str(_("The database refused this row: it contradicts another record."))
        except ValidationError as error:
            refusal = " ".join(error.messages)
        request.refusal = refusal  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (_Refused, form), {"refusal": refusal}) if refusal else form

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    # History rows say what Django's own log would repeat.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)
