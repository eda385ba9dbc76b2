"""One measurement standard from its application to its withdrawal, as a clerk enters it and a manager follows it."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import expect

from bureau.dates import add_months
from tests.browser.desk import Desk, Row
from tests.browser.standard_life import (
    APPLIED,
    AUTHORITY,
    EXAMINED,
    FIRST_NO,
    HOLDER,
    ISSUED,
    NAME,
    NEXT_UNTIL,
    RENEWED,
    REPLACED,
    RESTORED,
    SEALED,
    SECOND_NO,
    STABILITY,
    TODAY,
    UNTIL,
    WITHDRAWN,
    Life,
    ago,
)


@pytest.fixture
def life(enter, empty):
    return Life(Desk(enter(empty, "province-clerk").page), Desk(enter(empty, "province-manager").page))


def test_a_standard_from_application_to_withdrawal(life, tmp_path):
    enters_the_staff(life)
    drafts(life)
    describes(life)
    attaches_a_document(life, tmp_path)
    applies(life)
    is_examined(life)
    is_tested_at_set_up(life)
    is_certified(life)
    replaces_a_device(life)
    is_sealed_and_resumed(life)
    is_refused_a_reexamination_until_the_year_has_its_records(life)
    lapsed_traceability_is_seen(life)
    manager_looks_and_downloads(life)
    is_withdrawn(life)


# Setting up --------------------------------------------------------------------------------------


def enters_the_staff(life):
    desk, page = life.clerk, life.clerk.page
    page.goto("/")
    desk.menu("技术机构")
    page.get_by_role("link", name="add", exact=True).click()
    desk.fill({"机构名称": HOLDER, "起始日期": "2001-05-01"})
    desk.choose({"机构类别": "法定计量检定机构", "层级": "省级"})
    desk.saved()
    for number, name in enumerate(("周检定", "吴校准")):
        page.goto("/standards/technician/add/")
        desk.pick("institution", HOLDER)
        desk.fill({"姓名": name, "工号": f"L-{number}", "起始日期": "2010-07-01"})
        desk.tab("人员资格")
        desk.new_row("资格").fill(
            {"资格": "一级注册计量师", "证书编号": f"测力计师{number}", "发证机关": AUTHORITY, "发证日期": f"{ago(30)}"}
        )
        desk.saved()


def drafts(life):
    desk, page = life.clerk, life.clerk.page
    desk.menu("计量标准")
    page.get_by_role("link", name="add", exact=True).click()
    desk.fill(
        {
            "计量标准名称": NAME,
            "建标单位": HOLDER,
            "计量标准代码": "12319001",
            "测量范围": "(0.1～100) kN",
            "不确定度或准确度等级或最大允许误差": "0.1级",
            "发证机关": AUTHORITY,
        }
    )
    desk.choose({"计量标准类别": "社会公用计量标准", "计量领域": "力学", "层级": "省级", "等级": "最高"})
    desk.pick("institution", HOLDER)
    desk.saved("保存并继续编辑")
    life.path = urlsplit(page.url).path
    missing = desk.section("计量标准档案")
    expect(missing).to_contain_text("主标准器")
    expect(missing).to_contain_text("建标技术报告")
    life.state_is("筹建中")


def describes(life):
    desk = life.open("开展项目")
    desk.new_row("计量标准的开展项目").fill(
        {
            "项目": "力标准机",
            "检定或校准": "检定",
            "测量范围": "(0.1～100) kN",
            "准确度等级、最大允许误差或不确定度": "0.3级",
            "依据的规程或规范": "JJG 139-2014",
            "起始日期": f"{ISSUED}",
        }
    )
    desk.tab("设备")
    for name, number in (("标准测力仪", "CL-001"), ("温湿度计", "WS-001")):
        desk.new_row("计量标准的设备").fill(
            {"设备名称": name, "出厂编号": number, "溯源间隔（月）": "12", "起始日期": f"{ago(30)}"}
        )
    desk.row("WS-001").cell("主标准器").get_by_role("checkbox").uncheck()
    desk.tab("人员")
    for name, role in (("周检定", "计量标准负责人"), ("周检定", "检定或校准人员"), ("吴校准", "检定或校准人员")):
        row = desk.new_row("计量标准的人员").fill({"角色": role, "起始日期": f"{ago(30)}"})
        row.pick("技术人员", name)
    desk.saved()
    life.traces("CL-001", "力证2024-01", ago(24), until=ago(12))
    # Without a last day: it follows from the twelve months, and runs out while the standard is in service.
    life.traces("WS-001", "温证2025-01", ago(21))
    expect(life.open().section("计量标准档案")).not_to_contain_text("主标准器")


def attaches_a_document(life, tmp_path):
    report = tmp_path / "建标技术报告.pdf"
    report.write_bytes(b"%PDF-1.4\n%%EOF\n")
    desk = life.open("附件")
    row = desk.new_row("附件")
    desk.upload(row.fill({"文件类别": "建标技术报告"}), report)
    desk.saved("保存并继续编辑")
    desk.tab("附件")
    expect(desk.page.get_by_role("link", name=report.name)).to_be_visible()
    expect(life.open().section("计量标准档案")).not_to_contain_text("建标技术报告")


def applies(life):
    life.happened("申请考核", APPLIED)
    desk = life.event_page("申请考核")
    missing = desk.section("材料")
    expect(missing).to_contain_text("建标技术报告")
    desk.row("建标技术报告").fill({"提交日期": f"{APPLIED}"})
    desk.saved("保存并继续编辑")
    expect(missing).not_to_contain_text("建标技术报告")
    life.happened("受理", ago(24, 9))
    life.happened("开始新建考核", EXAMINED)


def is_examined(life):
    desk, page = life.clerk, life.clerk.page
    desk.menu("计量标准考核")
    page.get_by_role("link", name="add", exact=True).click()
    desk.pick("standard", NAME)
    desk.choose({"考核类型": "新建标准"})
    desk.fill({"开始日期": f"{EXAMINED}", "现场考评日期": f"{ago(22, 4)}", "主持考核部门": AUTHORITY})
    desk.new_row("考评组成员").fill({"姓名": "郑组长", "单位": "省计量科学研究院"}).tick("组长")
    desk.saved("保存并继续编辑")
    path = urlsplit(page.url).path
    for line in page.locator("#findings-group tbody.form-group:not(.empty-form)").all():
        Row(page, line).fill({"考评结果": "符合"})
    desk.row(STABILITY).fill({"考评结果": "有缺陷", "发现的问题": "缺少第四组测量记录"})
    desk.saved("保存并继续编辑")
    expect(desk.row(STABILITY).cell("整改期限").locator("input")).to_have_value(f"{ago(22, 25)}")

    desk.due("考核后整改")
    due = page.get_by_role("row").filter(has_text=NAME).filter(has_text="2.3")
    expect(due).to_contain_text("已超期")
    page.goto(path)
    desk.fill({"结束日期": f"{ago(21)}"})
    desk.choose({"考核结论": "合格"})
    desk.save()
    expect(page.get_by_text("尚未整改")).to_be_visible()
    desk.row(STABILITY).fill({"整改完成日期": f"{ago(22, 14)}", "整改情况": "已补测第四组"})
    desk.saved()


def is_tested_at_set_up(life):
    """ȳ = 10.1 and s = √(10 · 0.1² / 9) = 0.10541; group means 10.01, 10.03, 10.02, 10.01: S = 10.03 − 10.01 = 0.02."""
    life.open().page.get_by_role("link", name="重复性与稳定性").click()
    desk, page = life.clerk, life.clerk.page
    expect(page.get_by_role("status")).to_contain_text("没有可供核对年度的证书")
    life.repeatability(EXAMINED, "10.0 10.2 " * 5, purpose="新建时")
    expect(page.get_by_role("row").filter(has_text=f"{EXAMINED}")).to_contain_text("0.1054")
    groups = {ago(28): "10.00 10.02", ago(26): "10.02 10.04", ago(24): "10.01 10.03", EXAMINED: "10.00 10.02"}
    text = "; ".join(f"{on}: {readings}" for on, readings in groups.items())
    life.stability(text, purpose="新建时：各组最大值与最小值之差")
    row = page.locator("section").last.get_by_role("row").filter(has_text=f"{EXAMINED}")
    expect(row).to_contain_text("0.02")
    expect(row).to_contain_text("符合要求")
    expect(page.get_by_role("img", name="历年稳定性")).to_be_visible()
    desk.menu("计量标准")


def is_certified(life):
    before = life.figure("新建社会公用计量标准")
    life.happened("新建发证", ISSUED, 证书编号=FIRST_NO, 有效期至=f"{UNTIL}")
    life.state_is("在用")
    expect(life.open().field("发证日期")).to_have_value(f"{ISSUED}")

    assert life.figure("新建社会公用计量标准") == before + 1
    page = life.manager.page
    line = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="新建社会公用计量标准", exact=True))
    line.get_by_role("link").first.click()
    page.get_by_role("link", name=NAME).click()
    expect(life.manager.field("证书编号")).to_have_value(FIRST_NO)


# In service --------------------------------------------------------------------------------------


def replaces_a_device(life):
    desk = life.open("设备")
    desk.row("CL-001").fill({"终止日期": f"{ago(14, -1)}"})
    desk.new_row("计量标准的设备").fill(
        {"设备名称": "标准测力仪", "出厂编号": "CL-002", "溯源间隔（月）": "24", "起始日期": f"{REPLACED}"}
    )
    desk.saved()
    life.traces("CL-002", "力证2025-07", REPLACED)
    life.happened("更换设备", REPLACED, 原因="原仪器损坏")
    desk = life.event_page("更换设备")
    desk.choose(
        {"更换情况": "计量标准器更新", "更换原因": "设备出现问题", "变化情况": "测量范围、准确度或项目未发生变化"}
    )
    for side, device in (("更换前", "标准测力仪 CL-001"), ("更换后", "标准测力仪 CL-002")):
        desk.new_row("更换的设备").fill({"更换前或更换后": side, "设备": device})
    desk.saved()
    page = life.chain().page
    chain = page.locator("main, #main").first
    expect(chain).to_contain_text("CL-002")
    page.get_by_label("截至日期").fill(f"{ago(15)}")
    page.get_by_role("button", name="查看").click()
    expect(chain.get_by_role("link", name="标准测力仪 CL-001")).to_be_visible()
    expect(chain).not_to_contain_text("CL-002")


def is_sealed_and_resumed(life):
    life.happened("封存", SEALED, 原因="无检定任务")
    life.state_is("封存")
    desk = life.event_page("封存")
    desk.fill({"封存至": f"{RESTORED}", "建标单位意见": "同意封存"})
    desk.saved()
    desk.due("计量标准封存到期")
    expect(desk.page.get_by_role("row").filter(has_text=NAME).filter(has_text="封存")).to_be_visible()
    life.happened("恢复使用", RESTORED)


def is_refused_a_reexamination_until_the_year_has_its_records(life):
    """s = √(10 · 0.05² / 9) = 0.0527; S = |10.04 − 10.01| = 0.03, then |10.02 − 10.04| = 0.02, all below 0.05."""
    life.repeatability(ago(15), "10.0 10.1 " * 5)
    life.stability(f"{ago(15)}: 10.03 10.05")
    page = life.clerk.page
    expect(page.get_by_role("row").filter(has_text="0.0527")).to_contain_text("符合要求")
    expect(page.locator(".series-missing")).to_contain_text("重复性试验")
    life.happened("开始复查考核", ago(2))
    desk = life.event("复查发证", RENEWED, 证书编号=SECOND_NO, 有效期至=f"{NEXT_UNTIL}")
    desk.save()
    expect(page.get_by_text("缺少以下年度的重复性试验").first).to_be_visible()
    expect(page.get_by_text("缺少以下年度的稳定性考核").first).to_be_visible()

    life.repeatability(ago(3), "10.1 10.0 " * 5)
    life.stability(f"{ago(3)}: 10.01 10.03")
    expect(page.locator(".series-missing")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text=f"{ago(3)}").last).to_contain_text("0.02")
    life.happened("复查发证", RENEWED, 证书编号=SECOND_NO, 有效期至=f"{NEXT_UNTIL}")
    expect(life.open().field("证书编号")).to_have_value(SECOND_NO)


def lapsed_traceability_is_seen(life):
    page = life.clerk.page
    life.clerk.due("设备溯源")
    due = page.get_by_role("row").filter(has_text="WS-001")
    expect(due).to_contain_text(f"{ago(9, -1)}")
    expect(due).to_contain_text("已超期")
    due.get_by_role("link").first.click()
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="溯源链").click()
    lapse = page.get_by_role("row").filter(has_text="WS-001")
    expect(lapse).to_contain_text("至今")
    lapse.get_by_role("link", name="查看").click()
    expect(page.get_by_role("row").filter(has_text=NAME)).to_be_visible()


def manager_looks_and_downloads(life):
    desk, page = life.manager, life.manager.page
    page.goto("/")
    desk.menu("计量标准")
    expect(page.get_by_role("link", name="add", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="从Excel导入")).to_have_count(0)
    expect(desk.search(NAME)).to_have_count(1)
    desk.menu("到期提醒")
    desk.choose({"到期事项": "设备溯源", "到期时间": "已超期"})
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("row").filter(has_text="WS-001")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel工作簿").click()
    sheet = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
    assert any("WS-001" in text for text in told)
    assert any("已超期" in text for text in told)


# The end -----------------------------------------------------------------------------------------


def is_withdrawn(life):
    life.happened("撤销", WITHDRAWN, 原因="业务调整")
    life.state_is("撤销")
    desk = life.event_page("撤销")
    desk.fill({"建标单位意见": "同意撤销", "主持考核部门意见": "同意撤销"})
    desk.saved()
    desk.due("计量标准封存到期")
    expect(desk.page.get_by_role("heading", name="到期提醒")).to_be_visible()
    expect(desk.page.get_by_role("row").filter(has_text=NAME)).to_have_count(0)

    desk = life.event("复查发证", TODAY, 有效期至=f"{add_months(TODAY, 60)}")
    desk.save()
    sentence = f"{TODAY}不能办理“复查发证”：当时该标准的状态为“撤销”"
    expect(desk.page.get_by_text(sentence).first).to_be_visible()
    page = life.manager.page
    page.goto(life.path)
    life.manager.tab("履历")
    expect(page.get_by_text("业务调整").or_(page.locator("input[value=业务调整]")).first).to_be_visible()
