"""A clerk's way with a file of standards through the pages, as fixtures: upload, confirm, imported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bureau.exchange.models import Import
from tests.importing import row as line
from tests.importing import workbook
from tests.jobs_for_tests import work

UPLOAD = "/exchange/standards/upload/"


@pytest.fixture
def upload(client, cast, tmp_path):
    """``upload(lines)`` posts a file as clerk A and gives the answer."""

    def upload(lines=None, *, by=None, content=None, office=None, name="2016年建标.xlsx", key="standards", **options):
        by = by or cast.clerk_a
        client.force_login(by)
        if content is None:
            content = workbook(tmp_path / "in.xlsx", lines, **options).read_bytes()
        file = SimpleUploadedFile(name, content)
        office = office or by.office
        return client.post(f"/exchange/{key}/upload/", {"office": office.pk, "file": file, "go_on": "1"})

    return upload


@pytest.fixture
def confirm(client):
    """``confirm(run, …)`` presses a button of the preview page as whoever is logged in, and has the worker work."""

    def confirm(run=None, *, button="import", **choices):
        run = run or Import.objects.first()
        url = reverse("exchange:preview", args=[run.pk])
        page = client.get(url)
        seen = page.context["foresight"].stamp if page.status_code == 200 and page.context["foresight"] else ""
        response = client.post(url, {"mode": run.mode, "seen": seen, button: "1", **choices})
        work()
        run.refresh_from_db()
        return response

    return confirm


@pytest.fixture
def imported(upload, confirm):
    """An import of one good and two bad rows, finished."""
    upload([line(1), line(2, 发证日期="2016-02-30"), line(3, 层级="火星级")])
    confirm()
    return Import.objects.get()


def content_of(response):
    return b"".join(response.streaming_content)


def page_of(name, run):
    return reverse(f"exchange:{name}", args=[run.pk])
