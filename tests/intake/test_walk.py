"""Through the whole intake, page by page, as the personas fill it in."""

import pytest

from intake.enums import SubmissionState
from tests.factories.intake import PERSONAS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", PERSONAS)
def test_every_persona_can_fill_in_all_steps_and_send(walker, number):
    persona = PERSONAS[number]
    founder = walker(persona["language"])
    founder.walks(persona["answers"])
    closing = {key: persona["answers"][key] for key in ("wants_sms", "wants_email") if key in persona["answers"]}

    response = founder.post("check/", closing)

    assert response.status_code == 302
    assert response.url == founder.url("sent/")
    submission = founder.draft
    assert submission.state == SubmissionState.SENT
    assert submission.answers == persona["answers"]
    assert submission.name == persona["answers"]["name"]
    assert submission.is_adult is (persona["answers"]["is_adult"] == "yes")
    assert founder.get("sent/").status_code == 200
