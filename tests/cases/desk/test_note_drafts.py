"""A note that is being written is kept for its writer, for a day, until it is saved."""

from datetime import timedelta
from html import unescape

import pytest

from cases.files import drafting
from cases.files.models import Note, NoteDraft
from cases.files.tasks import erase_note_drafts
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock

from .case_forms import address, page_of
from .conftest import NOON, assert_kept_out, signed_in

pytestmark = pytest.mark.django_db

WORDS = "Kommt am Freitag – سيأتي يوم الجمعة –\nmit dem Bruder. "


@pytest.fixture
def type_in(client, case):
    """type_in("words"): what the script of an open page sends; `page` names it, `seen` the one it goes on from."""

    def send(text, *, page="first", seen="", browser=client):
        return browser.post(address(case, "note/draft"), {"text": text, "page": page, "seen": seen})

    return send


def shown(browser, case):
    response = browser.get(page_of(case))
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_what_was_typed_stands_in_the_form_again(client, noon, case, type_in):
    answer = type_in(WORDS.replace("\n", "\r\n"))
    assert answer.json() == {"time": "12:00", "other": False}
    html = shown(client, case)
    assert f">\n{WORDS}</textarea>" in html
    assert "zuletzt getippt: " in html
    assert not Note.objects.exists()


def test_nobody_else_sees_it(colleague, case, type_in, people):
    type_in(WORDS)
    assert "Freitag" not in shown(signed_in(colleague), case)
    for browser in people.values():
        assert_kept_out(browser, "post", address(case, "note/draft"))


def test_it_goes_when_the_note_is_saved_and_a_late_try_does_not_bring_it_back(form, client, case, type_in):
    type_in(WORDS)
    form("note").send(client, text=WORDS)
    assert not NoteDraft.objects.exists()
    type_in(WORDS)
    assert not NoteDraft.objects.exists()
    type_in("Etwas Neues")
    assert NoteDraft.objects.get().text == "Etwas Neues"


def test_of_two_windows_the_newest_words_win_and_the_page_says_so(type_in):
    type_in("Im ersten", page="first")
    assert type_in("Im ersten noch mehr", page="first").json()["other"] is False
    assert type_in("Im zweiten", page="second").json()["other"] is True
    assert NoteDraft.objects.get().text == "Im zweiten"
    assert type_in("Im zweiten weiter", page="second").json()["other"] is False


def test_going_on_in_a_new_window_is_no_quarrel(type_in):
    type_in("Angefangen", page="first")
    assert type_in("Angefangen und weiter", page="second", seen="first").json()["other"] is False


def test_taking_out_every_word_leaves_nothing(client, case, type_in):
    type_in(WORDS)
    type_in("  \n")
    assert not NoteDraft.objects.exists()
    assert "note-begun" not in shown(client, case)


def test_after_a_day_it_is_neither_shown_nor_kept(client, case, type_in, noon):
    type_in(WORDS)
    with clock.frozen(NOON + drafting.KEPT):
        assert "Freitag" not in shown(client, case)
        erase_note_drafts()
    assert not NoteDraft.objects.exists()


def test_it_goes_with_who_leaves(advisor, type_in):
    type_in(WORDS)
    erase_note_drafts()
    assert NoteDraft.objects.exists()
    advisor.ended_at = clock.now()
    advisor.save()
    erase_note_drafts()
    assert not NoteDraft.objects.exists()


def test_a_note_that_is_too_long_is_kept_all_the_same(form, client, case, type_in):
    text = "ab فلافل " * 12_000
    assert type_in(text).status_code == 200
    html = unescape(form("note").send(client, text=text).content.decode())
    assert "kern-error-summary" in html
    assert NoteDraft.objects.get().text == text
    assert type_in("x" * 200_001).status_code == 400


def test_keeping_is_no_look_and_no_contact(case, type_in):
    before = case.last_contact_at
    answer = type_in(WORDS)
    for closer in answer._resource_closers:
        closer()
    case.refresh_from_db()
    assert (case.last_contact_at, case.version, ViewLog.objects.count()) == (before, 1, 0)


def test_a_page_without_a_name_is_not_kept(type_in):
    assert type_in(WORDS, page="").status_code == 400
    assert type_in(WORDS, page="x" * 37).status_code == 400


def test_a_draft_costs_the_case_page_no_query(client, case, type_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as without:
        client.get(page_of(case))
    number = len(without)
    type_in(WORDS)
    with django_assert_max_num_queries(number):
        client.get(page_of(case))


def test_a_window_that_lay_open_for_days_does_not_claim_to_have_replaced_anything(type_in, noon):
    type_in("Alt", page="first")
    with clock.frozen(NOON + drafting.KEPT + timedelta(hours=1)):
        assert type_in("Neu", page="second").json()["other"] is False
