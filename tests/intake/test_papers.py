"""Receipt, pocket card and paper form: what stands on them, who gets them, and that they go with the enquiry."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from celery import current_app
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from cases.files.opening import open_case
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.context import Office, portal_office
from gruendungswerkstatt.printing import print_pdf
from intake import erasure, passes
from intake.models import Submission
from intake.papers import files, making
from intake.papers.blank import blank, blank_pdf
from intake.papers.card import card
from intake.papers.receipt import receipt
from intake.passes import Pass
from intake.pins import hashed
from intake.questions import QUESTIONS, Kind
from intake.tasks import make_papers, sweep_papers
from tests.factories.intake import CODE, PERSONAS, SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.printing.reading import languages_of, tags_of, text_of

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "de", "en")
NAME = "Jobcenter Kreis Unna"
OFFICE = Office(
    name=NAME,
    names={"de": NAME, "en": NAME, "ar": f"مركز العمل في كرايس أونا ({NAME})"},
    phone="+49230325385422",
    street="Beispielstraße 1",
    postal_code="59423",
    place="Unna",
)
PIN = "250714"


@pytest.fixture(autouse=True)
def _papers_in_memory(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }


def words(content: bytes) -> str:
    return " ".join(text_of(content).split())


def sent(number: int, language: str = "") -> Submission:
    return SubmissionFactory(persona=number, **({"language": language} if language else {}))


def opened(submission: Submission, *, own: bool = False) -> Client:
    """The browser that sent `submission`, and with `own` has typed the PIN."""
    from django.http import HttpResponse

    response = HttpResponse()
    passes.give(response, replace(Pass.of(submission, CODE), is_late=False))
    if own:
        passes.open_own(response, submission)
    client = Client()
    client.cookies.update(response.cookies)
    return client


# --- What stands on them -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", list(PERSONAS))
def test_every_founders_papers_are_made_and_hold_no_code(number, language):
    submission = sent(number, language)
    for paper in (receipt(submission, OFFICE), card(submission, OFFICE)):
        content = print_pdf(paper)
        text = words(content)
        assert submission.reference in text
        assert CODE not in text
        assert CODE.replace("-", "") not in text.replace(" ", "")


def test_papers_are_tagged_and_name_their_languages():
    submission = sent(7)
    for paper in (receipt(submission, OFFICE), card(submission, OFFICE), blank("ar", OFFICE)):
        content = print_pdf(paper)
        assert languages_of(content) >= {"ar", "de"}
        assert {"H1", "Document"} <= tags_of(content)


def test_the_receipt_says_when_what_was_asked_for_and_what_comes_next():
    with clock.frozen(clock.at(clock.today().replace(year=2026, month=11, day=24), 14, 30)):
        submission = sent(2, "en")
    text = words(print_pdf(receipt(submission, OFFICE)))
    for said in (
        "Tuesday 24 November 2026, 14:30",
        "Dienstag, 24. November 2026, 14:30 Uhr",
        "Thursday 26 November 2026",
        "Donnerstag, 26. November 2026",
        "Please do not register a business before our first talk.",
        "Bitte melden Sie vor unserem ersten Gespräch kein Gewerbe an.",
        "Dieser Antrag ist am",
        "Coming is voluntary",
        "02303 2538 5422",
    ):
        assert said in text.replace("- ", ""), said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "Ja. Dieser Antrag ist am"),
        ("no", "Nein"),
        ("unsure", "Ich bin nicht sicher"),
        ("", "Nicht beantwortet"),
    ],
)
def test_the_receipt_tells_the_application_as_it_was_answered(answer, said):
    submission = sent(7, "de")
    submission.answers = {**submission.answers, "wants_money": answer}
    text = words(print_pdf(receipt(submission, OFFICE)))
    after = text.partition("Antrag: Geld für den Start")[2].strip()
    assert after.startswith(said)
    assert "kein Antrag" not in text


def test_all_answers_are_on_the_receipt_in_both_languages():
    submission = sent(7)
    paper = receipt(submission, OFFICE)
    rows = [row for section in paper.body["sections"] for row in section["rows"]]
    with override("de"):
        labels = {str(QUESTIONS[key].title) for key in submission.answers}
    assert {row["label"][1] for row in rows} == labels
    text = words(print_pdf(paper))
    assert "Essen und Trinken" in text
    assert "طعام" in text


def test_the_long_name_is_whole():
    name = PERSONAS[2]["answers"]["name"]
    assert len(name) == 61
    assert name in words(print_pdf(receipt(sent(2), OFFICE)))


def test_mixed_directions_stay_in_order():
    """The idea of persona 7: typst sets it as one Arabic line; German words, digits and the sum keep theirs."""
    submission = sent(7)
    idea = submission.answers["idea"]
    rows = [row for section in receipt(submission, OFFICE).body["sections"] for row in section["rows"]]
    (own,) = [row["own"] for row in rows if row.get("own") and row["own"][0]["text"] == idea]
    assert own == [{"text": idea, "lang": "ar", "dir": "rtl"}]
    text = words(print_pdf(receipt(submission, OFFICE)))
    for part in ("Food-Truck (Falafel)", "Kamen", "15.000", "موظفين"):
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_one_page_and_says_less_than_the_status_page(language):
    submission = sent(7, language)
    content = print_pdf(card(submission, OFFICE))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    text = words(content)
    assert "Für den Empfang" in text
    assert f"/{language}/status/" in text
    assert "02303 2538 5422" in text
    for answer in (submission.answers["name"], "Falafel", "Essen und Trinken"):
        assert answer not in text
    assert "Figure" in tags_of(content)


def test_the_qr_code_holds_the_address_and_nothing_else(settings):
    from segno import make

    settings.SITE_URL = "https://portal.example.org"
    paper = card(sent(7), OFFICE)
    drawn = io.BytesIO()
    make("https://portal.example.org/ar/status/", error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=4, light="#fff"
    )
    assert paper.drawings["qr"] == drawn.getvalue().decode()


def test_titles_say_only_what_kind_of_paper_it_is():
    submission = sent(7, "de")
    titles = [paper.title for paper in (receipt(submission, OFFICE), card(submission, OFFICE), blank("de", OFFICE))]
    assert titles == ["Empfangsbestätigung", "Taschenkarte", "Formular auf Papier"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_form_has_every_question_and_every_box(language):
    paper = blank(language, OFFICE)
    questions = [q for step in paper.body["steps"] for group in step["groups"] for q in group["questions"]]
    assert [question["key"] for question in questions] == list(dict.fromkeys(q["key"] for q in questions))
    assert {question["key"] for question in questions} == set(QUESTIONS)
    content = print_pdf(paper)
    text = words(content).replace("- ", "").replace("-", "").replace(" ", "")
    with override("de"):
        for question in QUESTIONS.values():
            assert str(question.text).replace("-", "").replace(" ", "") in text, question.key
            if question.kind.is_coded and question.kind is not Kind.LONG_CHOICE:
                boxes = next(q for q in questions if q["key"] == question.key)["boxes"]
                assert sum(len(part["options"]) for part in boxes) == len(question.options)
    assert "DasJobcenterliestdiesesFormular" in text


# --- Who gets them -------------------------------------------------------------------------------------------------
def test_papers_are_ordered_when_an_enquiry_is_sent(walker, short_way, django_capture_on_commit_callbacks, monkeypatch):
    ordered = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **kwargs: ordered.append((name, args)))
    founder = walker("ar")
    founder.walks(short_way)
    assert ordered == []
    with django_capture_on_commit_callbacks(execute=True):
        founder.post("check/")
    assert ordered == [(files.MAKE, [str(founder.draft.uuid)])]


def test_a_wish_to_be_called_has_papers_too(walker, django_capture_on_commit_callbacks, monkeypatch):
    ordered = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **kwargs: ordered.append(args))
    founder = walker("ar")
    with django_capture_on_commit_callbacks(execute=True):
        founder.post("callback/kamen/", {"name": "Rim", "phone": "01713920009", "language": "ar"})
    assert ordered == [[str(founder.draft.uuid)]]
    make_papers(*ordered[0])
    assert files.read(founder.draft.uuid, files.Kind.RECEIPT)


def test_a_founder_gets_both_after_sending_and_they_are_never_stored():
    submission = sent(7)
    make_papers(str(submission.uuid))
    client = opened(submission)
    for name in ("receipt", "card"):
        response = client.get(f"/ar/intake/sent/{name}/")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
        assert "no-store" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content.startswith(b"%PDF")


def test_a_paper_that_is_not_ready_is_ordered_again_and_the_page_says_so(
    django_capture_on_commit_callbacks, monkeypatch
):
    ordered = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **kwargs: ordered.append(args))
    submission = sent(7)
    client = opened(submission)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.head("/ar/intake/sent/card/").status_code == 202
    assert ordered == []
    with django_capture_on_commit_callbacks(execute=True):
        response = client.get("/ar/intake/sent/card/")
    assert response.status_code == 202
    assert "no-store" in response["Cache-Control"]
    assert 'href="/ar/intake/sent/card/"' in response.content.decode()
    assert ordered == [[str(submission.uuid)]]
    make_papers(*ordered[0])
    assert client.get("/ar/intake/sent/card/").status_code == 200


def test_later_the_receipt_needs_the_pin_and_the_card_does_not():
    submission = SubmissionFactory(persona=7, pin_hash=hashed(PIN), sent_at=clock.now() - timedelta(minutes=31))
    make_papers(str(submission.uuid))
    response = opened(submission).get("/de/intake/sent/receipt/")
    assert response.status_code == 302
    assert response["Location"] == "/de/status/pin/"
    assert opened(submission).get("/de/intake/sent/card/").status_code == 200
    assert opened(submission, own=True).get("/de/intake/sent/receipt/").status_code == 200
    for page, is_offered in (("/de/intake/sent/", False), ("/de/status/now/", False)):
        assert ("/intake/sent/receipt/" in opened(submission).get(page).content.decode()) is is_offered
    assert "/intake/sent/receipt/" in opened(submission, own=True).get("/de/status/data/").content.decode()


def test_both_are_offered_after_sending():
    client = opened(sent(7))
    for page in ("/ar/intake/sent/", "/ar/status/now/"):
        text = client.get(page).content.decode()
        assert "/ar/intake/sent/receipt/" in text
        assert "/ar/intake/sent/card/" in text


def test_drafts_have_no_papers():
    draft = SubmissionFactory(draft=True)
    making.make(draft.uuid)
    assert list(files.kept()) == []
    for name in ("receipt", "card"):
        assert opened(draft).get(f"/ar/intake/sent/{name}/")["Location"] == "/ar/intake/tasks/"


def test_my_data_is_a_pdf_for_whoever_knows_the_pin():
    submission = SubmissionFactory(persona=7, pin_hash=hashed(PIN))
    response = opened(submission, own=True).get("/ar/status/data/paper/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="data.pdf"'
    assert "no-store" in response["Cache-Control"]
    text = words(response.content)
    for said in ("Bilal Nour Eddin", "0171 3920007", submission.reference, "Falafel"):
        assert said in text
    assert "<bdi" not in text
    assert opened(submission).get("/ar/status/data/paper/")["Location"] == "/ar/status/pin/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_form_is_for_everybody(language, client):
    response = client.get(f"/{language}/intake/form/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert "no-store" not in response["Cache-Control"]
    assert f"/{language}/intake/form/" in client.get(f"/{language}/intake/").content.decode()
    assert blank_pdf(language) is blank_pdf(language)
    assert portal_office().name in words(response.content)


def test_an_advisor_prints_both_and_it_is_noted():
    office = OrganisationFactory(office=True)
    advisor = MembershipFactory(organisation=office)
    submission = SubmissionFactory(persona=7, municipality=MunicipalityFactory(code="kamen", office=office))
    make_papers(str(submission.uuid))
    client = Client()
    client.force_login(advisor.user)
    page = client.get(reverse("cases:submission_detail", args=[submission.uuid])).content.decode()
    ViewLog.objects.all().delete()
    for name in ("receipt", "card"):
        url = reverse(f"cases:submission_{name}", args=[submission.uuid])
        assert url in page
        response = client.get(url)
        assert response.content.startswith(b"%PDF")
        assert "no-store" in response["Cache-Control"]
    assert ViewLog.objects.filter(subject_uuid=submission.uuid).exists()
    case = open_case(submission, advisor, advisor)
    assert (
        reverse("cases:submission_receipt", args=[submission.uuid])
        in client.get(reverse("cases:case_answers", args=[case.uuid])).content.decode()
    )


def test_the_inbox_offers_the_paper_form_in_every_language():
    advisor = MembershipFactory(organisation=OrganisationFactory(office=True))
    client = Client()
    client.force_login(advisor.user)
    page = client.get(reverse("cases:inbox_list")).content.decode()
    for language in LANGUAGES:
        assert f'href="/{language}/intake/form/"' in page


# --- They go with the enquiry --------------------------------------------------------------------------------------
def test_making_twice_makes_once():
    submission = sent(7)
    making.make(submission.uuid)
    before = files.read(submission.uuid, files.Kind.RECEIPT)
    making.make(submission.uuid)
    assert files.read(submission.uuid, files.Kind.RECEIPT) == before
    assert sorted(storages["documents"].listdir(files.FOLDER)[1]) == [
        f"{submission.uuid}.card.pdf",
        f"{submission.uuid}.receipt.pdf",
    ]


def test_erasing_takes_the_papers_along(django_capture_on_commit_callbacks):
    stays, goes = sent(7), sent(8)
    for submission in (stays, goes):
        making.make(submission.uuid)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_submission(goes)
        assert files.read(goes.uuid, files.Kind.CARD)  # not before the rows are gone for good
    assert list(files.kept()) == [stays.uuid]
    assert files.read(goes.uuid, files.Kind.RECEIPT) is None


def test_an_order_that_comes_after_erasing_makes_nothing():
    goes = sent(8)
    erasure.erase_submission(goes)
    make_papers(str(goes.uuid))
    assert list(files.kept()) == []


def test_what_was_left_behind_is_swept(monkeypatch):
    monkeypatch.setattr(making, "SWEPT_AT_ONCE", 2)
    stays = [sent(number) for number in (7, 8)]
    orphans = [uuid.uuid4() for _ in range(3)]
    for submission in stays:
        making.make(submission.uuid)
    for orphan in orphans:
        files.keep(orphan, files.Kind.CARD, b"%PDF")
    sweep_papers()
    assert set(files.kept()) == {submission.uuid for submission in stays}


def test_sweeping_before_anything_was_made_is_quiet():
    sweep_papers()
