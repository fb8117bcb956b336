"""The founder's own steps at level 2, in the language of the page."""

import pytest

from cases.files import step_templates
from cases.files.services import add_step

from .conftest import level_one, level_two

pytestmark = pytest.mark.django_db


def test_the_steps_are_read_in_the_pages_language_with_the_pin(enquiry, founders_case, advisor):
    step_templates.agree(founders_case, advisor, [("write_cv", None), ("first_talk", None)])
    add_step(founders_case, advisor, "Kammer anrufen", actor="advisor")
    cv, talk = (step_templates.shipped()[key].texts for key in ("write_cv", "first_talk"))
    html = level_two(enquiry, "ar").get("/ar/status/steps/").content.decode()
    assert cv["ar"] in html
    assert talk["ar"] not in html  # what the office does
    assert "Kammer anrufen" not in html
    assert 'href="/de/status/steps/"' in level_two(enquiry).get("/de/status/mine/").content.decode()
    assert level_one(enquiry).get("/de/status/steps/").url == "/de/status/pin/"


def test_own_words_stand_as_they_were_written(enquiry, founders_case, advisor):
    add_step(founders_case, advisor, "Vertrag mitbringen")
    assert '<span dir="auto">Vertrag mitbringen</span>' in level_two(enquiry).get("/de/status/steps/").content.decode()
