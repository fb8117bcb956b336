"""Text blocks: written by team leads, put into notes and questions in German and the founder's language."""

import pytest

from cases.files import text_blocks
from cases.files.enums import BlockPlace
from cases.files.models import AskBack, Note, TextBlock
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import TextBlockFactory
from tests.factories.people import MembershipFactory

from .case_forms import address, page_of
from .conftest import Form, signed_in

pytestmark = pytest.mark.django_db

BLOCKS = "/de/cases/text-blocks/"


@pytest.fixture
def lead(office):
    return signed_in(MembershipFactory(organisation=office, team_lead=True))


@pytest.fixture
def block(office):
    return TextBlockFactory(office=office, name="Vertrag", texts={"de": "Bitte bringen.", "ar": "يُرجى الإحضار."})


@pytest.fixture
def case(case):
    case.founder.language = "ar"
    case.founder.save()
    return case


def send(client, to, **body):
    return client.post(to, {"form_token": str(new_uuid()), **body})


def test_a_block_is_put_behind_what_was_typed_and_then_asked(client, case, block):
    here, there = address(case, "questions/block"), address(case, "questions")
    typed = Form(client.get(here).content.decode(), there).values | {"text": "Guten Tag.", "chosen": str(block.uuid)}
    page = client.post(here, typed)
    text = page.context["form"]["text"].value()
    assert text == "Guten Tag.\n\nيُرجى الإحضار.\n\nBitte bringen."
    assert not AskBack.objects.exists()
    html = page.content.decode()
    assert html.count("<select") == 1  # every block is chosen in one list
    values = Form(html, there).values
    assert client.post(there, values | {"text": text}).status_code == 302
    assert AskBack.objects.get().text == text


def test_what_stands_in_a_note_goes_along_to_the_page_with_text_blocks(client, case):
    page, there = client.get(page_of(case)).content.decode(), address(case, "note/block")
    assert f'formaction="{there}"' in page
    values = Form(page, address(case, "note")).values | {"text": "Er möchte nähen."}
    assert client.post(there, values).context["form"]["text"].value() == "Er möchte nähen."
    assert not Note.objects.exists()


def test_a_note_says_it_in_german_first(client, case, block):
    here, there = address(case, "note/block"), address(case, "note")
    page = client.post(here, {"text": "", "chosen": str(block.uuid)})
    text = page.context["form"]["text"].value()
    assert text == "Bitte bringen.\n\nيُرجى الإحضار."
    assert client.post(there, Form(page.content.decode(), there).values | {"text": text}).status_code == 302
    assert Note.objects.get().text == text


def test_what_is_shipped_stays_for_questions_and_is_none_for_notes(office, case, block):
    TextBlockFactory(office=office, place=BlockPlace.NOTE)
    questions = [one.key for one in text_blocks.offered(office.pk, BlockPlace.QUESTION)]
    assert questions == [str(block.uuid), "reach", "idea", "start", "place", "experience"]
    assert len(text_blocks.offered(office.pk, BlockPlace.NOTE)) == 2
    assert all(set(one.texts) == {"de", "ar", "en"} for one in text_blocks.shipped())


def test_a_block_that_is_gone_or_of_another_office_is_told_and_the_text_stays(client, case):
    other = TextBlockFactory()
    page = client.post(address(case, "note/block"), {"text": "Getippt", "chosen": str(other.uuid)})
    assert "Dieser Textbaustein wurde inzwischen gelöscht." in page.content.decode()
    assert page.context["form"]["text"].value() == "Getippt"


def test_a_question_about_an_enquiry_takes_blocks_too(client, submission, block):
    here = f"/de/cases/inbox/{submission.uuid}/questions/block/"
    page = client.post(here, {"text": "", "chosen": "start"})
    assert page.context["form"]["text"].value() in text_blocks.shipped()[2].said("question", submission.language)


def test_the_team_lead_adds_changes_and_deletes(lead, office):
    said = {"name": "Vertrag", "text_de": "Bitte bringen.", "place": "both"}
    assert send(lead, BLOCKS, **said).url == BLOCKS
    assert "Einen Textbaustein mit diesem Namen gibt es schon." in send(lead, BLOCKS, **said).content.decode()
    to = f"{BLOCKS}{TextBlock.objects.get().uuid}/"
    send(lead, to, version="1", **said | {"text_ar": "يُرجى الإحضار."})
    html = send(lead, to, version="1", **said | {"text_de": "Danach"}).content.decode()
    assert "Jemand anders hat diesen Textbaustein" in html
    assert "Danach" in html
    token = str(new_uuid())
    for _twice in range(2):
        assert lead.post(f"{to}delete/", {"is_confirmed": "on", "form_token": token}).url == BLOCKS
    assert not TextBlock.objects.exists()


def test_advisors_and_other_offices_do_not_write_them(client, lead, block):
    assert client.get(BLOCKS).status_code == 404
    assert lead.get(f"{BLOCKS}{TextBlockFactory().uuid}/").status_code == 404
