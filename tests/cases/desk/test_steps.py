"""Steps from templates: written by team leads, chosen several at once for a case."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.utils.translation import override

from cases.desk.presenters.next_steps import next_steps_paper
from cases.files import selectors, step_templates
from cases.files.enums import Phase, StepActor, TimelineKind
from cases.files.models import PlanStep, StepTemplate, TimelineEntry
from cases.files.services import set_step_done
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.printing import print_pdf
from network.people.portal_office import as_office
from tests.factories.files import PlanStepFactory, StepTemplateFactory
from tests.factories.people import MembershipFactory

from .case_forms import address, page_of
from .conftest import Form, signed_in

pytestmark = pytest.mark.django_db

TEMPLATES = "/de/cases/steps/templates/"


@pytest.fixture
def lead(office):
    return signed_in(MembershipFactory(organisation=office, team_lead=True))


def send(client, to, **body):
    return client.post(to, {"form_token": str(new_uuid()), **body})


def offered(case):
    return step_templates.offer(case, step_templates.of_office(case.office_id))


def keys(templates):
    return [template.key for template in templates]


# --- What is offered ------------------------------


def test_what_is_shipped_says_everything_in_every_language():
    for template in step_templates.shipped().values():
        assert template.languages_missing == [], template.key
        assert template.phase in Phase.values
        assert template.actor in StepActor.values
        assert template.hint_code in ("", *(code for code, _title in step_templates.hint_choices()))


def test_hints_and_phase_of_the_case_come_first(case):
    PlanStepFactory(case=case, text="", hint_code="food_hygiene")
    found = offered(case)
    assert keys(found.fitting) == ["hygiene", "first_talk", "interpreter", "bring_papers"]
    assert "craft_way" in keys(found.others)


def test_what_is_open_is_not_offered_twice_and_what_is_done_is(case, advisor):
    [step] = step_templates.agree(case, advisor, [("first_talk", None)])
    assert "first_talk" not in keys(offered(case).fitting)
    assert step_templates.agree(case, advisor, [("first_talk", None)]) == []
    set_step_done(step, advisor, True)
    assert "first_talk" in keys(offered(case).fitting)


# --- Choosing ------------------------------


def test_several_are_chosen_at_once_with_their_days(client, case, noon):
    page = address(case, "steps/choose")
    form = Form(client.get(page).content.decode(), page)
    assert form.values["until-bring_papers_day"] == "30"  # a week after 23 November
    chosen = {"take-first_talk": "on", "take-bring_papers": "on", "until-bring_papers_day": "29"}
    for _double_click in range(2):
        assert form.send(client, **chosen).url == f"{page_of(case)}#steps"
    talk, papers = PlanStep.objects.order_by("id")
    assert (talk.actor, talk.due_on) == ("advisor", clock.today() + timedelta(days=2))
    assert (papers.actor, papers.due_on) == ("founder", clock.today() + timedelta(days=6))
    assert papers.texts["ar"] != papers.text == papers.texts["de"]
    lines = TimelineEntry.objects.filter(kind=TimelineKind.STEP_ADDED)
    assert [line.author.user.name for line in lines] == ["Petra Beispiel"] * 2
    assert "Die Beratung" in client.get(page_of(case)).content.decode()
    assert papers.texts["ar"] in client.get(page_of(case).replace("/de/", "/ar/")).content.decode()


def test_nothing_chosen_and_a_day_that_is_over_are_told(client, case):
    page = address(case, "steps/choose")
    assert "mindestens einen Schritt" in send(client, page).content.decode()
    past = {
        "take-write_cv": "on",
        "until-write_cv_day": "1",
        "until-write_cv_month": "1",
        "until-write_cv_year": "2020",
    }
    response = send(client, page, **past)
    assert "Der Tag darf nicht vor" in response.content.decode()
    unwanted = {**past, "take-write_cv": "", "take-describe_idea": "on"}
    assert send(client, page, **unwanted).status_code == 302
    assert PlanStep.objects.get().template == "describe_idea"


def test_a_step_in_own_words_says_who_and_in_which_language(client, case):
    case.founder.language = "ar"
    case.founder.save()
    page = address(case, "steps")
    assert "Dasselbe für Gründer:in (Arabisch)" in client.get(page).content.decode()
    send(client, page, text="Vertrag mitbringen", translation="أحضر العقد", actor="founder")
    send(client, page, text="Kammer anrufen", actor="advisor")
    mine, office = PlanStep.objects.order_by("id")
    assert (mine.texts, mine.actor) == ({"ar": "أحضر العقد"}, "founder")
    assert (office.texts, office.actor) == ({}, "advisor")


# --- What team leads write ------------------------------


def test_the_team_lead_adds_changes_and_deletes(lead, office, case):
    assert send(lead, TEMPLATES, text_de="Vermieter fragen", actor="founder", days="5").url == TEMPLATES
    row = StepTemplate.objects.get()
    assert "Fehlt auf: Arabisch, Englisch" in lead.get(TEMPLATES).content.decode()
    to = f"{TEMPLATES}{row.uuid}/"
    send(lead, to, version="1", text_de="Vermieter anrufen", text_ar="اتصل بالمالك", actor="founder", phase="start")
    assert str(row.uuid) not in keys(offered(case).fitting)
    with override("ar"):
        assert step_templates.one(office, str(row.uuid)).text == "اتصل بالمالك"
    assert "Vermieter anrufen" in lead.get(to).content.decode()
    assert "Bitte bestätigen Sie es." in send(lead, f"{to}delete/").content.decode()
    token = str(new_uuid())
    for _twice in range(2):
        assert lead.post(f"{to}delete/", {"is_confirmed": "on", "form_token": token}).url == TEMPLATES
    assert not StepTemplate.objects.exists()


def test_a_shipped_one_is_said_differently_switched_off_and_taken_back(lead, office, case):
    to = f"{TEMPLATES}first_talk/"
    said = {"text_de": "Kennenlernen vereinbaren", "actor": "advisor", "phase": "access"}
    send(lead, to, version="0", **said)
    assert step_templates.one(office, "first_talk").texts == {"de": "Kennenlernen vereinbaren"}
    send(lead, to, version="1", is_off="on", **said)
    assert "first_talk" not in keys(offered(case).fitting)
    send(lead, f"{to}delete/", is_confirmed="on")
    assert step_templates.one(office, "first_talk") == step_templates.shipped()["first_talk"]


def test_who_changes_from_an_old_page_is_told_and_keeps_what_was_typed(lead, office):
    to = f"{TEMPLATES}first_talk/"
    send(lead, to, version="0", text_de="Zuerst", actor="advisor")
    html = send(lead, to, version="0", text_de="Danach", actor="advisor").content.decode()
    assert "Jemand anders hat diese Vorlage" in html
    assert "Danach" in html
    assert StepTemplate.objects.get().texts == {"de": "Zuerst"}


def test_a_template_of_another_office_is_none(lead, client, case):
    other = StepTemplateFactory()
    assert lead.get(f"{TEMPLATES}{other.uuid}/").status_code == 404
    assert client.get(TEMPLATES).status_code == 404  # advisors choose, team leads write
    send(client, address(case, "steps/choose"), **{f"take-{other.uuid}": "on"})
    assert not PlanStep.objects.exists()


# --- On paper ------------------------------


def test_the_next_three_steps_print_in_the_founders_language_with_german_beside(client, case, advisor):
    case.founder.language = "ar"
    case.founder.save()
    keys_and_days = [("write_cv", None), ("describe_idea", clock.today()), ("first_talk", None), ("look_around", None)]
    step_templates.agree(case, advisor, keys_and_days)
    PlanStepFactory(case=case, text="Nicht mehr unter den ersten dreien")
    paper = next_steps_paper(case, selectors.next_steps(case), as_office(case.office))
    assert (paper.languages, paper.title) == (("ar", "de"), "الخطوات القادمة")
    said = [[words["text"] for words in step["words"]] for step in paper.body["steps"]]
    shipped = step_templates.shipped()
    wanted = ("describe_idea", "write_cv", "look_around")  # the nearest day first, nothing of the advisor's
    assert said == [[shipped[key].texts["ar"], shipped[key].texts["de"]] for key in wanted]
    response = client.get(address(case, "steps/paper"))
    assert response["Content-Disposition"] == 'attachment; filename="steps.pdf"'
    pdf = pikepdf.open(io.BytesIO(response.content))
    assert str(pdf.Root.Lang) == "ar"
    assert re.search(rb"pdfuaid:part(>|=\")1", pdf.Root.Metadata.read_bytes())
    assert len(pdf.pages) == 1


def test_own_words_print_once_where_nobody_said_them_twice(case):
    case.founder.language = "ar"
    PlanStepFactory(case=case, text="Vertrag mitbringen")
    paper = next_steps_paper(case, selectors.next_steps(case), as_office(case.office))
    assert [words["text"] for words in paper.body["steps"][0]["words"]] == ["Vertrag mitbringen"]
    assert print_pdf(paper).startswith(b"%PDF")
