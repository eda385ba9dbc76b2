"""What the columns page shows of a file before its rows are read: how many there are, examples, number columns."""

import pytest

from bureau.exchange.layouts.layout import Layout, Place
from bureau.exchange.returning import origin
from tests.layouts import HEADER, assign, csv_file, line, propose, read, workbook


def counts(found):
    return [(sheet.rows, sheet.is_estimate) for sheet in found.sheets]


def samples(found, heading):
    return next(column.samples for column in found.columns if column.heading == heading)


class TestRows:
    def test_it_works(self, tmp_path):
        rows = [["标题"], HEADER, line(1), line(2), ["小计", *[None] * 6, 60], HEADER, line(3), ["注：略"], [], line(4)]
        found = propose(workbook(tmp_path, rows))
        assert counts(found) == [(4, False)]

    def test_of_a_long_file_it_is_an_estimate(self, tmp_path):
        found = propose(csv_file(tmp_path, [HEADER, *map(line, range(59))]))
        assert counts(found) == [(59, False)]
        found = propose(csv_file(tmp_path, [HEADER, *map(line, range(99)), ["小计", *[""] * 6, 60]]))
        assert counts(found) == [(100, True)]

    def test_as_long_as_columns_are_missing_it_is_an_estimate(self, tmp_path):
        path = workbook(tmp_path, [["编码", *HEADER[1:]], line(1), ["小计", *[None] * 6, 60]])
        found = propose(path)
        assert counts(found) == [(2, True)]
        decided = assign(path, found.layout, {**found.layout.places, 0: Place("certificate_no")})
        assert counts(decided) == [(1, False)]

    def test_each_sheet_has_its_own(self, tmp_path):
        found = propose(workbook(tmp_path, {"甲": [HEADER, line(1), line(2)], "乙": [["标题"], HEADER, line(3)]}))
        assert counts(found) == [(2, False), (1, False)]


class TestSamples:
    def test_they_are_cells_of_records(self, tmp_path):
        rows = [HEADER, line(1), ["小计", *[None] * 6, 60], HEADER, line(2), ["填表人：某", None, "审核人："]]
        found = propose(workbook(tmp_path, rows))
        assert samples(found, "证书编号") == ["力学-1", "力学-2"]
        assert samples(found, "检定费") == ["30"]

    def test_a_file_of_which_nothing_is_known_shows_them_as_well(self, tmp_path):
        rows = [
            ["标题"],
            ["甲", "乙", "丙"],
            ["a", 1, "x"],
            ["b", 2, "y"],
            ["合计", 3, None],
            ["甲", "乙", "丙"],
            ["c", 4, "z"],
        ]
        found = propose(workbook(tmp_path, rows))
        assert samples(found, "甲") == ["a", "b", "c"]
        assert samples(found, "乙") == ["1", "2", "4"]

    def test_a_merged_cell_is_one(self, tmp_path):
        rows = [HEADER, line(1), line(2, 使用单位=None), line(3, 使用单位="乙市场")]
        assert samples(propose(workbook(tmp_path, rows, "D2:D3")), "使用单位") == ["某市场", "乙市场"]

    def test_five_are_enough(self, tmp_path):
        assert len(samples(propose(csv_file(tmp_path, [HEADER, *map(line, range(9))])), "证书编号")) == 5


class TestNumberColumn:
    """A column that is headed 编号 numbers the rows, or it is the number of something."""

    @pytest.mark.parametrize(
        "numbers",
        [[1, 2, 3, 4], ["1", "2", "3", "4"], [1, 2, 1, 2], [101, 102, 103, 104], [1, None, 2, 3], [1, "合计", 2, 3]],
    )
    def test_it_counts_up(self, tmp_path, numbers):
        rows = [["编号", *HEADER], *([number, *line(place)] for place, number in enumerate(numbers))]
        found = propose(workbook(tmp_path, rows))
        assert [column.heading for column in found.columns if column.is_counter] == ["编号"]
        assert found.ignored_headings == []
        assert Layout.from_json(found.layout.as_json()) == found.layout

    @pytest.mark.parametrize("numbers", [[7, 9, 8, 10], [2, 2, 3, 4], ["A1", "A2", "A3", "A4"], [2016], [5, 6]])
    def test_it_does_not(self, tmp_path, numbers):
        rows = [["编号", *HEADER], *([number, *line(place)] for place, number in enumerate(numbers))]
        assert propose(workbook(tmp_path, rows)).ignored_headings == ["编号"]

    def test_a_row_with_nothing_but_its_number_is_blank(self, tmp_path):
        path = workbook(tmp_path, [["编号", *HEADER], [1, *line(1)], [2, *line(2)], [3], [4]])
        found = propose(path)
        rows, left_out = read(path, found.layout)
        assert (list(rows), left_out) == ([2, 3], {})
        assert counts(found) == [(2, False)]

    def test_the_clerk_may_read_it_all_the_same(self, tmp_path):
        path = workbook(tmp_path, [["编号", *HEADER[1:]], [1, *line(1)[1:]], [2, *line(2)[1:]]])
        found = propose(path)
        decided = assign(path, found.layout, {**found.layout.places, 0: Place("certificate_no", is_counter=True)})
        assert decided.is_ready
        assert not any(column.is_counter for column in decided.columns)
        assert list(read(path, decided.layout)[0]) == [2, 3]


def test_columns_that_we_added_are_not_listed_as_unread(tmp_path):
    ours = [str(text) for text in (origin.ROW_IN_THE_FILE, origin.WHAT_TO_CORRECT)]
    found = propose(workbook(tmp_path, [[*HEADER, *ours, "经办人"], [*line(1), 2, "日期不对", "某"]]))
    assert found.ignored_headings == ["经办人"]
    english = propose(workbook(tmp_path, [[*HEADER, "Row in the file", "What to correct"], [*line(1), 2, "Wrong"]]))
    assert english.ignored_headings == []
