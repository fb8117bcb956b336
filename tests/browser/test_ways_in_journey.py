"""Other ways in: somebody walks in and confirms alone in Arabic; a paper form is typed in with the keyboard alone."""

import re

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from intake.models import Submission

from .test_advisor_journey import signs_in

_LEAD, ADVISOR, *_OTHERS = DEMO_ACCOUNTS
IDEA = "أريد فتح محل حلويات في Kamen"
MOST_TABS = 400


def code_on(founder) -> str:
    found = re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b", founder.page.locator("main").inner_text())
    assert found
    return found[0]


def test_somebody_walks_in_and_confirms_alone_on_the_advisors_device(person, network):
    # Given an advisor at the inbox, and somebody who has just come in
    desk = person("de")
    signs_in(desk, ADVISOR)
    desk.opens("/de/cases/inbox/")
    # When the six answers are typed in on one page
    desk.follows("In der Beratungsstelle")
    desk.ticks("municipality", "kamen")
    desk.ticks("is_adult", "yes")
    desk.types("name", "سمير")
    desk.ticks("contact_way", "phone")
    desk.types("phone", "٠١٧١ ٣٩٢ ٠٠٧٧")
    desk.ticks("languages", "ar")
    desk.types("idea", IDEA)
    desk.chooses("page_language", "ar")
    desk.saves()
    submission = Submission.objects.get(name="سمير")
    assert not submission.is_confirmed
    # And the device is handed over
    desk.presses("Sign me out and show the founder's page")
    # Then the founder reads the answers in Arabic, and nothing of the advisor's
    founder = desk
    founder.language = "ar"
    assert founder.path == "/ar/intake/confirm/"
    founder.sees(IDEA)
    founder.does_not_see(ADVISOR.name)
    founder.page.go_back()
    founder.page.wait_for_load_state()
    founder.does_not_see(ADVISOR.name)
    founder.opens("/de/cases/inbox/")
    assert founder.path == "/de/accounts/login/"
    founder.opens("/ar/intake/confirm/")
    # When they confirm alone
    founder.ticks_box("has_read")
    founder.ticks_box("alone")
    founder.presses("My answers are right")
    # Then the code is shown to them, and is right
    assert founder.path == "/ar/intake/sent/"
    code = code_on(founder)
    submission.refresh_from_db()
    assert codes.is_code(code, submission.code_digest, salt=submission.reference)
    assert (submission.confirmed_way, submission.notice_language) == ("alone", "ar")
    # And the device goes back: the advisor signs in again, the code is gone, the enquiry is confirmed
    founder.presses("Give the device back")
    assert founder.path == "/de/accounts/login/"
    desk.language = "de"
    desk.types("login", ADVISOR.email)
    desk.types("password", ADVISOR.password)
    desk.saves()
    assert desk.path == f"/de/cases/inbox/{submission.uuid}/"
    desk.reads("Read and confirmed alone")
    desk.opens("/ar/intake/sent/")
    desk.does_not_see(code.split("-")[0])


def test_a_founder_confirms_on_their_own_phone_without_javascript(person, network):
    # Given an enquiry that was typed in on the phone
    desk = person("de")
    signs_in(desk, ADVISOR)
    desk.opens("/de/cases/inbox/new/phone/")
    desk.ticks("municipality", "unna")
    desk.ticks("is_adult", "yes")
    desk.types("name", "Rim")
    desk.ticks("contact_way", "in_person")
    desk.ticks("languages", "ar")
    desk.ticks_box("idea_later")
    desk.chooses("page_language", "ar")
    desk.saves()
    # When the advisor makes a number and the founder types it
    desk.presses("Make a number")
    shown = desk.page.locator(".gw-code__value").inner_text()
    number = re.search(r"\d{4}-\d{4}-\d{4}", shown)
    assert number, shown
    phone = person("ar", phone=True, javascript=False)
    phone.opens("/ar/intake/confirm/number/")
    phone.types("number", number[0])
    phone.saves()
    phone.ticks_box("has_read")
    phone.ticks_box("alone")
    phone.presses("My answers are right")
    # Then the code stands on the phone alone
    assert code_on(phone)
    assert Submission.objects.get(name="Rim").is_confirmed


def goes_to(advisor, name: str) -> None:
    """Press the tabulator until the field `name` has the focus."""
    for _press in range(MOST_TABS):
        if advisor.page.evaluate("document.activeElement.name") == name:
            return
        advisor.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def test_a_returned_paper_form_is_typed_in_with_the_keyboard_alone(person, network):
    # Given an advisor with a paper form
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.opens("/de/cases/inbox/new/paper/")
    keyboard = advisor.page.keyboard
    # When what can be read is typed from top to bottom
    goes_to(advisor, "signed_by")
    keyboard.press("ArrowDown")
    goes_to(advisor, "municipality")
    keyboard.press("Space")
    goes_to(advisor, "name")
    keyboard.insert_text("أسماء عبد الغني")
    goes_to(advisor, "languages")
    keyboard.press("Space")
    goes_to(advisor, "idea")
    keyboard.insert_text(IDEA)
    goes_to(advisor, "page_language")
    keyboard.press("ArrowDown")
    goes_to(advisor, "origin_country")
    goes_to(advisor, "topics")
    keyboard.press("Space")
    for _press in range(MOST_TABS):
        if advisor.page.evaluate("document.activeElement.matches('main form button')"):
            break
        keyboard.press("Tab")
    keyboard.press("Enter")
    advisor.page.wait_for_url("**/confirmation/")
    advisor.looks()
    # Then it is in the inbox, as written, not confirmed yet
    submission = Submission.objects.get(name="أسماء عبد الغني")
    assert (submission.channel, submission.signed_by, submission.answers["idea"]) == ("paper", "founder", IDEA)
    assert submission.answers["languages"] == ["ar"]
    assert len(submission.answers["topics"]) == 1
    advisor.opens("/de/cases/inbox/")
    advisor.reads("Not confirmed by the founder yet")
