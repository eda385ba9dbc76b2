"""A model of every kind of field, and a context without an office, for the tests of columns; no database is asked."""

from django.db import models
from django.test.utils import isolate_apps
from hypothesis import strategies as st

from bureau import credit_code
from bureau.exchange.cells import BrokenCell
from bureau.exchange.columns.base import CellError
from bureau.exchange.context import Context, Lookups
from bureau.models import Office
from bureau.models.fields import CodeField, CreditCodeField

NOTHING = Lookups()
BROKEN = BrokenCell("=1/0", "why")
CODES = st.builds(
    lambda head, region, body: credit_code.completed(head + region + body),
    st.text(credit_code.SIGNS, min_size=2, max_size=2),
    st.integers(1, 999_999).map("{:06}".format),
    st.text(credit_code.SIGNS, min_size=8, max_size=8),
)


def _thing():
    with isolate_apps("bureau"):

        class Thing(models.Model):
            class Colour(models.TextChoices):
                RED = "red", "红色"
                BLUE = "blue", "蓝色"

            text = models.CharField("文字", max_length=10)
            number = CodeField("编号", max_length=10, blank=True)
            long = models.TextField("长文", blank=True)
            day = models.DateField("日期", null=True, blank=True)
            colour = models.CharField("颜色", max_length=10, choices=Colour.choices)
            count = models.IntegerField("数量", null=True, blank=True)
            pieces = models.PositiveIntegerField("台件数", null=True, blank=True)
            amount = models.DecimalField("金额", max_digits=20, decimal_places=2, null=True, blank=True)
            is_good = models.BooleanField("合格", default=True, blank=True)
            is_known = models.BooleanField("已知", null=True, blank=True)
            code = CreditCodeField("信用代码", blank=True)
            unverified = models.JSONField(default=list)

            class Meta:
                app_label = "bureau"

        return Thing


Thing = _thing()


def new_context():
    return Context(Office())


def bound(column, model=Thing):
    column.bind(model)
    return column


def read(column, raw, context=None):
    return column.read(raw, context or new_context())


def one_by_one(column, raws):
    """What ``read`` makes of each cell alone, errors by their words."""
    return [outcome(column, raw) for raw in raws]


def outcome(column, raw):
    try:
        return read(column, raw)
    except CellError as error:
        return type(error), error.reason


def all_at_once(column, raws):
    values = column.read_all(raws, new_context())
    return [(type(value), value.reason) if isinstance(value, CellError) else value for value in values]
