"""Files of standards as an office sends them over the years: new, changed, renewed and wrong rows, drawn by a seed."""

import csv
from datetime import date, timedelta
from itertools import count
from random import Random

from bureau.exchange import drafts
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from standards.models import MeasurementField, MeasurementStandard, StandardEvent

AUTHORITIES = ("省市场监督管理局", "市市场监督管理局")
REGIONS = ("210000", "210100", "210102", "210200", "210202", "211000")
KINDS = ("public", "public", "public", "authorised", "enterprise_highest")


def received(rows, *, by, folder, sheet=None) -> Import:
    """A file with these rows as it stands before it is confirmed."""
    sheet = sheet or get_sheet("standards")
    labels = {column.name: str(column.label) for column in sheet.columns}
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(labels.values())
        writer.writerows([row.get(name, "") for name in labels] for row in rows)
    run = drafts.receive(path, sheet=sheet, office=by.office, by=by, file_name=path.name)
    assert run.state == Import.State.PREVIEW, run.notes
    return run


def example(number: int, **values: object) -> dict[str, object]:
    """A row of a new municipal standard of city A, in force for a year."""
    issued_on = values.pop("issued_on", date(2016, 5, 10))
    return {
        "name": "砝码标准装置",
        "kind": "public",
        "tier": "municipal",
        "grade": "working",
        "field": "12",
        "holder": "计量测试所",
        "measuring_range": "(0～100) kg",
        "uncertainty": "M1",
        "issuing_authority": "省市场监督管理局",
        "certificate_no": f"[2016] 量标 证字第 {number:03} 号",
        "issued_on": issued_on,
        "valid_until": issued_on.replace(year=issued_on.year + 1),
        "region": "210100",
        **values,
    }


class Sender:
    """``rows()`` are those of the next file; what is on record by then is looked up."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.numbers = count(1)
        self.fields = list(MeasurementField.objects.values_list("code", flat=True))

    def rows(self) -> list[dict[str, object]]:
        random = self.random
        known = list(MeasurementStandard.objects.not_voided())
        random.shuffle(known)
        rows = [self.new() for _ in range(random.randint(4, 12))]
        rows += [as_row(standard) for standard in known[:3]]
        rows += [self.changed(standard) for standard in known[3:9]]
        rows += [self.renewed(as_row(standard)) for standard in known[9:13]]
        rows += [self.new(certificate_no=number) for number in self.numbers_given_before()]
        rows += [self.renewed(random.choice(rows)), {**random.choice(rows), "remark": "同号"}]
        rows += [self.new(valid_until=date(2001, 1, 1)), self.new(field="99")]
        random.shuffle(rows)
        return rows

    def new(self, **values: object) -> dict[str, object]:
        issued_on = self.day()
        is_older = self.random.random() < 0.2
        return {
            "name": f"标准装置{self.random.randint(1, 30)}",
            "holder": f"计量测试所{self.random.randint(1, 9)}",
            "measuring_range": "(0～100) kg",
            "uncertainty": "0.05级",
            "issuing_authority": self.random.choice(AUTHORITIES),
            "certificate_no": self.number(),
            "issued_on": issued_on,
            "valid_until": issued_on + timedelta(days=self.random.choice((365, 1460, 1826))),
            "established_on": issued_on - timedelta(days=self.random.randint(1, 3000)) if is_older else "",
            **self.classes(),
            **values,
        }

    def changed(self, standard: MeasurementStandard) -> dict[str, object]:
        classes = self.classes()
        names = self.random.sample(sorted(classes), k=self.random.randint(0, 3))
        row = {**as_row(standard), **{name: classes[name] for name in names}}
        if self.random.random() < 0.4:
            row["valid_until"] = row["issued_on"] + timedelta(days=self.random.randint(100, 2000))
        return row

    def renewed(self, row: dict[str, object]) -> dict[str, object]:
        """A re-examination before the certificate runs out, or too late."""
        issued_on = row["valid_until"] + timedelta(days=self.random.choice((-60, -10, 30)))
        return {
            **row,
            "former_certificate_no": row["certificate_no"],
            "certificate_no": self.number(),
            "issued_on": issued_on,
            "valid_until": issued_on + timedelta(days=1460),
        }

    def numbers_given_before(self) -> list[str]:
        """Of certificates that a later one has followed: a number is given once."""
        current = MeasurementStandard.objects.values_list("certificate_no", flat=True)
        given = StandardEvent.objects.exclude(certificate_no__in=current).exclude(certificate_no="")
        return list(given.order_by("-pk").values_list("certificate_no", flat=True)[:1])

    def classes(self) -> dict[str, object]:
        random = self.random
        return {
            "kind": random.choice(KINDS),
            "tier": random.choice(MeasurementStandard.Tier.values),
            "grade": random.choice(MeasurementStandard.Grade.values),
            "field": random.choice(self.fields[:5]),
            "region": random.choice(REGIONS),
        }

    def day(self) -> date:
        return date(2009, 1, 1) + timedelta(days=self.random.randint(0, 16 * 365))

    def number(self) -> str:
        return f"量标 证字第 {next(self.numbers):05} 号"


def as_row(record, sheet=None) -> dict[str, object]:
    """The cells of a record."""
    columns = (sheet or get_sheet("standards")).by_name
    values = {name: getattr(record, column.attribute) for name, column in columns.items()}
    return {name: "" if value is None else value for name, value in values.items()}
