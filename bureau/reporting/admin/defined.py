from typing import Any

from django import forms
from django.contrib import admin
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import SELECT_CLASSES

from bureau.record_admin import RecordAdmin
from bureau.record_forms import RecordForm
from bureau.reporting import charts, defined, indicators
from bureau.reporting.admin.choices import ShownInWords, figure_field
from bureau.reporting.defined import Undefined
from bureau.reporting.engine import compute
from bureau.reporting.indicators import Indicator
from bureau.reporting.lines import Line
from bureau.reporting.models import DefinedIndicator
from bureau.reporting.models.defined import as_text, as_values
from bureau.reporting.models.of_days import label_of
from bureau.reporting.periods import InvalidPeriod, Period
from bureau.reporting.summary import latest_year

# The button behind a choice of figure: the form comes again, with that figure's dimensions.
CHOOSE = "_choose"


class Narrowing(forms.Widget):
    """A choice for each dimension of a figure; their values are kept as one text."""

    template_name = "reporting/widgets/narrowing.html"

    def __init__(self, indicator: Indicator | None) -> None:
        super().__init__()
        self.dimensions = dict(indicator.dimensions) if indicator else {}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = _values(value)
        context["select_class"] = " ".join(SELECT_CLASSES)
        context["choices"] = [
            (f"{name}__{key}", each.label, each.known().items(), chosen.get(key, ""))
            for key, each in self.dimensions.items()
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        return as_text({key: data[f"{name}__{key}"] for key in self.dimensions if data.get(f"{name}__{key}")})

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


def _values(text: Any) -> dict[str, str]:
    try:
        return as_values(text or "")
    except ValueError:
        return {}


class DefinedIndicatorForm(RecordForm):
    """Choosing another figure brings the form again with what that can be narrowed to, and saves nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [each for each in indicators.every() if isinstance(each, Indicator)]
        for name, narrowing in (("of", "narrowed_to"), ("divided_by", "divisor_narrowed_to")):
            if name in self.fields:
                self.fields[name] = figure_field(self.fields[name].label, counted, required=False)
                self.fields[narrowing].widget = Narrowing(self._chosen(name))

    def _chosen(self, name: str) -> Indicator | None:
        key = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        found = {each.key: each for each in indicators.every()}.get(key or "")
        return found if isinstance(found, Indicator) else None

    def full_clean(self) -> None:
        if self.is_bound and CHOOSE in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return CHOOSE not in self.data and super().is_valid()

    class Media:
        js = ("bureau/definition.js",)


@admin.register(DefinedIndicator)
class DefinedIndicatorAdmin(ShownInWords, RecordAdmin):
    IN_WORDS = {
        "of": "of_shown",
        "narrowed_to": "narrowed_shown",
        "divided_by": "divided_by_shown",
        "divisor_narrowed_to": "divisor_narrowed_shown",
    }
    form = DefinedIndicatorForm
    with_attachments = False
    menu_area = "reports"
    menu_icon = "calculate"
    menu_order = 40
    list_display = ("label", "key_shown", "section", "way", "unit", "office")
    list_filter = (("section", ChoicesDropdownFilter), ("way", ChoicesDropdownFilter))
    search_fields = ("label", "code", "definition")
    search_help_text = _("Label, code or definition")
    change_form_after_template = "reporting/try_definition.html"
    fieldsets = (
        (None, {"fields": ("label", ("code", "unit"), ("section", "decimals"), "definition", "basis")}),
        (_("How it is counted"), {"fields": ("way", "of", "narrowed_to", "since")}),
        (_("Divided by"), {"fields": ("divided_by", "divisor_narrowed_to", "scale")}),
        (_("Kept by"), {"fields": (("office", "region"),)}),
    )

    @admin.display(description=_("key"), ordering="code")
    def key_shown(self, row: DefinedIndicator) -> str:
        return _typed(row.key)

    @admin.display(description=_("figure"))
    def of_shown(self, row: DefinedIndicator) -> str:
        return label_of(row.of) if row.of else "—"

    @admin.display(description=_("narrowed to"))
    def narrowed_shown(self, row: DefinedIndicator) -> str:
        return _typed(row.narrowed_to)

    @admin.display(description=_("divided by"))
    def divided_by_shown(self, row: DefinedIndicator) -> str:
        return label_of(row.divided_by) if row.divided_by else "—"

    @admin.display(description=_("divisor narrowed to"))
    def divisor_narrowed_shown(self, row: DefinedIndicator) -> str:
        return _typed(row.divisor_narrowed_to)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = context.get("original")
        return super().render_change_form(request, context | (_tried(request, row) if row else {}), *args, **kwargs)


def _typed(text: str) -> str:
    """What is to be typed as it stands."""
    return format_html("<code>{}</code>", text) if text else "—"


def _tried(request: HttpRequest, row: DefinedIndicator) -> dict[str, Any]:
    """What the definition on record gives for a year, as the reader's own records have it."""
    reader: Any = request.user
    region, text = reader.office.region_id, request.GET.get("try", "")
    try:
        indicator = defined.indicator_of(row)
        period = Period.from_text(year=text) if text else latest_year([indicator], region, user=reader)
    except (Undefined, InvalidPeriod) as problem:
        return {"try_problem": str(problem), "try_year": text or timezone.localdate().year}
    [figure] = compute([indicator], region, period, user=reader)
    return {"try_line": Line(figure), "try_breakdowns": charts.broken_down(figure), "try_year": period.first.year}
