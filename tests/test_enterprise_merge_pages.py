"""Merging on the pages: from the list of doubles over the preview to the undo, and who may do it."""

import pytest
from django.urls import reverse
from django.utils import translation

from bureau.models import Operation
from enterprises import merging
from enterprises.models import EnterpriseMerge
from tests.enterprise_makers import make_staff_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def merge_url(kept, double):
    return f"{reverse('enterprises:merge')}?kept={kept.pk}&double={double.pk}"


def test_the_pages_work_from_doubles_to_undo(client, cast, make_enterprise):
    client.force_login(cast.clerk_a)
    kept, double = make_enterprise(name="某某衡器厂"), make_enterprise(name="某某 衡器厂", credit_code="")
    make_staff_file(make_enterprise, enterprise=double)
    [group] = client.get(reverse("enterprises:doubles")).context["groups"]
    assert group["members"] == [kept, double]
    preview = client.get(merge_url(kept, double))
    assert [count for _label, count in preview.context["moves"]] == [1]
    assert client.post(merge_url(kept, double), {"reason": ""}).status_code == 200
    assert not EnterpriseMerge.objects.exists()
    page_of_kept = reverse("enterprises:page", args=[kept.pk])
    assert client.post(merge_url(kept, double), {"reason": "重复录入"}).url == page_of_kept
    assert Operation.objects.filter(action="void", detail__merged_into=kept.pk).exists()
    assert client.get(reverse("enterprises:doubles")).context["groups"] == []
    page = client.get(page_of_kept)
    assert page.context["page"].paginator.count == 1
    assert "重复录入" in page.content.decode()
    assert kept.name in client.get(reverse("enterprises:page", args=[double.pk])).content.decode()
    again = client.post(merge_url(kept, double), {"reason": "再次"}, follow=True)
    assert "A voided enterprise" in again.content.decode()
    assert EnterpriseMerge.objects.count() == 1
    done = EnterpriseMerge.objects.get()
    client.post(reverse("enterprises:undo-merge", args=[done.pk]))
    double.refresh_from_db()
    assert not double.is_voided
    assert client.get(reverse("enterprises:undo-merge", args=[done.pk])).status_code == 405


def test_it_needs_the_office_of_both_or_one_above(client, cast, make_enterprise):
    mine, theirs = (
        make_enterprise(name="某某商店"),
        make_enterprise(name="某某商店", by=cast.clerk_b, region_id="210100"),
    )
    make_staff_file(make_enterprise, enterprise=theirs)
    client.force_login(cast.clerk_a)
    preview = client.get(merge_url(mine, theirs))
    assert preview.status_code == 200
    assert preview.context["moves"] == []  # a file of city B
    assert not preview.context["may_merge"]
    assert client.post(merge_url(mine, theirs), {"reason": "同一企业"}).status_code == 403
    client.force_login(cast.inspector_a)
    assert client.get(merge_url(mine, theirs)).status_code == 403
    client.force_login(cast.clerk_province)
    assert client.post(merge_url(mine, theirs), {"reason": "同一企业"}).status_code == 302
    done = EnterpriseMerge.objects.get()
    client.force_login(cast.clerk_a)
    assert client.post(reverse("enterprises:undo-merge", args=[done.pk])).status_code == 404
    assert EnterpriseMerge.objects.get().undone_at is None


def test_a_clash_with_another_offices_record_does_not_show_it(client, cast, make_enterprise):
    kept, double = make_enterprise(), make_enterprise()
    for enterprise in (kept, double):
        make_staff_file(
            make_enterprise,
            enterprise=enterprise,
            name="乙市之人",
            file_no="7",
            office=cast.clerk_b.office,
            by=cast.clerk_b,
        )
    client.force_login(cast.clerk_a)
    for response in (client.get(merge_url(kept, double)), client.post(merge_url(kept, double), {"reason": "同一"})):
        assert response.status_code == 200
        assert "乙市之人" not in response.content.decode()
        assert "a record that your office does not see" in response.content.decode()
    assert not EnterpriseMerge.objects.exists()


@pytest.mark.parametrize("query", ["", "?kept=1", "?kept=a&double=b", "?kept=99999999999999999999&double=1"])
def test_a_strange_address_is_404(client, cast, query):
    client.force_login(cast.clerk_a)
    assert client.get(reverse("enterprises:merge") + query).status_code == 404


def test_a_merged_double_is_not_restored_by_itself(client, cast, make_enterprise):
    kept, double = make_enterprise(), make_enterprise()
    merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    client.force_login(cast.clerk_a)
    page = client.post(f"/enterprises/enterprise/{double.pk}/unvoid/", follow=True)
    assert "undo the merge" in page.content.decode()
    double.refresh_from_db()
    assert double.is_voided
