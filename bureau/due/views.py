import hashlib
from io import BytesIO
from typing import Any, ClassVar, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag, urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from bureau.due import addresses, ics, mails, workbook
from bureau.due.calendars import calendar_of
from bureau.due.forms import FilterForm, MailForm, within_text
from bureau.due.listing import OVERDUE, DueList
from bureau.due.models import CalendarAddress, DailyMail
from bureau.models import Office, Staff
from bureau.operations import Action, log
from bureau.views.base import Permission, ScopedView, with_records
from bureau.workbooks import CONTENT_TYPE as XLSX

PAGE_SIZE = 25


class DueView(ScopedView):
    permission: ClassVar[Permission | None] = with_records
    title = _("Due list")

    @property
    def me(self) -> Staff:
        return cast(Staff, self.request.user)

    def asked(self) -> tuple[DueList, FilterForm]:
        """The list that the address asks for; 404 for what is not among the reader's choices."""
        today = timezone.localdate()
        whole = DueList(self.me, today)
        form = FilterForm(self.request.GET, office=cast(Office, self.me.office), kinds=whole.kinds)
        asked = form.asked()
        if asked is None:
            raise Http404
        return DueList(self.me, today, asked), form


class ListView(DueView):
    """What is overdue or due soon, the soonest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        listed, form = self.asked()
        page = Paginator(cast(Any, listed), PAGE_SIZE).get_page(request.GET.get("page"))
        query = {name: value for name, value in form.data.items() if name in form.fields and value}
        return render(
            request,
            "due/list.html",
            self.shell(
                form=form,
                page=page,
                page_range=page.paginator.get_elided_page_range(page.number),
                query=urlencode(query),
                levels=self._levels(listed, query),
            ),
        )

    def _levels(self, listed: DueList, query: dict[str, str]) -> list[dict[str, Any]]:
        """The counts, each leading to its part of the list."""
        counts = listed.counts
        levels: list[tuple[str, Any, int]] = [(OVERDUE, _("Overdue"), counts.overdue)]
        levels += [(str(months), within_text(months), count) for months, count in counts.within.items()]
        return [
            {
                "label": label,
                "count": count,
                "is_overdue": within == OVERDUE,
                "is_current": within == listed.asked.within,
                "query": urlencode({**query, "within": within}),
            }
            for within, label, count in levels
        ]


class WorkbookView(DueView):
    def get(self, request: HttpRequest) -> FileResponse:
        listed, form = self.asked()
        book, rows = workbook.build(listed, narrowed=form.in_words(), by=self.me, on=listed.on)
        content = BytesIO()
        book.save(content)
        content.seek(0)
        title = gettext("Due list")
        name = f"{title} {listed.on:%Y%m%d}.xlsx"
        log(Action.EXPORT, request=request, target=name, rows=rows, filter=form.in_words())
        return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


# Calendar and mail -------------------------------------------------------------------------------


@method_decorator(never_cache, name="dispatch")
class NoticesView(DueView):
    """One's own calendar address and daily mail. A new address is shown this once: only its digest is kept."""

    title = _("Due list by calendar and mail")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    @method_decorator(sensitive_variables("key"))
    def post(self, request: HttpRequest) -> HttpResponse:
        what = request.POST.get("what")
        if what == "renew":
            key = addresses.renew(self.me, request=request)
            return self.show(address=f"{request.build_absolute_uri(reverse('due:calendar'))}?{urlencode({'key': key})}")
        if what == "revoke":
            addresses.revoke(self.me, request=request)
            messages.success(request, gettext("The calendar address opens nothing any more."))
        elif what == "stop":
            mails.stop(self.me)
            messages.success(request, gettext("No mail will be sent to you any more."))
        elif what == "mail" and settings.EMAIL_HOST:
            form = MailForm(request.POST)
            if not form.is_valid():
                return self.show(form=form)
            mails.subscribe(self.me, form.cleaned_data["mail_to"], language=get_language() or settings.LANGUAGE_CODE)
            messages.success(request, gettext("From now on you get what is due by mail every day."))
        return HttpResponseRedirect(reverse("due:notices"))

    def show(self, **context: Any) -> HttpResponse:
        mail = self.scoped(DailyMail.objects.all()).first()
        shown = {
            "calendar": self.scoped(CalendarAddress.objects.all()).first(),
            "mail": mail,
            "has_mail_server": bool(settings.EMAIL_HOST),
            "form": MailForm(initial={"mail_to": mail.mail_to if mail else ""}),
            "nearest": DueList(self.me, timezone.localdate()).levels[0],
        }
        return render(self.request, "due/notices.html", self.shell(**{**shown, **context}))


class CalendarView(View):
    """For calendar programs, which cannot log in: the key in the address stands for its owner.

    The key is in the query, which no log of ours keeps. A wrong one is answered like a page that does not exist.
    """

    http_method_names = ["get", "head"]

    @method_decorator(sensitive_variables("key"))
    def get(self, request: HttpRequest) -> HttpResponse:
        key = request.GET.get("key", "")
        try:
            reader = addresses.reader_of(key)
        except addresses.UnknownKey:
            raise Http404 from None
        except addresses.TooOften as refused:
            return HttpResponse(status=429, headers={"Retry-After": str(refused.seconds)})
        base_url = request.build_absolute_uri("/").rstrip("/")
        content = calendar_of(reader, timezone.localdate(), base_url=base_url)
        headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
        response = HttpResponse(content, content_type=ics.MEDIA_TYPE, headers=headers)
        response["Content-Disposition"] = 'inline; filename="due.ics"'
        response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest())
        return get_conditional_response(request, etag=response["ETag"], response=response) or response
