"""The items of an audit by chapter, each with what was found now and at earlier audits of the unit."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models import AuditFinding, AuditItem, EnergyAudit
from inspections.models.audit_finding import WRONG

Result = AuditFinding.Result


@dataclass
class ItemLine:
    """``earlier``: what was wrong with the item at earlier audits of the unit, the latest first."""

    item: AuditItem
    finding: AuditFinding | None = None
    earlier: list[AuditFinding] = field(default_factory=list)

    @property
    def is_repeated(self) -> bool:
        """Wrong again."""
        return bool(self.earlier and self.finding and self.finding.result in WRONG)


@dataclass
class Section:
    """A chapter of JJF 1356."""

    chapter: str
    label: Any
    lines: list[ItemLine]

    @property
    def answered(self) -> int:
        return sum(line.finding is not None for line in self.lines)

    @property
    def counts(self) -> Counter[str]:
        """Items by result."""
        return Counter(line.finding.result for line in self.lines if line.finding)

    @property
    def by_result(self) -> list[tuple[str, int]]:
        """In the order of the results, then those still open."""
        found = [(result.value, self.counts[result.value]) for result in Result]
        return [*found, ("open", len(self.lines) - self.answered)]


def sections_of(
    audit: EnergyAudit, *, scoped: Callable[[QuerySet], QuerySet], chapter: str | None = None
) -> list[Section]:
    """``scoped`` limits earlier audits to those that the reader may see. Three queries."""
    items = AuditItem.objects.filter(edition=audit.edition)
    if chapter is not None:
        items = items.filter(chapter=chapter)
    lines = {item.code: ItemLine(item) for item in items}
    for finding in audit.findings.not_voided().select_related("item"):
        if finding.item.code in lines:
            lines[finding.item.code].finding = finding
    for finding in _earlier(audit, scoped):
        if finding.item.code in lines:
            lines[finding.item.code].earlier.append(finding)
    by_chapter: dict[str, list[ItemLine]] = {}
    for line in lines.values():
        by_chapter.setdefault(line.item.chapter, []).append(line)
    return [Section(each, AuditItem.Chapter(each).label, found) for each, found in sorted(by_chapter.items())]


def _earlier(audit: EnergyAudit, scoped: Callable[[QuerySet], QuerySet]) -> QuerySet:
    """Of audits whose days on site came before; an item keeps its code through the editions."""
    before = EnergyAudit.objects.not_voided().filter(Q(on_site_on__lt=audit.day), unit=audit.unit).exclude(pk=audit.pk)
    rows = AuditFinding.objects.not_voided().filter(audit__in=scoped(before), result__in=WRONG)
    return rows.select_related("item", "audit").order_by("-audit__on_site_on", "-pk")
