from playwright.sync_api import expect

from tests.browser.visit import PASSWORD


def open_own_menu(page, name):
    page.get_by_text(name, exact=True).locator("visible=true").last.click()


def test_five_wrong_passwords_lock_the_login(enter, demo):
    visit = enter(demo)
    visit.may_be_refused(429)
    page = visit.page
    page.goto("/login/")
    for _try in range(4):
        with page.expect_navigation():
            visit.fill_login("county-clerk", "wrong-password")
        expect(page.get_by_text("登录名或密码不正确")).to_be_visible()
    visit.fill_login("county-clerk", "wrong-password")
    sentence = page.get_by_text("登录失败次数过多")
    expect(sentence).to_contain_text("15")
    # The right password does not help now.
    visit.fill_login("county-clerk", PASSWORD)
    expect(sentence).to_be_visible()
    expect(page.locator("[name=password]")).to_be_visible()


def test_the_language_menu_switches_to_english_and_back(clerk):
    page = clerk.page
    page.goto("/")
    open_own_menu(page, "省局录入员")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Summary of figures")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    open_own_menu(page, "省局录入员")
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("link", name="指标汇总")).to_be_visible()


def test_the_page_of_one_time_codes_draws_its_qr_code(clerk):
    page = clerk.page
    page.goto("/")
    open_own_menu(page, "省局录入员")
    page.get_by_role("link", name="动态口令").click()
    picture = page.locator("main svg, #content svg").filter(has=page.locator("path")).first
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box["width"] >= 150
    assert abs(box["width"] - box["height"]) < 2
    # Dark squares on white, not an empty frame.
    assert len(picture.locator("path").last.get_attribute("d")) > 1000


def test_logging_out_ends_the_session(enter, demo):
    visit = enter(demo)
    visit.log_in("auditor")
    page = visit.page
    open_own_menu(page, "日志审计员")
    page.locator("#logout-form button").click()
    expect(page.locator("#logout-form")).to_have_count(0)
    page.goto("/")
    expect(page.locator("[name=password]")).to_be_visible()
