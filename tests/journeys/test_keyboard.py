"""Everything by keyboard alone, and the focus is never lost."""

QUESTION = "/courses/aws-compute/what-they-are/check/"


def press(person, *keys):
    for key in keys:
        person.page.keyboard.press(key)


def tab_to_first_choice(person):
    for _ in range(12):
        press(person, "Tab")
        if person.focused == "choice":
            return
    raise AssertionError("no choice was reached by Tab")


def test_a_question_takes_five_keys(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(QUESTION)
    tab_to_first_choice(person)
    press(person, "2")
    assert page.locator("input[name=choice]").nth(1).is_checked()
    press(person, "Enter")
    page.locator("[data-verdict]:focus").wait_for()
    # In between are the links of what is explained, of which some choices have more.
    for _ in range(8):
        press(person, "Tab")
        if person.focused.strip().startswith("Next"):
            break
    assert person.focused.strip().startswith("Next")
    press(person, "Enter")
    page.locator("form.question").wait_for()
    page.locator("h1.stem:focus").wait_for()
    press(person, "Tab", "1", "Enter")
    page.locator("[data-verdict]").wait_for()


def test_after_next_a_digit_chooses_at_once_and_the_hint_is_seen_when_it_is_true(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(QUESTION)
    hint = page.get_by_text("Enter checks")
    assert not hint.is_visible()
    tab_to_first_choice(person)
    assert hint.is_visible()
    press(person, "1", "Enter")
    page.locator("[data-verdict]:focus").wait_for()
    person.next()
    page.locator("h1.stem:focus").wait_for()
    assert hint.is_visible()
    press(person, "2")
    assert page.locator("input[name=choice]").nth(1).is_checked()
    press(person, "Enter")
    page.locator("[data-verdict]").wait_for()


def test_enter_on_the_verdict_goes_on_and_its_hint_is_seen_when_it_is_true(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(QUESTION)
    tab_to_first_choice(person)
    hint = page.get_by_text("Enter goes on")
    press(person, "1", "Enter")
    page.locator("[data-verdict]:focus").wait_for()
    assert hint.is_visible()
    press(person, "Tab")
    assert not hint.is_visible()
    page.locator("[data-verdict]").focus()
    press(person, "Enter")
    page.locator("h1.stem:focus").wait_for()
    assert page.url.endswith("/check/2/")


def test_enter_held_down_does_not_pass_over_the_verdict(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(QUESTION)
    tab_to_first_choice(person)
    press(person, "1")
    page.keyboard.down("Enter")
    page.locator("[data-verdict]:focus").wait_for()
    page.keyboard.down("Enter")
    page.wait_for_timeout(300)
    assert page.locator("[data-verdict]:focus").count() == 1


def test_digits_do_nothing_unless_a_choice_has_the_focus(visit):
    person = visit()
    person.go(QUESTION)
    press(person, "1")
    assert person.page.locator("input[name=choice]:checked").count() == 0


def test_checking_without_a_choice_says_so_and_keeps_the_focus_in_the_form(visit):
    person = visit()
    person.go(QUESTION)
    person.page.get_by_role("button", name="Check", exact=True).click()
    person.page.get_by_text("Choose an answer.").first.wait_for()
    assert "Choose an answer." in person.focused
    person.complaints.clear()


def test_the_skip_link_leads_past_the_header(visit):
    person = visit()
    person.go("/")
    press(person, "Tab")
    assert person.focused == "Skip to the content"
    press(person, "Enter")
    person.arrives_at("/#page-main")
