"""The inspection at a site, as it is filled in there, by telephone or tablet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from bureau import records, scoping
from bureau.fieldwork.forms import DateWidget, FieldForm, Filled, Part, Row, Written, register
from bureau.models import Staff
from bureau.models.region import subtree_q
from bureau.texts import whole_number
from enterprises.models import Enterprise, EnterpriseKindSince
from enterprises.models.kind import KEY_ENERGY_UNIT, PUBLIC_INSTITUTION
from inspections.field_forms.visit import VisitForm, choosing, searching
from inspections.models import (
    Assignment,
    CheckedItem,
    ChecklistItem,
    Finding,
    InspectedInstruments,
    InspectionCampaign,
    NetContentLot,
    SiteInspection,
)
from inspections.models.subject import ENERGY_METERING, NET_CONTENT

MOST_STARTS = 20
FROM_ASSIGNMENT = ("campaign", "enterprise", "subject")
NOT_CHOSEN = [("", "—")]
YES_OR_NO = [*NOT_CHOSEN, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class SiteForm(VisitForm):
    class Meta:
        model = SiteInspection
        fields = (
            "assignment",
            "campaign",
            "enterprise",
            "place",
            "inspected_on",
            "subject",
            "energy_kind",
            "sector",
            "inspectors",
            "escort",
            "result",
            "opinion",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "enterprise": searching(SiteInspection, "enterprise"),
            "place": UnfoldAdminTextInputWidget,
            "inspected_on": DateWidget,
            "subject": UnfoldAdminSelectWidget,
            "energy_kind": UnfoldAdminSelectWidget(attrs={"data-shown-if": f"subject={ENERGY_METERING}"}),
            "sector": UnfoldAdminSelectWidget,
            "inspectors": UnfoldAdminTextInputWidget,
            "escort": UnfoldAdminTextInputWidget,
            "result": UnfoldAdminSelectWidget,
            "opinion": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "enterprise": gettext_lazy("Type a part of the name. One that is not on record is entered by your office."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        today = timezone.localdate()
        mine = Assignment.objects.open().of(self.user).select_related("enterprise", "campaign")
        choosing(fields["assignment"], scoping.visible_to(mine, self.user))
        choosing(fields["campaign"], InspectionCampaign.objects.on(today))
        # Another campaign may ask by another edition of the checklist.
        fields["campaign"].widget.attrs["data-reloads"] = True
        fields["enterprise"].queryset = Enterprise.objects.not_voided()
        self.instance.office, self.instance.agency = self.user.office, self.user.office.name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if enterprise := cleaned.get("enterprise"):
            self.instance.region = region_of(enterprise, self.user)
        if assignment := cleaned.get("assignment"):
            cleaned["campaign"] = assignment.campaign
            self.instance.is_double_random = assignment.draw_id is not None
        if cleaned.get("subject") and cleaned["subject"].pk != ENERGY_METERING:
            cleaned["energy_kind"] = ""
        return cleaned


def region_of(enterprise: Enterprise, user: Any) -> Any:
    """Where an inspection counts: at the site, or for one outside of the office's region in that region."""
    own = user.office.region
    is_inside = Enterprise.objects.filter(subtree_q(own.pk, "region"), pk=enterprise.pk).exists()
    return enterprise.region if is_inside else own


class ItemForm(VisitForm):
    class Meta:
        model = CheckedItem
        fields = ("answer", "remark")
        widgets: ClassVar[dict[str, Any]] = {"answer": UnfoldAdminSelectWidget, "remark": UnfoldAdminTextInputWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = False  # what was not looked at has no answer


class InstrumentForm(VisitForm):
    class Meta:
        model = InspectedInstruments
        fields = ("category", "checked", "failed")
        widgets: ClassVar[dict[str, Any]] = {
            "category": UnfoldAdminSelectWidget,
            "checked": UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
            "failed": UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
        }


class FindingForm(VisitForm):
    class Meta:
        model = Finding
        fields = ("cause", "facts", "instruments", "measure", "due_on")
        widgets: ClassVar[dict[str, Any]] = {
            "cause": UnfoldAdminSelectWidget,
            "facts": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
            "instruments": UnfoldAdminTextInputWidget,
            "measure": UnfoldAdminSelectWidget,
            "due_on": DateWidget,
        }


class LotForm(VisitForm):
    is_content_conforming = forms.TypedChoiceField(
        label=gettext_lazy("net content conforms"),
        choices=YES_OR_NO,
        coerce=lambda text: text == "yes",
        widget=UnfoldAdminSelectWidget,
    )
    is_marking_conforming = forms.TypedChoiceField(
        label=gettext_lazy("marking conforms"),
        choices=YES_OR_NO,
        coerce=lambda text: text == "yes",
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = NetContentLot
        fields = (
            "sample_no",
            "enterprise",
            "product",
            "brand",
            "net_content",
            "lot_no",
            "lot_size",
            "sampled",
            "failed",
            "is_content_conforming",
            "is_marking_conforming",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "enterprise": searching(NetContentLot, "enterprise"),
            **dict.fromkeys(("sample_no", "product", "brand", "net_content", "lot_no"), UnfoldAdminTextInputWidget),
            **dict.fromkeys(("lot_size", "sampled", "failed"), UnfoldAdminIntegerFieldWidget),
        }
        help_texts: ClassVar[dict[str, Any]] = {"enterprise": gettext_lazy("Empty: the site is the producer itself.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["enterprise"].queryset = Enterprise.objects.not_voided()
        fields["enterprise"].required = False
        self.instance.agency = self.user.office.name  # type: ignore[union-attr]


def checklist(values: Mapping[str, str]) -> Iterator[Row]:
    """The items of the campaign's edition, or of those in force today, each for its subject."""
    campaign, edition = whole_number(values.get("campaign")), ""
    if campaign:
        edition = InspectionCampaign.objects.filter(pk=campaign).values_list("checklist_edition", flat=True).first()
    items = ChecklistItem.objects.filter(edition=edition) if edition else ChecklistItem.objects.in_force(today())
    for item in items:
        yield Row(str(item.pk), str(item), item.basis, shown_if=f"subject={item.subject_id}")


def today() -> Any:
    return timezone.localdate()


@register
class SiteVisit(FieldForm):
    key = "site-inspection"
    label = gettext_lazy("Site inspection")
    permission = "inspections.add_siteinspection"
    main = SiteForm
    parts = (
        Part("item", ItemForm, gettext_lazy("Checklist"), is_fixed=True),
        Part("instrument", InstrumentForm, gettext_lazy("Instruments checked"), gettext_lazy("Add a category")),
        Part(
            "lot",
            LotForm,
            gettext_lazy("Net-content lots"),
            gettext_lazy("Add a lot"),
            shown_if=f"subject={NET_CONTENT}",
        ),
        Part("finding", FindingForm, gettext_lazy("Findings"), gettext_lazy("Add a finding"), with_photos=True),
    )

    def options(self, user: Staff) -> dict[str, Any]:
        return {"user": user}

    def fixed_rows(self, user: Staff, values: Mapping[str, str]) -> dict[str, list[Row]]:
        return {"item": list(checklist(values))}

    def initial(self, user: Staff, query: Mapping[str, str]) -> dict[str, Any]:
        """From the assignment or the enterprise that the address names, if the reader may see it."""
        begins: dict[str, Any] = {"inspected_on": today(), "inspectors": user.full_name}
        mine = scoping.visible_to(Assignment.objects.open(), user).of(user)
        if assignment := mine.filter(pk=whole_number(query.get("assignment"))).select_related("campaign").first():
            begins |= {"assignment": assignment.pk, "campaign": assignment.campaign_id}
            begins |= {"enterprise": assignment.enterprise_id, "subject": assignment.campaign.subject_id}
        elif enterprise := Enterprise.objects.not_voided().filter(pk=whole_number(query.get("enterprise"))).first():
            begins["enterprise"] = enterprise.pk
        if begins.get("subject") == ENERGY_METERING:
            begins["energy_kind"] = energy_kind(begins["enterprise"])
        return begins

    def standing(self, user: Staff, query: str) -> dict[str, str]:
        """What the assignment says now, which the office may have changed since."""
        asked = QueryDict(query).dict()
        if "assignment" not in asked:
            return {}
        known = self.initial(user, asked)
        return {name: str(known[name]) for name in FROM_ASSIGNMENT if name in known} if "assignment" in known else {}

    def starts(self, user: Staff) -> list[tuple[str, str]]:
        """The assignments of this person that no inspection has come of, the most urgent first."""
        mine = scoping.visible_to(Assignment.objects.open(), user).of(user).select_related("enterprise", "campaign")
        rows = mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST_STARTS]
        return [(f"{row.due_on or ''} {row}".strip(), f"assignment={row.pk}") for row in rows]

    def names_of(self, user: Staff, drafts: Sequence[Mapping[str, str]]) -> list[str]:
        keys = [whole_number(each.get("enterprise")) for each in drafts]
        seen = scoping.visible_to(Enterprise.objects.all(), user).in_bulk({key for key in keys if key})
        return [
            f"{seen.get(key, '')} {each.get('inspected_on', '')}".strip()
            for key, each in zip(keys, drafts, strict=True)
        ]

    def write(self, filled: Filled, *, by: Staff) -> Written:
        inspection = filled.main.instance
        inspection.number = f"{inspection.inspected_on:%Y%m%d}-{uuid4().hex[:8].upper()}"
        inspection.validate_constraints()
        records.save(inspection, by=by)
        rows: dict[str, Any] = {}
        for key, form in filled.rows["item"].items():
            if form.cleaned_data["answer"]:
                form.instance.item_id = int(key)
                _save_row(form.instance, inspection, by)
        for form in filled.rows["instrument"].values():
            _save_row(form.instance, inspection, by)
        for key, form in filled.rows["lot"].items():
            rows[f"lot.{key}"] = _save_lot(form.instance, inspection, by)
        for number, (key, form) in enumerate(filled.rows["finding"].items(), start=1):
            form.instance.number = number
            rows[f"finding.{key}"] = _save_row(form.instance, inspection, by)
        return Written(inspection, rows)


def energy_kind(enterprise: int) -> str:
    """As what an enterprise is supervised, by the kinds that it is of today."""
    kinds = set(EnterpriseKindSince.objects.on(today()).filter(enterprise=enterprise).values_list("kind", flat=True))
    if KEY_ENERGY_UNIT in kinds:
        return SiteInspection.EnergyKind.KEY
    return SiteInspection.EnergyKind.PUBLIC_INSTITUTION if PUBLIC_INSTITUTION in kinds else ""


def _save_row(row: Any, inspection: SiteInspection, by: Staff) -> Any:
    row.inspection = inspection
    if hasattr(row, "office_id"):
        row.office, row.region = inspection.office, inspection.region
    row.clean()
    row.validate_constraints()
    return records.save(row, by=by)


def _save_lot(lot: NetContentLot, inspection: SiteInspection, by: Staff) -> NetContentLot:
    if lot.enterprise_id is None:
        lot.enterprise = inspection.enterprise
    lot.sampled_on, lot.campaign = inspection.inspected_on, inspection.campaign
    return _save_row(lot, inspection, by)
