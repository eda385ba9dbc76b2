"""The pages of field forms, and what the page sends while it is filled in: JSON in small requests."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from bureau.fieldwork import drafts, entries, forms, offline, syncing, words
from bureau.fieldwork.models import FieldDraft, FieldPhoto, FieldValue
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

    def shell(self, **context: Any) -> dict[str, Any]:
        """With what the scripts need: whose page it is, of which edition, and the words."""
        needed = {"edition": offline.edition(), "modules": offline.modules(), "words": words.every()}
        return super().shell(person=self.person, **needed, **context)

    def page(self, sketch: Sketch, *, draft: str, query: str) -> HttpResponse:
        name = self.form.names_of(self.person, [{each: str(value) for each, value in sketch.known.items()}])[0]
        context = self.shell(title=self.form.label, sketch=sketch, form_key=self.form.key)
        context |= {"draft_id": draft, "query": query[:300], "draft_name": name}
        return render(self.request, "fieldwork/form.html", context)


class ListView(FieldworkView):
    """What one has begun and not submitted, on whatever device, and what one may begin."""

    def get(self, request: HttpRequest) -> HttpResponse:
        usable = [form for form in forms.every() if self.person.has_perm(form.permission)]
        rows = self.scoped(FieldDraft.objects.filter(form_key__in=[form.key for form in usable]))
        by_key = {form.key: form for form in usable}
        begun = list(rows.filter(state=State.OPEN).prefetch_related("values")[:MOST_DRAFTS])
        under_way = {(draft.form_key, draft.query) for draft in begun}
        starts = [
            (form, label, query)
            for form in usable
            for label, query in form.starts(self.person)
            if (form.key, query) not in under_way
        ]
        listed = _named(begun, usable, self.person)
        done = rows.filter(state=State.SUBMITTED).select_related("result_type")[:5]
        return render(
            request,
            "fieldwork/list.html",
            self.shell(
                starts=starts, forms=usable, drafts=listed, done=[(draft, by_key[draft.form_key]) for draft in done]
            ),
        )


def _named(begun: Iterable[FieldDraft], usable: list[forms.FieldForm], by: Staff) -> list[tuple[FieldDraft, Any, str]]:
    """Draft, form and name, the one changed last first."""
    found = []
    for form in usable:
        own = [draft for draft in begun if draft.form_key == form.key]
        names = form.names_of(by, [{value.name: value.value for value in draft.values.all()} for draft in own])
        found += [(draft, form, name) for draft, name in zip(own, names, strict=True)]
    return sorted(found, key=lambda entry: entry[0].changed_at, reverse=True)


class NewView(FieldworkView):
    """An empty form; the browser gives it its id, and nothing is kept until something is entered."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        initial = self.form.initial(self.person, request.GET.dict())
        return self.page(Sketch(self.form, self.person, initial=initial), draft="", query=request.GET.urlencode())


class DraftView(FieldworkView):
    """The form as far as it is filled in; one that is done leads to its record.

    Under an id that nobody has it is the empty form: a device took it along before anything was entered.
    """

    def get(self, request: HttpRequest, key: str, draft: UUID) -> HttpResponse:
        found = drafts.find(self.form, draft, self.person)
        if found is None and drafts.is_taken(draft):
            raise Http404
        if found is not None and found.state != State.OPEN:
            return redirect(result_url(found))
        query = QueryDict(found.query) if found else request.GET
        # Of a begun form too: rows that are folded stand in the draft only once they were entered into.
        initial = self.form.initial(self.person, query.dict())
        sketch = Sketch(self.form, self.person, draft=found, initial=initial)
        return self.page(sketch, draft=str(draft), query="" if found else request.GET.urlencode())


def result_url(draft: FieldDraft) -> str:
    """The page of the record that came of it, or the list for a draft that was given up."""
    if draft.result_type is None:
        return reverse("fieldwork:list")
    kind = draft.result_type
    return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[draft.result_id])


class AtView(FieldworkView):
    """The form of this person in which a row stands, opened at it: the address on a meter's label. Whoever has no such
    form comes to what stands behind the row."""

    permission = staticmethod(with_records)

    def get(self, request: HttpRequest, row: str) -> HttpResponse:
        for form in forms.every():
            query = form.at(self.person, row) if self.person.has_perm(form.permission) else None
            if query is not None:
                begun = self.scoped(FieldDraft.objects.filter(form_key=form.key, query=query, state=State.OPEN)).first()
                place = [form.key, begun.client_id] if begun else [form.key]
                path = reverse("fieldwork:draft" if begun else "fieldwork:new", args=place)
                return redirect(f"{path}?{query}#{row}")
        behind = next(filter(None, (form.behind(self.person, row) for form in forms.every())), None)
        if behind is None:
            raise Http404
        return redirect(f"admin:{behind._meta.label_lower.replace('.', '_')}_change", behind.pk)


class SendingView(FieldworkView):
    """Answers in JSON; a refusal has a sentence as "problem".

    ``X-Person`` names whose entries these are. 400 what this form does not know, 404 somebody else's draft, 409 closed
    ("url" leads to the record) or another person's ("person"), 422 refused by its content.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        whose = request.headers.get("X-Person")
        if whose is not None and request.user.is_authenticated and whose != str(request.user.pk):
            said = _("Another person is logged in: these entries are sent when their own person logs in.")
            return JsonResponse({"problem": str(said), "person": whose}, status=409)
        try:
            return super().dispatch(request, *args, **kwargs)
        except drafts.NotYours:
            raise Http404 from None
        except drafts.Closed as closed:
            said = _("This form was submitted or given up meanwhile.")
            return JsonResponse({"problem": str(said), "url": result_url(closed.draft)}, status=409)
        except drafts.CutOff as error:
            return JsonResponse({"problem": " ".join(error.messages), "again": True}, status=422)
        except ValidationError as error:
            return JsonResponse({"problem": " ".join(error.messages)}, status=422)


class SyncView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        if "X-Person" not in request.headers:
            raise BadRequest("X-Person is missing.")
        try:
            batch = entries.read(request.body)
        except entries.NoBatch as problem:
            raise BadRequest(str(problem)) from None
        answer = syncing.take_in(self.form, draft, batch, by=self.person)
        sent = {entry.name: entry.value for entry in batch.entries}
        done = answer.draft.state != State.OPEN
        return JsonResponse(
            {
                "results": {str(each): {"outcome": outcome} for each, outcome in answer.outcomes.items()}
                | {str(each): {"outcome": "refused", "problem": said} for each, said in answer.refused.items()},
                "values": {each.name: self._told(each, sent) for each in answer.values},
                "removed_rows": answer.removed_rows,
                "send": [str(each) for each in answer.photos_to_send],
                "errors": answer.errors,
                "checked": answer.checked,
                "receipt": syncing.receipt(answer.draft),
                "url": result_url(answer.draft) if done else "",
            }
        )

    def _told(self, value: FieldValue, sent: dict[str, str]) -> dict[str, Any]:
        """With the text of a choice that the device may not know."""
        told: dict[str, Any] = {"value": value.value, "version": value.version}
        if value.is_contested:
            told["contested"] = True
        if sent.get(value.name) != value.value:
            told["text"] = self.form.text_of(self.person, value.name, value.value)
        return told


class AddPhotoView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        file = request.FILES.get("file")
        if file is None:
            raise BadRequest("No file was sent.")
        try:
            photo_id = UUID(request.POST.get("photo", ""))
        except ValueError:
            raise BadRequest("photo is no UUID.") from None
        row, digest = request.POST.get("row", ""), request.POST.get("sha256", "")
        photo = drafts.add_photo(self.form, draft, photo_id, row, file, by=self.person, sha256=digest)
        if photo is None:
            return JsonResponse({"removed": True})
        return JsonResponse({"photo": str(photo.client_id), "size": photo.size, "sha256": photo.sha256})


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


class SubmitView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        done, errors = drafts.submit(self.form, draft, by=self.person)
        if errors:
            return JsonResponse({"errors": errors}, status=422)
        return JsonResponse({"url": result_url(done), "errors": {}})


class DiscardView(SendingView):
    def post(self, request: HttpRequest, key: str, draft: UUID) -> JsonResponse:
        drafts.discard(self.form, draft, by=self.person)
        return JsonResponse({"url": reverse("fieldwork:list")})
