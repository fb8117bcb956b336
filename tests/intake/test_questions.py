"""The questionnaire holds together: every question in one place, every text in every language."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override

from intake import questions
from intake.forms.fields import form_field
from intake.models import Submission
from intake.questions import QUESTIONS, Kind
from intake.questions.data import load
from intake.steps import CLOSING, GROUPS, STEPS
from intake.urls import urlpatterns
from network.directory.models import ServiceTopic
from network.directory.services import load_network
from network.people.models import Municipality

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ARABIC = range(0x0600, 0x0700)


def texts(question):
    yield from (question.title, question.text, question.help, question.why, question.missing)
    yield from (option.label for option in question.options)


def test_every_question_stands_on_exactly_one_page():
    keys = [key for group in (*GROUPS.values(), CLOSING) for key in group.keys]
    assert sorted(keys) == sorted(QUESTIONS)


def test_the_form_table_of_the_domain_is_complete():
    asked = {
        *("municipality", "is_adult", "name", "contact_way", "phone", "email", "languages", "idea", "idea_later"),
        *("phone_shared", "safe_times", "reminder_style", "own_word", "name_latin", "name_original"),
        *("interpreter", "german", "advisor_gender", "visit_help"),
        *("benefits", "self_employed", "residence", "wants_money"),
        *("sector", "trade", "place", "working_time", "ownership", "planned_start"),
        *("field_years", "own_business", "own_business_country", "qualification", "recognition"),
        *("stage", "capital", "own_money", "topics", "wants_sms", "wants_email"),
        *("helper_name", "helper_phone", "may_call_helper", "filled_with_help"),
    }
    assert asked <= set(QUESTIONS)
    assert [step.number for step in STEPS] == list(range(1, 9))


def test_six_answers_are_required_and_no_more():
    always = {key for key, question in QUESTIONS.items() if question.is_required({})}
    assert always == {"municipality", "is_adult", "name", "contact_way", "languages", "idea"}


def test_rule_17_nothing_sensitive_is_asked():
    forbidden = {
        "religion",
        "ethnicity",
        "born_on",
        "nationality",
        "marital_status",
        "diagnosis",
        "bank",
        "passport_number",
    }
    assert not forbidden & set(QUESTIONS)
    assert not QUESTIONS["origin_country"].is_required({"origin_country": ""})


def test_codes_fit_their_columns_and_are_unique():
    for question in QUESTIONS.values():
        codes = [option.code for option in question.options]
        assert len(codes) == len(set(codes)), question.key
        assert bool(codes) == question.kind.is_coded, question.key
    assert all(
        len(option.code) <= Submission._meta.get_field("sector").max_length for option in QUESTIONS["sector"].options
    )
    assert all(len(code) <= 24 for code in GROUPS)


def test_no_page_of_questions_hides_behind_another_address():
    taken = {str(pattern.pattern).split("/")[0] for pattern in urlpatterns}
    assert not taken & set(GROUPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_every_language(language):
    with override(language):
        for question in QUESTIONS.values():
            for text in texts(question):
                assert text == "" or str(text), question.key
        for group in (*GROUPS.values(), CLOSING):
            assert str(group.title)


def test_arabic_pages_are_arabic():
    with override("ar"):
        for question in QUESTIONS.values():
            for text in (question.title, question.text, question.help, question.why, question.missing):
                words = str(text)
                assert not words or any(ord(letter) in ARABIC for letter in words), f"{question.key}: {words}"
            for option in question.options:
                assert any(ord(letter) in ARABIC for letter in str(option.label)), f"{question.key}: {option.code}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_residence_card_is_quoted_and_nobody_reads_that_work_is_not_allowed(language):
    option = QUESTIONS["residence"].by_code["not_allowed"]
    with override(language):
        assert "Erwerbstätigkeit nicht gestattet" in str(option.label)
        assert str(option.hint)
        words = f"{option.label} {option.hint}".replace("Erwerbstätigkeit nicht gestattet", "")
    for blunt in ("not allowed", "nicht", "غير مسموح", "لا يُسمح"):
        assert blunt not in words.replace("noch nichts entschieden", "")


def test_titles_fit_the_founder_and_the_staff():
    with override("en"):
        titles = " ".join(str(question.title) for question in QUESTIONS.values())
    for third_person in ("the person", "Asks", "Tells"):
        assert third_person not in titles
    with override("ar"):
        assert not any("صاحبها" in str(question.title) for question in QUESTIONS.values())


def test_languages_are_offered_in_their_own_writing():
    question = QUESTIONS["languages"]
    assert {option.code for option in question.options} >= {
        "ar",
        "uk",
        "kmr",
        "ckb",
        "fa",
        "prs",
        "ti",
        "tr",
        "ru",
        "en",
        "de",
    }
    with override("de"):
        assert str(question.choice_label(question.by_code["uk"])) == "Українська"
        assert questions.label("languages", "uk") == "Ukrainisch"


def test_labels_of_codes_follow_the_active_language():
    with override("de"):
        assert questions.label("sector", "food") == "Essen und Trinken"
        assert questions.label("trade", "friseure") == "Friseure"
    with override("ar"):
        assert questions.label("municipality", "unna") == "أونا"


def test_a_code_of_an_older_questionnaire_is_shown_as_it_is():
    assert questions.label("sector", "zeppelins") == "zeppelins"


def test_crafts_are_the_annexes_of_the_law():
    trades = load("trades")
    assert len([t for t in trades if t["annex"] == "A"]) == 53
    assert {t["annex"] for t in trades} == {"A", "B1", "B2"}
    assert all(t["ar"] and t["en"] and t["de"] for t in trades)
    assert {"none_of_these", "unsure"} <= set(QUESTIONS["trade"].by_code)


@pytest.mark.django_db
def test_towns_and_topics_are_those_of_the_database():
    load_network()
    assert set(QUESTIONS["topics"].by_code) == set(ServiceTopic.objects.values_list("code", flat=True))
    assert set(QUESTIONS["municipality"].by_code) - {questions.OUTSIDE} == set(
        Municipality.objects.values_list("code", flat=True)
    )


def test_topics_stand_in_nine_groups():
    question = QUESTIONS["topics"]
    assert len(question.groups) == 9
    assert {option.group for option in question.options} == {code for code, _name in question.groups}


@pytest.mark.parametrize("question", [q for q in QUESTIONS.values() if q.required_when], ids=lambda q: q.key)
def test_a_required_question_says_what_is_missing(question):
    with override("de"):
        assert str(question.missing)
        assert str(question.missing) != gettext("Please answer this question.")


def test_free_text_is_marked_as_own_words():
    free = {key for key, question in QUESTIONS.items() if question.kind in (Kind.TEXT, Kind.LONG_TEXT)}
    assert free == {key for key, question in QUESTIONS.items() if question.is_own_words}


@pytest.mark.parametrize("word", ["Jobcenter", "مركز العمل", "Asyl", "Bürger-Geld", "Gründer", "JOB CENTER"])
def test_a_word_in_messages_tells_strangers_nothing(word):
    field = form_field(QUESTIONS["own_word"], required=False)
    with pytest.raises(ValidationError) as caught:
        field.clean(word)
    assert caught.value.error_list[0].code == "telling"


@pytest.mark.parametrize("word", ["", "Olivenbaum", "زيتون", "гранат", "Rim", "😀"])
def test_any_other_word_may_stand_in_messages(word):
    assert form_field(QUESTIONS["own_word"], required=False).clean(word) == word
