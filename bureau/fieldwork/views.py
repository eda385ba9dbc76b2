"""The pages of field forms, and what the page sends while it is filled in: JSON in small requests."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from bureau.fieldwork import drafts, forms
from bureau.fieldwork.models import FieldDraft, FieldPhoto
from bureau.fieldwork.sketch import Sketch
from bureau.models import Staff
from bureau.views.base import ScopedView, with_records

MOST_DRAFTS = 50
State = FieldDraft.State


def may_fill(user: Any) -> bool:
    return with_records(user) and any(user.has_perm(form.permission) for form in forms.every())


@method_decorator(never_cache, name="dispatch")
class FieldworkView(ScopedView):
    permission = staticmethod(may_fill)
    title = _("Fieldwork")
    form: forms.FieldForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A form that there is not is 404, one of another role 403."""
        if admin.site.has_permission(request) and "key" in kwargs:
            form = forms.find(kwargs["key"])
            if form is None:
                raise Http404
            if not request.user.has_perm(form.permission):
                raise PermissionDenied
            self.form = form
        return super().dispatch(request, *args, **kwargs)

    @property
    def person(self) -> Staff:
        return cast(Staff, self.request.user)

    def found(self, draft: UUID) -> FieldDraft:
        found = drafts.find(self.form, draft, self.person)
        if found is None:
            raise Http404
        return found


class ListView(FieldworkView):
    """What one has begun and not submitted, on whatever device, and what one may begin."""

    def get(self, request: HttpRequest) -> HttpResponse:
        usable = [form for form in forms.every() if self.person.has_perm(form.permission)]
        rows = self.scoped(FieldDraft.objects.filter(form_key__in=[form.key for form in usable]))
        by_key = {form.key: form for form in usable}
        begun = rows.filter(state=State.OPEN).prefetch_related("values")[:MOST_DRAFTS]
        starts = [(form, label, query) for form in usable for label, query in form.starts(self.person)]
        listed = _named(begun, usable)
        done = rows.filter(state=State.SUBMITTED).select_related("result_type")[:5]
        return render(
            request,
            "fieldwork/list.html",
            self.shell(
                starts=starts, forms=usable, drafts=listed, done=[(draft, by_key[draft.form_key]) for draft in done]
            ),
        )


def _named(begun: Iterable[FieldDraft], usable: list[forms.FieldForm]) -> list[tuple[FieldDraft, Any, str]]:
    """Draft, form and name, the one changed last first."""
    found = []
    for form in usable:
        own = [draft for draft in begun if draft.form_key == form.key]
        names = form.names_of([{value.name: value.value for value in draft.values.all()} for draft in own])
        found += [(draft, form, name) for draft, name in zip(own, names, strict=True)]
    return sorted(found, key=lambda entry: entry[0].changed_at, reverse=True)


class NewView(FieldworkView):
    """An empty form; the browser gives it its id, and nothing is kept until something is entered."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        initial = self.form.initial(self.person, request.GET.dict())
        sketch = Sketch(self.form, self.person, initial=initial)
        return render(request, "fieldwork/form.html", self.shell(title=self.form.label, sketch=sketch, form_key=key))


class DraftView(FieldworkView):
    """The form as far as it is filled in; one that is done leads to its record."""

    def get(self, request: HttpRequest, key: str, draft: UUID) -> HttpResponse:
        found = self.found(draft)
        if found.state != State.OPEN:
            return redirect(result_url(found))
        sketch = Sketch(self.form, self.person, draft=found)
        return render(request, "fieldwork/form.html", self.shell(title=self.form.label, sketch=sketch, form_key=key))


def result_url(draft: FieldDraft) -> str:
    """The page of the record that came of it, or the list for a draft that was given up."""
    if draft.result_type is None:
        return reverse("fieldwork:list")
    kind = draft.result_type
    return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[draft.result_id])


class SendingView(FieldworkView):
    """Answers in JSON: {"errors": {name: [sentence]}} and what the verb adds; a refusal has a sentence as "problem".

    400 what this form does not know, 404 somebody else's draft, 409 overtaken or closed, 422 refused by its content.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except drafts.NotYours:
            raise Http404 from None
        except drafts.Closed as closed:
            said = _("This form was submitted or given up meanwhile.")
            return JsonResponse({"problem": str(said), "url": result_url(closed.draft)}, status=409)
        except ValidationError as error:
            return JsonResponse({"problem": " ".join(error.messages)}, status=422)

    def posted_uuid(self, name: str) -> UUID:
        try:
            return UUID(self.request.POST.get(name, ""))
        except ValueError:
            raise BadRequest(f"{name} is no UUID.") from None


class ValueView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        seen = request.POST.get("seen", "0")
        if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
            raise BadRequest("seen is no version.")
        edit = drafts.Edit(
            request.POST.get("name", ""), request.POST.get("value", ""), self.posted_uuid("edit"), int(seen)
        )
        try:
            value, errors = drafts.put(self.form, draft, edit, by=self.person)
        except drafts.Overtaken as overtaken:
            stands = overtaken.value
            return JsonResponse({"value": stands.value, "version": stands.version}, status=409)
        return JsonResponse({"version": value.version, "errors": errors})


class RemoveRowView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        drafts.remove_row(self.form, draft, request.POST.get("row", ""), by=self.person)
        return JsonResponse({"errors": {}})


class AddPhotoView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        file = request.FILES.get("file")
        if file is None:
            raise BadRequest("No file was sent.")
        photo = drafts.add_photo(
            self.form,
            draft,
            self.posted_uuid("photo"),
            request.POST.get("row", ""),
            file,
            by=self.person,
        )
        return JsonResponse({"photo": str(photo.client_id), "name": photo.name, "errors": {}})


class PhotoView(FieldworkView):
    """The photo itself, for whoever takes it."""

    def get(self, request: HttpRequest, key: str, draft: UUID, photo: UUID) -> FileResponse:
        rows = self.scoped(FieldPhoto.objects.filter(draft__client_id=draft, draft__form_key=key))
        found = get_object_or_404(rows, client_id=photo)
        try:
            content = found.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(content, filename=found.name, content_type=found.media_type)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class RemovePhotoView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID, photo: UUID) -> JsonResponse:
        drafts.remove_photo(self.form, draft, photo, by=self.person)
        return JsonResponse({"errors": {}})


class SubmitView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        done, errors = drafts.submit(self.form, draft, by=self.person)
        if errors:
            return JsonResponse({"errors": errors}, status=422)
        return JsonResponse({"url": result_url(done), "errors": {}})


class DiscardView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> HttpResponse:
        drafts.discard(self.form, draft, by=self.person)
        return redirect("fieldwork:list")
