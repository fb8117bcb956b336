"""Hints in the office's own words: what is refused, what founders read, what cases get."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from cases.files.models import PlanStep
from cases.files.opening import open_case
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.ids import new_uuid
from intake import hint_editing, hints, office_hints
from intake.enums import HintRefusal, HintState
from intake.hint_editing import Draft, HintRefused
from intake.hint_linting import findings
from intake.hint_presenters import hint_views, rule_words
from intake.hints import HINTS, by_code
from intake.models import OfficeHint
from intake.office_hints import HintWording, lint, shipped, shown
from network.directory import helping
from tests.factories.directory import OfferFactory, ServiceTopicFactory
from tests.factories.intake import CODE, SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory

from .test_figures import Statements

pytestmark = pytest.mark.django_db
LANGUAGES = ("de", "ar", "en")
FOOD = {"sector": "food", "alcohol": "yes"}
OWN = {
    "de": HintWording("Ausschank", "Bitte klären Sie den Ausschank mit dem Ordnungsamt."),
    "ar": HintWording("تقديم الكحول", "يُرجى الاستفسار لدى مكتب النظام العام في مدينتك."),
    "en": HintWording("Serving alcohol", "Please clarify with the public order office."),
}


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What a process keeps in mind for some seconds is another test's."""
    office_hints.kept.forget()
    helping.kept.forget()
    yield
    office_hints.kept.forget()
    helping.kept.forget()


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, team_lead=True, user__name="Lea Leitung")


def publish(office, lead, code="alcohol", **given) -> OfficeHint:
    slot = office_hints.slot(office, code)
    return hint_editing.publish(office, lead, slot, Draft(**given), version=slot.version)


def titles(office, answers, language="de") -> list[str]:
    with override(language):
        return [view.title for view in hint_views(office.pk, answers, clock.today())]


# --- Every rule: condition, three languages, suggested step ------------------------------

RULES = {
    "under_18": {"is_adult": "no"},
    "start_before_request": {"planned_start": "2027-03"},
    "one_client": {"activities": ["one_client"]},
    "already_trading": {"self_employed": "yes"},
    "residence_employment": {"residence": "employment"},
    "residence_advice": {"residence": "waiting"},
    "childcare": {"sector": "care", "care_of": ["children"]},
    "security": {"activities": ["security"]},
    "alcohol": FOOD,
    "passengers": {"sector": "transport", "transport_of": ["passengers"]},
    "goods": {"sector": "transport", "transport_of": ["goods"]},
    "food_hygiene": {"sector": "food"},
    "craft_annex_a": {"sector": "crafts", "trade": "elektrotechniker"},
    "craft_annex_b": {"sector": "crafts", "trade": "massschneider"},
    "craft_unclear": {"sector": "beauty", "trade": "none_of_these"},
}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_leads_to_a_text_in_every_language_and_a_step_in_the_case(office, lead, code):
    answers = SHORT_WAY | RULES[code]
    found = [slot.hint.code for slot in shown(office.pk, answers, date(2026, 11, 23))]
    assert code in found
    assert code not in [slot.hint.code for slot in shown(office.pk, SHORT_WAY, date(2026, 11, 23))]
    words = {language: shipped(code, language) for language in LANGUAGES}
    assert len({wording.digest for wording in words.values()}) == len(LANGUAGES)
    assert all(wording.title and wording.text for wording in words.values())
    submission = SubmissionFactory(municipality=office.municipalities.get(code="kamen"), answers=answers)
    case = open_case(submission, lead, lead)
    assert set(PlanStep.objects.filter(case=case).values_list("hint_code", flat=True)) == set(found)


@pytest.mark.parametrize("hint", HINTS, ids=lambda hint: hint.code)
def test_the_shipped_texts_pass_the_check_they_are_held_to(hint):
    for language in LANGUAGES:
        assert lint(hint.code, language, shipped(hint.code, language)) == [], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words(language):
    with override(language):
        said = {hint.code: rule_words(hint.condition) for hint in HINTS}
    assert all(said.values())
    if language == "de":
        assert said["alcohol"] == "Branche: „Essen und Trinken“; und Alkohol vor Ort: „Ja“ oder „Ich bin nicht sicher“"
        assert "weitere aus der Liste" in said["craft_annex_a"]


# --- The check ------------------------------

REFUSED = [
    ("de", "Das ist nicht erlaubt. Bitte klären Sie das."),
    ("de", "Bitte klären Sie das. Ohne Meister dürfen Sie nicht gründen."),
    ("de", "Bitte: Das ist VER\u00adBOTEN."),
    ("de", "Bitte beachten Sie: Ihr Antrag wird abgelehnt."),
    ("de", "Bitte. Sie haben keinen Anspruch."),
    ("de", "Bitte: Sie können so nicht gründen."),
    ("de", "Bitte beachten: Das darf man ohne Erlaubnis auf keinen Fall und nicht."),
    ("en", "This is not allowed. Please ask us."),
    ("en", "Please note: you may not start."),
    ("en", "Please: it’s forbidden."),
    ("en", "Please note that you can't start."),
    ("en", "Please read our rejection."),
    ("ar", "هذا ممنوع. يُرجى الاستفسار."),
    ("ar", "لا يُسمح بذلك. يُرجى الاستفسار."),
    ("ar", "يُرجى الانتباه: طلبك مرفوض."),
    ("ar", "مَمْنُوع، يُرجى الاستفسار."),
    ("ar", "يُرجى: غير مسموح بذلك."),
    ("ar", "يُرجى: لا يجوز ذلك."),
    ("ar", "يُرجى. Das ist verboten."),  # a German sentence in the Arabic field
    ("de", "Bitte: ممنوع."),
    ("de", "Bitte: yasak."),
    ("en", "Please: это запрещено."),
    ("en", "Please: це заборонено."),
]


@pytest.mark.parametrize(("language", "text"), REFUSED)
def test_a_decision_is_refused_in_any_language(language, text):
    reasons = {finding.reason for finding in findings("Titel", text, language)}
    assert HintRefusal.DECISION in reasons or HintRefusal.CONTROL in reasons


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dafür braucht man keine Meisterprüfung. Bitte klären Sie mit der Kammer, wie das geht."),
        ("en", "You need no trade registration. Please clarify with the tax office."),
        ("ar", "لا يلزم ترخيص. يُرجى الاستفسار لدى غرفة الصناعة والتجارة."),
        ("de", "Bitte klären Sie mit dem Ordnungsamt, ob eine Erlaubnis nötig ist."),
    ],
)
def test_a_kind_request_is_not(language, text):
    assert findings("Titel", text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_asks_for_nothing_is_refused(language):
    assert [finding.reason for finding in findings("X", "X.", language)] == [HintRefusal.NO_REQUEST]
    assert findings("X", "X.", language, announces_call=True) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bitte \u202etext", HintRefusal.CONTROL),
        ("Bitte fragen Sie das Аmt", HintRefusal.MIXED_LETTERS),
        ("", HintRefusal.EMPTY),
    ],
)
def test_disguised_and_empty_texts_are_refused(text, reason):
    assert reason in {finding.reason for finding in findings("Titel", text, "de")}


# --- What founders read ------------------------------


def test_an_office_says_it_in_its_own_words_and_other_offices_do_not(office, lead):
    publish(office, lead, texts={"de": OWN["de"], "ar": OWN["ar"]})
    assert titles(office, FOOD)[-1] == "Ausschank"
    assert titles(office, FOOD, "ar")[-1] == "تقديم الكحول"
    assert titles(office, FOOD, "en")[-1] == shipped("alcohol", "en").title
    assert titles(MembershipFactory().organisation, FOOD)[-1] == shipped("alcohol", "de").title


def test_the_shipped_text_sent_back_is_no_own_text(office, lead):
    row = publish(office, lead, texts={language: shipped("alcohol", language) for language in LANGUAGES})
    assert row.texts == {}


def test_an_own_text_is_marked_when_the_shipped_one_has_changed(office, lead):
    row = publish(office, lead, texts=OWN)
    row.texts["de"]["shipped"] = "older"
    row.save()
    slot = office_hints.slot(office, "alcohol")
    assert (slot.state("de"), slot.state("ar")) == (HintState.OUTDATED, HintState.OWN)


def test_a_stored_text_that_the_check_refuses_by_now_gives_way(office, lead):
    row = publish(office, lead, texts=OWN)
    row.texts["de"]["text"] = "Das ist verboten. Bitte."
    row.save()
    assert office_hints.slot(office, "alcohol").state("de") == HintState.UNFIT
    assert titles(office, FOOD)[-1] == shipped("alcohol", "de").title


def test_dates_of_the_office_and_of_the_law_both_hold(office, lead):
    today = clock.today()
    publish(office, lead, valid_from=today + timedelta(days=1))
    assert "alcohol" not in [slot.hint.code for slot in shown(office.pk, FOOD, today)]
    assert "alcohol" in [slot.hint.code for slot in shown(office.pk, FOOD, today + timedelta(days=1))]
    publish(office, lead, valid_to=today)
    assert "alcohol" in [slot.hint.code for slot in shown(office.pk, FOOD, today)]
    assert "alcohol" not in [slot.hint.code for slot in shown(office.pk, FOOD, today + timedelta(days=1))]


def test_a_hint_that_is_switched_off_is_not_read_and_suggests_nothing(office, lead):
    publish(office, lead, is_off=True, off_reason="Neue Satzung der Stadt")
    assert "alcohol" not in [slot.hint.code for slot in shown(office.pk, FOOD, clock.today())]
    submission = SubmissionFactory(municipality=office.municipalities.get(code="kamen"), answers=SHORT_WAY | FOOD)
    case = open_case(submission, lead, lead)
    assert not PlanStep.objects.filter(case=case, hint_code="alcohol").exists()


def test_whoever_was_slower_is_told(office, lead):
    slot = office_hints.slot(office, "alcohol")
    publish(office, lead, texts=OWN)
    with pytest.raises(StaleVersion):
        hint_editing.publish(office, lead, slot, Draft(), version=slot.version)


def test_who_checked_it_and_when_is_kept(office, lead):
    row = publish(office, lead, is_checked=True)
    assert (row.checked_on, row.checked_by) == (clock.today(), lead)
    row = publish(office, lead)
    assert row.checked_on == clock.today()


def test_a_refused_draft_says_where(office, lead):
    with pytest.raises(HintRefused) as refused:
        publish(office, lead, texts=OWN | {"ar": HintWording("عنوان", "ممنوع. يُرجى")})
    assert set(refused.value.findings) == {"ar"}
    assert not OfficeHint.objects.exists()


# --- Who can help ------------------------------


def test_who_can_help_stands_beside_it(office):
    topic = ServiceTopicFactory(code="erlaubnisse")
    far = OfferFactory(organisation__name_de="Kammer Süd")
    far.topics.add(topic)
    far.municipalities.add(office.municipalities.get(code="werne"))
    only = OfferFactory(organisation__name_de="Kammer Dortmund", organisation__name_ar="غرفة دورتموند")
    only.topics.add(topic)
    with override("ar"):
        [_hygiene, view] = hint_views(office.pk, FOOD | {"municipality": "kamen"}, clock.today())
        [help_view] = view.helps
        assert (help_view.url, [name.text for name in help_view.names]) == (
            f"/ar/network/{only.uuid}/",
            ["غرفة دورتموند"],
        )
    helping.kept.forget()
    with override("de"):
        [_hygiene, view] = hint_views(office.pk, FOOD | {"municipality": "werne"}, clock.today())
    assert view.helps[0].url == "/de/network/?topic=erlaubnisse"
    assert {name.text for name in view.helps[0].names} == {"Kammer Süd", "Kammer Dortmund"}


def test_a_topic_without_a_partner_leads_to_the_team(walker, short_way):
    founder = walker("de")
    founder.walks(short_way | FOOD)
    page = founder.get("check/").content.decode()
    assert "unser Team im Jobcenter" in page
    assert "tel:+49230325385422" in page


def test_the_check_page_asks_the_database_three_times_at_most(walker, short_way):
    founder = walker("ar")
    founder.walks(short_way | FOOD)
    for tail in ("check/", "sent/"):
        office_hints.kept.forget()
        helping.kept.forget()
        with Statements(connection) as queries:
            assert founder.get(tail).status_code == 200
        assert len(queries.all) <= 3, queries.all
        founder.post("check/")


# --- The office's page ------------------------------


@pytest.fixture
def editor(lead):
    client = Client()
    client.force_login(lead.user)
    return client


def form(**more) -> dict:
    texts = {f"title_{code}": wording.title for code, wording in OWN.items()}
    texts |= {f"text_{code}": wording.text for code, wording in OWN.items()}
    return {"form_token": str(new_uuid()), "version": "0", **texts, **more}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_every_hint_with_rule_source_and_three_languages(editor, language):
    found = editor.get(f"/{language}/office/hints/").content.decode()
    for hint in hints.HINTS:
        assert f'id="hint-{hint.code}"' in found
        for code in LANGUAGES:
            assert shipped(hint.code, code).title in found
    assert "§ 43 IfSG" in found


def test_a_preview_publishes_nothing(editor, office):
    found = editor.post("/de/office/hints/alcohol/", form(preview="1")).content.decode()
    assert "So lesen es Gründende" in found
    assert OWN["ar"].text in found
    assert not OfficeHint.objects.exists()


def test_publishing_twice_publishes_once(editor, office):
    given = form(is_checked="on")
    for _click in range(2):
        assert editor.post("/de/office/hints/alcohol/", given).url == "/de/office/hints/alcohol/"
    row = OfficeHint.objects.get()
    assert (row.version, row.texts["ar"]["text"], row.checked_by.user.name) == (1, OWN["ar"].text, "Lea Leitung")
    found = editor.get("/de/office/hints/").content.decode()
    assert "Lea Leitung" in found


def test_what_is_refused_stays_and_the_message_stands_beside_it(editor):
    found = editor.post("/de/office/hints/alcohol/", form(text_ar="هذا ممنوع. يُرجى الانتباه")).content.decode()
    assert "هذا ممنوع. يُرجى الانتباه" in found
    assert "Ein Hinweis entscheidet nie" in found
    assert found.count("id_text_ar_error") >= 1
    assert not OfficeHint.objects.exists()


@pytest.mark.parametrize(
    "wild",
    [
        {"is_off": "on"},
        {"text_de": "Bitte " + "x" * 10_000},
        {"title_de": "Bitte\x00\ud83d", "text_de": "Bitte 🙂"},
        {"valid_from_day": "٣١", "valid_from_month": "2", "valid_from_year": "۲۰۲۷"},
        {"valid_from_day": "2", "valid_from_month": "2", "valid_from_year": "2027",
         "valid_to_day": "1", "valid_to_month": "2", "valid_to_year": "2027"},
        {"version": "x"},
        {"title_de": ""},
    ],
)  # fmt: skip
def test_bad_input_is_answered_and_nothing_is_written(editor, wild):
    given = form(**{name: value.encode("utf-8", "replace").decode() for name, value in wild.items()})
    response = editor.post("/de/office/hints/alcohol/", given)
    assert response.status_code in (200, 302)
    if "🙂" not in wild.get("text_de", ""):
        assert not OfficeHint.objects.exists()


def test_somebody_who_was_slower_sees_both_texts(editor, office, lead):
    given = form()
    publish(office, lead, texts={"de": HintWording("Anders", "Bitte fragen Sie anders.")})
    found = editor.post("/de/office/hints/alcohol/", given).content.decode()
    assert "Bitte fragen Sie anders." in found
    assert OWN["de"].text in found
    assert 'name="version" value="1"' in found


def test_a_rule_that_does_not_exist_is_not_found(editor):
    assert editor.get("/de/office/hints/no-such-rule/").status_code == 404


def test_the_history_tells_what_was_written(editor, office, lead):
    editor.post("/de/office/hints/alcohol/", form())
    found = editor.get("/de/history/").content.decode()
    assert str(by_code("alcohol").title) in found
    assert OWN["de"].text in found


def test_the_founder_reads_it_on_the_own_page(office, lead):
    from intake.pins import hashed

    publish(office, lead, texts=OWN)
    town = office.municipalities.get(code="kamen")
    sent = SubmissionFactory(municipality=town, answers=SHORT_WAY | FOOD, pin_hash=hashed("482913"))
    client = Client()
    client.post("/ar/status/", {"reference": sent.reference, "code": CODE})
    assert OWN["ar"].text not in client.get("/ar/status/now/").content.decode()
    assert client.get("/ar/status/hints/").url == "/ar/status/pin/"
    client.post("/ar/status/pin/", {"pin": "482913"})
    assert OWN["ar"].text in client.get("/ar/status/hints/").content.decode()
