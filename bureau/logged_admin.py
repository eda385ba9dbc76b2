"""Admin pages of what is no record: accounts, offices, rule tables. Their history is the operations log."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse

from bureau.operations import Action, log
from bureau.record_forms import CheckedForm
from bureau.site import ScopedAdmin
from bureau.views import kept_form


class LoggedAdmin(ScopedAdmin):
    """No history page of its own; a form that outlived its session is shown again."""

    form = CheckedForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return kept_form.unsaved(super().get_form(request, obj, change, **kwargs), request)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, {"show_history": False, **(extra_context or {})})

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404


class ReferenceAdmin(LoggedAdmin):
    """Reference data: each change is a line in the operations log, with the values before and after."""

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        with transaction.atomic():
            stored = type(obj)._default_manager.get(pk=obj.pk) if change else None
            obj.save()
            before = self._values(stored) if stored else {}
            after = self._values(obj)
            changed = [name for name in after if before.get(name) != after[name]]
            if changed:
                log(
                    Action.REFERENCE,
                    request=request,
                    target=f"{self.opts.verbose_name} {obj.pk}: {obj}",
                    before={name: before.get(name) for name in changed},
                    after={name: after[name] for name in changed},
                )

    def _values(self, obj: Model) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return json.loads(json.dumps(model_to_dict(obj), cls=DjangoJSONEncoder, default=str))


def offered(request: HttpRequest, queryset: QuerySet) -> QuerySet:
    """For an autocomplete: only what the form with this field would accept, and nothing more for another page."""
    if request.resolver_match is None or request.resolver_match.view_name != "admin:autocomplete":
        return queryset
    for model, model_admin in admin.site._registry.items():
        if (model._meta.app_label, model._meta.model_name) == (
            request.GET.get("app_label"),
            request.GET.get("model_name"),
        ) and isinstance(model_admin, ScopedAdmin):
            try:
                field = model._meta.get_field(request.GET.get("field_name", ""))
            except FieldDoesNotExist:
                return queryset.none()
            return queryset.filter(pk__in=model_admin.choices_for(field, request).values("pk"))
    return queryset
