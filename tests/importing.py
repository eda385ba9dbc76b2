"""Files of standards and what an import and its undo do with them, as the jobs do it."""

import csv
from datetime import date
from itertools import count

import pytest
from django.db import transaction
from openpyxl import Workbook

from bureau import records
from bureau.exchange import drafts, runs, undo
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import open_table
from bureau.exchange.models import Import
from bureau.exchange.outcome import Outcome
from bureau.exchange.sheets import get_sheet
from standards import lifecycle
from standards.models import InForceInterval, MeasurementStandard, StandardEvent

FIRST_LINE = {
    "标准名称": "砝码标准装置",
    "标准类别": "社会公用计量标准",
    "层级": "市级",
    "等级": "次级",
    "专业": "力学",
    "建标单位": "市计量测试所",
    "测量范围": "(1～2000) kg",
    "不确定度/准确度等级/最大允许误差": "M1等级",
    "发证机关": "省市场监督管理局",
    "证书编号": "",
    "原证书编号": "",
    "发证日期": "2016-06-01",
    "有效期至": "2021-05-31",
    "建标日期": "",
    "保存地点": "",
    "行政区划": "210100",
    "备注": "",
}
# A workbook as most offices have it.
FIRST_ROW = {name: text for name, text in FIRST_LINE.items() if name not in ("原证书编号", "备注")} | {
    "发证日期": date(2016, 6, 1),
    "有效期至": date(2021, 5, 31),
    "建标日期": None,
}
HEADER = [*FIRST_ROW]
# What every writing stamps anew.
STAMPS = {f"{name}_id" for name in ("created_by", "updated_by", "voided_by")}
STAMPS |= {"created_at", "updated_at", "voided_at", "version", "import_id", "import_row", "import_version"}


def number(of):
    return f"[2016] 辽量标 证字第 {of:03} 号"


def line(of=1, **changes):
    assert changes.keys() <= FIRST_LINE.keys()
    return {**FIRST_LINE, "证书编号": number(of), **changes}


def write_csv(path, lines):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, FIRST_LINE)
        writer.writeheader()
        writer.writerows(lines)
    return path


def row(of=1, **changes):
    """A row of a workbook, in the order of ``HEADER``."""
    assert changes.keys() <= FIRST_ROW.keys()
    return [*{**FIRST_ROW, "标准名称": f"砝码标准装置{of}", "证书编号": number(of), **changes}.values()]


def workbook(path, rows, header=None, above=()):
    book = Workbook()
    sheet = book.active
    for cells in (*above, header or HEADER, *rows):
        sheet.append(cells)
    book.save(path)
    return path


@pytest.fixture
def take(cast, tmp_path):
    """Import rows (or a file) as clerk A, as import 7 and so on; returns the outcome."""
    numbers = count(7)

    def take(rows, *, by=None, office=None, dry_run=False, **options):
        by = by or cast.clerk_a
        path = rows if hasattr(rows, "read_bytes") else workbook(tmp_path / "in.xlsx", rows, **options)
        sheet, office = get_sheet("standards"), office or by.office
        with open_table(path, sheet) as table:
            read = [part.name for part in table.layout.parts]
            importer = Importer(sheet, office=office, by=by, import_id=next(numbers), reason="import", sheets_read=read)
            total = Outcome()
            for chunk in in_chunks(table.rows()):
                total.add(importer.look(chunk).outcome if dry_run else importer.take(chunk))
        return total

    return take


def received(path, by, kind="standards"):
    run = drafts.receive(path, sheet=get_sheet(kind), office=by.office, by=by, file_name=path.name)
    assert run.state == Import.State.PREVIEW
    return run


def imported(path, by, kind="standards"):
    run = received(path, by, kind)
    assert runs.claim(run)
    runs.carry_out(run, lambda done, last: transaction.atomic())
    runs.finish(run)
    return run


def undone(run, by):
    """The counts of the undo; (voided, restored, kept)."""
    assert undo.claim(run) == ""
    undo.carry_out(run, by=by, guard=lambda done: transaction.atomic())
    undo.finish(run, by=by)
    assert run.state == Import.State.UNDONE
    return tuple(undo.counts_of(run).values())


def counts(run):
    return run.created, run.updated, run.unchanged, run.failed


def standing():
    """All values of the records that stand, without who entered them when: what lists and figures are made of."""
    standards = MeasurementStandard.objects.not_voided()
    events = StandardEvent.objects.not_voided().filter(standard__in=standards)
    intervals = InForceInterval.objects.filter(standard__in=standards)
    return {
        "standards": {row.pop("id"): without_stamps(row) for row in standards.order_by("pk").values()},
        "events": {row.pop("id"): without_stamps(row) for row in events.order_by("pk").values()},
        "intervals": sorted(intervals.values_list("standard", "begins_on", "ends_on")),
    }


def without_stamps(row):
    return {name: value for name, value in row.items() if name not in STAMPS}


def standard(of=1):
    return MeasurementStandard.objects.not_voided().get(certificate_no=number(of))


def enter_event(of, by, **values):
    """As on the page of the standard."""
    event = StandardEvent(standard=of, **values)
    records.save(event, by=by)
    lifecycle.derive([of], by=by)
    return event
