"""The report of an energy-metering audit as a Word document. Every number in it is the data's."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from bureau import scoping, word
from bureau.models.region_tree import region_tree
from bureau.reporting.lines import number_text
from enterprises.coal_equivalent import per_output
from enterprises.energy_balance import HUNDREDTH, Line
from enterprises.models import EnergyEdition, ManagementSystemCertificate
from inspections.audit_forms import AuditForms
from inspections.audit_report.papers import papers_of
from inspections.audit_sections import Section, sections_of
from inspections.equipping import Cell
from inspections.models import AuditFinding, EnergyAudit, Nonconformity

TEMPLATE = settings.BASE_DIR / "templates" / "inspections" / "audit_report.docx"
NOTHING = "—"
Result, Outcome = AuditFinding.Result, Nonconformity.Outcome
LAW, ITEMS = "《能源计量监督管理办法》", "《重点用能单位能源计量审查规范》"
KILOGRAMS = 1000  # of a tonne


def audit_paper(audit: EnergyAudit, *, user: Any) -> BytesIO:
    """In Chinese whatever language the reader works in; ``template.py`` makes the document that is filled."""

    def scoped(rows: QuerySet) -> QuerySet:
        return scoping.visible_to(rows, user)

    with override("zh-hans"):
        return word.filled(TEMPLATE, values_of(AuditForms(audit, scoped=scoped), sections_of(audit, scoped=scoped)))


def values_of(forms: AuditForms, sections: list[Section]) -> dict[str, Any]:
    audit = forms.audit
    return {
        "report_no": audit.report_no or "（未编号）",
        "agency": audit.agency,
        "on_site": _span(audit.on_site_on, audit.on_site_until),
        "reported_on": _day(audit.reported_on),
        "signed_on": _day(audit.concluded_on) if audit.concluded_on else "　　年　　月　　日",
        "conclusion": audit.get_conclusion_display() or "（审查未结束，尚无结论）",
        "opinion": audit.opinion.splitlines(),
        "course": [{"step": step, "day": day} for step, day in _course(audit)],
        **_unit(forms),
        **_energy(forms),
        **_bases(forms),
        **_team(audit),
        **_found(sections),
        **_nonconformities(audit),
        **_equipping(forms),
        **papers_of(forms),
    }


def _course(audit: EnergyAudit) -> Iterator[tuple[str, str]]:
    yield "单位自查", _day(audit.self_check_on)
    yield "资料审查", _day(audit.review_on)
    yield "现场评审", _span(audit.on_site_on, audit.on_site_until)
    yield "整改与验证", _rectification(audit)
    yield "审查结论", _day(audit.concluded_on)
    yield "出具报告", _day(audit.reported_on)


def _rectification(audit: EnergyAudit) -> str:
    closed = [row.closed_on for row in audit.nonconformities.not_voided()]
    if not audit.on_site_until:
        return NOTHING
    if not closed:
        return "无不符合项，不需整改"
    days = [day for day in closed if day]
    return _span(audit.on_site_until, max(days)) if len(days) == len(closed) else f"{_day(audit.on_site_until)}起"


def _unit(forms: AuditForms) -> dict[str, Any]:
    unit, enterprise = forms.unit, forms.unit.enterprise
    place = region_tree().places.get(unit.region_id)
    held = ManagementSystemCertificate.objects.not_voided().filter(enterprise=enterprise, issued_on__lte=forms.day)
    papers = [
        row for row in forms.scoped(held).order_by("issued_on") if row.ends_on is None or row.ends_on >= forms.day
    ]
    return {
        "unit": {
            "name": enterprise.name,
            "credit_code": enterprise.credit_code or NOTHING,
            "address": enterprise.address or NOTHING,
            "region": (place.full_name or place.name) if place else NOTHING,
            "kind": unit.get_kind_display(),
            "sector": unit.get_sector_display(),
            "size_class": unit.get_size_class_display() or NOTHING,
            "certificates": "；".join(f"{row.certificate_no} {row.grade}".strip() for row in papers) or "无",
        },
        "people": len(forms.staff),
        "equipment": sum(row.quantity for row in forms.equipment),
        "output_value": number_text(forms.year.output_value if forms.year else None, 2),
        "added_value": number_text(forms.year.added_value if forms.year else None, 2),
    }


def _energy(forms: AuditForms) -> dict[str, Any]:
    found, year = forms.balance, forms.year
    lines = [line for line in found.lines if line.equivalent] if found else []
    total = found.equivalent if found else None
    return {
        "year": year.year if year else "",
        "products": [
            {
                "name": row.name,
                "amount": _amount(row.amount),
                "unit": _unit_text(row.unit),
                "value": number_text(row.value, 2),
                "kgce": number_text(None if per is None else per * KILOGRAMS, 2),
            }
            for row, per, _problem in (found.products if found else [])
        ],
        "energies": [
            {
                "name": str(line.row.energy),
                "amount": _amount(line.row.amount),
                "unit": _unit_text(line.row.unit),
                "tce": number_text(line.equivalent.tce if line.equivalent else None, 2),
                "share": number_text(line.share, 2),
            }
            for line in lines
        ],
        "tce": number_text(total, 2),
        "rounding": _rounding(lines, total),
        "shares": number_text(sum((line.share for line in lines if line.share is not None), Decimal(0)), 2),
        "per_output": _per(total, year.output_value if year else None),
        "per_added": _per(total, year.added_value if year else None),
        "conversion": str(found.factors.edition) if found and found.factors else NOTHING,
        "energy_problems": list(found.problems.get("equivalent", ())) if found else [],
    }


def _per(tce: Decimal | None, value: Decimal | None) -> str:
    """ "" where there is nothing to divide, or nothing to divide by."""
    return number_text(per_output(tce, value), 4) if tce is not None and value and value > 0 else ""


def _rounding(lines: list[Line], total: Decimal | None) -> str:
    """By how much the sum of the tonnes that are shown differs from the total that is shown; "" where it does not."""
    if total is None:
        return ""
    shown = sum((round(line.equivalent.tce, 2) for line in lines if line.equivalent), Decimal(0))
    difference = abs(round(total, 2) - shown)
    return str(difference) if difference >= HUNDREDTH else ""


def _bases(forms: AuditForms) -> dict[str, Any]:
    audit, rules = forms.audit, forms.standing.rules
    conversion = forms.balance.factors.edition.edition if forms.balance and forms.balance.factors else ""
    names = dict(EnergyEdition.objects.values_list("edition", "name"))
    titled = (f"{edition}《{names[edition]}》" if names.get(edition) else edition
              for edition in (rules.edition, conversion))  # fmt: skip
    named = (LAW, f"{audit.edition}{ITEMS}" if audit.edition else "", *titled, audit.judged_by)
    return {"bases": list(dict.fromkeys(filter(None, named))), "problems": forms.problems, "edition": rules.edition}


def _team(audit: EnergyAudit) -> dict[str, Any]:
    members = list(audit.members.not_voided().order_by("-is_leader", "pk"))
    return {
        "leader": next((row.name for row in members if row.is_leader), NOTHING),
        "members": [
            {
                "name": row.name,
                "post": "组长" if row.is_leader else "组员",
                "duty": row.duty or NOTHING,
                "organisation": row.organisation or audit.agency,
            }
            for row in members
        ],
    }


def _found(sections: list[Section]) -> dict[str, Any]:
    lines = [line for section in sections for line in section.lines]
    counts = Counter(line.finding.result if line.finding else "open" for line in lines)
    return {
        "counts": {"total": len(lines), "open": counts["open"], **{each.value: counts[each] for each in Result}},
        "chapters": [
            {
                "label": str(section.label),
                "cells": [len(section.lines), *(count for _result, count in section.by_result)],
            }
            for section in sections
        ],
        "repeated": [str(line.item) for line in lines if line.is_repeated],
        "items": [
            {
                "code": line.item.code,
                "text": line.item.text,
                "result": line.finding.get_result_display() if line.finding else NOTHING,
                "finding": line.finding.finding if line.finding else "",
                "clause": line.finding.clause if line.finding else "",
            }
            for line in lines
        ],
    }


def _nonconformities(audit: EnergyAudit) -> dict[str, Any]:
    rows = list(audit.nonconformities.not_voided().order_by("number"))
    outcomes = Counter(row.outcome for row in rows)
    return {
        "nonconformities": [
            {
                "number": f"{audit.number}/{row.number}",
                "clause": row.clause,
                "facts": row.facts,
                "found_on": _day(row.found_on),
                "due_on": _day(row.due_on),
                "measures": row.measures or NOTHING,
                "evidence": row.evidence or NOTHING,
                "verified": f"{row.verified_by} {_day(row.verified_on)}" if row.verified_on else NOTHING,
                "outcome": row.get_outcome_display() or "未关闭",
            }
            for row in rows
        ],
        "rectified": outcomes[Outcome.RECTIFIED],
        "not_rectified": outcomes[Outcome.NOT_RECTIFIED],
        "open_ones": outcomes[""],
    }


def _equipping(forms: AuditForms) -> dict[str, Any]:
    together = next((row for row in forms.standing.rows if row.energy is None), None)
    whole = sum((cell for _level, cell in together.cells), Cell(is_judged=False)) if together else Cell()
    return {
        "meters": len(forms.meters),
        "needed": whole.needed,
        "installed": whole.installed,
        "rate": number_text(whole.shown, 2) if whole.shown is not None else "",
        "rates": [
            {"name": str(row.energy) if row.energy else "合计", "cells": [*_rate_cells(row.cells)]}
            for row in forms.standing.rows
        ],
        "uses": [
            {
                "name": str(line.use) if line.use else "未注明",
                "asked": line.asked or NOTHING,
                "meters": line.meters,
                "met": line.met,
                "not_met": line.not_met,
                "unknown": line.unknown,
            }
            for line in forms.standing.uses
        ],
        "differences": [
            {"label": label, "declared": _amount(declared), "computed": _amount(computed)}
            for label, declared, computed in forms.differences()
        ],
    }


def _rate_cells(cells: tuple[tuple[str, Cell], ...]) -> Iterator[str]:
    for _level, cell in cells:
        yield f"{cell.asked.normalize():f}" if cell.asked is not None else NOTHING
        yield str(cell.needed)
        yield str(cell.installed)
        yield number_text(cell.shown, 2)


def _amount(value: Any) -> str:
    """As it stands in the data, without zeros at its end; what was computed with two places."""
    if isinstance(value, Decimal):
        value = value.quantize(Decimal("0.01")) if -value.as_tuple().exponent > 4 else value  # type: ignore[operator]
        return f"{value.normalize():,f}"
    return f"{value:,}"


def _unit_text(unit: str) -> str:
    """As it is printed: m³, Nm³, m²."""
    return unit.replace("m3", "m³").replace("m2", "m²")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else NOTHING


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None or last == first:
        return _day(first)
    end = _day(last) if last.year != first.year else f"{last.month}月{last.day}日"
    return f"{_day(first)}至{f'{last.day}日' if (last.year, last.month) == (first.year, first.month) else end}"
