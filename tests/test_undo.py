"""Undo of an import: every record as it was before, or kept because somebody edited it since."""

from datetime import date

import pytest

from bureau import records
from bureau.exchange import importing
from bureau.exchange.models import KeptRow
from bureau.exchange.sheets import get_sheet
from bureau.models import Attachment
from standards.models import MeasurementStandard, StandardEvent
from tests.importing import counts, enter_event, imported, line, number, standard, standing, undone, write_csv

RENEWAL = {"原证书编号": number(1), "发证日期": "2021-04-20", "有效期至": "2026-04-19", "建标日期": "2016-06-01"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def take(cast, tmp_path):
    """Import lines as clerk A, or whoever is named."""

    def take(*lines, by=None):
        return imported(write_csv(tmp_path / "standards.csv", lines), by or cast.clerk_a)

    return take


def reasons(run):
    return dict(run.kept_rows.values_list("object_id", "reason"))


class TestWhatTheImportWrote:
    def test_a_new_record_is_voided_and_can_come_again(self, take, cast):
        run = take(line(1), line(2, 建标日期="2011-03-04"))
        assert undone(run, cast.manager_a) == (2, 0, 0)

        assert standing() == {"standards": {}, "events": {}, "intervals": []}
        voided = MeasurementStandard.objects.first()
        assert voided.voided_by == voided.updated_by == cast.manager_a
        assert str(run.pk) in voided.void_reason and run.file_name in voided.void_reason
        assert [line.history_type for line in voided.history.order_by("history_id")] == ["+", "~"]
        assert not StandardEvent.objects.not_voided().exists()

        assert counts(take(line(1), line(2, 建标日期="2011-03-04"))) == (2, 0, 0, 0)
        assert len(standing()["intervals"]) == 2

    def test_a_changed_record_gets_its_values_back(self, take, cast, make_standard):
        mine = make_standard(certificate_no=number(1), place="一号楼")
        before = standing()
        run = take(line(1, 建标单位="另一单位", 保存地点="", 发证日期="2016-05-10", 有效期至="2021-05-10"))
        assert counts(run) == (0, 1, 0, 0)
        assert undone(run, cast.clerk_a) == (0, 1, 0)

        assert standing() == before
        mine.refresh_from_db()
        assert (mine.import_id, mine.import_row, mine.import_version, mine.version) == (None, None, None, 3)
        places = mine.history.order_by("history_id").values_list("place", "import_id")
        assert list(places) == [("一号楼", None), ("", run.pk), ("一号楼", None)]
        assert str(run.pk) in mine.history.latest("history_id").history_change_reason

    def test_unchanged_rows_are_not_touched(self, take, cast):
        take(line(1), line(2))
        before = MeasurementStandard.objects.values().get(certificate_no=number(1))
        run = take(line(1), line(2, 建标单位="另一单位"))
        assert undone(run, cast.clerk_a) == (0, 1, 0)
        assert MeasurementStandard.objects.values().get(certificate_no=number(1)) == before

    def test_imports_are_undone_one_after_the_other(self, take, cast):
        """The second import's undo leaves the record as the first had left it."""
        first = take(line(1), line(2))
        after_first = standing()
        second = take(line(1, 建标单位="另一单位"), line(2, 有效期至="2020-01-01"))
        assert undone(second, cast.clerk_a) == (0, 2, 0)
        assert standing() == after_first
        assert MeasurementStandard.objects.filter(import_id=first.pk).count() == 2
        assert undone(first, cast.clerk_a) == (2, 0, 0)
        assert standing()["standards"] == {}

    def test_the_earlier_import_after_the_later_one_raised_the_version_twice(self, take, cast):
        """The renewal ends a re-examination: the import writes the row, then the state follows from its events."""
        take(line(1))
        enter_event(standard(1), cast.clerk_a, kind="review_begun", on=date(2021, 3, 1))
        before = standing()
        renewed = take(line(2, **RENEWAL))
        assert (standard(2).state, standard(2).version) == ("valid", 4)
        corrected = take(line(2, **RENEWAL, 建标单位="另一单位"))
        assert undone(corrected, cast.clerk_a) == (0, 1, 0)
        assert undone(renewed, cast.clerk_a) == (0, 1, 0)
        assert standing() == before

    def test_the_earlier_import_after_the_undo_of_the_later_one_raised_the_version_twice(self, take, cast, monkeypatch):
        def save_again(self, rows, *, by):
            for row in rows:
                records.save(row, by=by)

        original = take(line(1))
        corrected = take(line(1, 建标单位="另一单位"))
        monkeypatch.setattr(type(get_sheet("standards")), "after_undo", save_again)
        assert undone(corrected, cast.clerk_a) == (0, 1, 0)
        assert standard(1).version == 4
        assert undone(original, cast.clerk_a) == (1, 0, 0)

    def test_a_renewed_certificate(self, take, cast, make_standard):
        make_standard(certificate_no=number(1), issued_on=date(2016, 6, 1))
        before = standing()
        run = take(line(2, **RENEWAL))
        assert [event.kind for event in standard(2).events.all()] == ["established", "reexamined"]
        assert undone(run, cast.clerk_a) == (0, 1, 0)
        assert standing() == before
        assert counts(take(line(2, **RENEWAL))) == (0, 1, 0, 0)

    def test_a_certificate_that_turned_out_to_be_a_later_one(self, take, cast):
        take(line(1))
        before = standing()
        run = take(line(1, 建标日期="2011-03-04"))
        assert len(standing()["events"]) == 2
        assert undone(run, cast.clerk_a) == (0, 1, 0)
        assert standing() == before

    def test_an_event_that_the_import_took_out_comes_back(self, take, cast):
        take(line(1, 建标日期="2011-03-04"))
        before = standing()
        run = take(line(1, 建标日期="2016-06-01"))
        assert len(standing()["events"]) == 1
        assert undone(run, cast.clerk_a) == (0, 1, 0)
        assert standing() == before

    def test_a_number_that_one_row_freed_and_another_took(self, take, cast, monkeypatch):
        """Only from the last row to the first does every step find its number free."""
        take(line(1), line(2))
        before = standing()
        monkeypatch.setattr(importing, "CHUNK", 1)
        run = take(line(9, 原证书编号=number(1)), line(1, 原证书编号=number(2)))
        assert counts(run) == (0, 2, 0, 0)
        assert standard(9).pk < standard(1).pk
        assert undone(run, cast.clerk_a) == (0, 2, 0)
        assert standing() == before

    def test_a_kind_without_parts(self, cast, tmp_path):
        from benchmarks.models import TrialVerification

        def take(*lines):
            path = tmp_path / "verifications.csv"
            header = "证书编号,检定类别,器具名称,使用单位,检定日期,合格,数量"
            path.write_text("\n".join([header, *lines]), encoding="utf-8")
            return imported(path, cast.clerk_a, "trial-verifications")

        take("V-1,首检,电子计价秤,某市场,2016-06-01,是,1")
        run = take("V-1,首检,压力表,某市场,2016-06-01,是,1", "V-2,首检,压力表,某市场,2016-06-01,是,1")
        assert undone(run, cast.clerk_a) == (1, 1, 0)
        stands = TrialVerification.objects.not_voided().get()
        assert (stands.certificate_no, stands.instrument) == ("V-1", "电子计价秤")


class TestWhatBecameOfItSince:
    def test_a_record_edited_by_hand_is_kept(self, take, cast):
        run = take(line(1), line(2))
        mine = standard(1)
        mine.place = "二号楼"
        records.save(mine, by=cast.manager_a)
        assert undone(run, cast.clerk_a) == (1, 0, 1)

        kept = KeptRow.objects.get()
        assert (kept.run, kept.object_id, kept.label) == (run, mine.pk, str(mine))
        assert "20" in kept.reason
        assert list(standing()["standards"]) == [mine.pk]
        assert standing()["intervals"]

    def test_a_record_changed_by_another_import_is_kept(self, take, cast):
        run = take(line(1), line(2))
        other = take(line(1, 建标单位="另一单位"))
        assert undone(run, cast.clerk_a) == (1, 0, 1)
        [(kept, reason)] = reasons(run).items()
        assert kept == standard(1).pk
        assert str(other.pk) in reason

    def test_a_record_edited_between_two_imports_is_kept_by_the_first_undo(self, take, cast):
        first = take(line(1))
        mine = standard(1)
        mine.place = "二号楼"
        records.save(mine, by=cast.clerk_a)
        second = take(line(1, 建标单位="另一单位", 保存地点="二号楼"))
        assert undone(second, cast.clerk_a) == (0, 1, 0)
        assert (standard(1).place, standard(1).holder) == ("二号楼", "市计量测试所")
        assert undone(first, cast.clerk_a) == (0, 0, 1)

    def test_a_voided_record_needs_nothing(self, take, cast):
        take(line(2))
        run = take(line(1), line(2, 建标单位="另一单位"))
        for of in (1, 2):
            records.void(standard(of), by=cast.clerk_a, reason="重复")
        assert undone(run, cast.clerk_a) == (0, 0, 0)
        assert not KeptRow.objects.exists()

    def test_an_event_entered_since_keeps_the_record(self, take, cast):
        """Also one that changes nothing on the standard itself."""
        take(line(2), line(3))
        run = take(line(1), line(2, 建标单位="另一单位"), line(3, 建标单位="另一单位"))
        for of, kind in ((1, "replaced"), (2, "replaced"), (3, "sealed")):
            enter_event(standard(of), cast.clerk_a, kind=kind, on=date(2018, 1, 1))
        assert undone(run, cast.clerk_a) == (0, 0, 3)
        assert standard(2).holder == "另一单位"
        assert standard(3).state == "sealed"

    def test_an_event_entered_before_stays_as_it_is(self, take, cast, make_standard):
        mine = make_standard(certificate_no=number(1), issued_on=date(2016, 6, 1))
        enter_event(mine, cast.clerk_a, kind="sealed", on=date(2018, 1, 1))
        before = standing()
        run = take(line(1, 建标单位="另一单位", 有效期至="2021-05-31"))
        assert undone(run, cast.clerk_a) == (0, 1, 0)
        assert standing() == before

    def test_an_earlier_event_edited_since_keeps_the_record(self, take, cast, make_standard):
        mine = make_standard(certificate_no=number(1), issued_on=date(2016, 6, 1))
        event = enter_event(mine, cast.clerk_a, kind="replaced", on=date(2018, 1, 1))
        run = take(line(1, 建标单位="另一单位"))
        event.remark = "更换砝码"
        records.save(event, by=cast.clerk_a)
        assert undone(run, cast.clerk_a) == (0, 0, 1)

    def test_an_imported_event_edited_since_keeps_the_record(self, take, cast):
        run = take(line(1))
        event = standard(1).events.get()
        event.remark = "复印件"
        records.save(event, by=cast.clerk_a)
        assert undone(run, cast.clerk_a) == (0, 0, 1)

    def test_an_event_entered_and_taken_out_again_does_not_count(self, take, cast):
        take(line(2))
        run = take(line(1), line(2, 建标单位="另一单位"))
        for of in (1, 2):
            event = enter_event(standard(of), cast.clerk_a, kind="replaced", on=date(2018, 1, 1))
            records.void(event, by=cast.clerk_a, reason="录错")
        assert undone(run, cast.clerk_a) == (1, 1, 0)

    def test_a_hand_made_event_is_seen_through_a_later_import_and_its_undo(self, take, cast):
        first = take(line(1))
        enter_event(standard(1), cast.clerk_a, kind="replaced", on=date(2018, 1, 1))
        second = take(line(1, 建标单位="另一单位"))
        assert undone(second, cast.clerk_a) == (0, 1, 0)
        assert undone(first, cast.clerk_a) == (0, 0, 1)

    def test_a_paper_attached_since_keeps_the_record(self, take, cast):
        run = take(line(1), line(2))
        paper = Attachment(record=standard(1), name="证书.pdf", media_type="application/pdf", size=1, sha256="0")
        records.save(paper, by=cast.clerk_a)
        assert undone(run, cast.clerk_a) == (1, 0, 1)
        assert list(reasons(run)) == [standard(1).pk]

    def test_other_records_that_refer_to_it_keep_a_new_record_but_not_a_changed_one(self, take, cast, monkeypatch):
        """Events in the part of records of their own right."""
        take(line(2))
        run = take(line(1), line(2, 建标单位="另一单位"), line(3))
        for of in (1, 2):
            enter_event(standard(of), cast.clerk_a, kind="replaced", on=date(2018, 1, 1))
        monkeypatch.setattr(StandardEvent, "SCOPE", "standard__region")
        assert undone(run, cast.clerk_a) == (1, 1, 1)
        assert list(reasons(run)) == [standard(1).pk]
        assert standard(2).holder == "市计量测试所"


class TestRefusals:
    def test_a_number_that_was_given_to_another_record_since(self, take, cast, make_standard):
        take(line(1), line(2), line(3))
        run = take(line(9, 原证书编号=number(1)), line(2, 建标单位="另一单位"), line(3, 建标单位="另一单位"))
        make_standard(certificate_no=number(1))
        assert undone(run, cast.clerk_a) == (0, 2, 1)
        constraint = MeasurementStandard._meta.constraints[0]
        assert reasons(run) == {standard(9).pk: str(constraint.violation_error_message)}
        assert {standard(of).holder for of in (2, 3)} == {"市计量测试所"}

    def test_a_number_that_another_record_had_meanwhile(self, take, cast, make_standard):
        """The database would not mind: the rule speaks."""
        take(line(1), line(2))
        run = take(line(9, 原证书编号=number(1)), line(2, 建标单位="另一单位"))
        other = make_standard(certificate_no=number(1), issued_on=date(2015, 1, 1), valid_until=date(2019, 12, 31))
        enter_event(
            other,
            cast.clerk_a,
            kind="reexamined",
            on=date(2019, 12, 1),
            valid_until=date(2024, 11, 30),
            certificate_no="新号",
        )
        assert undone(run, cast.clerk_a) == (0, 1, 1)
        assert list(reasons(run)) == [standard(9).pk]
        assert all(event.certificate_no != number(1) for event in standard(9).events.all())

    def test_other_offices_records_are_kept_and_not_named(self, take, cast):
        take(line(1))
        take(line(2, 行政区划="210200", 标准名称="他市之标准"), by=cast.clerk_b)
        changes = {"建标单位": "另一单位"}
        run = take(
            line(1, **changes), line(2, 行政区划="210200", 标准名称="他市之标准", **changes), by=cast.clerk_province
        )
        assert counts(run) == (0, 2, 0, 0)
        assert undone(run, cast.clerk_a) == (0, 1, 1)
        kept = KeptRow.objects.get()
        assert kept.object_id == standard(2).pk
        assert "他市" not in kept.label
        assert standard(2).holder == "另一单位"

    def test_by_command_the_office_stands_in(self, take, cast):
        run = take(line(1))
        assert undone(run, None) == (1, 0, 0)
        assert MeasurementStandard.objects.get().voided_by is None
