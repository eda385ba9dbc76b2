"""Values that are refused until the clerk accepts unverified ones for a file; then they are marked."""

import pytest

from benchmarks.models import TrialVerification
from bureau.exchange import drafts, preview
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from tests.contracts import page, posted, values_of
from tests.importing import workbook
from tests.test_preview import carried_out

pytestmark = pytest.mark.django_db

HEADER = ["证书编号", "检定类别", "器具名称", "使用单位", "统一社会信用代码", "检定日期", "检定结论", "数量"]
GOOD, WRONG = "91210100000000000A", "91210100000000000B"


def line(number=1, code=GOOD, **changes):
    values = ["首次检定", "电子秤", "某农贸市场", code, "2016-06-01", "合格", 1]
    return [f"力学-{number}", *values[: len(values)]]


@pytest.fixture
def receive(cast, tmp_path):
    def receive(*lines):
        path = workbook(tmp_path / "in.xlsx", lines, header=HEADER)
        by = cast.clerk_a
        sheet = get_sheet("trial-verifications")
        return drafts.receive(path, sheet=sheet, office=by.office, by=by, file_name="in.xlsx")

    return receive


def test_it_is_refused_and_counted_apart(receive):
    run = receive(line(1), line(2, WRONG), line(3, WRONG), [*line(4, WRONG)[:5], "?", "合格", 1])
    shown = preview.preview(run)
    assert shown["counts"]["failed"] == 3
    assert shown["unverified"] == 2  # the last row fails for its date as well
    carried_out(run)
    assert (run.created, run.failed) == (1, 3)


def test_accepted_it_is_marked(receive):
    run = carried_out(receive(line(1), line(2, WRONG)), accepts_unverified=True)
    assert (run.created, run.failed) == (2, 0)
    marks = dict(TrialVerification.objects.values_list("certificate_no", "unverified"))
    assert marks == {"力学-1": [], "力学-2": ["credit_code"]}


def test_an_accepted_value_comes_again_unchanged(receive):
    carried_out(receive(line(2, WRONG)), accepts_unverified=True)
    run = carried_out(receive(line(2, WRONG)))
    assert (run.unchanged, run.failed) == (1, 0)
    assert TrialVerification.objects.get().unverified == ["credit_code"]


def test_the_right_value_takes_the_mark_away(receive):
    carried_out(receive(line(2, WRONG)), accepts_unverified=True)
    run = carried_out(receive(line(2)))
    assert run.updated == 1
    row = TrialVerification.objects.get()
    assert (row.credit_code, row.unverified) == (GOOD, [])
    assert row.history.count() == 2


class TestForm:
    @pytest.fixture
    def row(self, receive):
        carried_out(receive(line(2, WRONG)), accepts_unverified=True)
        return TrialVerification.objects.get()

    def test_an_accepted_value_is_no_obstacle_to_another_change(self, client, cast, row):
        client.force_login(cast.clerk_a)
        data = posted(client, page(row, "change"))
        assert client.post(page(row, "change"), {**data, "holder": "另一单位"}).status_code == 302
        row.refresh_from_db()
        assert (row.holder, row.credit_code, row.unverified) == ("另一单位", WRONG, ["credit_code"])

    def test_another_wrong_value_is_refused(self, client, cast, row):
        client.force_login(cast.clerk_a)
        data = posted(client, page(row, "change"))
        response = client.post(page(row, "change"), {**data, "credit_code": WRONG[:-1] + "C"})
        assert "credit_code" in response.context["adminform"].form.errors

    def test_the_right_value_takes_the_mark_away(self, client, cast, row):
        client.force_login(cast.clerk_a)
        response = client.get(page(row, "change"))
        assert "未核验" in str(response.context["adminform"].form.fields["credit_code"].help_text)
        assert client.post(page(row, "change"), {**values_of(response), "credit_code": GOOD}).status_code == 302
        row.refresh_from_db()
        assert (row.credit_code, row.unverified) == (GOOD, [])


def test_a_changed_value_is_marked(receive):
    carried_out(receive(line(2)))
    refused = carried_out(receive(line(2, WRONG)))
    assert (refused.updated, refused.failed) == (0, 1)
    run = carried_out(receive(line(2, WRONG)), accepts_unverified=True)
    assert run.updated == 1
    assert TrialVerification.objects.get().unverified == ["credit_code"]
    assert Import.objects.get(pk=run.pk).accepts_unverified
