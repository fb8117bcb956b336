"""Translations of a founder's own words: beside the original, stale when that changes, never instead of it."""

from html import unescape

import pytest

from cases.files import translating
from cases.files.models import TimelineEntry, Translation
from cases.files.opening import open_case
from gruendungswerkstatt.common import clock
from intake.models import Submission
from tests.factories.files import TranslationFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory

from .conftest import NOON, Form, assert_kept_out

pytestmark = pytest.mark.django_db

IDEA = "أريد أن أبيع الفلافل في Kamen"
MIXED = "Falafel – فلافل – verkaufen\nin Kamen"


@pytest.fixture
def submission(office):
    answers = SHORT_WAY | {"municipality": "kamen", "idea": IDEA}
    return SubmissionFactory(
        municipality=office.municipalities.get(code="kamen"), answers=answers, text_languages={"idea": "ar"}
    )


@pytest.fixture
def case(submission, advisor):
    return open_case(submission, advisor, advisor)


def page_of(submission, language="de"):
    return f"/de/cases/inbox/{submission.uuid}/words/idea/{language}/"


def answers_of(case):
    return f"/de/cases/{case.uuid}/answers/"


def read(response):
    return unescape(response.content.decode())


def written(submission, **columns):
    return TranslationFactory(submission=submission, **columns)


def rewrite(submission, text):
    """What a correction of the enquiry does to the idea."""
    answers = (
        {**submission.answers, "idea": text} if text else {k: v for k, v in submission.answers.items() if k != "idea"}
    )
    Submission.objects.filter(pk=submission.pk).update(answers=answers)


@pytest.fixture
def form(client, submission):
    return Form(client.get(page_of(submission)).content.decode(), page_of(submission))


def test_a_translation_stands_beside_the_words_with_author_and_day(client, noon, case, submission, form):
    page = read(client.get(page_of(submission)))
    assert "Übersetzung: Deutsch</h2>" in page
    assert f'href="{page_of(submission)}"' not in page.partition("others-title")[2]
    answer = form.send(client, text=MIXED)
    assert answer.url == f"{answers_of(case)}#enquiry-{submission.uuid}"
    html = read(client.get(answers_of(case)))
    assert html.index(IDEA) < html.index("Falafel – فلافل – verkaufen<br>in Kamen")
    assert "Petra Beispiel</bdi> · <time" in html
    assert Translation.objects.get().text == MIXED
    line = TimelineEntry.objects.get(kind="words_translated")
    assert (line.author.user.name, line.params, line.text) == (
        "Petra Beispiel", {"question": "idea", "language": "de"}, "",
    )  # fmt: skip
    assert Submission.objects.get(pk=submission.pk).answers["idea"] == IDEA


def test_it_is_written_and_read_in_the_inbox_too(client, submission, form):
    inbox = f"/de/cases/inbox/{submission.uuid}/"
    assert f'href="{page_of(submission)}"' in read(client.get(inbox))
    assert form.send(client, text="Falafel verkaufen").url == inbox
    html = read(client.get(inbox))
    assert "Falafel verkaufen" in html
    assert f'href="{page_of(submission, "en")}"' in html  # the next language, never that of the words
    assert f'href="{page_of(submission, "ar")}"' not in html


def test_pressing_twice_writes_once(client, case, form):
    assert form.send(client, text="Einmal").url == form.send(client, text="Einmal").url
    assert Translation.objects.get().version == 1
    assert TimelineEntry.objects.filter(kind="words_translated").count() == 1


def test_words_that_changed_make_it_stale_and_offer_a_new_one(client, case, submission):
    written(submission, text="Falafel verkaufen")
    assert "Neu übersetzen" not in read(client.get(answers_of(case)))
    rewrite(submission, "شيء آخر")
    html = read(client.get(answers_of(case)))
    assert "Veraltet" in html
    assert "Neu übersetzen" in html
    page = client.get(page_of(submission))
    again = Form(page.content.decode(), page_of(submission))
    again.send(client, text="Etwas anderes")
    assert "Veraltet" not in read(client.get(answers_of(case)))
    assert Translation.objects.get().version == 2


def test_words_that_change_while_somebody_translates_are_shown_and_what_was_typed_stays(client, submission, form):
    rewrite(submission, "شيء آخر")
    html = read(form.send(client, text="Falafel verkaufen"))
    assert "kern-error-summary" in html
    assert "Der Text wurde inzwischen geändert" in html
    assert "شيء آخر" in html
    assert ">\nFalafel verkaufen</textarea>" in html
    assert not Translation.objects.exists()
    again = Form(html, page_of(submission))
    again.send(client, form_token=again.values["form_token"], text="Etwas anderes")
    assert Translation.objects.get().text == "Etwas anderes"


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_translation_for_words_that_are_gone_is_refused_and_can_be_copied(client, submission, form, is_erased):
    if is_erased:
        submission.delete()
    else:
        rewrite(submission, "")
    answer = form.send(client, text="Umsonst übersetzt")
    assert answer.status_code == (404 if is_erased else 409)
    assert "gibt es nicht mehr" in read(answer)
    assert "Umsonst übersetzt" in read(answer)
    assert not Translation.objects.exists()


def test_of_two_translators_the_second_reads_the_first_ones_and_decides(client, colleague, submission, form):
    written(submission, text="Die der Kollegin", author=colleague)
    html = read(form.send(client, text="Meine"))
    assert "Jemand anderes hat diesen Text inzwischen übersetzt" in html
    assert "Die der Kollegin" in html
    assert ">\nMeine</textarea>" in html
    assert Translation.objects.get().text == "Die der Kollegin"
    Form(html, page_of(submission)).send(client, text="Meine")
    assert Translation.objects.get().text == "Meine"


def test_a_text_that_is_too_long_comes_back_whole(client, submission, form):
    text = "ab فلافل " * 12_000
    html = read(form.send(client, text=text))
    assert "kern-error-summary" in html
    assert text.strip() in html


def test_the_memo_has_the_idea_with_its_translation(client, advisor, case, submission):
    with clock.frozen(NOON):
        written(submission, text="Falafel verkaufen", author=advisor)
    memo = f"/de/cases/{case.uuid}/memo/"
    assert "Übersetzung: Falafel verkaufen · Petra Beispiel, 23. November 2026\n" in read(client.get(memo))
    assert IDEA in read(client.get(memo))
    Translation.objects.update(is_from_machine=True)
    assert "23. November 2026 · von einer Maschine vorgeschlagen, geprüft\n" in read(client.get(memo))
    rewrite(submission, "شيء آخر")
    Translation.objects.update(is_from_machine=False)
    assert "Petra Beispiel, 23. November 2026 · der Text wurde danach geändert" in read(client.get(memo))
    assert client.get(f"{memo}paper/").status_code == 200


def test_strangers_do_not_find_it(people, submission):
    for browser in people.values():
        assert_kept_out(browser, "get", page_of(submission))
        assert_kept_out(browser, "post", page_of(submission))


def test_only_own_words_into_a_language_of_the_portal(client, submission):
    for question, language in (("municipality", "de"), ("own_word", "de"), ("name", "de"), ("idea", "tr")):
        assert client.get(f"/de/cases/inbox/{submission.uuid}/words/{question}/{language}/").status_code == 404


def test_words_that_nobody_wrote_lead_back(client, submission):
    rewrite(submission, "")
    assert client.get(page_of(submission)).url == f"/de/cases/inbox/{submission.uuid}/"


def test_the_digest_is_of_the_words_alone():
    assert translating.digest_of("ş") != translating.digest_of("s")
    assert "own_word" not in translating.TRANSLATABLE
