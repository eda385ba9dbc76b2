"""The life of one measurement standard, as a clerk and a manager handle it: its dates, its page, what hangs on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from bureau.dates import add_months
from tests.browser.desk import Desk

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
NAME = "标准测力仪标准装置"
HOLDER = "辽宁省力值计量检定站"
AUTHORITY = "辽宁省市场监督管理局"
FIRST_NO, SECOND_NO = "[2025] 测力量标 证字第 001 号", "[2026] 测力量标 证字第 002 号"
EVENTS, STABILITY = "履历事项", "2.3 计量标准的稳定性符合要求"


def ago(months: int, days: int = 0) -> date:
    return add_months(TODAY, -months) + timedelta(days=days)


APPLIED, EXAMINED, ISSUED, REPLACED, SEALED, RESTORED = ago(24), ago(22), ago(20), ago(14), ago(10), ago(8)
RENEWED, WITHDRAWN = ago(1), ago(0, -3)
UNTIL, NEXT_UNTIL = add_months(ISSUED, 48), add_months(RENEWED, 60)


@dataclass
class Life:
    """Whom it is told by, and where the standard stands."""

    clerk: Desk
    manager: Desk
    path: str = ""

    def open(self, tab: str = "", desk: Desk | None = None) -> Desk:
        desk = desk or self.clerk
        desk.page.goto(self.path)
        if tab:
            desk.tab(tab)
        return desk

    def event(self, kind: str, on: date, **more: str) -> Desk:
        """Enter an event on the standard's page; saved by the caller, who says what is to come of it."""
        desk = self.open("履历")
        desk.new_row(EVENTS).fill({"日期": f"{on}", "事项": kind, **more})
        return desk

    def happened(self, kind: str, on: date, **more: str) -> None:
        self.event(kind, on, **more).saved()

    def event_page(self, kind: str) -> Desk:
        desk = self.open("履历")
        desk.row(f"{kind}").cell("材料").get_by_role("link").click()
        expect(desk.page.locator("h1")).to_contain_text(kind)
        return desk

    def state_is(self, state: str) -> None:
        self.clerk.menu("计量标准")
        row = self.clerk.search(NAME)
        expect(row).to_have_count(1)
        expect(row.locator(".field-state_shown")).to_have_text(state)

    def figure(self, label: str) -> int:
        """As the manager reads it, for the year in which the certificate was issued."""
        page = self.manager.page
        page.goto("/")
        self.manager.menu("指标汇总")
        self.manager.fill({"起": f"{ISSUED.year}-01-01", "止（含当日）": f"{ISSUED.year}-12-31"})
        page.get_by_role("button", name="查看").click()
        line = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True))
        return int(line.get_by_role("link").first.inner_text().replace(",", ""))

    def chain(self) -> Desk:
        return self._own_page("chain")

    def measured(self) -> Desk:
        """The page of its repeatability and stability."""
        return self._own_page("characteristics")

    def _own_page(self, name: str) -> Desk:
        self.clerk.page.goto(f"/standards/{self.path.split('/')[3]}/{name}/")
        return self.clerk

    def traces(self, serial_no: str, certificate_no: str, on: date, until: date | None = None) -> None:
        desk = self.open("设备")
        desk.row(serial_no).cell("溯源").get_by_role("link").click()
        desk.new_row("溯源证书").fill(
            {
                "日期": f"{on}",
                "有效期至": f"{until or ''}",
                "检定或校准": "检定",
                "证书编号": certificate_no,
                "出具机构": "国家力值计量站",
            }
        )
        desk.saved()

    def repeatability(self, on: date, readings: str, purpose: str = "已建（每年）") -> None:
        desk = self.measured()
        page = desk.page
        page.get_by_role("link", name="重复性试验").locator("visible=true").last.click()
        desk.choose({"类型": purpose})
        desk.fill({"日期": f"{on}", "被测量及测量点": "10 kN", "单位": "kN", "测得值": readings})
        desk.saved("保存并继续编辑")
        page.get_by_role("link", name="历年记录与图表").click()

    def stability(self, groups: str, purpose: str = "已建：今年与上年之差") -> None:
        desk = self.measured()
        page = desk.page
        page.get_by_role("link", name="稳定性考核").locator("visible=true").last.click()
        desk.choose({"类型": purpose, "考核方法": "核查标准", "允许变化量类型": "|MPE|，不加修正值使用"})
        desk.fill({"被测量及测量点": "10 kN", "单位": "kN", "各组测得值": groups, "允许变化量": "0.05"})
        desk.saved("保存并继续编辑")
        page.get_by_role("link", name="历年记录与图表").click()
