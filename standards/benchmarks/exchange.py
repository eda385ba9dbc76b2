"""Importing a workbook of standards with validation, provenance and events, beside django-import-export."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from bureau.bench import Measure, benchmark, faster, seconds
from bureau.exchange.context import Lookups
from bureau.exchange.exporting import write_xlsx
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layout import open_table
from bureau.exchange.sheets import get_sheet
from standards.benchmarks import load
from standards.models import InForceInterval, MeasurementStandard, StandardEvent

SHEET = "standards"


@benchmark("exchange", full_rows=20_000, quick_rows=500)
def run(rows: int) -> Iterator[Measure]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "standards.xlsx"
        sheet = get_sheet(SHEET)
        write_xlsx(sheet, sheet.render(load.standards(rows), Lookups()), path)
        ours = seconds(lambda: by_our_importer(path))
        assert MeasurementStandard.objects.count() == rows
        _empty()
        peer_rows = min(rows, 1_000)  # the peer is slow and linear: measured on a part, scaled to the whole
        peer_path = Path(folder) / "peer.xlsx"
        write_xlsx(sheet, sheet.render(load.standards(peer_rows), Lookups()), peer_path)
        theirs = seconds(lambda: by_import_export(peer_path)) * rows / peer_rows
        assert MeasurementStandard.objects.count() == peer_rows
        _empty()
    yield faster(
        f"import of {rows} standards from xlsx, {rows / ours:.0f} rows/s",
        ours,
        "django-import-export with history",
        theirs,
        goal=10,
        judged=rows >= 20_000,
    )


def by_our_importer(path: Path) -> None:
    importer = Importer(get_sheet(SHEET), office=load.office(), by=None)
    with open_table(path, get_sheet(SHEET)) as table:
        for chunk in in_chunks(table.rows()):
            with transaction.atomic():
                outcome = importer.take(chunk)
            assert not outcome.failed, outcome.errors[:1]


def by_import_export(path: Path) -> None:
    """The peer as its documentation has it: a resource with the same columns, on the same file."""
    import tablib
    from import_export import fields, resources, widgets
    from openpyxl import load_workbook

    sheet = get_sheet(SHEET)
    choices = {
        column.name: {
            str(label): value for value, label in MeasurementStandard._meta.get_field(column.name).flatchoices
        }
        for column in sheet.columns
        if MeasurementStandard._meta.get_field(column.name).choices
    }

    class Resource(resources.ModelResource):
        class Meta:
            model = MeasurementStandard
            import_id_fields = ("issuing_authority", "certificate_no")
            fields = tuple(column.name for column in sheet.columns)
            clean_model_instances = True

        def before_import_row(self, row, **kwargs):
            for name, values in choices.items():
                row[name] = values[row[name]]
            row["region"] = row["region"].split()[0]

        def init_instance(self, row=None):
            now = timezone.now()
            return MeasurementStandard(office=keeper, created_at=now, updated_at=now)

    keeper = load.office()
    by_name = {"field": widgets.ForeignKeyWidget(MeasurementStandard._meta.get_field("field").related_model, "name")}
    resource = Resource()
    for name, widget in by_name.items():
        resource.fields[name] = fields.Field(attribute=name, column_name=name, widget=widget)
    rows = list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
    data = tablib.Dataset(headers=[column.name for column in sheet.columns])
    for row in rows[1:]:
        data.append([cell.date().isoformat() if hasattr(cell, "date") else (cell or "") for cell in row])
    result = resource.import_data(data, raise_errors=False, use_transactions=True)
    assert not result.has_errors() and not result.has_validation_errors(), (
        result.row_errors()[:1],
        result.invalid_rows[:1],
    )


def _empty() -> None:
    for model in (InForceInterval, StandardEvent, MeasurementStandard):
        model._base_manager.all()._raw_delete("default")
