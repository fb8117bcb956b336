"""Two languages on one page, for a helper who reads along."""

import re

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from gruendungswerkstatt.common.bilingual import reading_along, second_language, side_by_side
from gruendungswerkstatt.common.dates import MONTHS
from intake.models import Submission
from intake.questions import Kind
from intake.steps import GROUPS
from intake.views.pages import BESIDE_COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def founder(walker, short_way):
    founder = walker("ar")
    founder.walks(short_way | {"sector": "food"}, until="trade")
    return founder


def drawn(source: str, **context) -> str:
    return Template("{% load i18n bilingual %}" + source).render(Context(context))


class TestPieces:
    def test_a_piece_is_drawn_once_in_each_language_and_direction(self):
        with override("ar"), reading_along("de"):
            page = drawn('{% both %}{% translate "Save and go on" %}{% endboth %}')
        assert page == 'حفظ ومتابعة<span class="gw-beside" lang="de" dir="ltr">Speichern und weiter</span>'
        with override("de"), reading_along("ar"):
            assert 'lang="ar" dir="rtl"' in drawn('{% both %}{% translate "Save and go on" %}{% endboth %}')

    def test_it_can_be_kept_for_a_tag_and_is_escaped_like_everything(self):
        with override("en"), reading_along("de"):
            page = drawn('{% both as kept %}{{ text }}{% translate "Yes" %}{% endboth %}[{{ kept }}]', text="<b>")
        assert page == '[&lt;b&gt;Yes<span class="gw-beside" lang="de" dir="ltr">&lt;b&gt;Ja</span>]'

    @pytest.mark.parametrize("second", ["", "ar", "xx", "de' onload='x"])
    def test_without_another_language_nothing_is_added(self, second):
        with override("ar"), reading_along(second):
            assert second_language() == ""
            assert drawn('{% both %}{% translate "Yes" %}{% endboth %}') == "نعم"
            assert side_by_side(MONTHS[0]) == str(MONTHS[0])

    def test_what_says_the_same_stands_there_once(self):
        with override("ar"), reading_along("de"):
            assert drawn("{% both %}{{ name }}{% endboth %}", name="Kamen") == "Kamen"

    def test_entries_of_a_list_are_isolated_from_each_other(self):
        with override("ar"), reading_along("de"):
            assert side_by_side(MONTHS[2]) == "\u2068آذار / مارس\u2069 – \u2068März\u2069"


class TestPages:
    def test_the_choice_is_remembered_without_a_session_and_can_be_taken_back(self, founder):
        response = founder.post("beside/", {"beside": "de", "next": founder.url("tasks/")})
        assert response.url == founder.url("tasks/")
        cookie = founder.client.cookies[BESIDE_COOKIE]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("de", True, "Lax")
        assert "Ihre Schritte" in founder.get("tasks/").content.decode()
        founder.post("beside/", {"beside": "", "next": founder.url("tasks/")})
        assert "Ihre Schritte" not in founder.get("tasks/").content.decode()

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "x", ""])
    def test_nobody_is_led_elsewhere(self, founder, target):
        assert founder.post("beside/", {"beside": "de", "next": target}).url == founder.url()

    def test_on_a_page_of_questions_the_choice_saves_what_stands_there(self, founder):
        response = founder.post("contact/", {"phone": "017", "email": "rim@example.org", "beside": "de"})
        assert response.url == founder.url("contact/")
        assert founder.client.cookies[BESIDE_COOKIE].value == "de"
        assert founder.draft.typed == {"phone": "017"}
        assert founder.draft.answers["email"] == "rim@example.org"

    def test_leaving_quickly_forgets_it(self, founder):
        founder.post("beside/", {"beside": "de"})
        founder.post("leave/")
        assert not founder.client.cookies[BESIDE_COOKIE].value

    @pytest.mark.parametrize("group", GROUPS)
    def test_every_question_help_and_option_stands_there_in_both(self, founder, group):
        sectors = {"trade": "crafts", "details": "food"}
        Submission.objects.update(answers=founder.draft.answers | {"sector": sectors.get(group, "food")})
        founder.client.cookies[BESIDE_COOKIE] = "de"
        page = founder.get(f"{group}/").content.decode()
        shown = re.sub(r"\s+", " ", page)
        german = Client()
        for name, morsel in founder.client.cookies.items():
            german.cookies[name] = morsel.value
        form = german.get(f"/de/intake/{group}/").context["form"]
        with override("de"):
            for question in form.questions:
                assert str(question.text) in shown.replace("&#x27;", "'"), question.key
                for option in question.options if question.kind is not Kind.CHECK else ():
                    assert str(question.choice_label(option)) in shown.replace("&#x27;", "'"), option.code

    def test_the_summary_tells_answers_in_both_and_own_words_once(self, founder):
        founder.client.cookies[BESIDE_COOKIE] = "de"
        page = founder.get("check/").content.decode()
        assert "Per Telefonanruf" in page or "Anruf" in page
        assert page.count("أريد فتح محل صغير") == 1
        assert page.count("0171 3920001") == 1

    def test_a_broken_cookie_is_as_good_as_none(self, founder):
        for junk in ("xx", '"><script>', "de,ar", "\x00"):
            founder.client.cookies[BESIDE_COOKIE] = junk
            assert "gw-beside" not in founder.get("tasks/").content.decode()

    def test_pages_ask_the_database_no_more_often(self, founder, capture_queries):
        founder.client.cookies[BESIDE_COOKIE] = "de"
        with capture_queries() as queries:
            founder.get("person/")
        assert len(queries) <= 2
