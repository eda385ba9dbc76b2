"""Training sessions, and the enterprises whose people were there."""

from django.utils.translation import gettext_lazy as _

from bureau.exchange.columns.date import DateColumn
from bureau.exchange.columns.number import DecimalColumn, IntegerColumn
from bureau.exchange.columns.reference import ReferenceColumn, RegionColumn
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.sheets import Sheet, register
from enterprises.columns import EnterpriseColumn
from enterprises.models import Training, TrainingEnterprise
from enterprises.sheets.ending import HappenedSheet
from enterprises.sheets.service_columns import TrainingColumn, campaign_column


@register
class TrainingSheet(HappenedSheet):
    """Training sessions by organiser, topic and day."""

    key = "trainings"
    label = _("training sessions")
    model = Training
    natural_key = ("agency", "topic", "held_on")
    happened_on = "held_on"
    columns = (
        TextColumn("agency", aliases=("主办单位", "举办单位", "组织单位"), example="市市场监督管理局"),
        TextColumn("topic", aliases=("培训主题", "培训内容", "培训名称")),
        DateColumn("held_on", aliases=("培训日期", "举办日期", "培训时间")),
        DecimalColumn("hours", aliases=("学时", "课时"), example="4"),
        IntegerColumn("people_trained", unit="人", minimum=0, aliases=("培训人数", "参训人数")),
        TextColumn("place", aliases=("培训地点", "地点")),
        ReferenceColumn("sector", by=("name", "code", "name_en"), aliases=("领域", "行业领域")),
        campaign_column(on="held_on"),
        RegionColumn("region", on="held_on", aliases=("行政区划", "行政区划代码", "所在地区", "地区")),
        TextColumn("remark", aliases=("备注",)),
    )


@register
class TrainingEnterpriseSheet(Sheet):
    """The lists of enterprises at training sessions."""

    key = "training-enterprises"
    label = _("enterprises at training sessions")
    model = TrainingEnterprise
    natural_key = ("training", "enterprise")
    columns = (TrainingColumn(), EnterpriseColumn("enterprise"))
