"""Whatever is typed or tampered with: an answer in the page's language, nothing lost, never a 500."""

import string
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.models import Submission
from intake.questions import Kind
from intake.steps import GROUPS
from tests.factories.intake import SHORT_WAY

from .conftest import Walker

pytestmark = pytest.mark.django_db

WILD = [
    "",
    " ",
    "\x00",
    "a\x00b\x1fc\x7f",
    "‮gnp.exe‬",
    "😀👩‍👩‍👧‍👦🇺🇦",
    "e\u0301\u0327 Şêrîn Xelîlo".replace("ê", "e\u0302"),
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "x" * 10_000,
    "ش" * 10_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE intake_submission; --",
    "{{ settings.SECRET_KEY }} {% load %}",
    "%s %(x)s %%",
    "../../etc/passwd",
    "\u2028\u2029\ufeff\ufffe",
    "-1",
    "9" * 40,
    "NaN",
    "null",
    '["jobcenter"]',
]
KEYS = sorted(
    {part for group in GROUPS.values() for key in group.keys for part in (key, f"{key}_month", f"{key}_year")}
    | {"change", "csrfmiddlewaretoken", "version", "state", "office"}
)
texts = st.one_of(
    st.sampled_from(WILD),
    st.text(max_size=60),
    st.text(alphabet=string.printable, max_size=60),
    st.sampled_from(sorted({o.code for g in GROUPS.values() for q in g.questions for o in q.options})),
)
wild_settings = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def founder(walker, short_way):
    """Somebody to whom every page applies."""
    founder = walker("ar")
    founder.walks(short_way | {"filled_with_help": "yes", "sector": "crafts"}, until="trade")
    return founder


@pytest.mark.parametrize("group", GROUPS)
@wild_settings
@given(
    data=st.dictionaries(st.sampled_from(KEYS), st.lists(texts, min_size=1, max_size=3), max_size=8),
    own=st.lists(texts, min_size=6, max_size=6),
)
def test_no_input_breaks_a_page(founder, group, data, own):
    posted = data | {key: [value] for key, value in zip(GROUPS[group].keys, own, strict=False)}
    before = {k: v for k, v in founder.draft.answers.items() if k not in GROUPS[group].keys}
    response = founder.post(f"{group}/", posted)
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert response.context["form"].errors
        assert 'lang="ar"' in response.content.decode()
    answers = founder.draft.answers
    assert {k: v for k, v in answers.items() if k not in GROUPS[group].keys} == before
    assert founder.get("check/").status_code == 200
    assert founder.get("tasks/").status_code == 200


@wild_settings
@given(reference=texts, code=texts, which=st.sampled_from(["intake/resume/", "status/"]))
def test_no_input_breaks_the_code_form(office, reference, code, which):
    response = Client().post(f"/de/{which}", {"reference": reference, "code": code})
    assert response.status_code == 200
    assert response.context["form"].errors


@wild_settings
@given(name=texts, phone=texts, language=texts)
def test_no_input_breaks_please_call_me(office, name, phone, language):
    response = Walker("ar").post("callback/unna/", {"name": name, "phone": phone, "language": language})
    assert response.status_code in (200, 302)


@wild_settings
@given(pin=texts, again=texts, wants_sms=texts)
def test_no_input_breaks_sending(office, pin, again, wants_sms):
    Submission.objects.all().delete()
    founder = Walker("de")
    founder.walks(dict(SHORT_WAY), until="safety")
    response = founder.post("check/", {"pin": pin, "pin_again": again, "wants_sms": wants_sms})
    assert response.status_code in (200, 302)
    assert founder.draft.is_draft is (response.status_code == 200)


CODED = [q.key for g in GROUPS.values() for q in g.questions if q.kind.is_coded and q.kind is not Kind.CHECK]


@pytest.mark.parametrize("key", CODED)
def test_a_choice_that_is_none_is_said_beside_the_question(founder, key):
    group = next(g for g in GROUPS.values() if key in g.keys)
    Submission.objects.update(answers=founder.draft.answers | asked_with(key))
    response = founder.client.post(f"/de/intake/{group.code}/", {key: "no-such-answer"})
    assert response.status_code == 200
    assert response.context["form"].errors[key] == ["Bitte wählen Sie eine der Antworten."]
    assert response.content.decode().count("Bitte wählen Sie eine der Antworten.") == 2  # in the summary, too


def asked_with(key: str) -> dict:
    """Answers with which question `key` applies."""
    return {
        "alcohol": {"sector": "food"},
        "transport_of": {"sector": "transport"},
        "care_of": {"sector": "care"},
    }.get(key, {})


@pytest.mark.parametrize(("key", "most"), [("name", 200), ("idea", 4000), ("own_word", 40), ("name_latin", 200)])
def test_a_text_that_is_too_long_is_refused_and_still_there(founder, key, most):
    group = next(g for g in GROUPS.values() if key in g.keys)
    letter = "a" if key == "name_latin" else "ش"
    typed = letter * 10_000
    response = founder.mistakes(f"{group.code}/", {key: typed, "contact_way": "phone"})
    assert key in response.context["form"].errors
    assert typed in response.content.decode()
    founder.answers(group.code, {key: letter * most, "contact_way": "phone"})


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("S\u0327e\u0302ri\u0302n", "Şêrîn"),  # NFD
        ("Ali\x00\x07 Baba", "Ali Baba"),
        ("O\u02bcBrien", "O’Brien"),
        ("  Rim\t Darwisch ", "Rim Darwisch"),
        ("Abdurrahman Muhammad Nureddin Abdulqadir as-Sabbagh al-Hamawi",) * 2,
        ("گلالی",) * 2,
        ("Çağrı Işıldak",) * 2,
    ],
)
def test_names_of_all_scripts(founder, typed, stored):
    founder.answers("person", {"name": typed, "contact_way": "phone"})
    assert founder.draft.answers["name"] == stored


def test_lone_surrogates_in_the_raw_request(founder):
    raw = urlencode({"idea": "Laden"}) + "%ED%A0%80%FF%00"
    response = founder.client.post(founder.url("idea/"), raw, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302
    assert founder.draft.answers["idea"].startswith("Laden")


def test_a_mixed_direction_text_stays_as_written(founder):
    idea = "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €"
    founder.answers("idea", {"idea": idea})
    assert founder.draft.answers["idea"] == idea
    assert idea in founder.get("check/").content.decode()


def test_markup_in_an_answer_is_only_text(founder):
    founder.answers("idea", {"idea": "<b>fett</b> {% now 'Y' %}"})
    assert "&lt;b&gt;fett&lt;/b&gt; {% now &#x27;Y&#x27; %}" in founder.get("check/").content.decode()


def test_fields_that_are_none_of_the_page_change_nothing(founder):
    founder.answers("german", {"german": "a1", "name": "Mallory", "state": "sent", "office": "1", "is_adult": "no"})
    draft = founder.draft
    assert draft.is_draft
    assert draft.answers["name"] == SHORT_WAY["name"]
    assert draft.answers["is_adult"] == "yes"


def test_the_pass_of_another_browser_opens_only_its_own_draft(walker, short_way):
    mine, yours = walker("de"), walker("de")
    mine.walks(short_way, until="safety")
    yours.reads_notice()
    assert yours.get("check/").url == yours.url("place/")
    yours.answers("place", {"municipality": "selm", "is_adult": "yes"})
    assert Submission.objects.count() == 2
    assert "Rim" not in yours.get("check/").content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(founder, method):
    for tail in ("", "person/", "check/", "tasks/", "leave/"):
        assert getattr(founder.client, method)(founder.url(tail)).status_code == 405, tail


def test_a_form_without_a_token_is_refused_kindly_and_saves_nothing(walker):
    founder = walker("de")
    founder.client = Client(enforce_csrf_checks=True)
    response = founder.post("", {"has_read": "on"})
    assert response.status_code == 403
    assert Submission.objects.count() == 0
