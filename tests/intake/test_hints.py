"""Hints: which answers lead to which, and that none of them ever forbids."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from cases.files.models import PlanStep
from intake.hints import HINTS, by_code, hints_for
from intake.questions import QUESTIONS
from tests.factories.intake import PERSONAS

TODAY = date(2026, 11, 23)


def codes(answers: dict) -> set[str]:
    return {hint.code for hint in hints_for(answers, TODAY)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"sector": "crafts", "trade": "elektrotechniker"}, {"craft_annex_a"}),
        ({"sector": "beauty", "trade": "friseure"}, {"craft_annex_a"}),
        ({"sector": "crafts", "trade": "massschneider"}, {"craft_annex_b"}),
        ({"sector": "crafts", "trade": "aenderungsschneider"}, {"craft_annex_b"}),
        ({"sector": "beauty", "trade": "none_of_these"}, {"craft_unclear"}),
        ({"sector": "crafts", "trade": "unsure"}, {"craft_unclear"}),
        ({"sector": "crafts"}, {"craft_unclear"}),
        ({"sector": "food", "alcohol": "no"}, {"food_hygiene"}),
        ({"sector": "food", "alcohol": "yes"}, {"food_hygiene", "alcohol"}),
        ({"sector": "food", "place": "mobile"}, {"food_hygiene", "travelling_trade"}),
        ({"sector": "transport", "transport_of": ["passengers"]}, {"passengers"}),
        ({"sector": "transport", "transport_of": ["goods"]}, {"goods"}),
        ({"sector": "transport", "transport_of": ["courier"]}, {"goods", "one_client"}),
        ({"sector": "care", "care_of": ["children"]}, {"childcare"}),
        ({"sector": "care", "care_of": ["adults"]}, set()),
        ({"activities": ["security"]}, {"security"}),
        ({"activities": ["broker"]}, {"broker"}),
        ({"activities": ["insurance_finance"]}, {"insurance_finance"}),
        ({"activities": ["travelling"]}, {"travelling_trade"}),
        ({"activities": ["liberal"]}, {"liberal_profession"}),
        ({"sector": "translation"}, {"liberal_profession"}),
        ({"activities": ["one_client"]}, {"one_client"}),
        ({"stage": "trading"}, {"already_trading"}),
        ({"self_employed": "yes"}, {"already_trading"}),
        ({"residence": "employment"}, {"residence_employment"}),
        ({"residence": "not_allowed"}, {"residence_advice"}),
        ({"residence": "waiting"}, {"residence_advice"}),
        ({"residence": "any"}, set()),
        ({"planned_start": "2027-03"}, {"start_before_request"}),
        ({"planned_start": "2027-03", "wants_money": "yes"}, set()),
        ({"is_adult": "no"}, {"under_18"}),
        ({}, set()),
        ({"activities": ["none"], "sector": "unsure"}, set()),
    ],
)
def test_answers_lead_to_hints(answers, expected):
    assert codes(answers) == expected


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        (1, {"craft_annex_b"}),
        (4, {"already_trading", "goods", "one_client"}),
        (6, {"childcare"}),
        (7, {"food_hygiene", "travelling_trade"}),
        (8, {"craft_annex_a"}),
        (11, {"under_18"}),
        (12, {"craft_unclear", "start_before_request"}),
    ],
)
def test_personas_get_their_hints(persona, expected):
    assert codes(PERSONAS[persona]["answers"]) == expected


@pytest.mark.parametrize(
    ("language", "never"),
    [
        ("de", ["nicht erlaubt", "verboten", "dürfen nicht", "abgelehnt", "nicht gestattet"]),
        ("ar", ["ممنوع", "لا يُسمح", "لا يسمح", "مرفوض", "غير مسموح"]),
        ("en", ["not allowed", "forbidden", "rejected", "may not"]),
    ],
)
def test_no_hint_ever_forbids(language, never):
    with override(language):
        for hint in HINTS:
            words = f"{hint.title} {hint.text}".lower()
            assert not [word for word in never if word in words], hint.code


def test_every_hint_names_who_can_help_and_its_law():
    for hint in HINTS:
        assert hint.source
        assert hint.topics
        assert set(hint.topics) <= set(QUESTIONS["topics"].by_code), hint.code


def test_every_hint_asks_to_clarify_or_announces_a_call():
    with override("de"):
        for hint in HINTS:
            assert "Bitte" in str(hint.text) or "ruft Sie" in str(hint.text), hint.code


def test_conditions_ask_for_codes_that_exist():
    for hint in HINTS:
        assert hint.condition.keys() <= set(QUESTIONS), hint.code


def test_hints_fit_the_case_files_column():
    longest = PlanStep._meta.get_field("hint_code").max_length
    assert len({hint.code for hint in HINTS}) == len(HINTS)
    assert max(len(hint.code) for hint in HINTS) <= longest


def test_a_hint_holds_only_while_its_law_does():
    hint = replace(by_code("alcohol"), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    answers = {"sector": "food", "alcohol": "yes"}
    assert hint.applies(answers, date(2026, 1, 1))
    assert hint.applies(answers, date(2026, 12, 31))
    assert not hint.applies(answers, date(2025, 12, 31))
    assert not hint.applies(answers, date(2027, 1, 1))


def test_a_hint_is_found_by_its_code():
    assert by_code("food_hygiene").source.startswith("§ 43 IfSG")
    assert by_code("no_such_hint") is None
