"""A clerk at a page: fields by what is written beside them, rows of a tab by their headings."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ROWS = "#result_list tbody tr"
WIDGETS = "input:not([type=hidden]), select, textarea"

# What a row shows: texts, what is typed, and of a list what is chosen.
SHOWN = """row => [
    ...[...row.querySelectorAll('td')].filter(cell => !cell.querySelector('select')).map(cell => cell.innerText),
    ...[...row.querySelectorAll('input:not([type=hidden])')].map(field => field.value),
    ...[...row.querySelectorAll('select')].map(field => field.selectedOptions[0]?.innerText),
].join()"""


class Row:
    """One row of a tab; its cells are found by their headings."""

    def __init__(self, page: Page, row: Locator) -> None:
        self.page, self.row = page, row

    def cell(self, heading: str) -> Locator:
        return self.row.locator(f'td[data-label="{heading}"]')

    def fill(self, values: dict[str, str]) -> "Row":
        for heading, value in values.items():
            widget = self.cell(heading).locator(WIDGETS).first
            if widget.evaluate("field => field.tagName") == "SELECT":
                widget.select_option(label=value)
            else:
                widget.fill(value)
        return self

    def pick(self, heading: str, text: str) -> "Row":
        pick(self.page, self.cell(heading), text)
        return self

    def tick(self, heading: str) -> "Row":
        self.cell(heading).get_by_role("checkbox").check()
        return self


class Desk:
    """The page of one person."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def menu(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("#nav-sidebar a", has=self.page.get_by_text(name, exact=True)).click()

    def due(self, kind: str) -> None:
        """The due list of one kind: what other tests have left there fills pages."""
        self.menu("到期提醒")
        self.choose({"到期事项": kind})
        self.save("查看")

    def field(self, label: str) -> Locator:
        """By its label, which ends with a star where it is required."""
        exact = self.page.get_by_label(label, exact=True)
        return exact.or_(self.page.get_by_label(f"{label}*", exact=True)).locator("visible=true").first

    def fill(self, values: dict[str, str]) -> None:
        for label, value in values.items():
            self.field(label).fill(value)

    def choose(self, choices: dict[str, str]) -> None:
        for label, choice in choices.items():
            self.field(label).select_option(label=choice)

    def pick(self, name: str, text: str) -> None:
        """A field that searches, by its name: the skin gives its box the label of what is chosen."""
        pick(self.page, self.page.locator(f".field-{name}").first, text)

    def section(self, heading: str) -> Locator:
        return self.page.locator("fieldset", has=self.page.get_by_role("heading", name=heading, exact=True))

    def tab(self, name: str) -> None:
        self.page.locator("#tabs-wrapper").get_by_role("link", name=name).click()

    def new_row(self, of: str) -> Row:
        """Another row in the tab that is open; ``of``: what the rows are called."""
        link = self.page.get_by_role("link", name=f"添加另一个 {of}").locator("visible=true")
        link.click()
        group = self.page.locator("[data-inline-type=tabular]").filter(has=link)
        return Row(self.page, group.locator("tbody.form-group:not(.empty-form)").last)

    def row(self, text: str) -> Row:
        """The row of the open tab in which some field or text says so."""
        rows = self.page.locator("tbody.form-group:not(.empty-form)").locator("visible=true")
        for number in range(rows.count()):
            if text in rows.nth(number).evaluate(SHOWN):
                return Row(self.page, rows.nth(number))
        raise AssertionError(f"No row with {text}.")

    def save(self, button: str = "保存") -> None:
        """Press it and be on the next page; a refusal says so by itself."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def saved(self, button: str = "保存") -> None:
        self.save(button)
        shown = self.page.locator(".errornote, .errorlist, [class*=text-red-600]").locator("visible=true")
        said = self.page.get_by_text("成功").or_(shown).first
        expect(said).to_be_visible()
        expect(self.page.get_by_text("成功").first, " | ".join(shown.all_inner_texts())).to_be_visible()

    def upload(self, row: Row, path: Path) -> None:
        row.cell("文件").locator("input[type=file]").set_input_files(path)

    def search(self, text: str) -> Locator:
        """The rows of the open list that the text finds."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page.locator(ROWS)


def pick(page: Page, place: Locator, text: str) -> None:
    """Open the box by keyboard, type a part, take the first answer."""
    box = place.locator(".select2-selection").first
    box.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()
    page.keyboard.type(text)
    answers = page.locator(".select2-results__option:not(.loading-results)")
    expect(answers.first).to_contain_text(text)
    page.keyboard.press("Enter")
    expect(place.locator(".select2-selection__rendered").first).to_contain_text(text)
