"""The admin page of a record kind: a short subclass states columns, filters and fieldsets, the rest is here."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import GenericTabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from bureau import documents, menu, records, scoping
from bureau.attachments import AttachmentForm
from bureau.filters import RegionFilter, VoidedFilter
from bureau.models import Attachment, Office, Record, Region, Staff
from bureau.models.region import subtree_q
from bureau.operations import Action, log
from bureau.record_forms import RecordForm, TrackedForm
from bureau.record_history import ReadableChanges
from bureau.site import ScopedAdmin, ScopedChoices
from bureau.texts import whole_number

PROVENANCE = ("entered", "changed", "version", "imported")


class _RowsStand:
    """A formset whose posted rows are all still there; the library passes over one that is not, in silence."""

    def clean(self) -> None:
        if any(form.instance.pk is None for form in self.initial_forms):  # type: ignore[attr-defined]
            raise ValidationError(
                _("Somebody removed a row that this page still had. Nothing was saved: open the record again.")
            )
        super().clean()  # type: ignore[misc]


class TrackedInline(ScopedChoices):
    """Rows of a tracked kind on their parent's page: the voided ones stay out, "deleting" voids.

    Each row has its own optimistic lock: the parent's version says that rows changed, not which.
    """

    form: ClassVar[Any] = TrackedForm
    extra = 0
    tab = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        return type(formset.__name__, (_RowsStand, formset), {})

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = scoping.visible_to(super().get_queryset(request), request.user)  # type: ignore[misc]
        return rows.filter(voided_at__isnull=True)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """A page of many rows asks once for what may be chosen, not once a row."""
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if formfield and db_field.name not in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            formfield.choices = list(formfield.choices)
        return formfield

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)  # type: ignore[attr-defined]


class AttachmentInline(TrackedInline, GenericTabularInline):
    """Papers of the record; a file that stands is only linked, never replaced."""

    model = Attachment
    form = AttachmentForm
    ct_field, ct_fk_field = "content_type", "object_id"
    readonly_fields = ("link",)
    verbose_name_plural = _("attachments")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*(("kind",) if documents.has_kinds(self.parent_model) else ()), "file", "remark", "link")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kinds = documents.kinds_of(self.parent_model, obj)
        kwargs["form"] = type("AttachmentForm", (AttachmentForm,), {"kinds": kinds})
        return super().get_formset(request, obj, **kwargs)

    @display(description=_("open"))
    def link(self, attachment: Attachment) -> str:
        if not attachment.pk:
            return ""
        url = reverse("files:download", args=[attachment.pk])
        size = filesizeformat(attachment.size)
        return format_html('<a class="text-primary-600" href="{}">{}</a> {}', url, attachment.name, size)


def _by_at(person: Staff | None, at: Any) -> str:
    return f"{person or '—'} {localtime(at):%Y-%m-%d %H:%M}" if at else "—"


def staff_of(request: HttpRequest) -> Staff:
    """The reader of an admin page; the site lets nobody else in."""
    return cast(Staff, request.user)


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class OnlyStanding:
    """In a list to choose from, no voided rows."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if request.resolver_match and request.resolver_match.view_name == "admin:autocomplete":
            queryset = queryset.filter(voided_at__isnull=True)
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc, no-any-return]


class RecordAdmin(SimpleHistoryAdmin, ScopedAdmin):
    """Scope, optimistic lock, voiding with a reason, history, attachments; 25 rows a page."""

    form = RecordForm
    with_attachments: ClassVar[bool] = True
    autocomplete_fields: ClassVar[Any] = ("office", "region")
    history_list_per_page = 25
    change_list_template = "admin/record/change_list.html"
    change_form_before_template = "admin/record/differences.html"
    change_form_outer_before_template = "admin/record/voided.html"
    actions_detail: ClassVar[Any] = ("void_action", "unvoid_action")
    list_select_related: ClassVar[Any] = ("office", "region")
    lookup_fields = ("import_id",)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [RegionFilter, *super().get_list_filter(request), VoidedFilter]

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> list[Any]:
        inlines = list(super().get_inlines(request, obj))
        return [*inlines, AttachmentInline] if self.with_attachments and self.is_open(request, obj) else inlines

    def is_open(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the reader may see who entered the record, its history and its papers, too."""
        if obj is None or not scoping.is_shared(self.model):
            return True
        asked = vars(request).setdefault("is_open", {})
        if obj.pk not in asked:
            asked[obj.pk] = scoping.open_to(self.model._default_manager.filter(pk=obj.pk), request.user).exists()
        return bool(asked[obj.pk])

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = [*super().get_fieldsets(request, obj)]
        if obj is None:
            return fieldsets
        if self.has_change_permission(request, obj):
            fieldsets.append((None, {"fields": ["change_reason"]}))
        if self.is_open(request, obj):
            fieldsets.append((_("Origin"), {"fields": [PROVENANCE[:2], PROVENANCE[2:]]}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *PROVENANCE)

    @display(description=_("entered"))
    def entered(self, obj: Any) -> str:
        return _by_at(obj.created_by, obj.created_at)

    @display(description=_("changed"))
    def changed(self, obj: Any) -> str:
        return _by_at(obj.updated_by, obj.updated_at)

    @display(description=_("imported"), empty_value="—")
    def imported(self, obj: Any) -> str | None:
        if obj.import_id is None:
            return None
        return str(_("Import %(number)s, row %(row)s") % {"number": obj.import_id, "row": obj.import_row})

    # Opening and saving --------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """On a save the row is locked, so that the version compared is the version overwritten.

        Outside of a transaction nothing is saved, only a permission asked for.
        """
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            type(obj)._default_manager.select_for_update().get(pk=obj.pk)
            obj.refresh_from_db()
        return obj

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"is_kept": "_kept" in request.POST})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        office = staff_of(request).office
        own = {"office": office.pk, "region": office.region_id} if office else {}
        return {**own, **super().get_changeform_initial_data(request)}

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        """A record is entered for the own office or one below, in a region of its subtree."""
        office = staff_of(request).office
        related = db_field.remote_field.model
        if office is None or not issubclass(self.model, Record):
            return super().choices_for(db_field, request)
        if related is Office and db_field.name == "office":
            return Office.objects.below(office)
        if related is Region and db_field.name == "region":
            return Region.objects.filter(subtree_q(office.region_id, "pk"))
        return super().choices_for(db_field, request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_voided)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed() or not change:
            records.save(obj, by=staff_of(request), reason=form.cleaned_data.get("change_reason", ""))
            self._must_stay_editable(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            records.save(row, by=staff_of(request))
        for row in formset.deleted_objects:
            records.void(row, by=staff_of(request), reason=str(_("Removed in the form")))
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A kind with derived rows extends this to keep them in step."""
        super().save_related(request, form, formsets, change)
        if change and not form.has_changed() and any(formset.has_changed() for formset in formsets):
            # The version covers the rows of the page too, so that two people's changes to them meet.
            records.save(form.instance, by=staff_of(request), reason=str(_("Rows of its page changed")))

    def get_inline_formsets(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Rows that may be changed here carry the version that was seen."""
        shown = super().get_inline_formsets(request, *args, **kwargs)
        for rows in shown:
            if rows.has_change_permission and isinstance(rows.opts, TrackedInline):
                rows.fieldsets = [*rows.fieldsets, (None, {"fields": ["seen_version"]})]
        return shown

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """What others changed meanwhile, on the record and on the rows of its page, in one list."""
        rows = [form for shown in context["inline_admin_formsets"] for form in shown.formset.forms]
        forms_shown = [context["adminform"].form, *rows]
        context["differences"] = [each for form in forms_shown for each in getattr(form, "differences", ())]
        if not self.is_open(request, context["original"]):
            context["show_history"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def _must_stay_editable(self, request: HttpRequest, obj: Any) -> None:
        """After a save the row is looked up again: nobody writes into a place that is not theirs."""
        rows = scoping.editable_by(type(obj)._default_manager.all(), request.user)
        if not rows.filter(pk=obj.pk).exists():
            raise PermissionDenied

    # History -------------------------------------------------------------------------------------

    def get_history_queryset(self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any) -> Any:
        rows = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return scoping.visible_to(rows, request.user)

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> ReadableChanges:
        return ReadableChanges(self.model, historical_record)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            self.opts.pk.to_python(unquote(object_id))  # the library asks the database without looking
        except ValidationError:
            raise Http404 from None
        self._must_be_open(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request: HttpRequest, object_id: str, version_id: str, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":  # the library would write an old version back, past lock and provenance
            raise PermissionDenied
        if self.get_object(request, unquote(object_id)) is None or whole_number(version_id) is None:
            raise Http404
        self._must_be_open(request, object_id)
        return super().history_form_view(request, object_id, version_id, **kwargs)

    def _must_be_open(self, request: HttpRequest, object_id: str) -> None:
        is_shared = scoping.is_shared(self.model)
        if is_shared and not self.is_open(request, self.get_object(request, unquote(object_id))):
            raise Http404

    # Voiding -------------------------------------------------------------------------------------

    def has_void_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        obj = self._voidable(request, object_id)
        return obj is not None and not obj.is_voided

    def has_unvoid_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        obj = self._voidable(request, object_id)
        return obj is not None and obj.is_voided

    def _voidable(self, request: HttpRequest, object_id: Any) -> Any:
        if not request.user.has_perm(f"{self.opts.app_label}.void_{self.opts.model_name}"):
            return None
        obj = self.get_object(request, unquote(str(object_id)))
        if obj is None:
            raise Http404
        return obj if self.is_editable(request, obj) else None

    @action(description=_("Void"), url_path="void", permissions=["void"], icon="block")
    def void_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = VoidForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                obj = self._voidable(request, object_id)
                self.void_row(obj, by=staff_of(request), reason=form.cleaned_data["reason"])
                log(Action.VOID, request=request, target=f"{self.opts.verbose_name}: {obj}", id=obj.pk)
            messages.success(request, _("The record was voided. It can be restored from its page."))
            return HttpResponseRedirect(self._page("changelist"))
        return self._ask(request, object_id, _("Void"), form)

    @action(description=_("Restore"), url_path="unvoid", permissions=["unvoid"], icon="undo")
    def unvoid_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return self._ask(request, object_id, _("Restore"))
        with transaction.atomic():
            obj = self._voidable(request, object_id)
            obj.voided_at = None
            try:
                obj.validate_constraints()
                with transaction.atomic():
                    self.unvoid_row(obj, by=staff_of(request))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return HttpResponseRedirect(self._page("change", obj.pk))
            log(Action.VOID, request=request, target=f"{self.opts.verbose_name}: {obj}", id=obj.pk, restored=True)
        messages.success(request, _("The record is back in the lists and figures."))
        return HttpResponseRedirect(self._page("change", obj.pk))

    def void_row(self, obj: Any, *, by: Any, reason: str) -> None:
        """A kind from whose rows others follow extends this."""
        records.void(obj, by=by, reason=reason)

    def unvoid_row(self, obj: Any, *, by: Any) -> None:
        """A kind whose rows others may have taken the place of extends this; ``ValidationError`` leaves it voided."""
        records.unvoid(obj, by=by)

    def _ask(self, request: HttpRequest, object_id: str, title: Any, form: VoidForm | None = None) -> HttpResponse:
        obj = self._voidable(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(obj),
            "opts": self.opts,
            "form": form,
            "back": self._page("change", obj.pk),
        }
        return render(request, "admin/record/void.html", context)

    def _page(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    # List ----------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = menu.list_links(self.model, request.user, request.GET.urlencode())
        return super().changelist_view(request, {"list_links": links, **(extra_context or {})})
